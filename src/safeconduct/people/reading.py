"""In which language a request is answered: the member's own; else what was chosen at the door; else the browser's.

No cookie of its own: the session keeps the choice. `languages` stands around everything that writes a page, so that
pages about what went wrong are in the reader's language too, and nothing is left for the next request of this thread.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header

from safeconduct.core.readers import DARI, ENGLISH, PASHTO
from safeconduct.people.models import Member
from safeconduct.people.reader import read_with
from safeconduct.people.sessions import language_of

Answer = Callable[[HttpRequest], HttpResponse]
# BCP 47, by the first part. Browsers of Afghan readers often ask for "fa" (Persian) where Dari is meant.
_SPOKEN: Final = {"en": ENGLISH, "prs": DARI, "fa": DARI, "ps": PASHTO}


def languages(get_response: Answer) -> Answer:
    def told(request: HttpRequest) -> HttpResponse:
        read_with()
        translation.activate(asked_by_browser(request.headers.get("Accept-Language", "")))
        try:
            return get_response(request)
        finally:
            translation.deactivate()
            read_with()

    return told


def asked_by_browser(header: str) -> str:
    """The first language of ours that a browser asks for; English where it asks for none."""
    for code, _weight in parse_accept_lang_header(header.lower()):
        if found := _SPOKEN.get(code.partition("-")[0]):
            return found
    return ENGLISH


def as_at_the_door(request: HttpRequest) -> None:
    """What was chosen in this session, if anything."""
    if chosen := language_of(request):
        translation.activate(chosen)


def as_the_member(request: HttpRequest, member: Member) -> None:
    """As this member chose to read; where they chose no language, as at the door."""
    if member.language:
        translation.activate(member.language)
    else:
        as_at_the_door(request)
    read_with(calendar=member.calendar, digits=member.digits)
