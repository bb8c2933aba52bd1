"""How far the pleas have come, where the families are, how old the cases are, where the work is stuck."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from safeconduct.cases.wording import operation
from safeconduct.desk.figures.gathering import caseload_of
from safeconduct.desk.pleas import pleas_without_an_end
from safeconduct.people.doors import DeskRequest, needs
from safeconduct.people.permissions import Right
from safeconduct.reports.office import ages, funnel, provinces, stuck
from safeconduct.reports.office.caseload import people_in


@require_safe
@needs(Right.SEE_FIGURES)
def figures(request: DeskRequest) -> HttpResponse:
    """`?on=` is the day of the map; what is no day is the operation's own."""
    caseload = caseload_of(request.present, at=request.at)
    pleas = pleas_without_an_end(request.present, on=request.at.date())
    on = _day(request.GET.get("on", "")) or operation().day_on(request.at.date())
    there = provinces.map_on(caseload, operation(), on)
    told = {
        "office": request.present.office,
        "families": len(caseload.open),
        "people": people_in(caseload.open),
        "pleas": pleas,
        "funnel": funnel.steps(caseload),
        "stops": stuck.stops(caseload),
        "loads": stuck.loads(caseload),
        "spans": [name for _most, name in ages.SPANS],
        "ages": ages.rows(caseload),
        "map": there,
        "earlier": max((day for day in there.days if day < on), default=None),
        "later": min((day for day in there.days if day > on), default=None),
    }
    return render(request, "desk/figures.html", told)


def _day(told: str) -> date | None:
    try:
        return date.fromisoformat(told)
    except ValueError:
        return None
