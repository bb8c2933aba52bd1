"""A page of the list with what its reader must know of every line; one line of the journal for each that is shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.core.cache import cache
from django.db import transaction

from safeconduct.cases.listing import covers_of
from safeconduct.cases.models import Band, Case, State
from safeconduct.desk.worklist.marks import Marks, marks_of
from safeconduct.desk.worklist.narrowing import Narrow, left_members, sources
from safeconduct.desk.worklist.paging import ON_A_PAGE, Page, Place, counted, page_of
from safeconduct.journal.actions import write_line
from safeconduct.journal.deeds import Deed
from safeconduct.people.permissions import Right
from safeconduct.people.present import Present

# Beyond that it is said that there are more: nobody works through a longer list, and counting it takes its time.
MOST_COUNTED: Final = 1_000
_COUNT_LASTS: Final = 15  # seconds


@dataclass(frozen=True, slots=True)
class Shown:
    """A cover as a line. `owner` is a handle, "" where it is nobody's; `may_take`: its reader may hand it over, or
    give it a day, together with others.
    """

    case: Case
    owner: str
    shared_by: str
    marks: Marks
    days_open: int
    may_take: bool


@dataclass(frozen=True, slots=True)
class Listing:
    """`total`: how many there are, up to MOST_COUNTED; `more` where they are more than that."""

    lines: tuple[Shown, ...]
    earlier: Place | None
    later: Place | None
    total: int
    more: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """Open cases of the office, for the ways into the list. `my_day`: one's own, due today or before."""

    mine: int
    my_day: int
    nobodys: int
    overdue: int


def worklist(
    by: Present,
    narrow: Narrow,
    *,
    at: datetime,
    after: Place | None = None,
    before: Place | None = None,
    most: int = ON_A_PAGE,
) -> Listing:
    """A page of what is chosen. Not checked for wholeness: that needs each case's keys. Raises NoRight."""
    by.must(Right.SEE_COVERS)
    found = sources(narrow, by, on=at.date())
    page = page_of(found, after=after, before=before, most=most)
    total = counted(found, most=MOST_COUNTED)
    lines = _lines(by, page, on=at.date())
    with transaction.atomic():
        write_line(Deed.COVERS_SEEN, by=by.actor, at=at, facts={"covers": len(lines)})
    return Listing(
        lines, page.earlier, page.later, min(total, MOST_COUNTED), more=total > MOST_COUNTED
    )


def open_counts(by: Present, *, on: date) -> Counts:
    """Numbers alone, each of one range of an index: no cover is looked at, so there is no line. Raises NoRight."""
    by.must(Right.SEE_COVERS)
    here = covers_of(by.office.code).filter(state=State.OPEN)
    mine = here.filter(owner=by.member)
    # Told with every urgency there is, so that each is a range of days.
    overdue = here.filter(urgency__in=range(len(Band.values) + 1), due_by__lt=on)
    left = left_members(by)
    return Counts(
        mine=mine.count(),
        my_day=mine.filter(due_by__lte=on).count(),
        nobodys=here.filter(owner=None).count()
        + (here.filter(owner__in=left).count() if left else 0),
        overdue=overdue.count(),
    )


def marked_count(by: Present, narrow: Narrow, *, on: date) -> int:
    """Of what other rooms know, up to MOST_COUNTED + 1. A walk over all covers, so a few seconds' old count will do."""
    name = f"marked:{by.office.code}:{narrow.address()}"
    told: int | None = cache.get(name)
    if told is None:
        told = counted(sources(narrow, by, on=on), most=MOST_COUNTED)
        cache.set(name, told, _COUNT_LASTS)
    return told


def may_take(by: Present, case: Case) -> bool:
    """One's own and nobody's; a coordinator's are all of the office."""
    if case.office_id != by.office.code or not by.may(Right.HAND_OVER):
        return False
    return by.may(Right.OPEN_ALL_CASES) or case.owner_id in {None, by.member.code}


def _lines(by: Present, page: Page, *, on: date) -> tuple[Shown, ...]:
    home = by.office.code
    marks = marks_of(page.cases, office=home, on=on)
    return tuple(
        Shown(
            case,
            owner=_owner_here(case),
            shared_by="" if case.office_id == home else case.office.name,
            marks=marks[case.code],
            days_open=max(0, (on - case.opened_at.date()).days),
            may_take=may_take(by, case),
        )
        for case in page.cases
    )


def _owner_here(case: Case) -> str:
    owner = case.owner
    return owner.handle if owner is not None and owner.left_at is None else ""
