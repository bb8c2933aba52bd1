"""The key of one round: what both parties share for one comparison, and destroy after it."""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass, field
from hashlib import sha256

from safeconduct.core.errors import RoundKeyUnclear

KEY_BYTES = 32
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")


@dataclass(frozen=True, slots=True)
class RoundKey:
    """The secret of one round. Its name tells rounds apart; `secret` is 32 random bytes, never a passphrase.

    A passphrase could be tried from a list against the key check, which stands in every encoding.
    """

    round_id: str
    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.secret) != KEY_BYTES or not any(self.secret):
            raise RoundKeyUnclear(what="the key", problem=f"it is not {KEY_BYTES} random bytes")
        if not _NAME.fullmatch(self.round_id):
            problem = "its round is not named in up to 40 letters, digits, points and hyphens"
            raise RoundKeyUnclear(what="the key", problem=problem)

    def for_use(self, use: str) -> bytes:
        """A key for one use (32 bytes), by HMAC-SHA256 (RFC 2104) over the round and the use.

        No use's key tells another's, nor the secret.
        """
        return hmac.digest(
            self.secret, f"safeconduct across\0{self.round_id}\0{use}".encode(), sha256
        )

    @property
    def check(self) -> str:
        """Twelve hexadecimal digits by which two parties notice that their keys differ.

        One-way of a random key of 256 bits: it cannot be turned back, and serves only to confirm a key one has.
        """
        digits = self.for_use("key check").hex()[:12].upper()
        return "-".join(digits[at : at + 4] for at in range(0, 12, 4))


def new_round_key(round_id: str, randomness: bytes) -> RoundKey:
    """A key from 32 bytes of the caller's randomness (of a cryptographic source). Raises RoundKeyUnclear."""
    return RoundKey(round_id, randomness)
