"""How many pleas have no end yet, and the way there: on every desk (law 1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from safeconduct.desk.ways import way_there
from safeconduct.intake.queries import without_an_end
from safeconduct.people.permissions import Right
from safeconduct.people.present import Present


@dataclass(frozen=True, slots=True)
class PleasOpen:
    """A number, and where they stand; no way for whoever takes in no pleas."""

    count: int
    url: str


def pleas_without_an_end(by: Present, *, on: date) -> PleasOpen | None:
    """None for whoever sees nothing of an office."""
    if not by.may(Right.SEE_COVERS):
        return None
    count = without_an_end(by.office.code, on=on).count()
    return PleasOpen(count, way_there("intake:pleas") if by.may(Right.TAKE_IN) else "")
