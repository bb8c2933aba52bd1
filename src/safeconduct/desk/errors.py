"""Pages for what went wrong, in the frame of every page. They quote nothing: neither the address nor what was typed.

The arguments are Django's; most of these pages use none of them, so that nothing can slip in.
"""

from __future__ import annotations

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from safeconduct.people.middleware import know_again

_TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def not_understood(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """400; 413 where the request was too large."""
    status = 413 if isinstance(exception, _TOO_LARGE) else 400
    return HttpResponse(render_to_string(f"{status}.html"), status=status)


def not_taken(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """403: a form whose token is too old, or none."""
    return HttpResponse(render_to_string("403.html"), status=403)


def token_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """403, by the setting CSRF_FAILURE_VIEW. Why is the sender's business, not the page's."""
    return not_taken(request)


def nothing_here(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """404: the same page for what does not exist and for what is not the reader's, whatever the address."""
    if request.resolver_match is None:
        # No view was chosen, so nobody has asked yet who this is.
        know_again(request)
    return render(request, "404.html", {"nowhere": True}, status=404)


def our_fault(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """500. Without the request: whatever broke may have broken it."""
    return HttpResponse(render_to_string("500.html"), status=500)
