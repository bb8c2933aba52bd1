"""What happens to every request: it is told the time, it is not too large, and its answer is kept by nobody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from safeconduct.config.clock import now
from safeconduct.desk.errors import not_understood
from safeconduct.intake.uploads import BESIDE, SheetsInMemory

Answer = Callable[[HttpRequest], HttpResponse]

# A page of ours uses none of these; a passkey belongs to the page itself. (W3C Permissions Policy; the names
# are those of OWASP's Secure Headers Project.)
_USES_NOTHING: Final = ", ".join(
    [
        *(
            f"{name}=()"
            for name in (
                "accelerometer autoplay camera display-capture encrypted-media fullscreen geolocation gyroscope "
                "magnetometer microphone midi payment picture-in-picture screen-wake-lock sync-xhr usb "
                "xr-spatial-tracking clipboard-read browsing-topics"
            ).split()
        ),
        "publickey-credentials-get=(self)",
        "publickey-credentials-create=(self)",
    ]
)
_HEADERS: Final = {
    "Cache-Control": "no-store",  # OWASP ASVS 5.0, 14.3.2; static files say their own
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": _USES_NOTHING,
    "X-Robots-Tag": "noindex, nofollow",
    "X-DNS-Prefetch-Control": "off",
}


def clock(get_response: Answer) -> Answer:
    """`request.at`: the one time of this request."""

    def told(request: HttpRequest) -> HttpResponse:
        request.at = now()  # type: ignore[attr-defined]
        return get_response(request)

    return told


def kept_by_nobody(get_response: Answer) -> Answer:
    """No browser or proxy keeps a page, and no page reaches for what it does not use."""

    def told(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return told


def not_too_large(get_response: Answer) -> Answer:
    """Answers 413 by the announced length, before anything of the body is read."""

    def told(request: HttpRequest) -> HttpResponse:
        most = settings.FILE_UPLOAD_MAX_MEMORY_SIZE
        if request.path == reverse("intake:upload"):
            # Sheets may be larger than documents, and are held in memory as they are.
            most = settings.SHEETS_LIMIT + BESIDE
            request.upload_handlers = [SheetsInMemory(request)]
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length) > most:
            return not_understood(request, RequestDataTooBig())
        return get_response(request)

    return told


def addresses_of_signs(get_response: Answer) -> Answer:
    """404 for an address with NUL in it: no code has one, and PostgreSQL fails where it is asked for one."""

    def told(request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path_info:
            raise Http404
        return get_response(request)

    return told
