"""An office lets another compare its cards and shows no contents: agreed by a coordinator, until it is ended.

The cards are shared one by one in a job, as a coordinator would share each by hand (cases/actions/sharing); those of
cases that come later are added. When it is ended, a job takes back what the agreement had shared, under new keys.
"""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Final

from django.db import transaction

from safeconduct.cases.actions.offices import known_office
from safeconduct.cases.actions.sharing import share_case, take_back_share
from safeconduct.cases.reading import OpenCase
from safeconduct.core.codes import draw_code
from safeconduct.core.errors import (
    AgreedAlready,
    JobAlreadyAsked,
    NoSuchAgreement,
    NotWithOneself,
)
from safeconduct.jobs.actions import ask_for
from safeconduct.journal.actions import Actor, write_line
from safeconduct.journal.deeds import Deed
from safeconduct.matching.models import CardsAgreement, LentCard
from safeconduct.people.permissions import Right
from safeconduct.people.present import Present

CARDS: Final = "matching.cards"
_LETTERS: Final = 10


def agree_cards(by: Present, other: str, *, at: datetime) -> CardsAgreement:
    """From now on the other office compares the cards of all our open cases.

    Raises NoRight, NotWithOneself, AgreedAlready; OfficeNotConfirmed before its key was compared by another channel.
    """
    by.must(Right.SHARE_CARDS)
    if other == by.office.code:
        raise NotWithOneself
    with transaction.atomic():
        known = known_office(by, other)
        standing = CardsAgreement.objects.filter(office=by.office, other=known.row, ended_at=None)
        if standing.exists():
            raise AgreedAlready(office=other)
        agreement = CardsAgreement.objects.create(
            code=draw_code(_LETTERS, secrets.randbelow),
            office=by.office,
            other=known.row,
            by=by.member,
            at=at,
        )
        ask_for_cards(agreement, by=by.actor, at=at)
        write_line(
            Deed.CARDS_SHARED,
            by=by.actor,
            at=at,
            about=agreement.code,
            facts={"to": other, "standing": "begun"},
        )
    return agreement


def end_cards(by: Present, agreement: str, *, at: datetime) -> None:
    """No more cards are shared, and those that were are taken back under new keys. Raises NoRight, NoSuchAgreement."""
    by.must(Right.SHARE_CARDS)
    with transaction.atomic():
        row = (
            CardsAgreement.objects.select_for_update()
            .filter(code=agreement, office=by.office, ended_at=None)
            .first()
        )
        if row is None:
            raise NoSuchAgreement
        row.ended_by, row.ended_at = by.member, at
        row.save(update_fields=["ended_by", "ended_at"])
        ask_for_cards(row, by=by.actor, at=at)
        write_line(
            Deed.CARDS_SHARED,
            by=by.actor,
            at=at,
            about=row.code,
            facts={"to": row.other_id, "standing": "ended"},
        )


def ask_for_cards(agreement: CardsAgreement, *, by: Actor, at: datetime) -> None:
    """The job that does it; no second one where one is live, which sees what is to be done when it looks again."""
    facts = {"agreement": agreement.code}
    try:
        ask_for(CARDS, facts, by=by, at=at, needs_keys=True, subject=agreement.code, alone=True)
    except JobAlreadyAsked:
        return


def ask_for_cards_of_new_cases(office: str, *, at: datetime) -> None:
    """After a look: whoever agreed asks, by their agreement, for the cards of cases that came since."""
    for agreement in CardsAgreement.objects.filter(office=office, ended_at=None):
        ask_for_cards(agreement, by=Actor(agreement.by_id, office), at=at)


def lend(opened: OpenCase, agreement: CardsAgreement, *, at: datetime) -> bool:
    """One case's card, where the agreement still stands. Whether it was shared now."""
    with transaction.atomic():
        row = CardsAgreement.objects.select_for_update().get(code=agreement.code)
        if row.ended_at is not None:
            return False
        LentCard.objects.get_or_create(agreement=row, case=opened.code)
        share_case(opened, row.other_id, extent="card", at=at)
    return True


def take_back_lent(opened: OpenCase, agreement: CardsAgreement, *, at: datetime) -> None:
    """One case's card back, under new keys; one that was shared in full meanwhile stays shared."""
    with transaction.atomic():
        LentCard.objects.filter(agreement=agreement, case=opened.code).delete()
        if opened.cover.shared_with.get(agreement.other_id) == "card":
            take_back_share(opened, [agreement.other_id], at=at)
