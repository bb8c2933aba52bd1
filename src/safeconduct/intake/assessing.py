"""What the rulebook says of a household that has no case yet. The rulebook's room gives it (the setting ASSESSOR)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.module_loading import import_string

from safeconduct.cases.entries import Assessed
from safeconduct.core.facts import Household
from safeconduct.core.rulebook import Assessment


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAssessment:
    """The entry and the cover that a new case begins with."""

    entry: Assessed
    band: str
    priority: float
    schemes: Sequence[str]
    assessment: Assessment


Assess = Callable[[Household], NewAssessment | None]


def assessor_for(office: str, *, at: datetime) -> Assess:
    """For a preview. Where no room assesses, nothing is assessed: unknown, which is not routine."""
    path = getattr(settings, "ASSESSOR", "")
    if not path:
        return unassessed
    found: Callable[..., Assess] = import_string(path)
    return found(office, at=at)


def unassessed(household: Household) -> None:  # noqa: ARG001
    """Nothing is said of it."""
    return
