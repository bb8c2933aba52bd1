"""A colleague invites; the newcomer chooses a passphrase and gets keys that nobody else has ever held."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from allauth.mfa.models import Authenticator
from django.db import transaction

from safeconduct.core.errors import (
    HandleTaken,
    NotByOneself,
    StaysShut,
    WrongPassphrase,
)
from safeconduct.journal.actions import Actor, write_line
from safeconduct.journal.deeds import Deed
from safeconduct.people.actions.entering import turned_away
from safeconduct.people.actions.offices import colleague, held_office, new_code
from safeconduct.people.actions.roles import checked_roles
from safeconduct.people.attempts import Bucket, claim
from safeconduct.people.models import Member
from safeconduct.people.opening import (
    check_passphrase,
    chosen_handle,
    member_of,
    with_office_keys,
)
from safeconduct.people.permissions import Right
from safeconduct.people.present import Present
from safeconduct.people.vouchers import (
    STANDING,
    VOUCHER,
    check_at_the_door,
    check_standing,
    stands_anew,
    vouch_for,
)
from safeconduct.vault.actions import members as vault
from safeconduct.vault.actions.offices import KEYS, give_office_key
from safeconduct.vault.keyring import BOARD
from safeconduct.vault.models import MemberKey
from safeconduct.vault.wrapping import public_of

INVITED_FOR: Final = timedelta(days=7)


def invite(by: Present, *, handle: str, roles: Iterable[str], at: datetime) -> tuple[Member, str]:
    """A member to be, and the invitation code to be told to them over another channel, shown once.

    Raises NoRight, HandleTaken, RolesUnclear.
    """
    by.must(Right.ADMIT_MEMBERS)
    handle, chosen = chosen_handle(handle), checked_roles(roles)
    code = new_code()
    with transaction.atomic():
        office = held_office(by)
        invitation = _invitation(by, code, at)
        member, is_new = Member.objects.get_or_create(
            handle=handle,
            defaults={
                "code": code,
                "office": office,
                "roles": chosen,
                "recovery_revision": 0,
                "admitted_at": at,
            },
        )
        if not is_new:  # somebody else invited the same handle meanwhile
            raise HandleTaken
        vouch_for(by.ring, member)
        member.save(update_fields=VOUCHER)
        write_line(Deed.MEMBER_INVITED, by=by.actor, at=at, about=member.code)
    return member, invitation


def invite_again(by: Present, *, member: str, at: datetime) -> str:
    """For a member who lost passphrase and recovery code, or whose invitation is over: another invitation code.

    What they had opens nothing any more: their second factors go, their sessions end, and their keys are made anew.
    Raises NoRight, NotByOneself, NoSuchMember; NotVouchedFor where somebody changed their roles by hand: they are
    given anew first (change_roles).
    """
    by.must(Right.ADMIT_MEMBERS)
    if member == by.member.code:
        raise NotByOneself
    with transaction.atomic():
        office = held_office(by)
        whom = colleague(by, member)
        whom.office = office
        check_standing(by.ring, whom)
        invitation = _invitation(by, whom.code, at)
        whom.key_revision = MemberKey.objects.get(member=whom.code).revision
        whom.recovery_revision, whom.welcomed_at = 0, None
        Authenticator.objects.filter(user=whom).delete()
        whom.factors = ""
        stands_anew(by.ring, whom)
        whom.save(update_fields=["key_revision", "recovery_revision", "welcomed_at", *STANDING])
        write_line(
            Deed.MEMBER_INVITED,
            by=by.actor,
            at=at,
            about=whom.code,
            revision=whom.standing,
            facts={"again": 1},
        )
    BOARD.drop_where(lambda ring: ring.member == whom.code)
    return invitation


def welcome(
    *,
    handle: str,
    invitation: str,
    passphrase: str,
    doors: Sequence[tuple[Bucket, str]],
    at: datetime,
) -> tuple[Present, str]:
    """The newcomer's own keys under their own passphrase, and their recovery code, shown once.

    The pair that the invitation opened is forgotten: who invited had seen its code.
    Raises TryLater, StaysShut, PassphraseWeak, KeySwapped, NotVouchedFor.
    """
    a_try = claim(*doors, at=at)
    found = member_of(handle)
    try:
        present, recovery = _welcomed(found, invitation, passphrase, at)
    except WrongPassphrase as wrong:
        turned_away(found, step="invitation", at=at)
        raise StaysShut from wrong
    a_try.give_back()
    return present, recovery


def _welcomed(
    found: Member | None, invitation: str, passphrase: str, at: datetime
) -> tuple[Present, str]:
    if found is None:
        raise WrongPassphrase
    with transaction.atomic():
        # The row is held: of two who bring the same invitation one is welcomed.
        member = Member.objects.select_for_update().get(code=found.code)
        invited = vault.open_by_invitation(
            member=member.code, code=invitation, at=at, revision=member.key_revision
        )
        check_passphrase(passphrase, handle=member.handle)
        with_office_keys(invited, member)
        check_at_the_door(invited, member)
        # Together: a new pair without the office's key would open nothing, and the invitation is used up.
        with transaction.atomic(using=KEYS):
            ring, recovery = vault.new_member_key(member=member.code, passphrase=passphrase)
            if member.office_id:
                give_office_key(invited, member=member.code, public=public_of(ring.private))
        ring.office, ring.office_keys = invited.office, dict(invited.office_keys)
        member.key_revision = MemberKey.objects.get(member=member.code).revision
        member.welcomed_at = at
        member.save(update_fields=["key_revision", "welcomed_at"])
        actor = Actor(member.code, member.office_id or "")
        write_line(Deed.MEMBER_WELCOMED, by=actor, at=at, about=member.code)
    invited.close()
    return Present(member, ring), recovery


def _invitation(by: Present, code: str, at: datetime) -> str:
    with transaction.atomic(using=KEYS):
        public, invitation = vault.invite(member=code, until=at + INVITED_FOR)
        give_office_key(by.ring, member=code, public=public)
    return invitation
