"""A member's private key under a passphrase (Argon2id, RFC 9106), a recovery code printed once, or an invitation.

A locked key is: one byte for the kind, Argon2's memory (4 bytes), passes (4) and lanes (1), a salt of
16 bytes, the nonce of 12, the ciphertext with its tag. What stands before the nonce is associated data,
and so are the member, the revision (an older copy put back does not open) and the day an invitation ends.
"""

from __future__ import annotations

import secrets
import threading
import unicodedata
from datetime import UTC, datetime
from typing import Final

from argon2.exceptions import HashingError
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from safeconduct.core.errors import WrongPassphrase
from safeconduct.vault.costs import PassphraseCost
from safeconduct.vault.sealing import KEY_LENGTH, derived, framed

_PASSPHRASE: Final = b"P"
_RECOVERY: Final = b"R"
_INVITATION: Final = b"I"
_SALT: Final = 16
_NONCE: Final = 12
_HEAD: Final = 1 + 4 + 4 + 1 + _SALT
_NO_COST: Final = PassphraseCost(0, 0, 0)
# What stands in a stored key is not believed beyond these: it could ask for all the memory there is.
_DEAREST: Final = PassphraseCost(memory_kib=1024 * 1024, passes=16, lanes=16)
# Each derivation takes its memory: a rush of log-ins waits in line rather than exhausting the machine.
_AT_ONCE = threading.BoundedSemaphore(2)


def locked_by_passphrase(
    secret: bytes, passphrase: str, *, member: str, revision: int, cost: PassphraseCost
) -> bytes:
    head = _head(_PASSPHRASE, cost)
    return _locked(head, _stretched(passphrase, head), secret, _bound(head, member, revision))


def locked_by_recovery(secret: bytes, code: str, *, member: str, revision: int) -> bytes:
    """Under a recovery code: drawn by us with 128 bits or more, so that it needs no slow stretching."""
    head = _head(_RECOVERY, _NO_COST)
    return _locked(head, _from_code(code, head), secret, _bound(head, member, revision))


def locked_by_invitation(
    secret: bytes, code: str, *, member: str, revision: int, until: datetime
) -> bytes:
    """Under the code of an invitation; its end is bound in, so that nobody prolongs it."""
    head = _head(_INVITATION, _NO_COST)
    return _locked(head, _from_code(code, head), secret, _bound(head, member, revision, until))


def opened_by_passphrase(locked: bytes, passphrase: str, *, member: str, revision: int) -> bytes:
    """The secret. Raises WrongPassphrase; a passphrase, a member or a revision may be what does not fit."""
    head = _head_of(locked, _PASSPHRASE)
    return _opened(locked, _stretched(passphrase, head), _bound(head, member, revision))


def opened_by_recovery(locked: bytes, code: str, *, member: str, revision: int) -> bytes:
    head = _head_of(locked, _RECOVERY)
    return _opened(locked, _from_code(code, head), _bound(head, member, revision))


def opened_by_invitation(
    locked: bytes, code: str, *, member: str, revision: int, until: datetime
) -> bytes:
    head = _head_of(locked, _INVITATION)
    return _opened(locked, _from_code(code, head), _bound(head, member, revision, until))


def _head_of(locked: bytes, kind: bytes) -> bytes:
    head = locked[:_HEAD]
    if head[:1] != kind or len(head) != _HEAD:
        raise WrongPassphrase
    return head


def _head(kind: bytes, cost: PassphraseCost) -> bytes:
    return (
        kind
        + cost.memory_kib.to_bytes(4, "big")
        + cost.passes.to_bytes(4, "big")
        + cost.lanes.to_bytes(1, "big")
        + secrets.token_bytes(_SALT)
    )


def _stretched(passphrase: str, head: bytes) -> bytes:
    # The same words typed on another keyboard are the same passphrase (RFC 8265, OpaqueString).
    words = unicodedata.normalize("NFC", passphrase).encode()
    cost = PassphraseCost(
        memory_kib=int.from_bytes(head[1:5], "big"),
        passes=int.from_bytes(head[5:9], "big"),
        lanes=head[9],
    )
    if (
        cost.memory_kib > _DEAREST.memory_kib
        or cost.passes > _DEAREST.passes
        or cost.lanes > _DEAREST.lanes
    ):
        raise WrongPassphrase
    try:
        with _AT_ONCE:
            return hash_secret_raw(
                words,
                salt=head[-_SALT:],
                time_cost=cost.passes,
                memory_cost=cost.memory_kib,
                parallelism=cost.lanes,
                hash_len=KEY_LENGTH,
                type=Type.ID,
            )
    except HashingError as wrong:
        raise WrongPassphrase from wrong


def _from_code(code: str, head: bytes) -> bytes:
    return derived(code.encode() + head[-_SALT:], b"recovery code")


def _locked(head: bytes, key: bytes, secret: bytes, bound: bytes) -> bytes:
    nonce = secrets.token_bytes(_NONCE)
    return head + nonce + AESGCM(key).encrypt(nonce, secret, bound)


def _opened(locked: bytes, key: bytes, bound: bytes) -> bytes:
    nonce, ciphertext = locked[_HEAD : _HEAD + _NONCE], locked[_HEAD + _NONCE :]
    try:
        return AESGCM(key).decrypt(nonce, ciphertext, bound)
    except (InvalidTag, ValueError) as wrong:
        raise WrongPassphrase from wrong


def _bound(head: bytes, member: str, revision: int, until: datetime | None = None) -> bytes:
    ends = until.astimezone(UTC).isoformat(timespec="microseconds") if until else ""
    return framed(head, member.encode(), revision.to_bytes(8, "big"), ends.encode())
