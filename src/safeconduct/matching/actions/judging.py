"""A member says whether two cases are one family, and takes it back. The cases themselves are never touched."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Final

from django.db import transaction

from safeconduct.cases.actions.offices import own_office
from safeconduct.cases.reading import OpenCase, opened_within
from safeconduct.core.codes import draw_code, read_code
from safeconduct.core.errors import (
    CardsChanged,
    NeitherOurs,
    NoSuchCase,
    NoSuchJudgement,
    OneCaseTwice,
    TakenBackAlready,
    WhyNotSaid,
)
from safeconduct.core.linkage.judgements import Verdict, in_order
from safeconduct.journal.actions import write_line
from safeconduct.journal.deeds import Deed
from safeconduct.matching.apart import note_apart_around
from safeconduct.matching.marks import mark_of
from safeconduct.matching.models import Decided, Judgement, Look, Possible, Withdrawal
from safeconduct.matching.sealed_words import Shown, Words, seal_why, seal_words
from safeconduct.matching.standing import hold_the_book, note_standing, settle
from safeconduct.people.permissions import Right
from safeconduct.people.present import Present

LETTERS: Final = 10
SHORTEST_WHY: Final = 3


def new_judgement_code() -> str:
    """Drawn when the form is shown, so that sending it twice says it once."""
    return draw_code(LETTERS, secrets.randbelow)


def judge(
    by: Present,
    cases: tuple[str, str],
    verdict: Verdict,
    *,
    at: datetime,
    shown: Shown | None = None,
    note: str = "",
    code: str | None = None,
) -> Judgement:
    """Say it, for the member's office. Both cases must be open to the member now.

    Raises NoRight, NoSuchCase, OneCaseTwice, NeitherOurs; CardsChanged where the people are not told as they were when
    the member looked.
    """
    by.must(Right.JUDGE_DOUBLES)
    shown = shown or Shown()
    with transaction.atomic():
        one, two = _both(by, cases, at=at)
        _check_seen(one, two, shown)
        office = own_office(by)
        hold_the_book()
        known = (code and read_code(code, LETTERS)) or new_judgement_code()
        said = Judgement.objects.filter(code=known).first()
        if said is not None:
            return _said_before(said, one, two, verdict, by)
        row = Judgement.objects.create(
            code=known,
            case_a_id=one.code,
            case_b_id=two.code,
            verdict=verdict.value,
            by=by.member,
            office=office.row,
            at=at,
            model=shown.model,
            weight=shown.weight,
            probability=shown.probability,
            sealed=seal_words(Words(note.strip(), shown.reasons), code=known, office=office),
        )
        if verdict is Verdict.SAME:
            note_apart_around(by, (one.code, two.code), at=at)
        settle((one.code, two.code))
        _put_in_queues(one, two, row)
        note_standing([(one.code, two.code)])
        write_line(
            Deed.PAIR_JUDGED,
            by=by.actor,
            at=at,
            about=one.code,
            facts={"with": two.code, "verdict": verdict.value, "judgement": known},
        )
    return row


def withdraw(by: Present, judgement: str, *, why: str, at: datetime) -> None:
    """From now on it counts as never said. One's own word always; a colleague's by whoever may open both cases.

    Raises NoRight, NoSuchJudgement, TakenBackAlready, WhyNotSaid.
    """
    by.must(Right.JUDGE_DOUBLES)
    if len(why.strip()) < SHORTEST_WHY:
        raise WhyNotSaid(letters=SHORTEST_WHY)
    with transaction.atomic():
        row = Judgement.objects.filter(code=judgement, office=by.member.office_id).first()
        if row is None:
            raise NoSuchJudgement
        if row.by_id != by.member.code:
            try:
                _both(by, (row.case_a_id, row.case_b_id), at=at)
            except NoSuchCase:
                raise NoSuchJudgement from None
        office = own_office(by)
        hold_the_book()
        if Withdrawal.objects.filter(judgement=row).exists():
            raise TakenBackAlready
        if not Judgement.objects.filter(code=row.code).exists():
            raise NoSuchJudgement  # a case of it was shredded meanwhile
        Withdrawal.objects.create(
            judgement=row,
            by=by.member,
            office=office.row,
            at=at,
            sealed=seal_why(why.strip(), code=row.code, office=office),
        )
        settle((row.case_a_id, row.case_b_id))
        note_standing([(row.case_a_id, row.case_b_id)])
        write_line(
            Deed.JUDGEMENT_WITHDRAWN,
            by=by.actor,
            at=at,
            about=row.case_a_id,
            facts={"with": row.case_b_id, "judgement": row.code},
        )


def _both(by: Present, cases: tuple[str, str], *, at: datetime) -> tuple[OpenCase, OpenCase]:
    """Both opened within this transaction, their rows held, the smaller code first."""
    first, second = in_order(*cases)
    if first == second:
        raise OneCaseTwice(case=first)
    one, two = opened_within(by, first, at=at), opened_within(by, second, at=at)
    if not (one.is_ours or two.is_ours):
        raise NeitherOurs
    return one, two


def _put_in_queues(one: OpenCase, two: OpenCase, said: Judgement) -> None:
    """A pair that was found by hand, or by one office alone, waits with each office that holds both cards."""
    covers = one.cover, two.cover
    for office in {said.office_id, *(cover.office_id for cover in covers)}:
        if all(office == cover.office_id or office in cover.shared_with for cover in covers):
            # Each by its own list: how long another's is, is not told by the odds that are shown.
            look = Look.objects.filter(office=office).first()
            Possible.objects.get_or_create(
                office_id=office,
                case_a_id=one.code,
                case_b_id=two.code,
                defaults={
                    "code": draw_code(LETTERS, secrets.randbelow),
                    "decision": Decided.REVIEW,
                    "probability": said.probability or 0.0,
                    "weight": said.weight or 0.0,
                    "among": look.people if look else 0,
                    "found_at": said.at,
                    "model": said.model,
                },
            )


def _check_seen(one: OpenCase, two: OpenCase, shown: Shown) -> None:
    if shown.marks is not None and shown.marks != (mark_of(one), mark_of(two)):
        raise CardsChanged


def _said_before(
    said: Judgement, one: OpenCase, two: OpenCase, verdict: Verdict, by: Present
) -> Judgement:
    """The same form sent twice. Raises NoSuchJudgement for a code that is of another one."""
    same = (said.case_a_id, said.case_b_id, said.verdict, said.by_id)
    if same != (one.code, two.code, verdict.value, by.member.code):
        raise NoSuchJudgement
    return said
