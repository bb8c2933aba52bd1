"""The list of covers, the choices a member keeps of it, and several cases taken at once."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_POST, require_safe

from safeconduct.cases.forms import HandOverManyForm
from safeconduct.cases.forms.entry_form import HeardForm
from safeconduct.cases.listing import covers_of
from safeconduct.cases.models import IN_ORDER, Case
from safeconduct.cases.queries import shreddings_asked
from safeconduct.cases.reading import LETTERS
from safeconduct.cases.views import choices
from safeconduct.core.codes import read_code
from safeconduct.core.errors import NothingTicked, Refused
from safeconduct.desk.worklist import shipped
from safeconduct.desk.worklist.forms import (
    KeepForm,
    SeveralDueForm,
    WorklistChoice,
)
from safeconduct.desk.worklist.kept import drop_view, keep_view, views_of
from safeconduct.desk.worklist.narrowing import Narrow
from safeconduct.desk.worklist.paging import ON_A_PAGE, Place
from safeconduct.desk.worklist.reading import may_take, worklist as read_worklist
from safeconduct.desk.worklist.several import (
    NotDone,
    Ticked,
    hand_over_several,
    set_due_several,
)
from safeconduct.people import pages
from safeconduct.people.doors import DeskRequest, needs
from safeconduct.people.forms import tell
from safeconduct.people.models import Member
from safeconduct.people.permissions import Right, may
from safeconduct.people.present import Present
from safeconduct.people.reader import ReadersNumber

HAND_OVER: Final = "hand-over"
_TICKED: Final = re.compile(r"([0-9A-Z]{1,12})\.([0-9]{1,15})")


@require_safe
@needs(Right.SEE_COVERS)
def worklist(request: DeskRequest) -> HttpResponse:
    """The most urgent first. A place in the address that is none is the beginning."""
    by = request.present
    choice = WorklistChoice(request.GET or None, by=by)
    if choice.is_bound and not choice.is_valid():
        return render(request, "desk/worklist.html", {"form": choice}, status=400)
    narrow = choice.narrow() if choice.is_bound else Narrow()
    listing = read_worklist(
        by,
        narrow,
        at=request.at,
        after=Place.read(request.GET.get("after", "")),
        before=Place.read(request.GET.get("before", "")),
    )
    told = {
        "form": choice,
        "narrow": narrow,
        "listing": listing,
        "earlier": listing.earlier and narrow.address(before=str(listing.earlier)),
        "later": listing.later and narrow.address(after=str(listing.later)),
        "is_first": listing.earlier is None,
        "today": request.at.date(),
        "provinces": dict(choices.provinces()),
        "ways": shipped.ways(by, narrow, on=request.at.date()),
        "kept": views_of(by),
        "keep": KeepForm(),
        "opens": by.may(Right.OPEN_OWN_CASES) or by.may(Right.OPEN_ALL_CASES),
        "takes": any(line.may_take for line in listing.lines),
        "agrees": by.may(Right.AGREE_SHREDDING),
        "shreddings": shreddings_asked(by).count() if by.may(Right.AGREE_SHREDDING) else 0,
    }
    return render(request, "desk/worklist.html", told)


# --- choices that are kept -------------------------------------------------------------------------


@require_POST
@needs(Right.SEE_COVERS)
def keep(request: DeskRequest) -> HttpResponse:
    """The name is sealed and never stands in an address."""
    choice = WorklistChoice(request.POST, by=request.present)
    if not choice.is_valid():
        return render(request, "desk/keep.html", {"form": choice, "choice": choice}, status=400)
    narrow = choice.narrow()
    form = KeepForm(request.POST)
    told = {"form": form, "narrow": narrow}
    if not form.is_valid():
        return render(request, "desk/keep.html", told, status=400)
    try:
        keep_view(request.present, form.cleaned_data["name"], narrow, at=request.at)
    except Refused as refusal:
        tell(form, refusal)
        return render(request, "desk/keep.html", told, status=400)
    messages.success(request, _("Kept. You find it above your list."))
    return _to_the_list(narrow)


@require_POST
@needs(Right.SEE_COVERS)
def drop(request: DeskRequest, code: str) -> HttpResponse:
    if not drop_view(request.present, code, at=request.at):
        raise Http404
    messages.success(request, _("Dropped. The cases stand as they stood."))
    return _to_the_list(Narrow())


def _to_the_list(narrow: Narrow) -> HttpResponse:
    address = narrow.address()
    return HttpResponseRedirect(reverse("cases:list") + (f"?{address}" if address else ""))


# --- several at once ---------------------------------------------------------------------------------


@require_POST
@needs(Right.HAND_OVER)
def several(request: DeskRequest) -> HttpResponse:
    """First what is to be done to which; sent once more, it is done. What could not be done is told case by case."""
    by = request.present
    ticked = _ticked(request)
    cases = _theirs(by, ticked)
    if not cases:
        refusal = NothingTicked()
        return render(request, "desk/several_none.html", {"refusal": refusal}, status=400)
    gives = request.POST.get("act") == HAND_OVER
    form = _form(request, gives=gives)
    told = {"form": form, "cases": cases, "ticked": ticked, "gives": gives}
    if "sure" not in request.POST or not form.is_valid():
        return pages.shown(request, "desk/several.html", told)
    try:
        left = _done(by, ticked, form, gives=gives, at=request.at)
    except Refused as refusal:
        tell(form, refusal)
        return pages.shown(request, "desk/several.html", told)
    done = len(ticked) - len(left)
    if left:
        return render(request, "desk/several_left.html", {"left": left, "done": done}, status=409)
    messages.success(
        request,
        ngettext("Done for %(n)s case.", "Done for %(n)s cases.", done)
        % {"n": ReadersNumber(done)},
    )
    return _to_the_list(Narrow())


def _form(request: DeskRequest, *, gives: bool) -> HeardForm:
    sent = request.POST if "sure" in request.POST else None
    on = request.at.date()
    if not gives:
        return SeveralDueForm(sent, on=on)
    colleagues = Member.objects.filter(office=request.present.office, left_at=None)
    offered = [
        (each.code, each.handle)
        for each in colleagues.order_by("handle")
        if may(each, Right.OPEN_OWN_CASES)
    ]
    return HandOverManyForm(sent, on=on, choices=offered)


def _ticked(request: DeskRequest) -> list[Ticked]:
    """Each case once, as many as stand on a page."""
    found: dict[str, Ticked] = {}
    for told in request.POST.getlist("case"):
        parts = _TICKED.fullmatch(told)
        code = parts and read_code(parts[1], LETTERS)
        if parts and code:
            found[code] = Ticked(code, int(parts[2]))
    return list(found.values())[:ON_A_PAGE]


def _theirs(by: Present, ticked: list[Ticked]) -> list[Case]:
    """Those ticked that its reader may take by what the covers say; it is asked again when each is opened."""
    codes = [each.code for each in ticked]
    found = covers_of(by.office.code).filter(code__in=codes)
    covers = found.select_related("owner").order_by(*IN_ORDER)
    return [cover for cover in covers if may_take(by, cover)]


def _done(
    by: Present, ticked: list[Ticked], form: HeardForm, *, gives: bool, at: datetime
) -> list[NotDone]:
    told = form.cleaned_data
    if gives:
        to = Member.objects.get(code=told["to"])
        return hand_over_several(by, ticked, to, note=told["note"], at=at)
    return set_due_several(by, ticked, told["next_due"], at=at)
