"""The covers of the office, most urgent first; and a new case, on one page, while somebody is on the telephone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from safeconduct.cases import actions
from safeconduct.cases.actions.opening import new_case_code
from safeconduct.cases.forms import CallForm, HouseholdRows
from safeconduct.cases.forms.cover import BANDS, STATES
from safeconduct.cases.forms.new_case import MORE_ROWS, MOST_ROWS, ROWS_AT_FIRST
from safeconduct.cases.models import Band, State
from safeconduct.cases.queries import Cover, covers_for, shreddings_asked
from safeconduct.cases.views import choices
from safeconduct.cases.views.entries import say_noticed
from safeconduct.core.errors import CodeTaken, Refused
from safeconduct.people import pages
from safeconduct.people.doors import DeskRequest, needs
from safeconduct.people.forms import tell
from safeconduct.people.permissions import Right

COVERS_ON_A_PAGE: Final = 50
_WHOSE: Final = (("", _("everybody's")), ("mine", _("mine")), ("nobodys", _("nobody's")))
_URGENCY: Final = {band: place for place, band in enumerate(Band.values)}


class CoversChoice(forms.Form):
    """Which covers to show. Codes only stand in the address."""

    whose = forms.ChoiceField(label=_("Whose"), required=False, choices=_WHOSE)
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[*STATES, ("any", _("any state"))]
    )
    band = forms.ChoiceField(label=_("Band"), required=False, choices=[("", _("any band")), *BANDS])


@require_safe
@needs(Right.SEE_COVERS)
def covers(request: DeskRequest) -> HttpResponse:
    choice = CoversChoice(request.GET or None, initial={"state": State.OPEN.value})
    chosen = choice.cleaned_data if choice.is_bound and choice.is_valid() else {}
    if choice.errors:
        return render(request, "cases/covers.html", {"form": choice}, status=400)
    found = covers_for(request.present, at=request.at)
    kept = _chosen(found, chosen, member=request.present.member.code)
    kept.sort(key=_most_urgent_first)
    page = Paginator(kept, COVERS_ON_A_PAGE).get_page(request.GET.get("page"))
    told = {
        "form": choice,
        "page": page,
        "whole": len(found),
        "today": request.at.date(),
        "provinces": dict(choices.provinces()),
        "opens": request.present.may(Right.OPEN_OWN_CASES),
        "agrees": request.present.may(Right.AGREE_SHREDDING),
        "shreddings": shreddings_asked(request.present).count(),
    }
    return render(request, "cases/covers.html", told)


def _chosen(found: Iterable[Cover], chosen: dict[str, str], *, member: str) -> list[Cover]:
    state = chosen.get("state") or State.OPEN.value
    owners = {"mine": member, "nobodys": None}
    whose = chosen.get("whose", "")
    return [
        each
        for each in found
        if state in {each.case.state, "any"}
        and chosen.get("band", "") in {each.case.band, ""}
        and (whose not in owners or _owner_here(each) == owners[whose])
    ]


def _owner_here(cover: Cover) -> str | None:
    """Who looks after it. Nobody does where its owner has left."""
    owner = cover.case.owner
    return owner.code if owner is not None and owner.left_at is None else None


def _most_urgent_first(cover: Cover) -> tuple[int, date, str]:
    """By band, then by the day due; what has no day comes last in its band."""
    case = cover.case
    return _URGENCY.get(case.band, 9), case.next_due or date.max, case.code


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.OPEN_NEW_CASES)
def new(request: DeskRequest) -> HttpResponse:
    """Quick entry. Sent twice, it opens one case."""
    on = request.at.date()
    posted = pages.sent(request)
    if posted is not None and "more" in posted:
        posted = _with_more_rows(posted)
    form = CallForm(
        posted, on=on, provinces=choices.provinces(), initial={"reserved": new_case_code()}
    )
    rows = HouseholdRows(posted, prefix="person", form_kwargs={"on": on})
    if posted is not None and "more" not in posted and form.is_valid() & rows.is_valid():
        try:
            opened = actions.open_case(
                request.present,
                [*rows.told(), *form.told()],
                at=request.at,
                told_size=form.cleaned_data["told_size"],
                province=form.cleaned_data["province"],
                code=form.cleaned_data["reserved"],
            )
        except CodeTaken as refusal:
            form.put("reserved", new_case_code())
            tell(form, refusal)
        except Refused as refusal:
            tell(form, refusal)
        else:
            for each in (form, *rows.forms):
                say_noticed(request, each)
            return redirect("cases:case", code=opened.code)
    wrong = bool(form.errors or (rows.is_bound and rows.total_error_count()))
    told = {"form": form, "rows": rows, "wrong": wrong}
    if posted is not None and "more" in posted:
        return render(request, "cases/new.html", told)
    return pages.shown(request, "cases/new.html", told)


def _with_more_rows(posted: QueryDict) -> QueryDict:
    """The same form with more lines for people; what was typed stays."""
    more = posted.copy()
    told = more.get("person-TOTAL_FORMS", "")
    there = int(told) if told.isascii() and told.isdigit() and len(told) < 4 else ROWS_AT_FIRST
    more["person-TOTAL_FORMS"] = str(min(there + MORE_ROWS, MOST_ROWS))
    return more
