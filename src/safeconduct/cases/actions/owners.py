"""Who looks after a case: handed over with a note, taken over where nobody does, all of them when a member leaves."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from safeconduct.cases.actions.changing import Change, change_within, changing
from safeconduct.cases.actions.covers import expected_cover
from safeconduct.cases.entries import Handover
from safeconduct.cases.models import Case
from safeconduct.cases.reading import OpenCase
from safeconduct.core.errors import AlreadyOwned, CannotOwn, NoRight
from safeconduct.journal.deeds import Deed
from safeconduct.people.models import Member
from safeconduct.people.permissions import Right, may
from safeconduct.people.present import Present


def hand_over(
    opened: OpenCase, to: Member, *, note: str, expected_revision: int, at: datetime
) -> None:
    """Give the case to a colleague, with what they must know; the note is sealed in the case.

    `expected_revision` is the `cover_revision` that the writer began from. Raises CannotOwn, ChangedMeanwhile; NoRight
    too where the case is open to the member for a while only: three hours must not become for good.
    """
    opened.by.must(Right.HAND_OVER)
    with changing(opened, Deed.CASE_HANDED_OVER, at=at) as change:
        if change.now.is_lent:
            raise NoRight(right=Right.HAND_OVER.value)
        expected_cover(change, expected_revision)
        _give(change, to, note)


def hand_over_all(by: Present, *, leaves: Member, to: Member, note: str, at: datetime) -> list[str]:
    """Every case that a member owns, to a colleague; the codes. One transaction and one line for each case.

    Stopped halfway, it goes on where it stopped when it is done again. Raises NoRight, CannotOwn.
    """
    by.must(Right.OPEN_ALL_CASES)
    given = []
    owned = Case.objects.filter(owner=leaves, office=by.member.office_id, shredding_since=None)
    for code in owned.order_by("code").values_list("code", flat=True):
        with transaction.atomic():
            change = change_within(by, code, at=at)
            if change.cover.owner_id == leaves.code:
                change.cover.cover_revision += 1
                _give(change, to, note)
                change.finish(Deed.CASE_HANDED_OVER)
                given.append(code)
    return given


def take_over(opened: OpenCase, *, at: datetime) -> None:
    """Own a case that nobody owns. Raises AlreadyOwned where somebody was first."""
    with changing(opened, Deed.CASE_HANDED_OVER, at=at) as change:
        if change.cover.owner_id is not None:
            raise AlreadyOwned(case=opened.code)
        change.cover.cover_revision += 1
        _own(change, opened.by.member)


def _give(change: Change, to: Member, note: str) -> None:
    change.add(Handover(to=to.code, note=note, previous=change.cover.owner_id))
    _own(change, to)


def _own(change: Change, to: Member) -> None:
    # Locked: nobody leaves while they are given a case.
    members = Member.objects.select_for_update(no_key=True)
    colleague = members.filter(code=to.code, office=change.cover.office_id).first()
    if colleague is None or not may(colleague, Right.OPEN_OWN_CASES):
        raise CannotOwn
    if change.cover.owner_id is not None:
        change.facts["previous"] = change.cover.owner_id
    change.facts["to"] = colleague.code
    change.cover.owner = colleague
