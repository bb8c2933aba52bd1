"""Pleas and their ends: those without one first; what is held, with owner and day, the overdue first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import F, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _, gettext_lazy as _lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from safeconduct.cases.actions.opening import new_case_code
from safeconduct.cases.entries import Way
from safeconduct.cases.queries import outline_of
from safeconduct.cases.views import choices
from safeconduct.cases.views.entries import say_noticed
from safeconduct.cases.views.following import follow
from safeconduct.cases.views.reserving import opened_by
from safeconduct.cases.wording import operation
from safeconduct.core.errors import NoSuchCase, NotOursToChange, PleaHasItsEnd
from safeconduct.intake.actions import ends
from safeconduct.intake.forms import (
    MOST_ROWS,
    WHY,
    AttachForm,
    HandOverForm,
    PeopleRows,
    SeenForm,
    SetAsideForm,
    TakeInForm,
)
from safeconduct.intake.models import End, Plea
from safeconduct.intake.prefill import prefilled
from safeconduct.intake.queries import plea_for, pleas_of, waiting, without_an_end
from safeconduct.intake.reading import read_words
from safeconduct.intake.sealing import PleaWords
from safeconduct.intake.views.answering import for_who_takes_in
from safeconduct.people import pages
from safeconduct.people.doors import DeskRequest
from safeconduct.people.models import Member
from safeconduct.people.permissions import Right, may
from safeconduct.people.present import Present

ON_A_PAGE: Final = 100
WITHOUT: Final = "without"
HELD: Final = "held"


@require_safe
@for_who_takes_in
def pleas(request: DeskRequest) -> HttpResponse:
    """By their end; those without one unless another is chosen."""
    by, on = request.present, request.at.date()
    chosen = request.GET.get("end", WITHOUT)
    found = _chosen(by, chosen, on=on)
    page = _page(request, found)
    told = {
        "page": page,
        "chosen": chosen if chosen in _ENDS else WITHOUT,
        "again": f"end={chosen}&" if chosen in _ENDS else "",
        "ends": _ENDS.items(),
        "waiting": waiting(by.office.code, on=on),
        "today": on,
    }
    return render(request, "intake/pleas.html", told)


@require_safe
@for_who_takes_in
def quarantine(request: DeskRequest) -> HttpResponse:
    """What is held, the overdue first; one's own by choice."""
    by, on = request.present, request.at.date()
    found = pleas_of(by).filter(end=End.QUARANTINED)
    mine = request.GET.get("whose") == "mine"
    if mine:
        found = found.filter(owner=by.member)
    # Rows that are held for one reason stand together: looked at one after the other, they go quickly.
    ordered = found.order_by(F("due").asc(nulls_first=True), "why", *_SURE)
    page = _page(request, ordered)
    told = {
        "page": page,
        "mine": mine,
        "again": "whose=mine&" if mine else "",
        "waiting": waiting(by.office.code, on=on),
        "today": on,
    }
    return render(request, "intake/quarantine.html", told)


def _page(request: DeskRequest, found: QuerySet[Plea]) -> Page[Plea]:
    """One page of a list, each plea with why it has its end, in words."""
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    for each in page.object_list:
        each.why_told = WHY.get(each.why, each.why)  # type: ignore[attr-defined]
    return page


# The last columns of every order, so that no plea stands on two pages or on none.
_SURE: Final = ("delivery_id", "number", "code")
_ENDS: Final[dict[str, Any]] = {
    WITHOUT: _lazy("without an end"),
    HELD: _lazy("held"),
    End.ATTACHED.value: _lazy("attached to a case"),
    End.WITHDRAWN.value: _lazy("withdrawn, or nothing to be done"),
    End.SHREDDED.value: _lazy("its case was shredded"),
    "any": _lazy("all"),
}


def _chosen(by: Present, chosen: str, *, on: date) -> QuerySet[Plea]:
    found = pleas_of(by)
    if chosen == "any":
        return found.order_by("-received_at", *_SURE)
    if chosen in {End.ATTACHED.value, End.WITHDRAWN.value, End.SHREDDED.value}:
        return found.filter(end=chosen).order_by("-ended_at", *_SURE)
    if chosen == HELD:
        found = found.filter(end=End.QUARANTINED)
        return found.order_by(F("due").asc(nulls_first=True), *_SURE)
    waits = without_an_end(by.office.code, on=on).values("code")
    return found.filter(code__in=waits).order_by(F("due").asc(nulls_first=True), *_SURE)


@require_safe
@for_who_takes_in
def plea(request: DeskRequest, plea: str) -> HttpResponse:
    return render(request, "intake/plea.html", _shown(request, plea))


@require_http_methods(["GET", "HEAD", "POST"])
@for_who_takes_in
def take_in(request: DeskRequest, plea: str) -> HttpResponse:
    """A case from a plea, prefilled with what was read of it."""
    by, on = request.present, request.at.date()
    found, words = ends.words_of(by, plea, at=request.at)
    if not ends.waits(found):
        raise PleaHasItsEnd(end=found.get_end_display())
    day = operation().day_on(on)
    household, everybody = prefilled(found, words, on=day) if words else ({}, [])
    people = everybody[:MOST_ROWS]
    initial = household | {"revision": found.revision, "reserved": new_case_code()}
    form = TakeInForm(pages.sent(request), on=on, provinces=choices.provinces(), initial=initial)
    rows = PeopleRows(pages.sent(request), prefix="person", initial=people, form_kwargs={"on": on})
    for row in rows.forms:
        row.fields["birth"].keep(each.get("birth") for each in people)
    if request.method == "POST" and form.is_valid() & rows.is_valid():
        opened = opened_by(
            form,
            lambda: ends.take_in(
                by,
                plea,
                [*rows.told(), *form.told()],
                at=request.at,
                revision=form.cleaned_data["revision"],
                told_size=form.cleaned_data["told_size"],
                province=form.cleaned_data["province"],
                case=form.cleaned_data["reserved"],
            ),
        )
        if opened is not None:
            follow(request, opened)
            for each in (form, *rows.forms):
                say_noticed(request, each)
            messages.success(request, _("The case is open, and the plea is attached to it."))
            return redirect("cases:case", code=opened.code)
    wrong = bool(form.errors or (rows.is_bound and rows.total_error_count()))
    told = {
        "form": form,
        "rows": rows,
        "plea": found,
        "words": words,
        "wrong": wrong,
        "everybody": everybody,
        **_marked(found, words, on=day),
    }
    return pages.shown(request, "intake/take_in.html", told)


@require_POST
@for_who_takes_in
def attach(request: DeskRequest, plea: str) -> HttpResponse:
    form = AttachForm(request.POST, on=request.at.date())

    def do() -> HttpResponse:
        told = form.cleaned_data
        opened = ends.attach(
            request.present, plea, told["case"], at=request.at, revision=told["revision"]
        )
        follow(request, opened)
        messages.success(request, _("Attached. Its words stand in the case now."))
        return redirect("cases:case", code=opened.code)

    return _done(request, plea, form, do, "attach")


@require_POST
@for_who_takes_in
def set_aside(request: DeskRequest, plea: str) -> HttpResponse:
    form = SetAsideForm(request.POST, on=request.at.date())

    def do() -> HttpResponse:
        told = form.cleaned_data
        ends.set_aside(
            request.present, plea, why=told["why"], at=request.at, revision=told["revision"]
        )
        messages.success(request, _("Set aside, with who did it and why."))
        return redirect("intake:quarantine")

    return _done(request, plea, form, do, "set_aside")


@require_POST
@for_who_takes_in
def hand_over(request: DeskRequest, plea: str) -> HttpResponse:
    form = HandOverForm(request.POST, on=request.at.date(), colleagues=_colleagues(request.present))

    def do() -> HttpResponse:
        told = form.cleaned_data
        ends.hand_over(
            request.present,
            plea,
            to=told["to"],
            due=told["due"],
            at=request.at,
            revision=told["revision"],
        )
        messages.success(request, _("Handed over."))
        return redirect("intake:plea", plea=plea)

    return _done(request, plea, form, do, "hand_over")


def _done(
    request: DeskRequest, plea: str, form: SeenForm, do: Callable[[], HttpResponse], which: str
) -> HttpResponse:
    """The step; or the page again with what was typed, and what wants mending."""
    plea_for(request.present, plea)
    if form.is_valid():
        try:
            return do()
        except (NoSuchCase, NotOursToChange) as refusal:
            form.add_error("case", f"{refusal} ({refusal.code})")
    told = _shown(request, plea) | {which: form, "form": form}
    return render(request, "intake/plea.html", told, status=400)


def _shown(request: DeskRequest, code: str) -> dict[str, Any]:
    by, on = request.present, request.at.date()
    found, words = ends.words_of(by, code, at=request.at)
    seen = {"revision": found.revision}
    return {
        "plea": found,
        "words": words,
        **_marked(found, words, on=operation().day_on(on)),
        "why": WHY.get(found.why, found.why),
        "case_is_there": bool(found.case) and outline_of(found.case) is not None,
        "today": on,
        "is_waiting": ends.waits(found),
        "is_read_anew": found.end == End.NONE,
        "attach": AttachForm(on=on, initial=seen),
        "set_aside": SetAsideForm(on=on, initial=seen),
        "hand_over": HandOverForm(
            on=on,
            colleagues=_colleagues(by),
            initial=seen | {"to": found.owner_id or by.member.code, "due": found.due},
        ),
    }


def _marked(found: Plea, words: PleaWords | None, *, on: date) -> dict[str, Any]:
    """A message with what was read of it marked; nothing for a row of a sheet, whose cells stand by themselves."""
    if words is None or not words.cells or found.way not in {Way.TEXT, Way.CALL}:
        return {"read": None, "pieces": []}
    read = read_words(words.as_text(), on=on)
    return {"read": read, "pieces": list(read.pieces())}


def _colleagues(by: Present) -> list[tuple[str, str]]:
    here = Member.objects.filter(office=by.office, left_at=None).order_by("handle")
    return [(each.code, each.handle) for each in here if may(each, Right.TAKE_IN)]
