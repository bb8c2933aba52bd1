"""What is still to be judged, the surest and most urgent first."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from safeconduct.matching import actions, queries
from safeconduct.matching.forms import QueueForm, TwoCasesForm
from safeconduct.people import pages
from safeconduct.people.doors import DeskRequest, needs
from safeconduct.people.permissions import Right

ON_A_PAGE: Final = 50


@require_safe
@needs(Right.JUDGE_DOUBLES)
def doubles(request: DeskRequest) -> HttpResponse:
    """Covers alone: nothing that was told stands on this page."""
    form = QueueForm(request.GET)
    whose, state = form.chosen()
    found = queries.queue(request.present, whose=whose, state=state)
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    told = {
        "form": QueueForm({"whose": whose, "state": state}),
        "whose": whose,
        "state": state,
        "page": page,
        "waiting": queries.waiting(request.present),
        "last": queries.last_look(request.present.office.code),
        "shares_cards": request.present.may(Right.SHARE_CARDS),
    }
    return render(request, "matching/list.html", told)


@require_POST
@needs(Right.JUDGE_DOUBLES)
def look(request: DeskRequest) -> HttpResponse:
    """Ask for a look now. It is done beside the desk, with the keys that are open."""
    actions.ask_to_look(request.present.actor, at=request.at)
    messages.success(request, _("The cases are being compared. Come back in a few minutes."))
    return redirect("matching:list")


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.JUDGE_DOUBLES)
def two(request: DeskRequest) -> HttpResponse:
    """Two codes that somebody has at hand, though nothing was found."""
    form = TwoCasesForm(pages.sent(request), initial={"one": request.GET.get("one", "")[:20]})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        return redirect("matching:pair", code=told["one"], other=told["two"])
    return pages.shown(request, "matching/two.html", {"form": form})
