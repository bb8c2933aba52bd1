"""An office lets another compare its cards and shows no contents: agreed by a coordinator, until it is ended.

The cards are shared one by one in a job, as a coordinator would share each by hand (cases/actions/sharing); those of
cases that come later are added. When it is ended, a job takes back what the agreement had shared, under new keys.
"""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Q

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
from safeconduct.matching.agreements import VOUCHER, goes_on, stands_for, vouch_for
from safeconduct.matching.models import CardsAgreement, LentCard
from safeconduct.people.permissions import Right
from safeconduct.people.present import Present

CARDS: Final = "matching.cards"
_LETTERS: Final = 10


def agree_cards(by: Present, other: str, *, at: datetime) -> CardsAgreement:
    """From now on the other office compares the cards of all our open cases.

    One that stopped because nobody stands for it any more goes on in this member's name. Raises NoRight,
    NotWithOneself, AgreedAlready; OfficeNotConfirmed before its key was compared by another channel.
    """
    by.must(Right.SHARE_CARDS)
    if other == by.office.code:
        raise NotWithOneself
    with transaction.atomic():
        known = known_office(by, other)
        rows = CardsAgreement.objects.select_for_update()
        agreement = rows.filter(office=by.office, other=known.row, ended_at=None).first()
        if agreement is None:
            code = draw_code(_LETTERS, secrets.randbelow)
            agreement = CardsAgreement(code=code, office=by.office, other=known.row, at=at)
        elif goes_on(by, agreement):
            raise AgreedAlready(office=other)
        agreement.by = by.member
        vouch_for(by.ring, agreement)
        agreement.save()
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
    """No more cards are shared, and those that were are taken back under new keys; where that stopped because nobody
    stands for it any more, it goes on in this member's name. Raises NoRight, NoSuchAgreement.
    """
    by.must(Right.SHARE_CARDS)
    with transaction.atomic():
        row = (
            CardsAgreement.objects.select_for_update()
            .filter(code=agreement, office=by.office)
            .first()
        )
        if row is None or not may_be_ended(by, row):
            raise NoSuchAgreement
        row.ended_by, row.ended_at = by.member, row.ended_at or at
        vouch_for(by.ring, row)
        row.save(update_fields=["ended_by", "ended_at", *VOUCHER])
        ask_for_cards(row, by=by.actor, at=at)
        write_line(
            Deed.CARDS_SHARED,
            by=by.actor,
            at=at,
            about=row.code,
            facts={"to": row.other_id, "standing": "ended"},
        )


def may_be_ended(by: Present, row: CardsAgreement) -> bool:
    """Whether it stands, or was ended and cards are left that nobody takes back any more."""
    return row.ended_at is None or (row.cards.exists() and not goes_on(by, row))


def ask_for_cards(agreement: CardsAgreement, *, by: Actor, at: datetime) -> None:
    """The job that does it; no second one where one is live, which sees what is to be done when it looks again."""
    facts = {"agreement": agreement.code}
    try:
        ask_for(CARDS, facts, by=by, at=at, needs_keys=True, subject=agreement.code, alone=True)
    except JobAlreadyAsked:
        return


def ask_for_cards_again(office: str, *, came: bool, at: datetime) -> None:
    """After a look: whoever stands for an agreement asks by it for the cards of cases that came since; and for those
    that an earlier job did not come to take back.
    """
    left = Q(ended_at__isnull=False, cards__isnull=False)
    wanted = left | Q(ended_at=None) if came else left
    for agreement in CardsAgreement.objects.filter(wanted, office=office).distinct():
        ask_for_cards(agreement, by=Actor(stands_for(agreement), office), at=at)


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
    """One case's card back, under new keys; one that was shared in full meanwhile stays shared.

    The share first, in its own transaction: it deletes old keys from the key store once the main database has the new
    ones for good. Cut off before the second step, the next run finds nothing shared and does that step alone.
    """
    if opened.cover.shared_with.get(agreement.other_id) == "card":
        take_back_share(opened, [agreement.other_id], at=at)
    LentCard.objects.filter(agreement=agreement, case=opened.code).delete()
