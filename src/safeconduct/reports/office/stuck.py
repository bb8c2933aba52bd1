"""Where the work is stuck: what waits for whom, and how long."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from safeconduct.cases.counting import Counted
from safeconduct.cases.models import Band
from safeconduct.reports.office.caseload import Caseload, people_in


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """One thing that open cases wait for. `filter`: the question by which the worklist shows them."""

    name: Promise
    cases: int
    people: int
    urgent: int  # of them in the bands emergency and urgent
    oldest: int  # days since the oldest of them was last written to
    filter: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What one member looks after. `handle` empty: nobody, or somebody who left."""

    handle: str
    cases: int
    overdue: int
    urgent: int
    oldest: int


_URGENT: Final = frozenset({Band.EMERGENCY, Band.URGENT})


def stops(caseload: Caseload) -> list[Stop]:
    """What open cases wait for, most cases first; what nothing waits for is left out."""

    def among(codes: Collection[str]) -> Callable[[Counted], bool]:
        return lambda each: each.code in codes

    asked: tuple[tuple[Promise, str, Callable[[Counted], bool]], ...] = (
        (_("nobody looks after them"), "whose=nobodys", lambda each: not _owned(caseload, each)),
        (_("what was due is overdue"), "due=overdue", lambda each: _overdue(caseload, each)),
        (_("nothing is due: nobody said what comes next"), "due=none", lambda each: each.next_due is None),
        (_("too little is known to assess them"), "band=not+assessed", lambda each: each.band == Band.NOT_ASSESSED),
        (_("an answer would change the outcome: ask"), "marks=asks", among(caseload.with_asks)),
        (_("not yet compared with the others"), "marks=not-compared", among(caseload.not_compared)),
        (_("may be a family that is here already: judge it"), "marks=double", among(caseload.doubtful)),
    )  # fmt: skip
    found = [_stop(caseload, name, query, holds) for name, query, holds in asked]
    return sorted(filter(None, found), key=lambda stop: -stop.cases)


def loads(caseload: Caseload) -> list[Load]:
    """The members by what they look after, whoever has most that is overdue first."""
    by_owner: dict[str, list[Counted]] = {}
    for each in caseload.open:
        by_owner.setdefault(_owned(caseload, each), []).append(each)
    found = [
        Load(
            handle=handle,
            cases=len(theirs),
            overdue=sum(_overdue(caseload, each) for each in theirs),
            urgent=_urgent(theirs),
            oldest=_oldest(caseload, theirs),
        )
        for handle, theirs in by_owner.items()
    ]
    return sorted(found, key=lambda load: (-load.overdue, -load.cases, load.handle))


def _stop(
    caseload: Caseload, name: Promise, query: str, holds: Callable[[Counted], bool]
) -> Stop | None:
    here = [each for each in caseload.open if holds(each)]
    if not here:
        return None
    return Stop(
        name=name,
        cases=len(here),
        people=people_in(here),
        urgent=_urgent(here),
        oldest=_oldest(caseload, here),
        filter=query,
    )


def _owned(caseload: Caseload, each: Counted) -> str:
    return caseload.handles.get(each.owner or "", "")


def _overdue(caseload: Caseload, each: Counted) -> bool:
    return each.next_due is not None and each.next_due < caseload.on


def _urgent(covers: Collection[Counted]) -> int:
    return sum(each.band in _URGENT for each in covers)


def _oldest(caseload: Caseload, covers: Collection[Counted]) -> int:
    return max(((caseload.on - each.changed_at.date()).days for each in covers), default=0)
