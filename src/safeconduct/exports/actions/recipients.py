"""Whom exports may be encrypted to. Two members stand behind every key: one names it, another one confirms it."""

from __future__ import annotations

import secrets
from datetime import datetime
from hmac import compare_digest

from django.db import IntegrityError, transaction

from safeconduct.core.codes import draw_code
from safeconduct.core.errors import (
    AgeKeyTwice,
    KeyHeardDiffers,
    KeySwapped,
    NoSuchExport,
    NotByOneself,
)
from safeconduct.exports.models import Recipient
from safeconduct.journal.actions import write_line
from safeconduct.journal.deeds import Deed
from safeconduct.people.permissions import Right
from safeconduct.people.present import Present
from safeconduct.vault.age import read_recipient
from safeconduct.vault.wrapping import is_vouched, vouched

LETTERS = 8
# Of a key, as many of its last signs are read out over a telephone.
SIGNS_HEARD = 8


def name_recipient(by: Present, *, name: str, age_key: str, at: datetime) -> Recipient:
    """A recipient that is not confirmed yet. Raises NotARecipient, AgeKeyTwice, NoRight."""
    by.must(Right.NAME_RECIPIENTS)
    recipient = Recipient(
        code=draw_code(LETTERS, secrets.randbelow),
        office=by.office,
        name=name,
        age_key=read_recipient(age_key),
        added_by=by.member,
        added_at=at,
    )
    with transaction.atomic():
        try:
            with transaction.atomic():
                recipient.save(force_insert=True)
        except IntegrityError:
            raise AgeKeyTwice from None
        write_line(Deed.RECIPIENT_ADDED, by=by.actor, at=at, about=recipient.code)
    return recipient


def confirm_recipient(by: Present, code: str, *, heard: str, at: datetime) -> None:
    """The key was compared over another channel, by another member than who named it: its last signs as heard.

    Raises NotByOneself, KeyHeardDiffers, NoSuchExport, NoRight.
    """
    if not by.may(Right.AGREE_EXPORT):
        by.must(Right.NAME_RECIPIENTS)
    with transaction.atomic():
        recipient = _held(by, code)
        if recipient.added_by_id == by.member.code:
            raise NotByOneself
        signs = "".join(heard.split()).lower()
        if len(signs) != SIGNS_HEARD or not compare_digest(
            signs.encode(), recipient.age_key[-SIGNS_HEARD:].encode()
        ):
            raise KeyHeardDiffers
        if recipient.confirmed_at is None:
            generation = max(by.ring.office_keys)
            recipient.confirmed_by, recipient.confirmed_at = by.member, at
            recipient.voucher = vouched(by.ring.office_key(generation), *_what(recipient))
            recipient.voucher_generation = generation
            recipient.save()
            write_line(Deed.RECIPIENT_CONFIRMED, by=by.actor, at=at, about=recipient.code)


def end_recipient(by: Present, code: str, *, at: datetime) -> None:
    """Nothing more is written for it; what was written and not fetched lapses now."""
    by.must(Right.NAME_RECIPIENTS)
    with transaction.atomic():
        recipient = _held(by, code)
        recipient.ended_at = at
        recipient.save(update_fields=["ended_at"])
        recipient.exports.filter(lapsed_at=None).update(lapsed_at=at, file=None)
        write_line(Deed.RECIPIENT_ENDED, by=by.actor, at=at, about=recipient.code)


def check_as_confirmed(by: Present, recipient: Recipient) -> None:
    """Raises KeySwapped where name or key are not those that a member confirmed: somebody wrote to the database."""
    private = by.ring.office_key(recipient.voucher_generation or 0)
    if not is_vouched(private, bytes(recipient.voucher or b""), *_what(recipient)):
        raise KeySwapped(about="this recipient")


def _what(recipient: Recipient) -> tuple[bytes, ...]:
    told = (recipient.code, recipient.office_id, recipient.name, recipient.age_key)
    return b"recipient", *(each.encode() for each in told)


def _held(by: Present, code: str) -> Recipient:
    recipient = (
        Recipient.objects.select_for_update()
        .filter(code=code, office=by.office, ended_at=None)
        .first()
    )
    if recipient is None:
        raise NoSuchExport
    return recipient
