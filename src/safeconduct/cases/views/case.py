"""The page of a case: how to call, who, where, why, what was done, who looked."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from safeconduct.cases import actions
from safeconduct.cases.entries import Handover
from safeconduct.cases.forms import CoverForm, PurposeForm
from safeconduct.cases.reading import OpenCase
from safeconduct.cases.views import choices
from safeconduct.cases.views.asking import questions
from safeconduct.cases.views.callers import owed
from safeconduct.cases.views.following import follow
from safeconduct.cases.views.opening import in_case, purpose_of, remember_purpose
from safeconduct.cases.views.panels import TOP, panels_of
from safeconduct.cases.views.shown import may, shown
from safeconduct.cases.views.telling import names_within, shows
from safeconduct.cases.views.timeline import SHOWS, counted, timeline
from safeconduct.core.errors import ChangedMeanwhile, Refused
from safeconduct.journal.deeds import Deed
from safeconduct.journal.models import Line
from safeconduct.journal.queries import lines as lines_of_journal
from safeconduct.people import pages
from safeconduct.people.doors import DeskRequest, needs
from safeconduct.people.forms import tell
from safeconduct.people.models import Office
from safeconduct.people.permissions import Right
from safeconduct.people.queries import handles_of

LINES_ON_A_PAGE: Final = 200
_LAST_LOOKS: Final = 5
_LOOKS: Final = (Deed.CASE_SEEN, Deed.PAPER_SEEN, Deed.HISTORY_SEEN)


@require_safe
@in_case()
def case(request: DeskRequest, opened: OpenCase) -> HttpResponse:
    on = request.at.date()
    panels = panels_of(opened, at=request.at)
    above = [panel for panel in panels if panel.place == TOP]
    told = shown(opened, on=on) | {
        "purpose": PurposeForm(initial={"purpose": purpose_of(request, opened.code).value}),
        "today": on,
        "above": above,
        "below": [panel for panel in panels if panel.place != TOP],
        # What the rules ask stands with the assessment, where another room shows that.
        "asked": questions(opened, rules=not above),
        "province": dict(choices.provinces()).get(opened.cover.province, opened.cover.province),
        "shares": _shares(opened),
        "recipient_names": dict(choices.recipients(opened.by)),
        "may": may(opened),
    }
    looked = _looks(opened, most=_LAST_LOOKS, deeds=_LOOKS)
    wrote = {row.versions[-1].written_by for row in opened.rows}
    if opened.has_contents:
        everything = timeline(opened)
        chosen = request.GET.get("show", "")
        chosen = chosen if chosen in SHOWS else ""
        here = counted(everything)
        told |= {
            "timeline": [each for each in everything if chosen in {each.shows, ""}],
            "filters": [(name, label, here[name]) for name, label in SHOWS.items() if here[name]],
            "show": chosen,
            "owed": owed(opened, on=on),
        }
        wrote |= {each.who for each in everything}
        wrote |= {code for kept in opened.entries(Handover) for code in _between(kept.says)}
    told |= {"looked": looked, "handles": handles_of(wrote)}
    return render(request, "cases/case.html", told)


def _between(handover: Handover) -> set[str]:
    return {handover.to, handover.previous or ""}


def _shares(opened: OpenCase) -> list[tuple[Office, str]]:
    """The other offices that read this case, and how much."""
    shared: dict[str, str] = opened.cover.shared_with
    offices = Office.objects.filter(code__in=shared).order_by("name")
    return [(office, shared[office.code]) for office in offices]


@require_POST
@needs(Right.OPEN_OWN_CASES, Right.OPEN_ALL_CASES)
def purpose(request: DeskRequest, code: str) -> HttpResponse:
    """Chosen once for each case and session; the look that follows is journalled with it."""
    form = PurposeForm(request.POST)
    if not form.is_valid():
        raise Http404
    remember_purpose(request, code, form.cleaned_data["purpose"])
    return redirect("cases:case", code=code)


@require_safe
@in_case()
def looks(request: DeskRequest, opened: OpenCase) -> HttpResponse:
    """Who did or saw what in this case, the newest first: codes, numbers and times only."""
    told = {"opened": opened, "lines": _looks(opened, most=LINES_ON_A_PAGE)}
    return render(request, "cases/looks.html", told)


def _looks(
    opened: OpenCase, *, most: int, deeds: Collection[Deed] = ()
) -> list[tuple[Line, str, str]]:
    """Each line with the handle of who did it and the name of their office."""
    # An office with which the case is shared is not told who looked elsewhere.
    office = None if opened.is_ours else opened.by.office.code
    found = lines_of_journal(about=opened.code, office=office, deeds=deeds, most=most).lines
    handles = handles_of(line.member for line in found)
    offices = dict(Office.objects.values_list("code", "name"))
    return [(line, handles.get(line.member, ""), offices.get(line.office, "")) for line in found]


@require_http_methods(["GET", "HEAD", "POST"])
@in_case(ours=True)
def cover(request: DeskRequest, opened: OpenCase) -> HttpResponse:
    """Codes, numbers and dates. Where a colleague changed the cover meanwhile, both stand side by side."""
    standing = _standing(opened)
    form = _cover_form(request, opened, pages.sent(request))
    clashes, status = [], 200
    if request.method == "POST" and form.is_valid():
        told = {name: form.cleaned_data[name] for name in standing}
        try:
            actions.change_cover(
                opened,
                expected_revision=form.cleaned_data["expected"] or 0,
                at=request.at,
                **(told | {"province": told["province"] or ""}),
            )
        except ChangedMeanwhile:
            status = 409
            clashes = [
                (form.fields[name].label, _worded(name, standing[name]), _worded(name, told[name]))
                for name in standing
                if (standing[name] or None) != (told[name] or None)
            ]
            form = _cover_form(request, opened, None, told)
        except Refused as refusal:
            tell(form, refusal)
        else:
            follow(request, opened)
            return redirect("cases:case", code=opened.code)
    told_page = {"opened": opened, "form": form, "clashes": clashes, "changed": status == 409}
    if status == 409:
        return render(request, "cases/cover.html", told_page, status=status)
    return pages.shown(request, "cases/cover.html", told_page)


def _standing(opened: OpenCase) -> dict[str, object]:
    cover = opened.cover
    names = ("state", "told_size", "set_size", "province", "next_due")
    return {name: getattr(cover, name) for name in names}


def _worded(name: str, value: object) -> Any:
    return shows(value, names_within(name, value))


def _cover_form(
    request: DeskRequest,
    opened: OpenCase,
    posted: object,
    told: dict[str, object] | None = None,
) -> CoverForm:
    return CoverForm(
        posted,
        on=request.at.date(),
        provinces=choices.provinces(),
        initial=(told or _standing(opened)) | {"expected": opened.cover.cover_revision},
    )


@require_POST
@in_case(ours=True)
def take_over(request: DeskRequest, opened: OpenCase) -> HttpResponse:
    actions.take_over(opened, at=request.at)
    messages.success(request, _("The case is yours now."))
    return redirect("cases:case", code=opened.code)
