"""A message is pasted: we have it first, then it is looked at."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from safeconduct.core.codes import spelt
from safeconduct.core.errors import Refused, TextSentBefore
from safeconduct.intake.actions.texts import receive_text
from safeconduct.intake.forms import TextForm
from safeconduct.intake.views.answering import for_who_takes_in
from safeconduct.people import pages
from safeconduct.people.doors import DeskRequest
from safeconduct.people.forms import tell


@require_http_methods(["GET", "HEAD", "POST"])
@for_who_takes_in
def text(request: DeskRequest) -> HttpResponse:
    form, before = TextForm(pages.sent(request)), ""
    if request.method == "POST" and form.is_valid():
        try:
            told = form.cleaned_data
            plea = receive_text(request.present, told["text"], at=request.at, again=told["again"])
        except TextSentBefore as refusal:
            before = str(refusal.where["plea"])
            form.offer_again()
            tell(form, TextSentBefore(plea=spelt(before)))
        except Refused as refusal:
            tell(form, refusal)
        else:
            receipt = _("We have it. Its receipt is %(code)s; now decide what becomes of it.")
            messages.success(request, receipt % {"code": spelt(plea.code)})
            return redirect("intake:plea", plea=plea.code)
    return pages.shown(request, "intake/text.html", {"form": form, "before": before})
