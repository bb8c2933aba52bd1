"""Like cases beside each other: the same is known of them, and they fared differently (F10, F21)."""

from __future__ import annotations

import json
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from safeconduct.cases.queries import offices_of
from safeconduct.core.batches import batched
from safeconduct.core.errors import NotOpened, Refused
from safeconduct.jobs.models import Job
from safeconduct.people.doors import DeskRequest, needs
from safeconduct.people.permissions import Right
from safeconduct.triage import actions
from safeconduct.triage.models import LikeCases
from safeconduct.triage.queries import like_reports
from safeconduct.triage.sealed import groups_of

ASKED = ("GET", "HEAD", "POST")
ON_A_PAGE = 100  # groups
_PARTS = ("band", "state", "decisions")


@require_http_methods(ASKED)
@needs(Right.OPEN_ALL_CASES)
def reports(request: DeskRequest) -> HttpResponse:
    if request.method == "POST":
        try:
            asked = actions.ask_for_like_cases(request.present, at=request.at)
        except Refused as refusal:
            return render(request, "triage/not_done.html", {"refusal": refusal}, status=409)
        return redirect("triage:like_report", report=asked.code)
    return render(request, "triage/like.html", {"reports": like_reports(request.present)})


@require_safe
@needs(Right.OPEN_ALL_CASES)
def report(request: DeskRequest, report: str) -> HttpResponse:
    found = like_reports(request.present).filter(code=report).first()
    if found is None:
        raise Http404
    told: dict[str, object] = {"report": found, "job": Job.objects.filter(code=found.job).first()}
    if found.finished_at is not None:
        try:
            told |= _groups(request, found)
        except NotOpened as refusal:
            told["refusal"] = refusal
    return render(request, "triage/like_report.html", told)


def _groups(request: DeskRequest, found: LikeCases) -> dict[str, object]:
    """Groups with what differs in each. A case that was shredded since is left out, and with it a group of two."""
    groups: list[list[dict[str, Any]]] = json.loads(groups_of(request.present.ring, found))
    page = Paginator(groups, ON_A_PAGE).get_page(request.GET.get("page"))
    shown = []
    for group in page.object_list:
        known = _still_there(group)
        cases = [each for each in group if each["case"] in known]
        if len(cases) > 1:
            shown.append({"cases": cases, "differ": _differ(cases)})
    return {"page": page, "groups": shown}


def _still_there(group: list[dict[str, Any]]) -> set[str]:
    codes = [each["case"] for each in group]
    return {code for some in batched(codes, 500) for code in offices_of(some)}


def _differ(cases: list[dict[str, Any]]) -> list[str]:
    return [part for part in _PARTS if len({json.dumps(each[part]) for each in cases}) > 1]
