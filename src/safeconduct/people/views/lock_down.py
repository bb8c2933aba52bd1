"""One press closes everything for everyone; an approver opens it again."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from safeconduct.core.errors import NotClosed
from safeconduct.people import actions
from safeconduct.people.doors import DeskRequest, needs
from safeconduct.people.middleware import closed_page
from safeconduct.people.permissions import Right
from safeconduct.people.queries import closed_since


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.LOCK_DOWN)
def lock_down(request: DeskRequest) -> HttpResponse:
    """One press: nobody is asked whether they are sure while somebody stands at the door."""
    if request.method != "POST":
        return render(request, "people/lock_down.html")
    actions.lock_down(request.present.actor, request.at)
    return closed_page(request)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.REOPEN)
def open_up(request: DeskRequest) -> HttpResponse:
    """Reached by an approver who came in during the lock-down: their session began after it."""
    if request.method == "POST":
        try:
            actions.re_open(request.present, at=request.at)
        except NotClosed as refusal:
            return render(request, "people/not_done.html", {"refusal": refusal}, status=409)
        return redirect("desk:home")
    return render(request, "people/open_up.html", {"since": closed_since()})
