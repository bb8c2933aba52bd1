"""What was told of a case: added, changed, removed, and how it read before."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from safeconduct.cases import actions
from safeconduct.cases.actions.changing import new_entry_code
from safeconduct.cases.entries import Consent, Document, Hold, Talk, Told
from safeconduct.cases.forms import FORMS, EntryForm, HeardForm, RemoveForm, WithdrawalForm
from safeconduct.cases.reading import Kept, OpenCase, history_for
from safeconduct.cases.views import choices, headings
from safeconduct.cases.views.following import follow
from safeconduct.cases.views.meeting import meet, with_picks
from safeconduct.cases.views.opening import in_case
from safeconduct.cases.views.shown import all_names_of
from safeconduct.cases.views.telling import lines_of
from safeconduct.core.errors import ChangedMeanwhile, CodeTaken, NoSuchEntry, Refused
from safeconduct.people import pages
from safeconduct.people.doors import DeskRequest
from safeconduct.people.forms import tell
from safeconduct.people.queries import handles_of

ASKED = ("GET", "HEAD", "POST")


@require_http_methods(ASKED)
@in_case(ours=True)
def add(request: DeskRequest, opened: OpenCase, kind: str) -> HttpResponse:
    form = _form(request, opened, kind)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_entry(
                opened, form.told(), at=request.at, code=form.cleaned_data["reserved"]
            )
        except CodeTaken as refusal:
            # Sent once more with another text: said, and the next press saves it as an entry of its own.
            form.put("reserved", new_entry_code())
            tell(form, refusal)
        except Refused as refusal:
            tell(form, refusal)
        else:
            say_noticed(request, form)
            follow(request, opened)
            return redirect("cases:case", code=opened.code)
    return _page(request, opened, form, kind=kind)


@require_http_methods(ASKED)
@in_case(ours=True)
def change(request: DeskRequest, opened: OpenCase, entry: str) -> HttpResponse:
    kind = opened.kind_of(entry).kind
    if kind == Hold.kind:
        raise Http404
    if entry in opened.removed():
        return _removed_meanwhile(request, opened, kind)
    kept = opened.entry_of_any_kind(entry)
    form = _form(request, opened, kind, kept)
    if request.method == "POST" and form.is_valid():
        return _written(request, opened, form, kept)
    return _page(request, opened, form, kind=kind, entry=entry)


@require_http_methods(ASKED)
@in_case(ours=True)
def remove(request: DeskRequest, opened: OpenCase, entry: str) -> HttpResponse:
    kept = opened.entry_of_any_kind(entry)
    if kept.says.kind not in FORMS or kept.says.kind == Hold.kind:
        raise Http404
    form = RemoveForm(
        pages.sent(request), on=request.at.date(), initial={"expected": kept.revision}
    )
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            actions.remove_entry(
                opened,
                entry,
                expected_revision=form.cleaned_data["expected"] or 0,
                at=request.at,
                why=form.cleaned_data["why"],
            )
        except ChangedMeanwhile as refusal:
            form.put("expected", str(kept.revision))
            tell(form, refusal)
            status = 409
        else:
            messages.success(request, _("Removed. Its history stays until the case is shredded."))
            follow(request, opened)
            return redirect("cases:case", code=opened.code)
    told = {
        "opened": opened,
        "form": form,
        "entry": entry,
        "title": headings.REMOVE[kept.says.kind],
        "lines": lines_of(kept.says, all_names_of(opened)),
    }
    if status == 409:
        return render(request, "cases/remove.html", told, status=status)
    return pages.shown(request, "cases/remove.html", told)


@require_safe
@in_case()
def history(request: DeskRequest, opened: OpenCase, entry: str) -> HttpResponse:
    past = history_for(opened, entry, at=request.at)
    names = all_names_of(opened) | _recipients(opened)
    handles = handles_of(each.written_by for each in past)
    versions = [
        {
            "past": each,
            "lines": lines_of(each.says, names) if each.says else [],
            "by": handles.get(each.written_by, each.written_by),
        }
        for each in reversed(past)
    ]
    told = {
        "opened": opened,
        "entry": entry,
        "versions": versions,
        "title": headings.HISTORY[opened.kind_of(entry).kind],
    }
    return render(request, "cases/history.html", told)


@require_http_methods(ASKED)
@in_case(ours=True)
def withdraw(request: DeskRequest, opened: OpenCase, entry: str) -> HttpResponse:
    """The family takes a consent back: from that day on the recipient is told nothing more."""
    kept = opened.entry(entry, Consent)
    form = WithdrawalForm(
        pages.sent(request),
        on=request.at.date(),
        initial={"expected": kept.revision, "withdrawn_on": request.at.date()},
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw_consent(
                opened,
                entry,
                withdrawn_on=form.cleaned_data["withdrawn_on"],
                told_by=form.cleaned_data["withdrawal_told_by"],
                expected_revision=form.cleaned_data["expected"] or 0,
                at=request.at,
            )
        except Refused as refusal:
            tell(form, refusal)
        else:
            return redirect("cases:case", code=opened.code)
    lines = lines_of(kept.says, _recipients(opened) | all_names_of(opened))
    told = {"opened": opened, "form": form, "lines": lines}
    return pages.shown(request, "cases/withdraw.html", told)


def _recipients(opened: OpenCase) -> dict[str, str]:
    return {code: str(name) for code, name in choices.recipients(opened.by)}


def say_noticed(request: DeskRequest, form: HeardForm) -> None:
    """Tell what was noticed of what was typed, by the labels of the fields."""
    for label, what in form.noticed:
        messages.warning(request, f"{label}: {what}.")


# --- one form for every kind ------------------------------------------------------------------------


def _form(
    request: DeskRequest, opened: OpenCase, kind: str, kept: Kept[Told] | None = None
) -> EntryForm:
    """The form of that kind, filled from what was posted or from the entry. Http404 for a kind without one."""
    form = FORMS.get(kind)
    if form is None or (kept is None and form.entry in {Document, Hold}):
        raise Http404
    posted = pages.sent(request)
    before = _began_from(opened, kept, posted)
    if posted is not None:
        posted = with_picks(posted, form, before)
    offered: dict[str, Any] = {"people": choices.people_in(opened)} if opened.has_contents else {}
    if kind == "talk":
        offered["callers"] = choices.who_talks(opened)
    if kind == "safe_contact":
        offered["people"] = choices.who_talks(opened)
    if kind == "decision":
        offered["schemes"] = choices.schemes()
    if kind == "consent":
        offered["recipients"] = choices.recipients(opened.by)
    shows = [each for each in (before, kept and kept.says) if each]
    initial: dict[str, Any] = (
        {"expected": kept.revision} if kept else {"reserved": new_entry_code()}
    )
    if kept is None and (whom := request.GET.get("person")):
        initial["person"] = whom  # the page that led here; of no effect where that is no choice
    return form(posted, on=request.at.date(), shows=shows, initial=initial, **offered)


def _began_from(opened: OpenCase, kept: Kept[Told] | None, posted: QueryDict | None) -> Told | None:
    """The entry as it read when the form that was posted had been shown."""
    told = posted.get("expected", "") if posted is not None else ""
    if kept is None or not told:
        return None
    versions = opened.history(kept.code)
    return next((each.says for each in versions if str(each.revision) == told), None)


def _written(
    request: DeskRequest, opened: OpenCase, form: EntryForm, kept: Kept[Told]
) -> HttpResponse:
    mine = form.told(before=kept.says)
    expected = form.cleaned_data["expected"] or 0
    try:
        if isinstance(mine, Document):
            actions.title_document(
                opened,
                kept.code,
                title=mine.title,
                person=mine.person,
                expected_revision=expected,
                at=request.at,
            )
        elif isinstance(mine, Talk):
            actions.change_talk(opened, kept.code, mine, expected_revision=expected, at=request.at)
        else:
            actions.change_entry(opened, kept.code, mine, expected_revision=expected, at=request.at)
    except ChangedMeanwhile:
        return _meeting(request, opened, form, kept, mine)
    except Refused as refusal:
        tell(form, refusal)
        return _page(request, opened, form, kind=mine.kind, entry=kept.code)
    say_noticed(request, form)
    follow(request, opened)
    return redirect("cases:case", code=opened.code)


def _meeting(
    request: DeskRequest, opened: OpenCase, form: EntryForm, kept: Kept[Told], mine: Told
) -> HttpResponse:
    """Both texts. The form begins from the colleague's revision now, and holds the two brought together."""
    base = _began_from(opened, kept, request.POST)
    meeting = meet(form, base=base, theirs=kept.says, mine=mine, names=all_names_of(opened))
    fresh = _form_over(form, meeting.values | {"expected": kept.revision}, request)
    told = {
        "opened": opened,
        "form": fresh,
        "entry": kept.code,
        "meeting": meeting,
        "title": headings.MEETING[kept.says.kind],
        "colleague": handles_of([kept.written_by]).get(kept.written_by, kept.written_by),
        "kept": kept,
    }
    return render(request, "cases/meeting.html", told, status=409)


def _form_over(form: EntryForm, values: dict[str, Any], request: DeskRequest) -> EntryForm:
    """The same form with the same choices, over other values."""
    fresh = type(form)(on=request.at.date(), initial=values)
    fresh.fields.update(form.fields)
    return fresh


def _removed_meanwhile(request: DeskRequest, opened: OpenCase, kind: str) -> HttpResponse:
    """Somebody removed it. What was typed stands in a form that saves it as an entry of its own."""
    if request.method != "POST" or kind not in FORMS or FORMS[kind].entry is Document:
        raise NoSuchEntry(case=opened.code)
    form = _form(request, opened, kind)
    form.put("reserved", new_entry_code())
    return _page(request, opened, form, kind=kind, removed=True)


def _page(
    request: DeskRequest,
    opened: OpenCase,
    form: EntryForm,
    *,
    kind: str,
    entry: str = "",
    removed: bool = False,
) -> HttpResponse:
    title = (headings.CHANGE if entry else headings.ADD)[kind]
    told = {"opened": opened, "form": form, "entry": entry, "title": title}
    told |= {"kind_code": kind, "removed": removed}
    if removed:
        return render(request, "cases/entry.html", told, status=409)
    return pages.shown(request, "cases/entry.html", told)
