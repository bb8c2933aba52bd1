"""The baselines of the bench: the same ciphers without what we add to them. Nothing of the product seals so."""

from __future__ import annotations

import secrets
from typing import Final

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

_NONCE: Final = 12
_X25519: Final = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


def sealed_plainly(raw: bytes, plain: bytes) -> bytes:
    """AES-256-GCM: no place, no version, no padding."""
    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(raw).encrypt(nonce, plain, None)


def opened_plainly(raw: bytes, sealed: bytes) -> bytes:
    return AESGCM(raw).decrypt(sealed[:_NONCE], sealed[_NONCE:], None)


class X25519Alone:
    """HPKE as RFC 9180 has it, without ML-KEM."""

    def __init__(self) -> None:
        self._private = X25519PrivateKey.generate()
        self._public = self._private.public_key()

    def wrap(self, secret: bytes, *, purpose: str) -> bytes:
        return _X25519.encrypt(secret, self._public, info=purpose.encode())

    def unwrap(self, wrapped: bytes, *, purpose: str) -> bytes:
        return _X25519.decrypt(wrapped, self._private, info=purpose.encode())
