"""What was said with a caller: written down while they are on the line, with the rules and questions beside it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from safeconduct.cases import actions
from safeconduct.cases.actions.changing import new_entry_code
from safeconduct.cases.entries import Direction, Talk
from safeconduct.cases.forms import EntryForm, TalkForm
from safeconduct.cases.reading import OpenCase
from safeconduct.cases.views import choices
from safeconduct.cases.views.callers import standing_with, told_of
from safeconduct.cases.views.entries import say_noticed
from safeconduct.cases.views.following import follow
from safeconduct.cases.views.opening import in_case
from safeconduct.core.errors import CodeTaken, Refused
from safeconduct.people import pages
from safeconduct.people.doors import DeskRequest
from safeconduct.people.forms import tell

WITH = "with"  # in the address: the caller's or the person's entry
CALLING = "calling"  # in the address: we are calling now


@require_http_methods(["GET", "HEAD", "POST"])
@in_case(ours=True)
def add(request: DeskRequest, opened: OpenCase) -> HttpResponse:
    on = request.at.date()
    known = choices.who_talks(opened)
    chosen = request.GET.get(WITH, "")
    chosen = chosen if chosen in dict(known) else ""
    direction = Direction.WE_CALLED if request.GET.get(CALLING) else Direction.THEY_CALLED
    form = TalkForm(
        pages.sent(request),
        on=on,
        callers=known,
        initial={
            "caller": chosen,
            "direction": direction.value,
            "reserved": new_entry_code(),
        },
    )
    if request.method == "POST" and form.is_valid():
        talk = EntryForm.told(form)
        assert isinstance(talk, Talk)
        try:
            actions.record_talk(opened, talk, at=request.at, code=form.cleaned_data["reserved"])
        except CodeTaken as refusal:
            form.put("reserved", new_entry_code())
            tell(form, refusal)
        except Refused as refusal:
            tell(form, refusal)
        else:
            say_noticed(request, form)
            messages.success(request, _("Written down, for whoever takes the next call."))
            follow(request, opened)
            if talk.caller:
                return redirect("cases:caller", code=opened.code, entry=talk.caller)
            return redirect("cases:caller_household", code=opened.code)
    told = told_of(opened, standing_with(opened, chosen, on=on), at=request.at)
    return pages.shown(request, "cases/talk.html", told | {"form": form})
