"""Access to cases that are not one's own: asking, deciding, breaking the glass."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from safeconduct.core.errors import AlreadyDecided, NotOpened, NotVouchedFor, Refused
from safeconduct.people import actions
from safeconduct.people.access import CaseOutline
from safeconduct.people.doors import DeskRequest, needs
from safeconduct.people.forms import ReasonForm, tell
from safeconduct.people.models import Grant
from safeconduct.people.pages import sent, shown
from safeconduct.people.permissions import Right
from safeconduct.people.queries import live_grants_of_office, own_grants, waiting_requests
from safeconduct.people.reasons import read_reason

# How the room of cases tells what this room needs to know of one; None for a code that nobody has.
OutlineOf = Callable[[str], CaseOutline | None]


@require_safe
@needs(Right.ASK_FOR_ACCESS, Right.DECIDE_ACCESS)
def access(request: DeskRequest) -> HttpResponse:
    by = request.present
    told: dict[str, object] = {"own": own_grants(by)} if by.may(Right.ASK_FOR_ACCESS) else {}
    if by.may(Right.DECIDE_ACCESS):
        told["waiting"] = [(grant, _reason(request, grant)) for grant in waiting_requests(by)]
    if by.may(Right.DECIDE_ACCESS) or by.may(Right.OPEN_ALL_CASES):
        told["live"] = live_grants_of_office(by, at=request.at)
    return render(request, "people/access.html", told)


@require_POST
@needs(Right.DECIDE_ACCESS)
def decide(request: DeskRequest, code: str) -> HttpResponse:
    asked = Grant.objects.filter(code=code, office=request.present.office)
    if not asked.exclude(member=request.present.member).exists():
        raise Http404
    try:
        granted = request.POST.get("answer") == "give"
        actions.decide_access(request.present, grant=code, granted=granted, at=request.at)
    except (AlreadyDecided, NotVouchedFor) as refusal:
        return render(request, "people/not_done.html", {"refusal": refusal}, status=409)
    return redirect("people:access")


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.ASK_FOR_ACCESS)
def ask(request: DeskRequest, code: str, *, outline_of: OutlineOf) -> HttpResponse:
    """The room of cases gives this page its place and `outline_of`: it stands above, and is not imported."""
    case = _case_of_the_office(request, code, outline_of)
    answer = _with_a_reason(request, case, actions.ask_for_access, page="people/ask.html")
    return answer or redirect("people:access")


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.BREAK_GLASS)
def break_glass(request: DeskRequest, code: str, *, outline_of: OutlineOf) -> HttpResponse:
    case = _case_of_the_office(request, code, outline_of)
    answer = _with_a_reason(request, case, actions.break_glass, page="people/break_glass.html")
    return answer or redirect("../")  # to the case, which opens now


@require_POST
@needs()
def acknowledge(request: DeskRequest, number: int) -> HttpResponse:
    actions.acknowledge(request.present, notice=number, at=request.at)
    return redirect("desk:home")


def _case_of_the_office(request: DeskRequest, code: str, outline_of: OutlineOf) -> CaseOutline:
    case = outline_of(code)
    if case is None or case.office != request.present.member.office_id:
        raise Http404
    return case


def _with_a_reason(
    request: DeskRequest, case: CaseOutline, act: Callable[..., Grant], *, page: str
) -> HttpResponse | None:
    """The page that asks why; None once it was told and the action is done."""
    form = ReasonForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            act(request.present, case, reason=form.cleaned_data["reason"], at=request.at)
        except Refused as refusal:
            tell(form, refusal)
        else:
            return None
    return shown(request, page, {"form": form, "case": case})


def _reason(request: DeskRequest, grant: Grant) -> str:
    try:
        return read_reason(request.present, grant)
    except NotOpened as refusal:
        return f"{refusal} ({refusal.code})"
