"""Of one case: the answers to the rulebook's questions, and assessing it anew."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from safeconduct.cases.reading import OpenCase
from safeconduct.cases.views.following import follow
from safeconduct.cases.views.opening import in_case
from safeconduct.cases.views.shown import names_of
from safeconduct.core.errors import FactsChangedMeanwhile, Refused
from safeconduct.people import pages
from safeconduct.people.doors import DeskRequest
from safeconduct.people.forms import tell
from safeconduct.people.reader import ReadersNumber
from safeconduct.triage import actions
from safeconduct.triage.asking import FAMILY, Question, Questions
from safeconduct.triage.assessing import Assessing
from safeconduct.triage.forms import AnswersForm

ASKED = ("GET", "HEAD", "POST")


@require_http_methods(ASKED)
@in_case(ours=True)
def ask(request: DeskRequest, opened: OpenCase) -> HttpResponse:
    """What would change the outcome first; with `of`, everything that may be told of one person or of the family."""
    assessing = Assessing.of(opened.cover.office_id, request.present.ring, at=request.at)
    questions = Questions(opened, assessing, frozenset(request.POST))
    of = request.GET.get("of", "")
    names = names_of(opened)
    of = of if of == FAMILY or of in names else ""
    form = AnswersForm(pages.sent(request), questions=_asked(questions, of))
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            count = actions.tell_facts(opened, form.told(), seen=form.seen(), at=request.at)
        except FactsChangedMeanwhile as refusal:
            form.show_anew(questions.answers)
            tell(form, refusal)
            status = 409
        except Refused as refusal:
            tell(form, refusal)
        else:
            if count:
                follow(request, opened)
            _say(request, count)
            return redirect("cases:case", code=opened.code)
    told = {
        "opened": opened,
        "form": form,
        "of": of,
        "whose": names.get(of, ""),
        "family": FAMILY,
        "people": list(names.items()),
    }
    if status == 409:
        return render(request, "triage/ask.html", told, status=status)
    return pages.shown(request, "triage/ask.html", told)


def _asked(questions: Questions, of: str) -> list[Question]:
    if of == FAMILY:
        return questions.of_family()
    return questions.of_person(of) if of else questions.first()


def _say(request: DeskRequest, count: int) -> None:
    if count:
        told = ngettext("%(count)s answer was kept.", "%(count)s answers were kept.", count)
        messages.success(request, told % {"count": ReadersNumber(count)})
    else:
        messages.info(request, _("Nothing was changed: every question is as it was."))


@require_POST
@in_case(ours=True)
def assess(request: DeskRequest, opened: OpenCase) -> HttpResponse:
    """By the rulebook that is in force now, on today."""
    if actions.assess_case(request.present, opened.code, at=request.at):
        messages.success(request, _("Assessed anew."))
    else:
        messages.info(request, _("Assessed anew: nothing moved."))
    return redirect("cases:case", code=opened.code)
