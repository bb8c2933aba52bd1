"""A new case, on one page, while somebody is on the telephone."""

from __future__ import annotations

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from safeconduct.cases import actions
from safeconduct.cases.actions.opening import new_case_code
from safeconduct.cases.following import after_call
from safeconduct.cases.forms import CallForm, HouseholdRows
from safeconduct.cases.forms.new_case import MORE_ROWS, MOST_ROWS, ROWS_AT_FIRST
from safeconduct.cases.views import choices
from safeconduct.cases.views.entries import say_noticed
from safeconduct.cases.views.following import follow
from safeconduct.cases.views.reserving import opened_by
from safeconduct.cases.wording import first_questions
from safeconduct.people import pages
from safeconduct.people.doors import DeskRequest, needs
from safeconduct.people.permissions import Right


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.OPEN_NEW_CASES)
def new(request: DeskRequest) -> HttpResponse:
    """Quick entry. Sent twice, it opens one case."""
    on = request.at.date()
    posted = pages.sent(request)
    if posted is not None and "more" in posted:
        posted = _with_more_rows(posted)
    form = CallForm(
        posted,
        on=on,
        provinces=choices.provinces(),
        questions=first_questions(on),
        initial={"reserved": new_case_code()},
    )
    rows = HouseholdRows(posted, prefix="person", form_kwargs={"on": on})
    if posted is not None and "more" not in posted and form.is_valid() & rows.is_valid():
        opened = opened_by(
            form,
            lambda: actions.open_case(
                request.present,
                [*rows.told(), *form.told()],
                at=request.at,
                told_size=form.cleaned_data["told_size"],
                province=form.cleaned_data["province"],
                next_due=form.cleaned_data["next_on"],
                code=form.cleaned_data["reserved"],
            ),
        )
        if opened is not None:
            for each in (form, *rows.forms):
                say_noticed(request, each)
            after_call(opened, at=request.at)
            follow(request, opened)
            return redirect("cases:case", code=opened.code)
    wrong = bool(form.errors or (rows.is_bound and rows.total_error_count()))
    told = {"form": form, "rows": rows, "wrong": wrong}
    if posted is not None and "more" in posted:
        return render(request, "cases/new.html", told)
    return pages.shown(request, "cases/new.html", told)


def _with_more_rows(posted: QueryDict) -> QueryDict:
    """The same form with more lines for people; what was typed stays."""
    more = posted.copy()
    told = more.get("person-TOTAL_FORMS", "")
    there = int(told) if told.isascii() and told.isdigit() and len(told) < 4 else ROWS_AT_FIRST
    more["person-TOTAL_FORMS"] = str(min(there + MORE_ROWS, MOST_ROWS))
    return more
