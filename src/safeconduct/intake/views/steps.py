"""The steps of a delivery after it was taken: its columns, its reading, its import, and the way back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from safeconduct.core.errors import BadSheet, NotReadYet
from safeconduct.intake.actions.beginning import begin_import, leave_delivery
from safeconduct.intake.actions.forgetting import forget_file
from safeconduct.intake.actions.looking import (
    AT_ONCE,
    ask_to_read,
    changed_columns,
    live_job,
    look_at,
    read_delivery,
    tell_columns,
)
from safeconduct.intake.actions.undoing import may_undo, undo_import
from safeconduct.intake.assessing import assessor_for
from safeconduct.intake.column_choices import choices_for, shown_columns
from safeconduct.intake.forms import leave_form, undo_form
from safeconduct.intake.models import Delivery
from safeconduct.intake.queries import delivery_for
from safeconduct.intake.views.answering import for_who_takes_in
from safeconduct.intake.views.deliveries import shown_of
from safeconduct.people import pages
from safeconduct.people.doors import DeskRequest


@require_http_methods(["GET", "HEAD", "POST"])
@for_who_takes_in
def columns(request: DeskRequest, delivery: str) -> HttpResponse:
    """The second step: what each column is taken for."""
    by, found = request.present, delivery_for(request.present, delivery)
    _names, preview = look_at(by, found, at=request.at)  # columns are shown with cells of people
    if preview is None or preview.refused:
        raise NotReadYet
    if request.method == "POST":
        told = changed_columns(preview, request.POST.getlist("field"))
        hidden = request.POST.get("read_hidden") == "yes"
        tell_columns(
            by,
            delivery,
            told,
            at=request.at,
            revision=_number(request.POST.get("revision", "")),
            read_hidden=hidden,
        )
        return _read(request, delivery_for(by, delivery))
    shown = {
        "delivery": found,
        "columns": shown_columns(preview),
        "choices": choices_for(preview),
    }
    return render(request, "intake/columns.html", shown)


@require_POST
@for_who_takes_in
def read(request: DeskRequest, delivery: str) -> HttpResponse:
    """Read it, or read it again where that was cut off."""
    return _read(request, delivery_for(request.present, delivery))


def _read(request: DeskRequest, found: Delivery) -> HttpResponse:
    by, at = request.present, request.at
    if found.size > AT_ONCE:
        ask_to_read(by, found.code, at=at)
        return redirect("intake:delivery", delivery=found.code)
    try:
        read_delivery(by, found.code, at=at, assess=assessor_for(by.office.code, at=at))
    except BadSheet:
        told = shown_of(request, delivery_for(by, found.code))
        return render(request, "intake/delivery.html", told, status=400)
    messages.success(request, _("Read. Look at what would be opened, then begin."))
    return redirect("intake:delivery", delivery=found.code)


@require_POST
@for_who_takes_in
def begin(request: DeskRequest, delivery: str) -> HttpResponse:
    revision = _number(request.POST.get("revision", ""))
    begin_import(request.present, delivery, at=request.at, revision=revision)
    messages.success(
        request, _("The import has begun. It goes on while you do other things, or close the page.")
    )
    return redirect("intake:delivery", delivery=delivery)


@require_POST
@for_who_takes_in
def leave(request: DeskRequest, delivery: str) -> HttpResponse:
    form = leave_form(request.POST)
    if not form.is_valid():
        found = delivery_for(request.present, delivery)
        told = shown_of(request, found, leave=form, form=form)
        return render(request, "intake/delivery.html", told, status=400)
    leave_delivery(request.present, delivery, why=form.cleaned_data["why"], at=request.at)
    messages.success(request, _("Left. Its file is forgotten after a while; its counts stay."))
    return redirect("intake:delivery", delivery=delivery)


@require_http_methods(["GET", "HEAD", "POST"])
@for_who_takes_in
def undo(request: DeskRequest, delivery: str) -> HttpResponse:
    """What would go, and what would stay, before anything does."""
    by, found = request.present, delivery_for(request.present, delivery)
    form = undo_form(pages.sent(request))
    if request.method == "POST" and form.is_valid():
        undo_import(by, delivery, why=form.cleaned_data["why"], at=request.at)
        messages.success(request, _("The import is being undone."))
        return redirect("intake:delivery", delivery=delivery)
    told = shown_of(request, found, form=form, may=may_undo(by, found, at=request.at))
    return pages.shown(request, "intake/undo.html", told)


@require_POST
@for_who_takes_in
def forget(request: DeskRequest, delivery: str) -> HttpResponse:
    forget_file(request.present, delivery, at=request.at)
    messages.success(request, _("The file is forgotten here."))
    return redirect("intake:delivery", delivery=delivery)


@require_safe
@for_who_takes_in
def progress(request: DeskRequest, delivery: str) -> HttpResponse:
    """How far it is, in numbers, for the page that looks again by itself."""
    found = delivery_for(request.present, delivery)
    job = live_job(found)
    told: dict[str, Any] = {"state": found.state, "live": job is not None, "done": 0, "of": None}
    if job is not None:
        told |= {"done": job.done_steps, "of": job.all_steps}
    return JsonResponse(told)


def _number(told: str) -> int:
    """0, at which no delivery stands, for what is none."""
    return int(told) if told.isascii() and told.isdecimal() and len(told) < 10 else 0
