"""How old the open cases are, band by band: whom the work has passed by."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from safeconduct.cases.models import Band
from safeconduct.reports.office.caseload import Caseload

# Up to so many days since the case was opened; None: older still. An assumption of ours, close to how a week is worked.
SPANS: Final[tuple[tuple[int | None, Promise], ...]] = (
    (1, _("today or yesterday")),
    (3, _("2 to 3 days")),
    (7, _("4 to 7 days")),
    (14, _("8 to 14 days")),
    (30, _("15 to 30 days")),
    (None, _("over 30 days")),
)


@dataclass(frozen=True, slots=True)
class Row:
    """Open cases of one band by age, in the order of `SPANS`; the oldest is so many days old."""

    band: str
    counts: tuple[int, ...]
    oldest: int

    @property
    def total(self) -> int:
        return sum(self.counts)

    @property
    def by_span(self) -> list[tuple[Promise, int]]:
        """What each count is called, and the count."""
        return [(name, count) for (_most, name), count in zip(SPANS, self.counts, strict=True)]


def rows(caseload: Caseload) -> list[Row]:
    """A row for each band that has an open case, the most urgent first."""
    counts: dict[str, Counter[int]] = {}
    oldest: Counter[str] = Counter()
    for each in caseload.open:
        days = max(0, (caseload.on - each.opened_at.date()).days)
        counts.setdefault(each.band, Counter())[_span(days)] += 1
        oldest[each.band] = max(oldest[each.band], days)
    return [
        Row(band, tuple(counts[band][at] for at in range(len(SPANS))), oldest[band])
        for band in Band.values
        if band in counts
    ]


def _span(days: int) -> int:
    return next(at for at, (most, _name) in enumerate(SPANS) if most is None or days <= most)
