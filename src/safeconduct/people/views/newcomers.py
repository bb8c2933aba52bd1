"""Welcome, recovery, and the recovery code that is shown once."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from safeconduct.core.codes import spelt
from safeconduct.core.errors import Refused
from safeconduct.people import actions
from safeconduct.people.attempts import ADDRESS, WRITTEN_CODE, Bucket, address_of
from safeconduct.people.doors import DeskRequest
from safeconduct.people.forms import RecoverForm, WelcomeForm, tell
from safeconduct.people.opening import read_handle
from safeconduct.people.pages import sent, shown
from safeconduct.people.present import Present
from safeconduct.people.sessions import half_of, half_open
from safeconduct.people.views.door import after_passphrase


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def welcome(request: DeskRequest) -> HttpResponse:
    """An invited newcomer chooses a passphrase and is shown the recovery code."""
    form = WelcomeForm(sent(request))
    if request.method == "POST" and form.is_valid():
        handle = read_handle(form.cleaned_data["handle"])
        try:
            present, code = actions.welcome(
                handle=handle,
                invitation=form.cleaned_data["invitation"],
                passphrase=form.cleaned_data["new"],
                doors=_doors_of(request, handle),
                at=request.at,
            )
        except Refused as refusal:
            tell(form, refusal)
        else:
            return _shown_once(request, present, code)
    return shown(request, "people/welcome.html", {"form": form})


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def recover(request: DeskRequest) -> HttpResponse:
    """Who lost the passphrase takes the recovery code; the second factor is asked for as ever."""
    form = RecoverForm(sent(request))
    if request.method == "POST" and form.is_valid():
        handle = read_handle(form.cleaned_data["handle"])
        try:
            present, code = actions.recover(
                handle=handle,
                code=form.cleaned_data["recovery"],
                passphrase=form.cleaned_data["new"],
                doors=_doors_of(request, handle),
                at=request.at,
            )
        except Refused as refusal:
            tell(form, refusal)
        else:
            return _shown_once(request, present, code)
    return shown(request, "people/recover.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def recovery_code(request: DeskRequest) -> HttpResponse:
    """ "I have written it down." Whoever did not makes another one from the page of oneself."""
    half = half_of(request, at=request.at)
    by = request.present or (half and half.present)
    if by is None:
        return redirect("people:door")
    if request.method != "POST":
        return render(request, "people/code_not_kept.html")
    actions.keep_recovery_code(by.member, at=request.at)
    if request.present is None and half is not None:
        return after_passphrase(request, half)
    return redirect("desk:home")


def _shown_once(request: DeskRequest, present: Present, code: str) -> HttpResponse:
    half_open(request, present, at=request.at)
    return render(request, "people/code_shown.html", {"code": spelt(code)})


def _doors_of(request: DeskRequest, handle: str) -> list[tuple[Bucket, str]]:
    return [(ADDRESS, address_of(request)), (WRITTEN_CODE, handle)]
