"""Cards shared with another office for matching, and taken back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from safeconduct.cases.forms import TakeBackForm
from safeconduct.cases.views.choices import other_offices
from safeconduct.core.errors import OfficeNotConfirmed, Refused
from safeconduct.matching import actions, queries
from safeconduct.matching.agreements import goes_on
from safeconduct.matching.forms import CardsForm
from safeconduct.matching.models import CardsAgreement
from safeconduct.people import pages
from safeconduct.people.doors import DeskRequest, needs
from safeconduct.people.forms import tell
from safeconduct.people.permissions import Right


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.SHARE_CARDS)
def agreements(request: DeskRequest) -> HttpResponse:
    offices = other_offices(request.present)
    form = CardsForm(pages.sent(request), on=request.at.date(), choices=offices)
    compare = ""
    if request.method == "POST" and form.is_valid():
        try:
            actions.agree_cards(request.present, form.cleaned_data["office"], at=request.at)
        except OfficeNotConfirmed as refusal:
            compare = form.cleaned_data["office"]
            tell(form, refusal)
        except Refused as refusal:
            tell(form, refusal)
        else:
            messages.success(
                request,
                _("Agreed. The cards are shared one by one; the page of jobs shows how far it is."),
            )
            return redirect("matching:cards")
    told = {
        "form": form,
        "offices": offices,
        "compare": compare,
        "agreements": [
            (row, _has_stopped(request, row)) for row in queries.agreements(request.present)
        ],
        "office": request.present.office.code,
    }
    return pages.shown(request, "matching/cards.html", told)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.SHARE_CARDS)
def end(request: DeskRequest, agreement: str) -> HttpResponse:
    row = (
        CardsAgreement.objects.filter(code=agreement, office=request.present.office)
        .select_related("other")
        .first()
    )
    if row is None or not actions.may_be_ended(request.present, row):
        raise Http404
    form = TakeBackForm(pages.sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_cards(request.present, row.code, at=request.at)
        except Refused as refusal:
            tell(form, refusal)
        else:
            messages.success(
                request, _("Ended. Each card that was shared gets a new key, which they never had.")
            )
            return redirect("matching:cards")
    return pages.shown(request, "matching/end_cards.html", {"form": form, "row": row})


def _has_stopped(request: DeskRequest, row: CardsAgreement) -> bool:
    """Whether one of the office's own should go on, and nobody stands for it any more."""
    ours = row.office_id == request.present.office.code
    over = row.ended_at is not None and not row.cards.exists()
    return ours and not over and not goes_on(request.present, row)
