"""A plea that waits is given its end by a member, or goes to another: nothing is ever read and gone (law 1)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction

from safeconduct.cases.actions.changing import changing
from safeconduct.cases.actions.opening import open_case
from safeconduct.cases.entries import PleaTold, Told, Way
from safeconduct.cases.purposes import Purpose
from safeconduct.cases.reading import OpenCase, case_for
from safeconduct.core.clocks import add_working_days
from safeconduct.core.errors import (
    DueNotAhead,
    NoSuchPlea,
    OwnerNotHere,
    PleaChangedMeanwhile,
    PleaHasItsEnd,
)
from safeconduct.intake.due import LONGEST_HELD
from safeconduct.intake.models import End, Plea
from safeconduct.intake.new_cases import MOST_WORDS
from safeconduct.intake.queries import plea_for
from safeconduct.intake.sealing import PleaWords, key_of, open_words, seal_words
from safeconduct.journal.actions import write_line
from safeconduct.journal.deeds import Deed
from safeconduct.people.models import Member
from safeconduct.people.permissions import Right, may
from safeconduct.people.present import Present

# Why a plea is set aside: fixed words, which may stand in the journal and beside the plea.
BY_THE_FAMILY: Final = "withdrawn-by-the-family"
REASONS_TO_SET_ASIDE: Final = (
    BY_THE_FAMILY,
    "no-person-in-it",
    "stands-in-another-row",
    "not-for-us",
)
# Working days until a member who took a row in by hand looks at the case again, unless they say otherwise.
NEXT_DAY: Final = 1


def words_of(by: Present, code: str, *, at: datetime) -> tuple[Plea, PleaWords | None]:
    """A plea with its words, as long as no case holds them; the look is journalled.

    Raises NoRight, NoSuchPlea, KeysLocked, NoKey, SealBroken.
    """
    by.must(Right.TAKE_IN)
    plea = plea_for(by, code)
    words = _words(by, plea)
    with transaction.atomic():
        write_line(Deed.PLEA_SEEN, by=by.actor, at=at, about=plea.code)
    return plea, words


def take_in(
    by: Present,
    code: str,
    told: Sequence[Told],
    *,
    at: datetime,
    revision: int,
    told_size: int | None = None,
    province: str = "",
    next_due: date | None = None,
    case: str | None = None,
) -> OpenCase:
    """Open a case from a plea: what the member read out of it, and its words whole. `case` may be a reserved code.

    Raises NoRight, NoSuchPlea, PleaHasItsEnd, PleaChangedMeanwhile, and what `open_case` raises.
    """
    by.must(Right.TAKE_IN)
    with transaction.atomic():
        plea = _waiting(by, code, revision)
        opened = open_case(
            by,
            [*told, _as_told(by, plea)],
            at=at,
            told_size=told_size,
            province=province,
            next_due=next_due or add_working_days(at.date(), NEXT_DAY),
            code=case,
        )
        _attach(by, plea, opened.code, at=at)
        write_line(
            Deed.PLEA_ATTACHED, by=by.actor, at=at, about=plea.code, facts={"case": opened.code}
        )
    return opened


def attach(by: Present, code: str, case: str, *, at: datetime, revision: int) -> OpenCase:
    """Attach it to a case that is there already, whose page then tells its words.

    Raises NoRight, NoSuchPlea, PleaHasItsEnd, PleaChangedMeanwhile, NoSuchCase, NotOursToChange.
    """
    by.must(Right.TAKE_IN)
    with transaction.atomic():
        plea = _waiting(by, code, revision)
        opened = case_for(by, case, Purpose.CASEWORK, at=at)
        with changing(opened, Deed.PLEA_ATTACHED, at=at) as change:
            change.add(_as_told(by, plea))
            change.facts["plea"] = plea.code
        _attach(by, plea, opened.code, at=at)
    return opened


def set_aside(by: Present, code: str, *, why: str, at: datetime, revision: int) -> None:
    """Withdrawn by the family, or nothing to be done: a note, a total, a row that stands elsewhere.

    Raises NoRight, NoSuchPlea, PleaHasItsEnd, PleaChangedMeanwhile.
    """
    by.must(Right.TAKE_IN)
    assert why in REASONS_TO_SET_ASIDE, "a fixed word"
    with transaction.atomic():
        plea = _waiting(by, code, revision)
        _end(by, plea, End.WITHDRAWN, at=at)
        plea.why = why
        plea.save()
        write_line(Deed.PLEA_WITHDRAWN, by=by.actor, at=at, about=plea.code, facts={"why": why})


def hand_over(by: Present, code: str, *, to: str, due: date, at: datetime, revision: int) -> None:
    """Who looks at it, and by when. Raises OwnerNotHere, DueNotAhead, and as `set_aside`."""
    by.must(Right.TAKE_IN)
    with transaction.atomic():
        plea = _waiting(by, code, revision)
        owner = Member.objects.filter(code=to, office=by.office, left_at=None).first()
        if owner is None or not may(owner, Right.TAKE_IN):
            raise OwnerNotHere
        if not at.date() <= due <= at.date() + timedelta(days=LONGEST_HELD):
            raise DueNotAhead(days=LONGEST_HELD)
        plea.owner, plea.due, plea.end = owner, due, End.QUARANTINED
        plea.revision += 1
        plea.save()
        write_line(
            Deed.PLEA_HELD,
            by=by.actor,
            at=at,
            about=plea.code,
            facts={"to": owner.code, "due": due.isoformat()},
        )


def waits(plea: Plea) -> bool:
    """Whether a member may give it an end: it is held by itself, and no import that was undone is to read it again."""
    return plea.end == End.QUARANTINED


def _waiting(by: Present, code: str, revision: int) -> Plea:
    """The plea, held until the transaction ends, as the member has seen it."""
    plea = plea_for(by, code, locked=True)
    if plea.end in {End.ATTACHED, End.WITHDRAWN, End.SHREDDED}:
        raise PleaHasItsEnd(end=plea.get_end_display())
    if not waits(plea):
        raise NoSuchPlea  # it is read anew with its delivery
    if plea.revision != revision:
        raise PleaChangedMeanwhile
    return plea


def _words(by: Present, plea: Plea) -> PleaWords | None:
    if plea.sealed is None or plea.delivery is None:
        return None
    return open_words(key_of(by, plea.delivery), plea)


def _as_told(by: Present, plea: Plea) -> PleaTold:
    words = _words(by, plea)
    text = words.as_text()[:MOST_WORDS] if words else ""
    return PleaTold(
        plea=plea.code,
        way=Way(plea.way),
        words=text or "(nothing but empty cells)",
        received_on=plea.received_at.date(),
        origins=tuple(words.origins) if words else (),
    )


def _attach(by: Present, plea: Plea, case: str, *, at: datetime) -> None:
    """Its words stand in the case now. Where they stood is kept with the delivery, for a second import of it."""
    words = _words(by, plea)
    _end(by, plea, End.ATTACHED, at=at)
    plea.case = case
    if words is not None and plea.delivery is not None:
        kept = PleaWords(origins=words.origins, cells=(), fields={})
        plea.sealed = seal_words(key_of(by, plea.delivery), plea, kept)
    plea.save()


def _end(by: Present, plea: Plea, end: End, *, at: datetime) -> None:
    plea.end, plea.ended_at, plea.ended_by = end, at, by.member
    plea.due = None
    plea.revision += 1
