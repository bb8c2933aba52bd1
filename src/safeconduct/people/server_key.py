"""What the server may open and recognise by itself, without any member: second factors, and tries at its doors.

The key comes from the server's own secret. It opens no case: whoever has it and the database learns
TOTP secrets and could name addresses that tried a door, and still needs a passphrase.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from typing import Final

from django.conf import settings

from safeconduct.core.errors import SealBroken
from safeconduct.vault.sealing import Place, SealKey, derived, open_sealed, seal, state_seal

_PLACE: Final = Place("mfa_authenticator", "any", "secret", 1)


def digest(purpose: str, *parts: str) -> bytes:
    """32 bytes by which the server recognises these words, and which tell nobody else what they were."""
    return state_seal(_key(purpose), [part.encode() for part in parts], purpose=purpose.encode())


def seal_text(text: str) -> str:
    return b64encode(seal(_key("second factor"), text.encode(), _PLACE)).decode()


def open_text(sealed: str) -> str:
    """Raises SealBroken where it was sealed under another server's key, or altered."""
    try:
        raw = b64decode(sealed, validate=True)
    except ValueError as wrong:
        raise SealBroken(place=_PLACE) from wrong
    return open_sealed(_key("second factor"), raw, _PLACE).decode()


def _key(purpose: str) -> SealKey:
    return SealKey(derived(settings.SECRET_KEY.encode(), purpose.encode()))
