"""A member's second factors: set up, asked for, removed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction

from safeconduct.core.errors import CodeDoesNotFit, SecondFactorNeeded
from safeconduct.journal.actions import Actor, write_line
from safeconduct.journal.deeds import Deed
from safeconduct.people.actions.entering import turned_away
from safeconduct.people.attempts import SECOND_FACTOR, claim
from safeconduct.people.models import Member
from safeconduct.people.second_factors import (
    PASSKEY,
    TOTP,
    check_code,
    check_passkey,
    keep_app,
    keep_passkey,
)


@transaction.atomic
def set_up_app(member: Member, *, secret: str, code: str, at: datetime) -> None:
    """An app that shows codes, proven by one. Raises CodeDoesNotFit."""
    keep_app(member, secret=secret, code=code, at=at)
    _tell(Deed.SECOND_FACTOR_SET, member, TOTP, at)


@transaction.atomic
def set_up_passkey(member: Member, *, answer: Any, at: datetime) -> None:
    """Raises CodeDoesNotFit where the browser's answer is not to our question."""
    keep_passkey(member, answer, at=at)
    _tell(Deed.SECOND_FACTOR_SET, member, PASSKEY, at)


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
    member: Member, *, authenticator: int, one_is_needed: bool, at: datetime
) -> None:
    """Raises SecondFactorNeeded for the last one where one is needed. One that is not theirs is none."""
    # The member's row is held: two last ones are not removed at once.
    Member.objects.select_for_update().get(code=member.code)
    theirs = Authenticator.objects.filter(user=member)
    row = theirs.filter(pk=authenticator).first()
    if row is None:
        return
    if one_is_needed and theirs.count() == 1:
        raise SecondFactorNeeded
    row.delete()
    _tell(Deed.SECOND_FACTOR_REMOVED, member, row.type, at)


def _tell(deed: Deed, member: Member, kind: str, at: datetime) -> None:
    actor = Actor(member.code, member.office_id or "")
    write_line(deed, by=actor, at=at, about=member.code, facts={"kind": str(kind)})
