"""Who is at the desk. Closed unless listed: doors.DOORS_WITHOUT_A_KEY.

The gate stands after the check against forged forms (process_view), so that nothing a stranger's page sent is kept,
and once more behind the view: a page made while somebody locked everything down is not served.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from safeconduct.core.errors import KeysLocked, NotOpened, NotVouchedFor
from safeconduct.people.doors import (
    BEFORE_THE_CODE_IS_KEPT,
    DOORS_WITHOUT_A_KEY,
    OPEN_IN_LOCK_DOWN,
    DeskRequest,
)
from safeconduct.people.forms import KEPT_AT_MOST, OpenAgainForm
from safeconduct.people.models import Member
from safeconduct.people.opening import with_office_keys
from safeconduct.people.present import Present
from safeconduct.people.queries import closed_since, last_lock_down
from safeconduct.people.reading import as_at_the_door, as_the_member
from safeconduct.people.sessions import (
    COUNTS_FOR,
    came_in_at,
    let_go,
    remember_next,
    ring_of,
)
from safeconduct.people.vouchers import check_standing
from safeconduct.vault.keyring import BOARD

Answer = Callable[[HttpRequest], HttpResponse]
_SAFE_METHODS: Final = frozenset({"GET", "HEAD"})
# What a form that came too late does not carry: above all no passphrase stands in a page.
_NOT_KEPT: Final = frozenset({"csrfmiddlewaretoken", "passphrase", "old", "new", "once_more"})


def member_at_the_desk(get_response: Answer) -> Answer:
    """Sets `request.present`, or answers in the view's place."""
    return _Gate(get_response)


class _Gate:
    def __init__(self, get_response: Answer) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.present = None  # type: ignore[attr-defined]
        as_at_the_door(request)
        response = self._get_response(request)
        if hasattr(response, "is_the_closed_page"):
            return response
        if _name_of(request) in OPEN_IN_LOCK_DOWN or closed_since() is None:
            return response
        let_go(request)  # a ring that was hung while somebody locked down
        return closed_page(request)

    def process_view(
        self, request: DeskRequest, _view: Any, _words: Any, _told: Any
    ) -> HttpResponse | None:
        name = _name_of(request)
        began = closed_since()
        if began is not None:
            # Of this process: what was unlocked before another one locked everything down.
            BOARD.drop_idle(idle_before=began)
            if name not in OPEN_IN_LOCK_DOWN:
                return closed_page(request)
        return _let_pass(request, name)

    def process_exception(self, request: DeskRequest, trouble: Exception) -> HttpResponse | None:
        """Keys that fell while the page was being made: the same as if they had fallen before."""
        return _fallen_shut(request) if isinstance(trouble, KeysLocked) else None


def closed_page(request: HttpRequest) -> HttpResponse:
    """Nothing of any office stands on it, not even its name."""
    request.present = None  # type: ignore[attr-defined]
    page = render(request, "people/closed.html", status=503)
    page.is_the_closed_page = True  # type: ignore[attr-defined]
    return page


def _let_pass(request: DeskRequest, name: str) -> HttpResponse | None:
    member = _member_of_session(request)
    if member is None:
        return None if name in DOORS_WITHOUT_A_KEY else _to_the_door(request)
    as_the_member(request, member)
    try:
        request.present = _unlocked(request, member)
    except KeysLocked:
        return None if name in DOORS_WITHOUT_A_KEY else _fallen_shut(request)
    except (NotOpened, NotVouchedFor):
        # The office's stored key is not its own any more, or the member's row. The door says so, in its words.
        let_go(request)
        return _to_the_door(request)
    if not member.has_kept_the_code and name not in (
        BEFORE_THE_CODE_IS_KEPT | DOORS_WITHOUT_A_KEY | OPEN_IN_LOCK_DOWN
    ):
        return redirect("people:recovery_code")
    return None


def know_again(request: HttpRequest) -> None:
    """Sets `request.present` where the address leads nowhere, for the frame of the page that says so. It answers
    nothing in the page's place: to whoever has not come in, nothing shows who they might be.
    """
    asked = cast("DeskRequest", request)
    member = _member_of_session(asked) if hasattr(request, "user") else None
    if member is not None and member.has_kept_the_code:
        as_the_member(request, member)
        with suppress(NotOpened, NotVouchedFor):  # KeysLocked is of the first
            asked.present = _unlocked(asked, member)


def _unlocked(request: DeskRequest, member: Member) -> Present:
    """Raises KeysLocked; NotOpened, NotVouchedFor where the office's key or the member's row is not their own."""
    idle_before = request.at - settings.IDLE_END
    ring = BOARD.take(ring_of(request), at=request.at, idle_before=idle_before)
    with_office_keys(ring, member)
    check_standing(ring, member)
    return Present(member, ring)


def _member_of_session(request: DeskRequest) -> Member | None:
    """Whose session it is, if it still counts: not from before a lock-down, and not older than COUNTS_FOR."""
    if not request.user.is_authenticated:
        return None
    since, last = came_in_at(request), last_lock_down()
    if since is None or since + COUNTS_FOR < request.at or (last is not None and since <= last):
        let_go(request)
        return None
    member = request.user
    assert isinstance(member, Member)
    return member


def _to_the_door(request: HttpRequest) -> HttpResponse:
    if request.method in _SAFE_METHODS:
        remember_next(request, request.path)
    return redirect("people:door")


def _fallen_shut(request: HttpRequest) -> HttpResponse:
    """The ring is gone, the second factor still counts: the passphrase alone opens, and they are where they were."""
    if request.method in _SAFE_METHODS:
        remember_next(request, request.path)
        return redirect("people:open_again")
    kept = [
        (name, text)
        for name in request.POST
        for text in request.POST.getlist(name)
        if name not in _NOT_KEPT
    ]
    fits = sum(len(text) for _, text in kept) <= KEPT_AT_MOST
    form = OpenAgainForm(
        initial={"kept_for": request.path, "kept": json.dumps(kept if fits else [])}
    )
    told = {"form": form, "kept": fits, "files_lost": bool(request.FILES)}
    return render(request, "people/open_again.html", told, status=401)


def _name_of(request: HttpRequest) -> str:
    match = request.resolver_match
    return match.view_name if match is not None else ""
