"""Whoever is not at the desk yet may send only a few forms at once: members at work keep the server's other threads.

A form is read where it is sent, and a passphrase is slow to try on purpose: strangers who send slowly, or many at
once, would else hold every thread. It stands before the check against forged forms, which reads the body.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from safeconduct.people.sessions import ring_of
from safeconduct.vault.keyring import BOARD

_AGAIN_IN: Final = "5"  # seconds


def strangers_wait_their_turn(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    turns = threading.BoundedSemaphore(settings.STRANGERS_AT_ONCE)

    def told(request: HttpRequest) -> HttpResponse:
        if request.method != "POST" or BOARD.holds(ring_of(request)):
            return get_response(request)
        if not turns.acquire(blocking=False):
            answer = HttpResponse(render_to_string("people/full.html"), status=503)
            answer["Retry-After"] = _AGAIN_IN
            return answer
        try:
            return get_response(request)
        finally:
            turns.release()

    return told
