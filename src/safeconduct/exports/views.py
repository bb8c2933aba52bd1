"""The pages of exports. A refusal is told where it happened; what a member may not see answers 404."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from safeconduct.cases.purposes import Purpose as Look
from safeconduct.cases.reading import case_for
from safeconduct.cases.views.opening import not_opened
from safeconduct.core.errors import (
    FileNotAsExpected,
    KeysLocked,
    NoKey,
    NoSuchCase,
    NoSuchExport,
    NotOpened,
    Refused,
)
from safeconduct.exports.actions import recipients as naming, steps
from safeconduct.exports.actions.record import give_record
from safeconduct.exports.files.subject import POLICY
from safeconduct.exports.forms import AskForm, ComparedForm, RecipientForm, RecordForm, TraceForm
from safeconduct.exports.models import Form, Purpose, Recipient
from safeconduct.exports.queries import Shown, export_for, exports_for, recipients_of
from safeconduct.exports.tracing import traced
from safeconduct.people.doors import DeskRequest, needs
from safeconduct.people.forms import tell
from safeconduct.people.pages import sent, shown
from safeconduct.people.permissions import Right
from safeconduct.people.present import Present

_EITHER: Final = (Right.ASK_FOR_EXPORT, Right.AGREE_EXPORT)
_READ_OR_SEND: Final = ["GET", "HEAD", "POST"]


@require_safe
@needs(*_EITHER)
def exports(request: DeskRequest) -> HttpResponse:
    return render(
        request,
        "exports/list.html",
        {
            "shown": exports_for(request.present, at=request.at),
            "may_ask": request.present.may(Right.ASK_FOR_EXPORT),
            "sees_recipients": _sees_recipients(request.present),
        },
    )


def _sees_recipients(by: Present) -> bool:
    return by.may(Right.NAME_RECIPIENTS) or by.may(Right.AGREE_EXPORT)


@require_http_methods(_READ_OR_SEND)
@needs(Right.ASK_FOR_EXPORT)
def ask(request: DeskRequest) -> HttpResponse:
    cases = "\n".join(request.GET.getlist("case")[:100])
    form = AskForm(sent(request), by=request.present, initial={"cases": cases})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            made = steps.ask_for_export(
                request.present,
                recipient=told["recipient"],
                purpose=Purpose(told["purpose"]),
                form=Form(told["form"]),
                columns=told["columns"],
                cases=told["cases"],
                at=request.at,
            )
        except Refused as refusal:
            tell(form, refusal)
        else:
            return redirect("exports:export", made.code)
    told = {"form": form, "sees_recipients": _sees_recipients(request.present)}
    return shown(request, "exports/ask.html", told)


@require_safe
@needs(*_EITHER)
def export(request: DeskRequest, code: str) -> HttpResponse:
    return render(request, "exports/export.html", _told_of(request, code))


@require_POST
@needs(Right.AGREE_EXPORT)
def agree(request: DeskRequest, code: str) -> HttpResponse:
    return _step(
        request, code, steps.agree, _("Agreed. The member who asked for it can write it now.")
    )


@require_POST
@needs(Right.AGREE_EXPORT)
def refuse(request: DeskRequest, code: str) -> HttpResponse:
    return _step(request, code, steps.refuse, _("Refused. Nothing was written."))


@require_POST
@needs(Right.ASK_FOR_EXPORT)
def write(request: DeskRequest, code: str) -> HttpResponse:
    done = _("Written, read again as it was written, and encrypted to the recipient.")
    return _step(request, code, steps.write_export, done)


@require_POST
@needs(Right.ASK_FOR_EXPORT)
def withdraw(request: DeskRequest, code: str) -> HttpResponse:
    return _step(request, code, steps.withdraw, _("Withdrawn. The file is gone from here."))


@require_POST
@needs(Right.ASK_FOR_EXPORT)
def fetch(request: DeskRequest, code: str) -> HttpResponse:
    shown = _found(request, code)
    try:
        file = steps.fetch(request.present, code, at=request.at)
    except NoSuchExport:
        raise Http404 from None
    except Refused as refusal:
        return render(request, "exports/export.html", _told_of(request, code, refusal), status=409)
    answer = HttpResponse(file, content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="{code}.{shown.export.form}.age"'
    return answer


@require_http_methods(_READ_OR_SEND)
@needs(Right.NAME_RECIPIENTS, Right.AGREE_EXPORT)
def recipients(request: DeskRequest) -> HttpResponse:
    """All of them; a new one is named by who has that right."""
    may_name = request.present.may(Right.NAME_RECIPIENTS)
    form = RecipientForm(sent(request))
    if request.method == "POST" and not may_name:
        raise Http404
    if request.method == "POST" and form.is_valid():
        try:
            naming.name_recipient(request.present, **form.cleaned_data, at=request.at)
        except Refused as refusal:
            tell(form, refusal)
        else:
            return redirect("exports:recipients")
    told = {"form": form, "may_name": may_name, "recipients": recipients_of(request.present)}
    return shown(request, "exports/recipients.html", told)


@require_http_methods(_READ_OR_SEND)
@needs(Right.NAME_RECIPIENTS, Right.AGREE_EXPORT)
def confirm(request: DeskRequest, code: str) -> HttpResponse:
    recipient = _recipient(request.present, code)
    form = ComparedForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            naming.confirm_recipient(request.present, code, **form.cleaned_data, at=request.at)
        except Refused as refusal:
            tell(form, refusal)
        else:
            return redirect("exports:recipients")
    told = {"form": form, "recipient": recipient}
    return shown(request, "exports/confirm.html", told)


@require_POST
@needs(Right.NAME_RECIPIENTS)
def end(request: DeskRequest, code: str) -> HttpResponse:
    _recipient(request.present, code)
    naming.end_recipient(request.present, code, at=request.at)
    return redirect("exports:recipients")


@require_http_methods(_READ_OR_SEND)
@needs(Right.NAME_RECIPIENTS)
def trace(request: DeskRequest) -> HttpResponse:
    """A list turned up somewhere: from which export?"""
    form = TraceForm(sent(request))
    told: dict[str, object] = {"form": form}
    if request.method == "POST" and form.is_valid():
        found = (traced(request.present, row) for row in form.rows())
        told |= {"searched": True, "found": next((each for each in found if each), None)}
    return shown(request, "exports/trace.html", told)


@require_http_methods(_READ_OR_SEND)
@needs(Right.OPEN_OWN_CASES, Right.OPEN_ALL_CASES)
def record(request: DeskRequest, code: str) -> HttpResponse:
    """A family's own record, to print for them: shown once and kept nowhere."""
    form = RecordForm(sent(request))
    try:
        if request.method == "POST" and form.is_valid():
            page = give_record(request.present, code, at=request.at)
            return HttpResponse(
                page,
                content_type="text/html; charset=utf-8",
                # The page brings its own style, which the desk's policy would leave out.
                headers={"Content-Security-Policy": f"{POLICY}; frame-ancestors 'none'"},
            )
        opened = case_for(request.present, code, Look.RIGHT_OF_ACCESS, at=request.at)
        if not opened.has_contents:
            raise Http404  # of a case that is only shared we keep no record of our own
    except (NoSuchCase, NoKey):
        raise Http404 from None
    except KeysLocked:
        raise
    except NotOpened as refusal:
        return not_opened(request, code, refusal)
    except FileNotAsExpected as refusal:
        tell(form, refusal)
        return shown(request, "exports/record.html", {"form": form, "code": code})
    told = {"form": form, "code": opened.code}
    return shown(request, "exports/record.html", told)


def _step(request: DeskRequest, code: str, step: Callable[..., object], done: str) -> HttpResponse:
    _found(request, code)
    try:
        step(request.present, code, at=request.at)
    except NoSuchExport:
        raise Http404 from None
    except Refused as refusal:
        told = _told_of(request, code, refusal)
        return render(request, "exports/export.html", told, status=409)
    messages.success(request, done)
    return redirect("exports:export", code)


def _told_of(request: DeskRequest, code: str, refusal: Refused | None = None) -> dict[str, object]:
    shown = _found(request, code)
    by = request.present
    is_asker = shown.export.asked_by_id == by.member.code
    return {
        "shown": shown,
        "is_asker": is_asker,
        "may_agree": by.may(Right.AGREE_EXPORT) and not is_asker,
        "refusal": f"{refusal} ({refusal.code})" if refusal else "",
    }


def _found(request: DeskRequest, code: str) -> Shown:
    try:
        return export_for(request.present, code, at=request.at)
    except NoSuchExport:
        raise Http404 from None


def _recipient(by: Present, code: str) -> Recipient:
    for each in recipients_of(by):
        if each.code == code and each.ended_at is None:
            return each
    raise Http404
