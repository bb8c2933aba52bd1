"""A household under another band than the rulebook's, as two people agreed for a while."""

from __future__ import annotations

from safeconduct.core.rulebook.assessment import Assessment
from safeconduct.core.rulebook.rules import Band, Points


def priority_in(assessment: Assessment, band: str, *, size: int, points: Points) -> float:
    """The household's priority were it of that band: each member brings that band's points, the extra ones stay.

    `size` counts everybody, as `Household.size` does. The rulebook's own band gives the rulebook's own priority.
    """
    told = Band(band)
    if told is assessment.band:
        return assessment.priority
    each = points.by_band[told] - points.by_band[assessment.band]
    return max(0.0, assessment.priority + each * max(size, 1))
