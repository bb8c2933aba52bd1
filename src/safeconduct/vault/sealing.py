"""Seal a value so that only its key opens it, and only in its own place.

A sealed value is: one byte for the format, the nonce (12 bytes), the ciphertext with its tag.
AES-256-GCM (NIST SP 800-38D) over the padded value; the place (table, row, field, revision) and the
version of the key are associated data, so that a ciphertext cannot be moved to another place.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Never

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from safeconduct.core.errors import SealBroken
from safeconduct.vault.padding import padded, unpadded

KEY_LENGTH: Final = 32
_FORMAT: Final = b"\x01"
_NONCE: Final = 12


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sealed value belongs. `row` is the row's own code, which never changes."""

    table: str
    row: str
    field: str
    revision: int

    def __str__(self) -> str:
        return f"{self.table} {self.row} {self.field} revision {self.revision}"


@dataclass(frozen=True, slots=True, repr=False)
class SealKey:
    """A 256-bit key and its version. Its repr shows no key: it may end in a traceback."""

    raw: bytes
    version: int = 1

    def __repr__(self) -> str:
        return f"SealKey(version={self.version})"

    def __reduce__(self) -> Never:
        raise TypeError("a key is not pickled")


def new_seal_key(version: int = 1) -> SealKey:
    return SealKey(secrets.token_bytes(KEY_LENGTH), version)


def seal(key: SealKey, plain: bytes, place: Place) -> bytes:
    """The plain bytes, sealed for that place."""
    nonce = secrets.token_bytes(_NONCE)
    return _FORMAT + nonce + AESGCM(key.raw).encrypt(nonce, padded(plain), _bound(key, place))


def open_sealed(key: SealKey, sealed: bytes, place: Place) -> bytes:
    """What was sealed for that place. Raises SealBroken where key, place or ciphertext do not belong together."""
    if sealed[:1] != _FORMAT or len(sealed) <= 1 + _NONCE:
        raise SealBroken(place=place)
    nonce, ciphertext = sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :]
    try:
        return unpadded(AESGCM(key.raw).decrypt(nonce, ciphertext, _bound(key, place)))
    except (InvalidTag, ValueError) as broken:
        raise SealBroken(place=place) from broken


def state_seal(key: SealKey, parts: Iterable[bytes], *, purpose: bytes) -> bytes:
    """32 bytes that only a holder of the key can make, over a list of parts in their order (HMAC-SHA256)."""
    code = hmac.HMAC(derived(key.raw, purpose), hashes.SHA256())
    for part in parts:
        code.update(framed(part))
    return code.finalize()


def derived(secret: bytes, purpose: bytes) -> bytes:
    """Another key from this one, for another purpose (HKDF-SHA256, RFC 5869)."""
    return HKDF(hashes.SHA256(), KEY_LENGTH, salt=None, info=b"safeconduct " + purpose).derive(
        secret
    )


def framed(*parts: bytes) -> bytes:
    """Parts behind their lengths: no two different lists look alike."""
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)


def _bound(key: SealKey, place: Place) -> bytes:
    return framed(
        _FORMAT,
        key.version.to_bytes(4, "big"),
        place.table.encode(),
        place.row.encode(),
        place.field.encode(),
        place.revision.to_bytes(8, "big"),
    )
