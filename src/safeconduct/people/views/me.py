"""Oneself: passphrase, second factors, recovery code."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from safeconduct.core.codes import spelt
from safeconduct.core.errors import KeysLocked, Refused
from safeconduct.people import actions
from safeconduct.people.attempts import DEVICE
from safeconduct.people.doors import DeskRequest, needs
from safeconduct.people.forms import AnotherCodeForm, PassphraseForm, ReadingForm, SureForm, tell
from safeconduct.people.pages import sent, shown
from safeconduct.people.second_factors import must_have_one
from safeconduct.people.sessions import just_opened, ring_of, speak
from safeconduct.people.views.door import set_up_page
from safeconduct.vault.keyring import BOARD


def with_passphrase_just_typed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """On a desk that was left alone, whoever comes by may look at pages, and not change what opens the door."""

    @wraps(view)
    def asked(request: DeskRequest, *words: Any, **told: Any) -> HttpResponse:
        if not just_opened(request, at=request.at):
            BOARD.drop(ring_of(request))
            raise KeysLocked  # the gate asks for the passphrase and leads back here
        return view(request, *words, **told)

    return asked


@require_safe
@needs()
def me(request: DeskRequest) -> HttpResponse:
    return render(request, "people/me.html", _about(request))


@require_POST
@needs()
def reading(request: DeskRequest) -> HttpResponse:
    """Language, calendar and digits, from the next page on; the door speaks that language too."""
    form = ReadingForm(request.POST)
    if not form.is_valid():
        told = _about(request) | {"reading": form}
        return render(request, "people/me.html", told, status=400)
    actions.choose_reading(request.present, **form.cleaned_data, at=request.at)
    speak(request, form.cleaned_data["language"])
    return redirect("people:me")


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@needs()
def passphrase(request: DeskRequest) -> HttpResponse:
    form = PassphraseForm(sent(request))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            code = _changed(request, old=told["old"], new=told["new"])
        except Refused as refusal:
            tell(form, refusal)
        else:
            return render(request, "people/code_shown.html", {"code": code})
    return shown(request, "people/passphrase.html", {"form": form})


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@needs()
def another_code(request: DeskRequest) -> HttpResponse:
    """Another recovery code, under the same passphrase."""
    form = AnotherCodeForm(sent(request))
    if request.method == "POST" and form.is_valid():
        same = form.cleaned_data["passphrase"]
        try:
            code = _changed(request, old=same, new=same)
        except Refused as refusal:
            tell(form, refusal)
        else:
            return render(request, "people/code_shown.html", {"code": code})
    return shown(request, "people/another_code.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@needs()
@with_passphrase_just_typed
def add_second_factor(request: DeskRequest) -> HttpResponse:
    done, page = set_up_page(request, request.present)
    return page if done is None else redirect("people:me")


@require_POST
@needs()
@with_passphrase_just_typed
def remove_second_factor(request: DeskRequest, number: int) -> HttpResponse:
    form = SureForm(request.POST)
    if form.is_valid():
        try:
            actions.remove_second_factor(
                request.present,
                authenticator=number,
                one_is_needed=must_have_one(request),
                at=request.at,
            )
        except Refused as refusal:
            tell(form, refusal)
        else:
            return redirect("people:me")
    return render(request, "people/me.html", _about(request) | {"form": form}, status=400)


def _about(request: DeskRequest) -> dict[str, Any]:
    member = request.present.member
    chosen = {"calendar": member.calendar, "digits": member.digits}
    return {
        "factors": Authenticator.objects.filter(user=member).order_by("created_at"),
        "reading": ReadingForm(initial=chosen | {"language": get_language()}),
    }


def _changed(request: DeskRequest, *, old: str, new: str) -> str:
    member = request.present.member
    # Whoever is inside already is not held up by strangers who try this handle at the door.
    doors = [(DEVICE, member.code)]
    code = actions.change_passphrase(request.present, old=old, new=new, doors=doors, at=request.at)
    # This session goes on; the member's others are over.
    update_session_auth_hash(request, member)
    return spelt(code)
