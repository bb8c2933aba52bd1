"""The way in: passphrase, then second factor; again after a pause; out."""

from __future__ import annotations

import json
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from safeconduct.core.errors import KeysLocked, NotVouchedFor, PasskeyNeedsName, Refused
from safeconduct.people import actions
from safeconduct.people.attempts import doors_of, remember_device
from safeconduct.people.doors import DeskRequest
from safeconduct.people.forms import (
    LANGUAGES,
    CodeForm,
    DoorForm,
    LanguageForm,
    OpenAgainForm,
    PasskeyForm,
    tell,
)
from safeconduct.people.middleware import closed_page
from safeconduct.people.models import Member
from safeconduct.people.opening import read_handle
from safeconduct.people.pages import sent, shown
from safeconduct.people.permissions import Right, may
from safeconduct.people.present import Present
from safeconduct.people.queries import closed_since
from safeconduct.people.second_factors import (
    PASSKEY,
    TOTP,
    ask_passkey,
    begin_passkey,
    kinds_of,
    must_have_one,
    picture_of,
    secret_from,
)
from safeconduct.people.sessions import (
    Half,
    forget_seed,
    half_of,
    half_open,
    hang_again,
    let_go,
    let_in,
    next_of,
    seed_of,
    speak,
)
from safeconduct.people.vouchers import check_at_the_door


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def door(request: DeskRequest) -> HttpResponse:
    """The first rung. In a lock-down it opens for approvers alone, and says nothing that tells them apart before."""
    if request.present is not None:
        return redirect(_home())
    form = DoorForm(sent(request))
    if request.method == "POST" and form.is_valid():
        handle = read_handle(form.cleaned_data["handle"])
        try:
            present = actions.open_with_passphrase(
                handle=handle,
                passphrase=form.cleaned_data["passphrase"],
                doors=doors_of(request, handle, on=request.at.date()),
                at=request.at,
            )
        except Refused as refusal:
            tell(form, refusal)
        else:
            half = half_open(request, present, at=request.at)
            if not _may_stay(request, half.member):
                return _shown_out(request)
            return after_passphrase(request, half)
    told = {
        "form": form,
        "is_closed": closed_since() is not None,
        "languages": LANGUAGES,
    }
    return shown(request, "people/door.html", told)


def after_passphrase(request: DeskRequest, half: Half) -> HttpResponse:
    """To the second factor, to setting one up, or in where none is asked for."""
    if kinds_of(half.member):
        return redirect("people:second_factor")
    if must_have_one(request):
        return redirect("people:set_up")
    return _inside(request, half, by_means_of="none")


@require_http_methods(["GET", "HEAD", "POST"])
def second_factor(request: DeskRequest) -> HttpResponse:
    """The second rung: a code from the app, or a passkey."""
    half = half_of(request, at=request.at)
    kinds = kinds_of(half.member) if half else set()
    if half is None or not kinds:
        return redirect("people:door")
    by_passkey = request.method == "POST" and "answer" in request.POST
    codes = CodeForm(request.POST if request.method == "POST" and not by_passkey else None)
    passkeys = PasskeyForm(request.POST if by_passkey else None)
    form = passkeys if by_passkey else codes
    if form.is_valid():
        try:
            if by_passkey:
                answer = form.cleaned_data["answer"]
                actions.agree_by_passkey(half.member, answer=answer, at=request.at)
            else:
                actions.agree_by_code(half.member, code=form.cleaned_data["code"], at=request.at)
        except Refused as refusal:
            tell(form, refusal)
        else:
            return _inside(request, half, by_means_of=PASSKEY if by_passkey else TOTP)
    told: dict[str, Any] = {"form": form, "codes": codes, "has_app": TOTP in kinds}
    if PASSKEY in kinds:
        told["passkey"] = json.dumps(ask_passkey(half.member))
    return shown(request, "people/second_factor.html", told)


@require_http_methods(["GET", "HEAD", "POST"])
def set_up(request: DeskRequest) -> HttpResponse:
    """The first second factor of somebody who must have one; they see nothing else before."""
    half = half_of(request, at=request.at)
    if half is None or kinds_of(half.member):
        return redirect("people:door")
    done, page = set_up_page(request, half.present)
    if done is None:
        return page
    return _inside(request, half, by_means_of=done)


def set_up_page(request: DeskRequest, by: Present) -> tuple[str | None, HttpResponse]:
    """Both ways to set one up; which was done, if one was. Also for those who are inside already."""
    member = by.member
    by_passkey = request.method == "POST" and "answer" in request.POST
    codes = CodeForm(request.POST if request.method == "POST" and not by_passkey else None)
    passkeys = PasskeyForm(request.POST if by_passkey else None)
    form = passkeys if by_passkey else codes
    # The app that was shown is the one to prove: another picture would not fit the telephone's.
    secret = secret_from(seed_of(request, anew=request.method == "GET"), member)
    if form.is_valid():
        try:
            if by_passkey:
                answer = form.cleaned_data["answer"]
                actions.set_up_passkey(by, answer=answer, at=request.at)
            else:
                code = form.cleaned_data["code"]
                actions.set_up_app(by, secret=secret, code=code, at=request.at)
        except Refused as refusal:
            tell(form, refusal)
        else:
            forget_seed(request)
            return (PASSKEY if by_passkey else TOTP), HttpResponse()
    told: dict[str, Any] = {"form": form, "codes": codes, "secret": _in_fours(secret)}
    try:
        told["passkey"] = json.dumps(begin_passkey(member, request))
    except PasskeyNeedsName as refusal:
        told["no_passkey"] = refusal.mend
    return None, shown(request, "people/set_up.html", told)


@require_safe
def set_up_picture(request: DeskRequest) -> HttpResponse:
    """The QR code of the app that is being set up."""
    half = half_of(request, at=request.at)
    by = request.present or (half and half.present)
    if by is None:
        raise Http404
    drawn = picture_of(secret_from(seed_of(request), by.member), by.member)
    return HttpResponse(SafeString(drawn), content_type="image/svg+xml")


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def open_again(request: DeskRequest) -> HttpResponse:
    """After a pause: the passphrase alone, and what they had typed is still there."""
    member = request.user
    if request.present is not None or not isinstance(member, Member):
        return redirect(_home() if request.present else "people:door")
    form = OpenAgainForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            present = actions.open_with_passphrase(
                handle=member.handle,
                passphrase=form.cleaned_data["passphrase"],
                doors=doors_of(request, member.handle, on=request.at.date()),
                at=request.at,
            )
        except Refused as refusal:
            tell(form, refusal)
        else:
            hang_again(request, present, at=request.at)
            actions.come_in(present.member, by_means_of="kept", at=request.at)
            if form.cleaned_data["kept"] and form.cleaned_data["kept_for"]:
                return render(request, "people/send_again.html", form.cleaned_data)
            return redirect(next_of(request))
    return shown(request, "people/open_again.html", {"form": form})


@require_POST
def language(request: DeskRequest) -> HttpResponse:
    """In which language the door speaks to this visitor. The session alone keeps it; an unknown one changes nothing."""
    form = LanguageForm(request.POST)
    if form.is_valid():
        speak(request, form.cleaned_data["language"])
    return redirect("people:door")


@require_POST
def go_out(request: DeskRequest) -> HttpResponse:
    if request.present is not None:
        actions.go_out(request.present.member, at=request.at)
    let_go(request)
    return redirect("people:door")


def _inside(request: DeskRequest, half: Half, *, by_means_of: str) -> HttpResponse:
    try:
        # Once more: the rows may have been changed since the passphrase. The door says it in its words.
        check_at_the_door(half.present.ring, half.member)
        let_in(request, half, at=request.at)
    except (KeysLocked, NotVouchedFor):  # a lock-down, or too long a pause
        let_go(request)
        return redirect("people:door")
    if not _may_stay(request, half.member):
        return _shown_out(request)
    actions.come_in(half.member, by_means_of=by_means_of, at=request.at)
    answer = redirect(_home() if closed_since() is not None else next_of(request))
    remember_device(answer, half.member.handle, on=request.at.date())
    return answer


def _may_stay(request: DeskRequest, member: Member) -> bool:
    """In a lock-down: an approver with a second factor, for none is set up then where one is asked for.

    Asked once the ring hangs: whoever locks down writes the row first and drops the rings then, so that either we see
    the row or they see the ring.
    """
    if closed_since() is None:
        return True
    return may(member, Right.REOPEN) and (bool(kinds_of(member)) or not must_have_one(request))


def _shown_out(request: DeskRequest) -> HttpResponse:
    let_go(request)
    return closed_page(request)


def _home() -> str:
    return reverse("people:open_up" if closed_since() is not None else "desk:home")


def _in_fours(secret: str) -> str:
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
