"""Second factors: codes from an app (TOTP, RFC 6238) and passkeys (WebAuthn). The one door to django-allauth's MFA.

Its rows, its adapter, its codes and its WebAuthn ceremonies are used; its log-in views are not: here the passphrase
comes first and opens a key, which allauth knows nothing of (docs/decisions/0012-members-and-doors.md).
"""

from __future__ import annotations

import hmac
import json
import struct
from base64 import b32encode
from datetime import datetime
from hashlib import sha256
from ipaddress import ip_address
from typing import Any, Final

from allauth.mfa.adapter import DefaultMFAAdapter, get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.webauthn.internal import auth as webauthn
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest

from safeconduct.core.errors import CodeDoesNotFit, PasskeyNeedsName, SealBroken
from safeconduct.people.models import Member
from safeconduct.people.server_key import digest, open_text, seal_text

PERIOD: Final = 30  # seconds, RFC 6238
# One period before and after: clocks of telephones are not exact (RFC 6238, 5.2).
_TOLERATED: Final = (-1, 0, 1)
_SECRET_LENGTH: Final = 20  # bytes, as long as SHA-1's (RFC 4226, 4)
# What the WebAuthn library raises over an answer that no browser made; found by feeding it such answers.
_MALFORMED: Final = (
    ValidationError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    NotImplementedError,
    struct.error,
)
TOTP: Final = Authenticator.Type.TOTP
PASSKEY: Final = Authenticator.Type.WEBAUTHN


class SealedSecrets(DefaultMFAAdapter):  # type: ignore[misc]
    """allauth's adapter: what it stores is sealed, and what it tells a telephone is short."""

    def encrypt(self, text: str) -> str:
        return seal_text(text)

    def decrypt(self, encrypted_text: str) -> str:
        return open_text(encrypted_text)

    def build_totp_svg(self, url: str) -> str:
        """On white, whatever the page's colours are: a telephone does not read black on black."""
        drawn: str = super().build_totp_svg(url)
        return drawn.replace("<path", '<rect fill="white" width="100%" height="100%"/><path', 1)

    def get_totp_issuer(self) -> str:
        return "Safeconduct"

    def send_notification_mail(self, *_args: object, **_told: object) -> None:
        """No mail: an address of a member is stored nowhere."""


# --- who has which, who must ------------------------------------------------------------------


def kinds_of(member: Member) -> set[str]:
    return set(Authenticator.objects.filter(user=member).values_list("type", flat=True))


def factors_of(member: Member) -> str:
    """A hash over what each of them is known by: the app's sealed secret, the passkey as it was made. "" for none."""
    rows = Authenticator.objects.filter(user=member).values_list("type", "data")
    told = sorted(json.dumps([kind, _known_by(data)], sort_keys=True) for kind, data in rows)
    return sha256(json.dumps(told).encode()).hexdigest() if told else ""


def _known_by(data: Any) -> list[Any]:
    return [data.get("secret"), data.get("credential")] if isinstance(data, dict) else []


def must_have_one(request: HttpRequest) -> bool:
    """By the setting SECOND_FACTOR: "always", or "not on loopback" for a desk that only its own computer reaches."""
    if settings.SECOND_FACTOR != "not on loopback" or settings.BEHIND_TLS:
        return True
    try:
        return not ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return True


# --- codes from an app -------------------------------------------------------------------------


def secret_from(seed: str, member: Member) -> str:
    """The secret of an app that is being set up. The session holds the seed, never the secret."""
    return b32encode(digest("app being set up", seed, member.code)[:_SECRET_LENGTH]).decode()


def picture_of(secret: str, member: Member) -> str:
    """The QR code as SVG, drawn here."""
    adapter = get_adapter()
    drawn: str = adapter.build_totp_svg(adapter.build_totp_url(member, secret))
    return drawn


def code_at(secret: str, at: datetime) -> str:
    """The code that an app shows at that time."""
    code: str = format_hotp_value(hotp_value(secret, _counter(at)))
    return code


def keep_app(member: Member, *, secret: str, code: str, at: datetime) -> None:
    """In place of an app that was there before. Raises CodeDoesNotFit."""
    used = _counter_of(secret, code, at=at, after=0)
    # The member stands in what is sealed: a row moved to another member does not open there.
    data = {"secret": get_adapter().encrypt(f"{member.code} {secret}"), "used": used}
    Authenticator.objects.update_or_create(
        user=member, type=TOTP, defaults={"data": data, "created_at": at}
    )


def check_code(member: Member, code: str, *, at: datetime) -> None:
    """Raises CodeDoesNotFit, also for a code that was used before: the last counter is kept (RFC 6238, 5.2)."""
    with transaction.atomic():
        row = Authenticator.objects.select_for_update().filter(user=member, type=TOTP).first()
        if row is None:
            raise CodeDoesNotFit
        try:
            whose, _, secret = get_adapter().decrypt(row.data["secret"]).partition(" ")
        except SealBroken as broken:
            raise CodeDoesNotFit from broken
        if whose != member.code:
            raise CodeDoesNotFit
        row.data["used"] = _counter_of(secret, code, at=at, after=row.data["used"])
        row.save(update_fields=["data"])


def _counter_of(secret: str, code: str, *, at: datetime, after: int) -> int:
    told = "".join(code.split())
    for shift in _TOLERATED:
        counter = _counter(at) + shift
        expected = format_hotp_value(hotp_value(secret, counter))
        if hmac.compare_digest(expected.encode(), told.encode()) and counter > after:
            return counter
    raise CodeDoesNotFit


def _counter(at: datetime) -> int:
    return int(at.timestamp()) // PERIOD


# --- passkeys ----------------------------------------------------------------------------------


def begin_passkey(member: Member, request: HttpRequest) -> dict[str, Any]:
    """What the browser needs to make a passkey. Raises PasskeyNeedsName on an address that is a number."""
    _check_name(request)
    options: dict[str, Any] = webauthn.begin_registration(member, passwordless=False)
    return options


def keep_passkey(member: Member, answer: Any, *, at: datetime) -> None:
    """Raises CodeDoesNotFit. A passkey has no name of its own here: people write names in such fields."""
    try:
        webauthn.parse_registration_response(answer)
        webauthn.complete_registration(answer)
    except _MALFORMED as wrong:
        raise CodeDoesNotFit from wrong
    Authenticator.objects.create(
        user=member, type=PASSKEY, data={"name": "", "credential": answer}, created_at=at
    )


def ask_passkey(member: Member) -> dict[str, Any]:
    options: dict[str, Any] = webauthn.begin_authentication(member)
    return options


def check_passkey(member: Member, answer: Any) -> None:
    """Raises CodeDoesNotFit."""
    try:
        webauthn.parse_authentication_response(answer)
        webauthn.complete_authentication(member, answer)
    except _MALFORMED as wrong:
        raise CodeDoesNotFit from wrong


def _check_name(request: HttpRequest) -> None:
    # WebAuthn's relying party is a domain name: an address in numbers is none (W3C Web Authentication, 5.1.3).
    try:
        ip_address(request.get_host().rpartition(":")[0].strip("[]") or request.get_host())
    except ValueError:
        return
    raise PasskeyNeedsName
