"""What was handed in, and how far it is; and a new sheet."""

from __future__ import annotations

from contextlib import suppress
from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from safeconduct.core.errors import BadSheet, Refused, SentBefore
from safeconduct.intake.actions.looking import (
    AT_ONCE,
    ask_to_read,
    live_job,
    look_at,
    read_delivery,
)
from safeconduct.intake.actions.taking import checked_files, look_into, take_files
from safeconduct.intake.actions.undoing import kept_cases, may_undo
from safeconduct.intake.assessing import assessor_for
from safeconduct.intake.forms import WHY, UploadForm, leave_form
from safeconduct.intake.models import ENDED, WAITING, Delivery, End, Plea, State
from safeconduct.intake.queries import deliveries_of, delivery_for, still_in_the_file, waiting
from safeconduct.intake.views.answering import for_who_takes_in
from safeconduct.people import pages
from safeconduct.people.doors import DeskRequest
from safeconduct.people.forms import tell
from safeconduct.people.sentences import refusal_told

ON_A_PAGE: Final = 50
MEGABYTE: Final = 1024 * 1024


@require_safe
@for_who_takes_in
def deliveries(request: DeskRequest) -> HttpResponse:
    by = request.present
    page = Paginator(deliveries_of(by), ON_A_PAGE).get_page(request.GET.get("page"))
    told = {
        "page": page,
        "waiting": waiting(by.office.code, on=request.at.date()),
        "today": request.at.date(),
    }
    return render(request, "intake/deliveries.html", told)


@require_http_methods(["GET", "HEAD", "POST"])
@for_who_takes_in
def upload(request: DeskRequest) -> HttpResponse:
    """The first step. Small files are looked into before anything is taken: what cannot be read is told at once."""
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = UploadForm(*posted)
    if request.method == "POST" and form.is_valid():
        files = _named(form.cleaned_data["sheets"])
        try:
            taken = _taken(request, form, files)
        except SentBefore as before:
            messages.warning(request, f"{refusal_told(before)} ({before.code})")
            return redirect("intake:delivery", delivery=before.where["delivery"])
        except BadSheet as refusal:
            form.add_error("sheets", f"{refusal_told(refusal)} ({refusal.code})")
        except Refused as refusal:
            tell(form, refusal)
        else:
            messages.success(request, _("We have it: taken and sealed. Nothing is imported yet."))
            return redirect("intake:delivery", delivery=taken.code)
    told = {"form": form, "limit": settings.SHEETS_LIMIT // MEGABYTE}
    return pages.shown(request, "intake/upload.html", told)


def _named(files: list[UploadedFile[Any]]) -> list[tuple[str, bytes]]:
    return [(file.name or "", file.read()) for file in files]


def _taken(request: DeskRequest, form: UploadForm, files: list[tuple[str, bytes]]) -> Delivery:
    by, at, hidden = request.present, request.at, form.cleaned_data["read_hidden"]
    known = checked_files(files)
    small = sum(map(len, known.values())) <= AT_ONCE
    if small:
        look_into(known, at=at, read_hidden=hidden)
    again = form.cleaned_data["again"]
    taken = take_files(by, known, at=at, again=again, read_hidden=hidden)
    if small:
        with suppress(Refused):  # it is taken: its page says what is the matter
            read_delivery(by, taken.code, at=at, assess=assessor_for(by.office.code, at=at))
    else:
        ask_to_read(by, taken.code, at=at)
    return taken


@require_safe
@for_who_takes_in
def delivery(request: DeskRequest, delivery: str) -> HttpResponse:
    found = delivery_for(request.present, delivery)
    return render(request, "intake/delivery.html", shown_of(request, found))


def shown_of(request: DeskRequest, found: Delivery, **more: object) -> dict[str, Any]:
    by = request.present
    job = live_job(found)
    if job is None:
        found.refresh_from_db()  # it may have ended since: what it left is shown, not that it stopped
    names, preview = look_at(by, found, at=request.at)
    pleas = Plea.objects.filter(delivery=found, round=found.round)
    return {
        "delivery": found,
        "names": names,
        "preview": preview,
        "job": job,
        "is_waiting": found.state in WAITING,
        "is_importing": found.state == State.IMPORTING,
        "is_undoing": found.state == State.UNDOING,
        "may_begin": found.state == State.READ and bool(found.accepted or found.quarantined),
        "may_undo": may_undo(by, found, at=request.at),
        "leave": leave_form(),
        "may_forget": found.state in ENDED and found.forgotten_at is None,
        "why": WHY.get(found.why, ""),
        "opened": pleas.filter(end=End.ATTACHED).count(),
        "held": pleas.filter(end=End.QUARANTINED).count(),
        "kept": kept_cases(found),
        "still_there": still_in_the_file(found),
        **more,
    }
