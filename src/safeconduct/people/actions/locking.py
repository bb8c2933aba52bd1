"""A member's key is locked anew: under another passphrase, and with it always under another recovery code."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from safeconduct.core.errors import StaysShut, WrongPassphrase
from safeconduct.journal.actions import Actor, write_line
from safeconduct.journal.deeds import Deed
from safeconduct.people.actions.entering import turned_away
from safeconduct.people.attempts import Bucket, claim
from safeconduct.people.models import Member
from safeconduct.people.opening import (
    check_passphrase,
    member_of,
    revision_to_open,
    unlocked,
    with_office_keys,
)
from safeconduct.people.present import Present
from safeconduct.people.vouchers import check_at_the_door
from safeconduct.vault.actions.members import lock_anew, open_by_recovery
from safeconduct.vault.keyring import BOARD, Keyring
from safeconduct.vault.models import MemberKey


def change_passphrase(
    by: Present, *, old: str, new: str, doors: Sequence[tuple[Bucket, str]], at: datetime
) -> str:
    """Another passphrase and another recovery code, shown once. The member's other sessions end.

    `old` is asked for again: an unlocked desk that somebody left alone must not be taken over.
    Raises TryLater, StaysShut, PassphraseWeak.
    """
    check_passphrase(new, handle=by.member.handle)
    a_try = claim(*doors, at=at)
    try:
        unlocked(by.member, old).close()
    except WrongPassphrase as wrong:
        turned_away(by.member, step="passphrase", at=at)
        raise StaysShut from wrong
    a_try.give_back()
    code = _locked_anew(by.member, by.ring, new, way="by-passphrase", at=at)
    BOARD.drop_where(lambda ring: ring.member == by.member.code and ring is not by.ring)
    return code


def recover(
    *,
    handle: str,
    code: str,
    passphrase: str,
    doors: Sequence[tuple[Bucket, str]],
    at: datetime,
) -> tuple[Present, str]:
    """Another passphrase by the recovery code, which is used up: the next one is returned, shown once.

    All sessions of the member end. Their second factor is asked for as ever.
    Raises TryLater, StaysShut, PassphraseWeak, NotVouchedFor.
    """
    a_try = claim(*doors, at=at)
    member = member_of(handle)
    try:
        if member is None:
            raise WrongPassphrase
        stored = MemberKey.objects.filter(member=member.code).values_list("revision", flat=True)
        revision = revision_to_open(member, stored.first() or 0)
        ring = open_by_recovery(member=member.code, code=code, revision=revision)
    except WrongPassphrase as wrong:
        turned_away(member, step="recovery", at=at)
        raise StaysShut from wrong
    a_try.give_back()
    check_passphrase(passphrase, handle=member.handle)
    with_office_keys(ring, member)
    check_at_the_door(ring, member)
    recovery = _locked_anew(member, ring, passphrase, way="by-recovery", at=at)
    BOARD.drop_where(lambda hung: hung.member == member.code)
    return Present(member, ring), recovery


@transaction.atomic
def keep_recovery_code(member: Member, *, at: datetime) -> None:
    """The member says that it is written down. Until then they see nothing else."""
    kept = Member.objects.filter(code=member.code).exclude(recovery_revision=member.key_revision)
    if kept.update(recovery_revision=member.key_revision):
        actor = Actor(member.code, member.office_id or "")
        write_line(Deed.RECOVERY_CODE_KEPT, by=actor, at=at, about=member.code)
    member.recovery_revision = member.key_revision


def _locked_anew(member: Member, ring: Keyring, passphrase: str, *, way: str, at: datetime) -> str:
    with transaction.atomic():
        # The row is held: two who change it at once do so one after the other, and the last code shown is the one.
        held = Member.objects.select_for_update().get(code=member.code)
        stored = MemberKey.objects.get(member=member.code).revision
        revision = max(held.key_revision, stored) + 1
        code = lock_anew(ring, passphrase=passphrase, revision=revision)
        held.key_revision = revision
        held.save(update_fields=["key_revision"])
        actor = Actor(member.code, member.office_id or "")
        write_line(Deed.KEY_LOCKED_ANEW, by=actor, at=at, about=member.code, facts={"way": way})
    member.key_revision = revision
    return code
