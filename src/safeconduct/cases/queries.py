"""Lists of covers, and what the clock says of them. No contents: for those there is cases/reading.py."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from safeconduct.cases.actions.shredding import due_for_shredding, overdue_and_open
from safeconduct.cases.models import Case, Shredding, State
from safeconduct.cases.reading import LETTERS
from safeconduct.core.codes import read_code
from safeconduct.journal.actions import write_line
from safeconduct.journal.deeds import Deed
from safeconduct.journal.models import Line
from safeconduct.people.access import CaseOutline
from safeconduct.people.models import Member
from safeconduct.people.permissions import Right
from safeconduct.people.present import Present

__all__ = [
    "Cover",
    "Open",
    "cover_of",
    "covers_for",
    "covers_seen",
    "due_for_shredding",
    "hold_covers",
    "how_many_open",
    "missing_cases",
    "offices_of",
    "open_cases",
    "open_covers",
    "outline_of",
    "overdue_and_open",
    "owned_by",
    "shreddings_asked",
]


@dataclass(frozen=True, slots=True)
class Cover:
    """A cover in a list. `shared_by` is the office it belongs to, where that is another one."""

    case: Case
    shared_by: str | None


def covers_for(by: Present, *, at: datetime) -> list[Cover]:
    """Every cover of the member's office, and those that others share with it; one journal line for the list.

    Not checked for wholeness: that needs each case's keys. Raises NoRight.
    """
    by.must(Right.SEE_COVERS)
    office = by.office.code
    with transaction.atomic():
        covers = [
            Cover(case, None if case.office_id == office else case.office_id)
            for case in _seen_by(by)
            .select_related("owner", "office")
            .order_by("-changed_at", "code")
        ]
        write_line(Deed.COVERS_SEEN, by=by.actor, at=at, facts={"covers": len(covers)})
    return covers


def cover_of(by: Present, code: str) -> Case | None:
    """One cover of those lists, or None. No line of its own: it tells nothing that the list does not."""
    known = read_code(code, LETTERS)
    if known is None or not by.may(Right.SEE_COVERS):
        return None
    return _seen_by(by).select_related("owner", "office").filter(code=known).first()


def hold_covers(codes: Collection[str]) -> set[str]:
    """Those of these cases that are still there, their rows held until the transaction ends. A few hundred at most.

    For rooms above that write of a case by its code: it is not shredded under their hands.
    """
    held = Case.objects.select_for_update(no_key=True).filter(code__in=codes, shredding_since=None)
    return set(held.order_by("code").values_list("code", flat=True))


def covers_seen(by: Present, codes: Collection[str]) -> dict[str, Case]:
    """The covers of these cases that stand in the member's lists, by code; no line, as for `cover_of`."""
    if not by.may(Right.SEE_COVERS):
        return {}
    found = _seen_by(by).select_related("owner", "office").filter(code__in=codes)
    return {case.code: case for case in found}


def open_covers(by: Present) -> QuerySet[Case]:
    """The office's own open cases, for a room above that narrows them by what it knows; no line. Raises NoRight."""
    by.must(Right.SEE_COVERS)
    return Case.objects.filter(office=by.office, state=State.OPEN, shredding_since=None)


def outline_of(code: str) -> CaseOutline | None:
    """What the room of people needs to know of a case: codes alone."""
    known = read_code(code, LETTERS)
    case = known and Case.objects.filter(code=known, shredding_since=None).first()
    if not case:
        return None
    return CaseOutline(case.code, case.office_id, case.owner_id, frozenset(case.shared_with))


def offices_of(codes: Collection[str]) -> dict[str, str]:
    """Which office each of these cases belongs to; codes alone, a few hundred at a time."""
    return dict(Case.objects.filter(code__in=codes).values_list("code", "office_id"))


def how_many_open(office: str) -> int:
    """Open cases of an office: how much a job over all of them has to do."""
    return Case.objects.filter(office=office, state=State.OPEN, shredding_since=None).count()


def shreddings_asked(by: Present) -> QuerySet[Shredding]:
    """What an approver of this office has to decide, the oldest first."""
    asked = Shredding.objects.filter(case__office=by.member.office_id, agreed_at=None)
    return asked.select_related("case", "asked_by").order_by("asked_at")


@dataclass(frozen=True, slots=True)
class Open:
    """How many open cases of the office are a member's own, of those how many are due, and how many are nobody's."""

    mine: int
    due: int
    nobodys: int


def open_cases(by: Present, *, on: date) -> Open:
    """Numbers alone: no cover is looked at, so there is no journal line. Raises NoRight."""
    by.must(Right.SEE_COVERS)
    here = Case.objects.filter(office=by.office, state=State.OPEN, shredding_since=None)
    mine = here.filter(owner=by.member)
    return Open(
        mine=mine.count(),
        due=mine.filter(next_due__lte=on).count(),
        nobodys=here.filter(Q(owner=None) | Q(owner__left_at__isnull=False)).count(),
    )


def owned_by(by: Present, member: Member) -> int:
    """How many cases of the office a member owns, also one who has left. Raises NoRight."""
    by.must(Right.OPEN_ALL_CASES)
    return Case.objects.filter(office=by.office, owner=member, shredding_since=None).count()


def missing_cases() -> set[str]:
    """Cases that the journal saw opened and never shredded, and that are not there: somebody removed their rows."""
    opened = Line.objects.filter(deed=Deed.CASE_OPENED).values_list("about", flat=True)
    shredded = Line.objects.filter(deed=Deed.CASE_SHREDDED).values_list("about", flat=True)
    here = Case.objects.values_list("code", flat=True)
    return set(opened) - set(shredded) - set(here)


def _seen_by(by: Present) -> QuerySet[Case]:
    office = by.office.code
    return Case.objects.filter(
        Q(office=office) | Q(shared_with__has_key=office), shredding_since=None
    )
