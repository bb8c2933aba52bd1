"""Members' keys: made by invitation or at the first set-up, opened, locked anew."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.conf import settings
from django.db import transaction

from safeconduct.core.codes import draw_code, read_code
from safeconduct.core.errors import KeyPutBack, KeySwapped, WrongPassphrase
from safeconduct.vault.keyring import Keyring
from safeconduct.vault.models import MemberKey
from safeconduct.vault.passphrases import (
    locked_by_invitation,
    locked_by_passphrase,
    locked_by_recovery,
    opened_by_invitation,
    opened_by_passphrase,
    opened_by_recovery,
)
from safeconduct.vault.wrapping import new_pair, public_of

RECOVERY_LETTERS = 26  # 128 bits
KEYS = "keys"


@transaction.atomic(using=KEYS)
def new_member_key(*, member: str, passphrase: str) -> tuple[Keyring, str]:
    """A new pair for a member, with the recovery code, which is shown once and kept nowhere."""
    pair, code = new_pair(), _new_code()
    revision = _next_revision(member)
    # The whole row: of an earlier pair nothing stays, neither an invitation nor the office's voucher.
    MemberKey(
        member=member,
        public=pair.public,
        revision=revision,
        by_passphrase=_by_passphrase(pair.private, passphrase, member, revision),
        by_recovery=locked_by_recovery(pair.private, code, member=member, revision=revision),
    ).save()
    return Keyring(member=member, private=pair.private), code


@transaction.atomic(using=KEYS)
def invite(*, member: str, until: datetime) -> tuple[bytes, str]:
    """A pair for a member who is not here yet: its public key, and the code that opens it until then."""
    pair, code = new_pair(), _new_code()
    revision = _next_revision(member)
    locked = locked_by_invitation(pair.private, code, member=member, revision=revision, until=until)
    MemberKey(
        member=member,
        public=pair.public,
        revision=revision,
        by_invitation=locked,
        invited_until=until,
    ).save()
    return pair.public, code


def open_by_invitation(*, member: str, code: str, at: datetime, revision: int) -> Keyring:
    """The ring of an invited member. Raises WrongPassphrase, also when the invitation is over; KeyPutBack.

    `revision` comes from the member's own row: an older invitation put back is noticed.
    Whoever invited has seen the code: make the newcomer a new pair.
    """
    key = _key_of(member)
    until = key.invited_until
    if key.by_invitation is None or until is None or until <= at:
        raise WrongPassphrase
    locked, read = bytes(key.by_invitation), _read(code)
    private = opened_by_invitation(locked, read, member=member, revision=key.revision, until=until)
    return _ring(key, private, revision)


def open_by_passphrase(*, member: str, passphrase: str, revision: int) -> Keyring:
    """The member's ring. `revision` comes from the member's own row: an older copy put back is noticed.

    Raises WrongPassphrase; KeyPutBack for a stored key that is older than the row says; KeySwapped where the
    stored public key is not the private key's own. A stored key that is newer than the row says does not open.
    """
    key = _key_of(member)
    if key.by_passphrase is None:
        raise WrongPassphrase
    private = opened_by_passphrase(
        bytes(key.by_passphrase), passphrase, member=member, revision=min(revision, key.revision)
    )
    return _ring(key, private, revision)


def open_by_recovery(*, member: str, code: str, revision: int) -> Keyring:
    """The member's ring by the code that was printed once. Raises as `open_by_passphrase` does."""
    key = _key_of(member)
    if key.by_recovery is None:
        raise WrongPassphrase
    private = opened_by_recovery(
        bytes(key.by_recovery), _read(code), member=member, revision=min(revision, key.revision)
    )
    return _ring(key, private, revision)


@transaction.atomic(using=KEYS)
def lock_anew(ring: Keyring, *, passphrase: str, revision: int) -> str:
    """The same pair under another passphrase and another recovery code (returned, shown once).

    `revision` is the new one; the caller moves the member's own row to it in the same action.
    """
    code, private = _new_code(), ring.own_key()
    MemberKey.objects.filter(member=ring.member).update(
        revision=revision,
        by_passphrase=_by_passphrase(private, passphrase, ring.member, revision),
        by_recovery=locked_by_recovery(private, code, member=ring.member, revision=revision),
        by_invitation=None,
        invited_until=None,
    )
    return code


def _by_passphrase(private: bytes, passphrase: str, member: str, revision: int) -> bytes:
    return locked_by_passphrase(
        private, passphrase, member=member, revision=revision, cost=settings.PASSPHRASE_COST
    )


def _ring(key: MemberKey, private: bytes, revision: int) -> Keyring:
    # Only whoever could open it is told: to anybody else it is a wrong passphrase.
    if key.revision < revision:
        raise KeyPutBack(about="this member")
    if public_of(private) != bytes(key.public):
        raise KeySwapped(about="this member")
    return Keyring(member=key.member, private=private)


def _key_of(member: str) -> MemberKey:
    key = MemberKey.objects.filter(member=member).first()
    if key is None:
        raise WrongPassphrase
    return key


def _next_revision(member: str) -> int:
    key = MemberKey.objects.filter(member=member).first()
    return key.revision + 1 if key else 1


def _new_code() -> str:
    return draw_code(RECOVERY_LETTERS, secrets.randbelow)


def _read(code: str) -> str:
    return read_code(code, RECOVERY_LETTERS) or ""
