"""Who works here: invite, roles, part with."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from safeconduct.core.codes import spelt
from safeconduct.core.errors import Refused
from safeconduct.people import actions
from safeconduct.people.doors import DeskRequest, needs
from safeconduct.people.forms import InviteForm, RolesForm, SureForm, tell
from safeconduct.people.models import Member
from safeconduct.people.pages import sent, shown
from safeconduct.people.permissions import Right
from safeconduct.people.queries import colleagues
from safeconduct.vault.wrapping import fingerprint


@require_safe
@needs(Right.ADMIT_MEMBERS)
def office(request: DeskRequest) -> HttpResponse:
    told = {
        "members": colleagues(request.present),
        "fingerprint": fingerprint(bytes(request.present.office.public)),
    }
    return render(request, "people/office.html", told)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.ADMIT_MEMBERS)
def invite(request: DeskRequest) -> HttpResponse:
    form = InviteForm(sent(request))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            member, code = actions.invite(
                request.present, handle=told["handle"], roles=told["roles"], at=request.at
            )
        except Refused as refusal:
            tell(form, refusal)
        else:
            return _invited(request, member, code)
    return shown(request, "people/invite.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.ADMIT_MEMBERS)
def member(request: DeskRequest, code: str) -> HttpResponse:
    """One member: their roles, another invitation, and the way out."""
    whom = _colleague(request, code)
    form = RolesForm(sent(request), initial={"roles": whom.roles})
    if request.method == "POST" and form.is_valid():
        roles = form.cleaned_data["roles"]
        try:
            actions.change_roles(request.present, member=whom.code, roles=roles, at=request.at)
        except Refused as refusal:
            tell(form, refusal)
        else:
            return redirect("people:office")
    return _page_of(request, whom, form)


@require_POST
@needs(Right.ADMIT_MEMBERS)
def invite_again(request: DeskRequest, code: str) -> HttpResponse:
    whom = _colleague(request, code)
    form = SureForm(request.POST)
    if form.is_valid():
        try:
            told = actions.invite_again(request.present, member=whom.code, at=request.at)
        except Refused as refusal:
            tell(form, refusal)
        else:
            return _invited(request, whom, told)
    return _page_of(request, whom, RolesForm(initial={"roles": whom.roles}), wrong=form)


@require_POST
@needs(Right.ADMIT_MEMBERS)
def part_with(request: DeskRequest, code: str) -> HttpResponse:
    whom = _colleague(request, code)
    form = SureForm(request.POST)
    if form.is_valid():
        try:
            actions.leave(request.present, member=whom.code, at=request.at)
        except Refused as refusal:
            tell(form, refusal)
        else:
            return redirect("cases:hand_over_all", whom.code)
    return _page_of(request, whom, RolesForm(initial={"roles": whom.roles}), wrong=form)


def _colleague(request: DeskRequest, code: str) -> Member:
    whom = colleagues(request.present).filter(code=code).first()
    if whom is None:
        raise Http404
    return whom


def _page_of(
    request: DeskRequest, whom: Member, roles: RolesForm, wrong: SureForm | None = None
) -> HttpResponse:
    told = {"whom": whom, "roles": roles, "form": wrong or roles, "sure": SureForm(auto_id=False)}
    return shown(request, "people/member.html", told)


def _invited(request: DeskRequest, whom: Member, code: str) -> HttpResponse:
    return render(request, "people/invited.html", {"whom": whom, "code": spelt(code)})
