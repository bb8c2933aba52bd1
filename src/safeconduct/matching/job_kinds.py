"""The work of this room that goes on beside the desk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from django.db import transaction

from safeconduct.cases.reading_many import NotWhole, cards_for_the_software
from safeconduct.core.names import forget
from safeconduct.jobs.kinds import Kind, Run, by_name
from safeconduct.journal.actions import Actor, write_line
from safeconduct.journal.deeds import Deed
from safeconduct.matching.actions.cards import CARDS, ask_for_cards_again
from safeconduct.matching.actions.looking import (
    LOOK,
    drop_lost_sight_of,
    end_look,
    note_compared,
    note_found,
    resettle,
    wanted_now,
)
from safeconduct.matching.finding import Card, card_from, doubles_among
from safeconduct.matching.lending import cards
from safeconduct.matching.models import Compared
from safeconduct.people.lent import asker_of, office_keys_for
from safeconduct.people.present import Present

# How the work of a look is divided, in hundredths: opening the cards, comparing them, writing down what was found.
_OPENED: Final = 50
_COMPARED: Final = 90
_ALL: Final = 100
_EVERY: Final = 500


def look(run: Run) -> None:
    """Compare what was not compared yet with everybody; once more where somebody asked meanwhile.

    Whoever asked may see less than is compared here: so it is done in the office's name with the keys it was lent,
    the journal says so, and nothing but codes and numbers is left of it.
    """
    lent = asker_of(run)
    try:
        while not _looked(run, lent):
            pass
    finally:
        forget()


def _looked(run: Run, lent: Present) -> bool:
    """One look. Whether the job is finished with it."""
    office, at = lent.office.code, run.clock()
    wanted = wanted_now(office)
    told, not_whole = _cards(run, lent)
    new = [card for card in told.values() if card.is_new]
    people = sum(len(card.records) for card in told.values())
    tell = _stepping(run)
    doubles = doubles_among(
        told.values(),
        office=office,
        progress=lambda share: tell(_OPENED + share * (_COMPARED - _OPENED)),
    )
    all_written = max(1, len(doubles) + len(new))
    for done in note_found(office, told, doubles, among=people, at=at):
        tell(_COMPARED + (_ALL - _COMPARED) * done / all_written)
    resettle(office, told, among=people)
    for done in note_compared(office, new, at=at):
        tell(_COMPARED + (_ALL - _COMPARED) * (len(doubles) + done) / all_written)
    with transaction.atomic():
        drop_lost_sight_of(office, told.keys())
        ended = end_look(
            office, wanted=wanted, at=at, cards=len(told), people=people, not_whole=not_whole
        )
        write_line(
            Deed.DOUBLES_SOUGHT,
            by=Actor(member="", office=office),
            at=at,
            about=run.held.job,
            facts={
                "asked_by": lent.member.code,
                "cards": len(told),
                "new": len(new),
                "found": len(doubles),
                "not_whole": len(not_whole),
            },
        )
        if ended:
            ask_for_cards_again(office, came=bool(new), at=at)
            run.finish()
    return ended


def _cards(run: Run, lent: Present) -> tuple[dict[str, Card], list[str]]:
    """Everything that the office holds, ready to be compared; and the codes of what did not open whole."""
    known = {
        case: bytes(mark)
        for case, mark in Compared.objects.filter(office=lent.office.code).values_list(
            "case", "mark"
        )
    }
    told: dict[str, Card] = {}
    not_whole = []
    opening = cards_for_the_software(lent, job=run.held.job, at=run.clock())
    for so_far, opened in enumerate(opening, 1):
        if isinstance(opened, NotWhole):
            not_whole.append(opened.code)
        else:
            told[opened.code] = card_from(opened, known)
        if so_far % _EVERY == 0:
            # How many there are in all is not known here: those compared before are a good guess.
            run.step(int(_OPENED * so_far / max(so_far + 1, len(known))), _ALL)
    return told, not_whole


def _stepping(run: Run) -> Callable[[float], None]:
    """A step for each hundredth that is new: each begins the lease anew."""
    told = -1

    def step(hundredths: float) -> None:
        nonlocal told
        if int(hundredths) > told:
            told = int(hundredths)
            run.step(told, _ALL)

    return step


KINDS: Final = by_name(
    Kind(name=LOOK, run=look, keys_for=office_keys_for, lease=timedelta(minutes=10)),
    Kind(name=CARDS, run=cards, keys_for=office_keys_for),
)
