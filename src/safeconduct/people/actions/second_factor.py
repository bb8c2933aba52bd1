"""A member's second factors: set up, asked for, removed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction

from safeconduct.core.errors import CodeDoesNotFit, SecondFactorNeeded
from safeconduct.journal.actions import write_line
from safeconduct.journal.deeds import Deed
from safeconduct.people.actions.entering import turned_away
from safeconduct.people.actions.offices import held_office
from safeconduct.people.attempts import SECOND_FACTOR, claim
from safeconduct.people.models import Member
from safeconduct.people.present import Present
from safeconduct.people.second_factors import (
    PASSKEY,
    TOTP,
    check_code,
    check_passkey,
    factors_of,
    keep_app,
    keep_passkey,
)
from safeconduct.people.vouchers import STANDING, check_at_the_door, stands_anew


@transaction.atomic
def set_up_app(by: Present, *, secret: str, code: str, at: datetime) -> None:
    """An app that shows codes, proven by one. Raises CodeDoesNotFit, NotVouchedFor."""
    _hold(by)
    keep_app(by.member, secret=secret, code=code, at=at)
    _changed(Deed.SECOND_FACTOR_SET, by, TOTP, at)


@transaction.atomic
def set_up_passkey(by: Present, *, answer: Any, at: datetime) -> None:
    """Raises CodeDoesNotFit where the browser's answer is not to our question, NotVouchedFor."""
    _hold(by)
    keep_passkey(by.member, answer, at=at)
    _changed(Deed.SECOND_FACTOR_SET, by, PASSKEY, at)


def agree_by_code(member: Member, *, code: str, at: datetime) -> None:
    """Raises TryLater, CodeDoesNotFit."""
    a_try = claim((SECOND_FACTOR, member.code), at=at)
    try:
        check_code(member, code, at=at)
    except CodeDoesNotFit:
        turned_away(member, step=TOTP, at=at)
        raise
    a_try.give_back()


def agree_by_passkey(member: Member, *, answer: Any, at: datetime) -> None:
    """Raises TryLater, CodeDoesNotFit."""
    a_try = claim((SECOND_FACTOR, member.code), at=at)
    try:
        check_passkey(member, answer)
    except CodeDoesNotFit:
        turned_away(member, step=PASSKEY, at=at)
        raise
    a_try.give_back()


@transaction.atomic
def remove_second_factor(
    by: Present, *, authenticator: int, one_is_needed: bool, at: datetime
) -> None:
    """Raises SecondFactorNeeded for the last one where one is needed, NotVouchedFor. One that is not theirs is none."""
    _hold(by)
    theirs = Authenticator.objects.filter(user=by.member)
    row = theirs.filter(pk=authenticator).first()
    if row is None:
        return
    if one_is_needed and theirs.count() == 1:
        raise SecondFactorNeeded
    row.delete()
    _changed(Deed.SECOND_FACTOR_REMOVED, by, row.type, at)


def _hold(by: Present) -> None:
    """The rows of office and member: of two last ones one stays, and none is set up while the office's key turns.

    What somebody made of the others is not vouched for with the new one: raises NotVouchedFor.
    """
    if by.member.office_id is not None:
        held_office(by)
    held = Member.objects.select_for_update().get(code=by.member.code)
    for name in STANDING:
        setattr(by.member, name, getattr(held, name))
    check_at_the_door(by.ring, by.member)


def _changed(deed: Deed, by: Present, kind: str, at: datetime) -> None:
    member = by.member
    member.factors = factors_of(member)
    stands_anew(by.ring, member)
    member.save(update_fields=STANDING)
    facts = {"kind": str(kind)}
    write_line(deed, by=by.actor, at=at, about=member.code, revision=member.standing, facts=facts)
