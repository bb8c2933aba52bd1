"""What a session holds: the tokens of rings on the board, and when the member came in. Never a key, a name or a page.

Three rungs: half open (the passphrase agreed), open (the second factor agreed too), fallen shut (the second
factor still counts, the ring is gone).
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.contrib.auth import login, logout
from django.core.cache import caches
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from safeconduct.core.errors import KeysLocked
from safeconduct.people.models import Member
from safeconduct.people.present import Present
from safeconduct.vault.keyring import BOARD

BACKEND: Final = "safeconduct.people.opening.OpensWithPassphrase"
# From the passphrase to the second factor, setting one up included.
HALF_OPEN_LASTS: Final = timedelta(minutes=15)
# Then the second factor is asked for again, however busy the member was.
COUNTS_FOR: Final = timedelta(hours=12)
_RING: Final = "ring"
_HALF: Final = "half"
_SINCE: Final = "since"
_OPENED: Final = "opened"
# For steps that an unlocked desk left alone must not offer: the passphrase was typed this shortly before.
JUST_OPENED: Final = timedelta(minutes=5)
_NEXT: Final = "next"
_SEED: Final = "seed"
# In which language the door speaks; it outlives coming in and going out.
_LANGUAGE: Final = "language"


@dataclass(frozen=True, slots=True)
class Half:
    """Somebody whose passphrase agreed, and nothing more: their ring hangs, and `take` does not give it out.

    `present` is for what sets up and checks second factors, and for nothing else.
    """

    present: Present
    token: str

    @property
    def member(self) -> Member:
        return self.present.member


def half_open(request: HttpRequest, present: Present, *, at: datetime) -> Half:
    """The passphrase agreed. The session gets another number, so that one planted beforehand is worth nothing."""
    went_to = request.session.get(_NEXT)
    let_go(request)
    token = BOARD.hang(present.ring, whole=False, at=at)
    request.session[_HALF] = {"token": token, "member": present.member.code, "at": at.isoformat()}
    if went_to:
        request.session[_NEXT] = went_to
    return Half(present, token)


def half_of(request: HttpRequest, *, at: datetime) -> Half | None:
    told = request.session.get(_HALF)
    if told is None:
        return None
    if datetime.fromisoformat(told["at"]) + HALF_OPEN_LASTS < at:
        let_go(request)
        return None
    member = (
        Member.objects.select_related("office").filter(code=told["member"], left_at=None).first()
    )
    try:
        ring = BOARD.on_the_way_in(told["token"])
    except KeysLocked:  # a lock-down, or the server was started anew
        let_go(request)
        return None
    return None if member is None else Half(Present(member, ring), told["token"])


def let_in(request: HttpRequest, half: Half, *, at: datetime) -> None:
    """The second factor agreed. Raises KeysLocked where the ring is gone meanwhile."""
    BOARD.make_whole(half.token, at=at)
    went_to = request.session.get(_NEXT)
    language = language_of(request)
    request.session.flush()
    login(request, half.member, backend=BACKEND)
    request.session[_RING] = half.token
    request.session[_SINCE] = request.session[_OPENED] = at.isoformat()
    if went_to:
        request.session[_NEXT] = went_to
    if language:
        speak(request, language)


def hang_again(request: HttpRequest, present: Present, *, at: datetime) -> None:
    """The passphrase agreed anew in a session whose ring had fallen."""
    BOARD.drop(ring_of(request))
    request.session.cycle_key()
    request.session[_RING] = BOARD.hang(present.ring, whole=True, at=at)
    request.session[_OPENED] = at.isoformat()


def just_opened(request: HttpRequest, *, at: datetime) -> bool:
    told = request.session.get(_OPENED)
    return told is not None and at <= datetime.fromisoformat(told) + JUST_OPENED


def let_go(request: HttpRequest) -> None:
    """Drop the ring and everything of the session."""
    BOARD.drop(ring_of(request))
    BOARD.drop((request.session.get(_HALF) or {}).get("token", ""))
    language = language_of(request)
    logout(request)
    if language:
        speak(request, language)


def ring_of(request: HttpRequest) -> str:
    token: str = request.session.get(_RING, "")
    return token


def came_in_at(request: HttpRequest) -> datetime | None:
    told = request.session.get(_SINCE)
    return datetime.fromisoformat(told) if told else None


def language_of(request: HttpRequest) -> str:
    """What was chosen at the door or on one's own page; "" where nothing was."""
    told: str = request.session.get(_LANGUAGE, "")
    return told


def speak(request: HttpRequest, language: str) -> None:
    request.session[_LANGUAGE] = language


def drop_all_sessions() -> None:
    """Of this process. Others look at the lock-down's row and at `came_in_at`."""
    caches["default"].clear()


# --- where they were going ---------------------------------------------------------------------


def remember_next(request: HttpRequest, path: str) -> None:
    """The path alone: what stands behind a question mark may be what somebody searched for."""
    if url_has_allowed_host_and_scheme(path, allowed_hosts=None):
        request.session[_NEXT] = path


def next_of(request: HttpRequest) -> str:
    went_to: str = request.session.pop(_NEXT, "") or reverse("desk:home")
    return went_to


def seed_of(request: HttpRequest, *, anew: bool = False) -> str:
    """From which the secret of an app being set up is derived."""
    if anew or _SEED not in request.session:
        request.session[_SEED] = secrets.token_urlsafe(16)
    seed: str = request.session[_SEED]
    return seed


def forget_seed(request: HttpRequest) -> None:
    request.session.pop(_SEED, None)
