"""The page on which somebody is looked for."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from safeconduct.core.errors import NothingSought
from safeconduct.desk.search.finding import Sought, seek
from safeconduct.desk.search.forms import SearchForm
from safeconduct.people.doors import DeskRequest, needs
from safeconduct.people.forms import tell
from safeconduct.people.models import Role
from safeconduct.people.permissions import Right
from safeconduct.people.present import Present
from safeconduct.people.queries import colleagues


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.OPEN_OWN_CASES, Right.OPEN_ALL_CASES)
def search(request: DeskRequest) -> HttpResponse:
    """Sent as a form, so that no name stands in an address. What was typed stays in its field."""
    form = SearchForm(request.POST if request.method == "POST" else None)
    sought: Sought | None = None
    if form.is_bound and form.is_valid():
        try:
            sought = seek(request.present, form.cleaned_data["sought"], at=request.at)
        except NothingSought as refusal:
            tell(form, refusal)
    told = {"form": form, "sought": sought, "coordinators": _coordinators(request.present)}
    return render(request, "desk/search.html", told, status=400 if form.errors else 200)


def _coordinators(by: Present) -> list[str]:
    """Whom to ask for a case that is not open to oneself."""
    return [each.handle for each in colleagues(by) if each.has_role(Role.COORDINATOR)]
