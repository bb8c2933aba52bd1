"""How often a door may be tried. A try is claimed before it is looked at, so that a hundred at once get no more.

Three buckets (docs/decisions/0012-members-and-doors.md):
- of an address: so that one stranger cannot try every handle;
- of a handle: so that many strangers cannot try one handle;
- of a device where this member has come in before ("device cookies", OWASP): it stands in place of the other two, so
  that no stranger can lock a member out of the device that they use.
"""

from __future__ import annotations

import math
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Final

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db.models import F
from django.http import HttpRequest, HttpResponse

from safeconduct.core.errors import TryLater
from safeconduct.people.models import Attempts
from safeconduct.people.server_key import digest


@dataclass(frozen=True, slots=True)
class Bucket:
    """So many tries at once, then one more each time `every` has passed."""

    name: str
    holds: int
    every: timedelta


ADDRESS: Final = Bucket("address", 30, timedelta(minutes=1))
HANDLE: Final = Bucket("handle", 10, timedelta(minutes=10))
DEVICE: Final = Bucket("device", 10, timedelta(minutes=1))
WRITTEN_CODE: Final = Bucket("written code", 5, timedelta(minutes=10))
SECOND_FACTOR: Final = Bucket("second factor", 5, timedelta(minutes=2))
DEVICE_COOKIE: Final = "known"
DEVICE_KNOWN_FOR: Final = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Try:
    """One claimed try. Whoever opened the door gives it back."""

    claimed: Sequence[tuple[str, Bucket]]

    def give_back(self) -> None:
        for door, bucket in self.claimed:
            Attempts.objects.filter(door=door).update(full_at=F("full_at") - bucket.every)


def claim(*doors: tuple[Bucket, str], at: datetime) -> Try:
    """A try at these doors, in their order. Raises TryLater where one of them had enough."""
    claimed = []
    for bucket, told in doors:
        door = digest("throttling", bucket.name, told).hex()
        if not _took_one(door, bucket, at):
            raise TryLater(minutes=_minutes_until_free(door, bucket, at))
        claimed.append((door, bucket))
    return Try(claimed)


def _took_one(door: str, bucket: Bucket, at: datetime) -> bool:
    """Two conditional updates, either of which moves the one row: the database lets them through one by one."""
    Attempts.objects.bulk_create([Attempts(door=door, full_at=at)], ignore_conflicts=True)
    row = Attempts.objects.filter(door=door)
    if row.filter(full_at__lt=at).update(full_at=at + bucket.every):
        return True
    still_room = at + bucket.every * (bucket.holds - 1)
    there_is_room = row.filter(full_at__gte=at, full_at__lte=still_room)
    return bool(there_is_room.update(full_at=F("full_at") + bucket.every))


def _minutes_until_free(door: str, bucket: Bucket, at: datetime) -> int:
    full_at = Attempts.objects.filter(door=door).values_list("full_at", flat=True).first() or at
    waits = full_at - bucket.every * (bucket.holds - 1) - at
    return max(1, math.ceil(waits / timedelta(minutes=1)))


# --- whose try it is ------------------------------------------------------------------------


def doors_of(request: HttpRequest, handle: str, *, on: date) -> list[tuple[Bucket, str]]:
    """Which buckets a try at this handle is taken from."""
    device = known_device(request, handle, on=on)
    if device is not None:
        return [(DEVICE, device)]
    return [(ADDRESS, address_of(request)), (HANDLE, handle)]


def address_of(request: HttpRequest) -> str:
    """Where the request comes from; of IPv6 the /64, which one household or one stranger has to itself.

    Behind TLS the proxy in front is trusted for the last address it added, as it is for X-Forwarded-Proto.
    """
    told = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_TLS:
        told = request.META.get("HTTP_X_FORWARDED_FOR", told).rpartition(",")[2].strip()
    try:
        address = ip_address(told)
    except ValueError:
        return "unknown"
    if not isinstance(address, IPv6Address):
        return str(address)
    return str(address.ipv4_mapped or ip_network((address, 64), strict=False))


def known_device(request: HttpRequest, handle: str, *, on: date) -> str | None:
    """The device's own number, where this handle came in from it within DEVICE_KNOWN_FOR."""
    try:
        number, whose, since = _signer().unsign_object(request.COOKIES.get(DEVICE_COOKIE, ""))
        fresh = on - date.fromisoformat(since) < DEVICE_KNOWN_FOR
    except (BadSignature, ValueError, TypeError):
        return None
    return str(number) if fresh and whose == _whose(handle) else None


def remember_device(response: HttpResponse, handle: str, *, on: date) -> None:
    """Told to the browser alone; nothing of it is stored here."""
    response.set_cookie(
        DEVICE_COOKIE,
        _signer().sign_object([secrets.token_urlsafe(16), _whose(handle), on.isoformat()]),
        max_age=DEVICE_KNOWN_FOR,
        path="/door/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def _whose(handle: str) -> str:
    return digest("known device", handle).hex()[:32]


def _signer() -> Signer:
    return Signer(salt="safeconduct known device")
