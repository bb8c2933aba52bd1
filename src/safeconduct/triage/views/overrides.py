"""Another band than the rulebook's: asked for, decided by a second person, ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from safeconduct.cases.purposes import Purpose
from safeconduct.cases.reading import OpenCase
from safeconduct.cases.views.opening import in_case
from safeconduct.core.errors import NotOpened, Refused
from safeconduct.people import pages
from safeconduct.people.doors import DeskRequest, needs
from safeconduct.people.forms import tell
from safeconduct.people.permissions import Right
from safeconduct.people.sentences import refusal_told
from safeconduct.triage import actions
from safeconduct.triage.actions.overrides import may_end
from safeconduct.triage.forms import OverrideForm
from safeconduct.triage.models import Override
from safeconduct.triage.overriding import history_of, live, reason_of
from safeconduct.triage.queries import live_overrides, on_the_list, unseen
from safeconduct.triage.told import ToldAssessment, told_of

ASKED = ("GET", "HEAD", "POST")
MOST_SHOWN = 500


@dataclass(frozen=True, slots=True)
class Listed:
    row: Override
    rulebook: str  # the rulebook's band, by the last assessment
    ran_out: bool
    own: bool


@require_safe
@needs(Right.ASK_FOR_OVERRIDE)
def overrides(request: DeskRequest) -> HttpResponse:
    """What waits for a second person, what counts, what ran out; and what was decided about one's own cases."""
    by = request.present
    on = request.at.date()
    page = Paginator(live_overrides(by, on=on), MOST_SHOWN).get_page(request.GET.get("page"))
    rows = page.object_list
    bands = on_the_list([row.case for row in rows], on=on)
    listed = [
        Listed(row, bands[row.case].band, row.until < on, row.asked_by_id == by.member.code)
        for row in rows
    ]
    told = {
        "page": page,
        "ran_out": [each for each in listed if each.ran_out],
        "waiting": [each for each in listed if not each.ran_out and each.row.agreed is None],
        "counting": [each for each in listed if not each.ran_out and each.row.agreed],
        "notices": list(unseen(by)[:MOST_SHOWN]),
        "may_change_rules": by.may(Right.CHANGE_RULES),
        "may_see_like": by.may(Right.OPEN_ALL_CASES),
    }
    return render(request, "triage/overrides.html", told)


@require_http_methods(ASKED)
@in_case(Right.ASK_FOR_OVERRIDE, ours=True)
def ask(request: DeskRequest, opened: OpenCase) -> HttpResponse:
    assessment = told_of(opened, at=request.at)
    waiting = live(opened.code)
    on = request.at.date()
    form = OverrideForm(pages.sent(request), on=on, rulebook=assessment.band)
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask_for_override(
                opened,
                band=form.cleaned_data["band"],
                until=form.cleaned_data["until"],
                reason=form.cleaned_data["reason"],
                at=request.at,
            )
        except Refused as refusal:
            tell(form, refusal)
        else:
            messages.success(
                request,
                _("Asked. A colleague who may open this case decides; until then nothing changes."),
            )
            return redirect("cases:case", code=opened.code)
    told = {
        "opened": opened,
        "form": form,
        "assessment": assessment,
        "live": waiting if waiting is not None and waiting.until >= on else None,
        "history": history_of(opened),
        "today": on,
    }
    return pages.shown(request, "triage/ask_override.html", told)


@require_http_methods(ASKED)
@in_case(Right.AGREE_OVERRIDE, purpose=Purpose.REVIEW, ours=True)
def decide(request: DeskRequest, opened: OpenCase, override: str) -> HttpResponse:
    """The second person sees the assessment and the reason, and says yes or no."""
    row = _of_this_case(opened, override)
    status, refused = 200, ""
    if request.method == "POST":
        answer = request.POST.get("answer")
        if answer in {"agree", "refuse"}:
            try:
                actions.decide_override(
                    request.present, row.code, agreed=answer == "agree", at=request.at
                )
            except Refused as refusal:
                status, refused = 409, f"{refusal_told(refusal)} ({refusal.code})"
            else:
                messages.success(
                    request,
                    _("Agreed.") if answer == "agree" else _("Refused: the rulebook's band stays."),
                )
                return redirect("cases:case", code=opened.code)
        else:
            status, refused = 400, _("Say whether you agree or refuse.")
    return _page(request, opened, row, status=status, refused=refused)


def _page(
    request: DeskRequest, opened: OpenCase, row: Override, *, status: int, refused: str
) -> HttpResponse:
    assessment: ToldAssessment = told_of(opened, at=request.at)
    try:
        reason = reason_of(request.present, row)
    except NotOpened as refusal:
        reason = f"{refusal_told(refusal)} ({refusal.code})"
    told = {
        "opened": opened,
        "row": row,
        "reason": reason,
        "assessment": assessment,
        "refused": refused,
        "own": row.asked_by_id == request.present.member.code,
        "may_decide": _may_decide(request, row),
        "may_end": row.ended_at is None and may_end(request.present, row, opened.cover),
        "today": request.at.date(),
    }
    return render(request, "triage/decide.html", told, status=status)


def _may_decide(request: DeskRequest, row: Override) -> bool:
    on: date = request.at.date()
    open_yet = row.agreed is None and row.ended_at is None and row.until >= on
    return open_yet and row.asked_by_id != request.present.member.code


@require_POST
@in_case(Right.ASK_FOR_OVERRIDE, purpose=Purpose.REVIEW, ours=True)
def end(request: DeskRequest, opened: OpenCase, override: str) -> HttpResponse:
    row = _of_this_case(opened, override)
    actions.end_override(request.present, row.code, at=request.at)
    messages.success(request, _("Ended. The rulebook's band counts."))
    return redirect("cases:case", code=opened.code)


@require_POST
@needs(Right.ASK_FOR_OVERRIDE)
def acknowledge(request: DeskRequest, number: int) -> HttpResponse:
    actions.acknowledge(request.present, number, at=request.at)
    return redirect("triage:overrides")


def _of_this_case(opened: OpenCase, code: str) -> Override:
    rows = Override.objects.filter(code=code, case=opened.code, office=opened.cover.office_id)
    row = rows.select_related("asked_by", "decided_by", "ended_by", "office").first()
    if row is None:
        raise Http404
    return row
