"""The job that shares an office's cards because of an agreement, or takes them back once that is ended."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction

from safeconduct.cases.models import State
from safeconduct.cases.purposes import Purpose
from safeconduct.cases.reading import OpenCase
from safeconduct.cases.reading_many import NotWhole, open_cards
from safeconduct.core.errors import NoSuchCase, NotShared
from safeconduct.jobs.kinds import Run
from safeconduct.matching.actions.cards import lend, take_back_lent
from safeconduct.matching.agreements import in_whose_name
from safeconduct.matching.models import CardsAgreement, LentCard
from safeconduct.people.present import Present

_EVERY = 20


def cards(run: Run) -> None:
    """Each case by itself, so that it may be cut off anywhere and run again."""
    agreement = CardsAgreement.objects.filter(
        code=str(run.held.facts["agreement"]), office=run.held.office
    ).first()
    if agreement is None:
        return
    while True:
        while _work(run, in_whose_name(run, agreement), agreement):
            agreement.refresh_from_db()
        # Held: whoever ends the agreement now waits, and finds no live job; or has ended it, and is seen here.
        with transaction.atomic():
            now = CardsAgreement.objects.select_for_update().get(code=agreement.code)
            if now.ended_at == agreement.ended_at:
                run.finish()
                return
        agreement = now


def _work(run: Run, by: Present, agreement: CardsAgreement) -> int:
    """How many cases were shared or taken back; 0 where nothing is left to do."""
    ended = agreement.ended_at is not None
    lent = set(LentCard.objects.filter(agreement=agreement).values_list("case", flat=True))
    if ended and not lent:
        return 0
    wanted = _lent(run, by, lent) if ended else _not_lent(run, by, agreement, lent)
    done = 0
    for opened in wanted:
        try:
            if ended:
                take_back_lent(opened, agreement, at=run.clock())
            elif not lend(opened, agreement, at=run.clock()):
                return done + 1  # ended just now
        except (NoSuchCase, NotShared):
            continue  # shredded, or shared and taken back by hand, meanwhile
        done += 1
        if done % _EVERY == 0:
            run.step(done, max(done, len(lent)))
    return 0 if ended else done


def _not_lent(
    run: Run, by: Present, agreement: CardsAgreement, lent: set[str]
) -> Iterator[OpenCase]:
    for opened in _cards(run, by):
        # One that was shared and is not any more, a coordinator took back by hand: that stands.
        left_alone = opened.code in lent or agreement.other_id in opened.cover.shared_with
        if opened.is_ours and opened.cover.state == State.OPEN and not left_alone:
            yield opened


def _lent(run: Run, by: Present, lent: set[str]) -> Iterator[OpenCase]:
    for opened in _cards(run, by):
        if opened.is_ours and opened.code in lent:
            yield opened


def _cards(run: Run, by: Present) -> Iterator[OpenCase]:
    for opened in open_cards(by, at=run.clock(), purpose=Purpose.MATCHING):
        if not isinstance(opened, NotWhole):
            yield opened
