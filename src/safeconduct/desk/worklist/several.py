"""Several cases at once, each opened, written and journalled by itself: what one refuses keeps no other back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from safeconduct.cases.actions import change_cover, hand_over
from safeconduct.cases.purposes import Purpose
from safeconduct.cases.reading import OpenCase, case_for
from safeconduct.core.errors import KeysLocked, NotOursToChange, Refused
from safeconduct.people.models import Member
from safeconduct.people.permissions import Right
from safeconduct.people.present import Present


@dataclass(frozen=True, slots=True)
class Ticked:
    """A case as it stood in the list: changed since, it is left alone."""

    code: str
    cover_revision: int


@dataclass(frozen=True, slots=True)
class NotDone:
    """A case that was left as it stands, and why."""

    code: str
    refusal: Refused


def hand_over_several(
    by: Present, ticked: Sequence[Ticked], to: Member, *, note: str, at: datetime
) -> list[NotDone]:
    """Each to the same colleague with the same note. Raises NoRight before anything is done."""
    by.must(Right.HAND_OVER)

    def give(opened: OpenCase, revision: int) -> None:
        hand_over(opened, to, note=note, expected_revision=revision, at=at)

    return _each(by, ticked, give, purpose=Purpose.HANDING_OVER, at=at)


def set_due_several(
    by: Present, ticked: Sequence[Ticked], day: date | None, *, at: datetime
) -> list[NotDone]:
    """The same day on each cover. Raises NoRight before anything is done."""
    by.must(Right.HAND_OVER)

    def put(opened: OpenCase, revision: int) -> None:
        change_cover(opened, expected_revision=revision, next_due=day, at=at)

    return _each(by, ticked, put, purpose=Purpose.CASEWORK, at=at)


def _each(
    by: Present,
    ticked: Sequence[Ticked],
    do: Callable[[OpenCase, int], None],
    *,
    purpose: Purpose,
    at: datetime,
) -> list[NotDone]:
    left = []
    for each in ticked:
        try:
            opened = case_for(by, each.code, purpose, at=at)
            if opened.is_lent:  # it is open for one thing and for a while
                raise NotOursToChange(case=opened.code)
            do(opened, each.cover_revision)
        except KeysLocked:
            raise
        except Refused as refusal:
            left.append(NotDone(each.code, refusal))
    return left
