"""Pages of a list that changes while it is read: each goes on from the place where the one before ended.

A place is what a cover is sorted by, so that no row need be counted and none loaded to be left out. Whoever reads page
after page meets every case that nobody changed meanwhile once, in order. One that was changed is met where it stands
when its page is read: again, if it moved behind, and not, if it moved before what was read already.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import ClassVar, Final

from django.db.models import CharField, Func, Model, QuerySet, Value
from django.db.models.lookups import GreaterThan, LessThan

from safeconduct.cases.models import IN_ORDER, Case

ON_A_PAGE: Final = 50
_PLACE: Final = re.compile(
    r"([0-9])_([0-9]{4}-[0-9]{2}-[0-9]{2})_([-+.e0-9]{1,30})_([0-9A-Z]{1,12})"
)


class Row(Func):
    """Several columns, or values, compared as one: (a, b) > (c, d), as both databases know it."""

    template = "(%(expressions)s)"
    output_field: ClassVar[CharField[str, str]] = CharField()


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a cover stands in the list. As a text it may stand in an address: numbers, a day and a code."""

    urgency: int
    due_by: date
    behind: float
    code: str

    @classmethod
    def of(cls, case: Case) -> Place:
        return cls(case.urgency, case.due_by, case.behind, case.code)

    @classmethod
    def read(cls, told: str) -> Place | None:
        """None for what is no place: then the list begins at its beginning."""
        found = _PLACE.fullmatch(told)
        if found is None:
            return None
        try:
            behind = float(found[3])
            place = cls(int(found[1]), date.fromisoformat(found[2]), behind, found[4])
        except ValueError:
            return None
        return place if isfinite(behind) else None

    def __str__(self) -> str:
        return f"{self.urgency}_{self.due_by.isoformat()}_{self.behind!r}_{self.code}"

    def as_row(self) -> Row:
        return Row(*(Value(getattr(self, name)) for name in IN_ORDER))


@dataclass(frozen=True, slots=True)
class Page:
    """Covers in order. `earlier` and `later`: from where the neighbouring pages are asked for, None where none is."""

    cases: tuple[Case, ...]
    earlier: Place | None
    later: Place | None


def page_of(
    sources: Sequence[QuerySet[Case]],
    *,
    after: Place | None = None,
    before: Place | None = None,
    most: int = ON_A_PAGE,
) -> Page:
    """The next covers after a place, or the last before it; from the beginning where neither is told.

    `sources` have nothing in common, and each is one range of an index: together they are the list.
    """
    if before is not None:
        page = _before(sources, before, most)
        if page.cases:
            return page
        after = None  # nothing stands there any more: the beginning
    beyond = (
        [each.filter(GreaterThan(_columns(), after.as_row())) for each in sources]
        if after
        else sources
    )
    found = _first(beyond, most + 1)
    cases = tuple(found[:most])
    return Page(
        cases,
        earlier=Place.of(cases[0]) if after and cases else None,
        later=Place.of(cases[-1]) if len(found) > most else None,
    )


def _before(sources: Sequence[QuerySet[Case]], before: Place, most: int) -> Page:
    found = _first(
        [each.filter(LessThan(_columns(), before.as_row())) for each in sources],
        most + 1,
        upwards=True,
    )
    cases = tuple(reversed(found[:most]))
    return Page(
        cases,
        earlier=Place.of(cases[0]) if len(found) > most else None,
        later=Place.of(cases[-1]) if cases else None,
    )


def _first(sources: Iterable[QuerySet[Case]], most: int, *, upwards: bool = False) -> list[Case]:
    columns = [f"-{name}" for name in IN_ORDER] if upwards else list(IN_ORDER)
    # Codes are digits and capitals: databases and Python agree on their order.
    found = [case for each in sources for case in each.order_by(*columns)[:most]]
    found.sort(key=Place.of, reverse=upwards)
    return found[:most]


def counted(sources: Iterable[QuerySet[Model]], *, most: int) -> int:
    """How many there are; `most` + 1 where there are more than `most`, which are not counted."""
    total = 0
    for each in sources:
        if total <= most:
            total += each.order_by()[: most + 1 - total].count()
    return total


def _columns() -> Row:
    return Row(*IN_ORDER)
