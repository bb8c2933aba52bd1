"""Key pairs, and secrets sealed to a public key (HPKE, RFC 9180, with HKDF-SHA256 and AES-256-GCM).

The key exchange is MLKEM768-X25519, which the IANA registry of HPKE calls X-Wing (0x647A): whoever
copies a key store today and owns a quantum computer in twenty years must break ML-KEM-768 (FIPS 203)
as well as X25519. Why, and what it costs: docs/decisions/0010-sealing.md.

A private key is the seed of 32 bytes from which both halves are drawn (SHAKE256, as X-Wing does); a
public key is ML-KEM's 1184 bytes and X25519's 32. A wrapped secret begins with one byte for the format.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from hashlib import sha256, shake_256
from typing import Final, Never

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)

from safeconduct.core.errors import KeyDoesNotFit, KeysLocked, KeySwapped
from safeconduct.vault.sealing import derived, framed

_SUITE: Final = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_FORMAT: Final = b"\x02"
_SEED: Final = 32
_ML_KEM_SEED: Final = 64
_ML_KEM_PUBLIC: Final = 1184
PUBLIC_LENGTH: Final = _ML_KEM_PUBLIC + 32


@dataclass(frozen=True, slots=True, repr=False)
class KeyPair:
    """The seed of 32 bytes and the public key. Its repr shows no key, and it is never pickled."""

    private: bytes
    public: bytes

    def __repr__(self) -> str:
        return f"KeyPair(public={fingerprint(self.public)!r})"

    def __reduce__(self) -> Never:
        raise TypeError("a private key is not pickled")


def new_pair() -> KeyPair:
    private = secrets.token_bytes(_SEED)
    return KeyPair(private, public_of(private))


def public_of(private: bytes) -> bytes:
    """The public key, reckoned from the private one: what is stored can be compared with it.

    Raises KeysLocked for a ring that was closed meanwhile: its keys are empty.
    """
    ml_kem, x25519 = _halves(private)
    return ml_kem.public_key().public_bytes_raw() + x25519.public_key().public_bytes_raw()


def wrap(public: bytes, secret: bytes, *, purpose: str) -> bytes:
    """The secret, sealed to a public key. `purpose` says for what, and must be told again to open it.

    Raises KeySwapped for bytes that are no public key of ours.
    """
    try:
        return _FORMAT + _SUITE.encrypt(secret, _public_key(public), info=purpose.encode())
    except ValueError as wrong:
        raise KeySwapped(about="whoever it was to be sealed to") from wrong


def unwrap(private: bytes, wrapped: bytes, *, purpose: str) -> bytes:
    """What was wrapped. Raises KeyDoesNotFit for another key, another purpose or altered bytes; KeysLocked."""
    return Unwrapper(private).unwrap(wrapped, purpose=purpose)


class Unwrapper:
    """One private key made ready for many unwrappings."""

    __slots__ = ("_key",)

    def __init__(self, private: bytes) -> None:
        self._key = MLKEM768X25519PrivateKey(*_halves(private))

    def unwrap(self, wrapped: bytes, *, purpose: str) -> bytes:
        if wrapped[:1] != _FORMAT:
            raise KeyDoesNotFit(purpose=purpose)
        try:
            return _SUITE.decrypt(wrapped[1:], self._key, info=purpose.encode())
        except (InvalidTag, ValueError) as wrong:
            raise KeyDoesNotFit(purpose=purpose) from wrong


def fingerprint(public: bytes) -> str:
    """Eight groups of four hexadecimal digits, to be compared over another channel (128 bits of SHA-256)."""
    digits = sha256(b"safeconduct fingerprint" + public).hexdigest()[:32]
    return " ".join(digits[start : start + 4] for start in range(0, 32, 4))


def vouched(office_private: bytes, *what: bytes) -> bytes:
    """32 bytes by which an office knows later that it once agreed to these values (HMAC-SHA256)."""
    if not office_private:
        raise KeysLocked
    key = derived(office_private, b"vouching")
    return hmac.new(key, framed(*what), "sha256").digest()


def is_vouched(office_private: bytes, voucher: bytes, *what: bytes) -> bool:
    return hmac.compare_digest(vouched(office_private, *what), voucher)


def with_voucher(office_private: bytes, purpose: str) -> str:
    """A purpose that only this office can tell: what is wrapped for it opens nowhere if anybody else wrapped it."""
    return f"{purpose} by {vouched(office_private, b'wrapped by us', purpose.encode()).hex()}"


def _halves(private: bytes) -> tuple[MLKEM768PrivateKey, X25519PrivateKey]:
    if len(private) != _SEED:
        raise KeysLocked
    both = shake_256(private).digest(_ML_KEM_SEED + 32)
    return (
        MLKEM768PrivateKey.from_seed_bytes(both[:_ML_KEM_SEED]),
        X25519PrivateKey.from_private_bytes(both[_ML_KEM_SEED:]),
    )


def _public_key(public: bytes) -> MLKEM768X25519PublicKey:
    if len(public) != PUBLIC_LENGTH:
        raise ValueError("not the length of a public key")
    return MLKEM768X25519PublicKey(
        MLKEM768PublicKey.from_public_bytes(public[:_ML_KEM_PUBLIC]),
        X25519PublicKey.from_public_bytes(public[_ML_KEM_PUBLIC:]),
    )
