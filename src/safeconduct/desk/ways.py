"""The ways from any page to the rooms: what stands in the masthead, for those who may go there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from safeconduct.people.permissions import Right
from safeconduct.people.present import Present


@dataclass(frozen=True, slots=True)
class Room:
    """A room's first page. `rights` empty: for everybody at the desk; else any one of them is enough."""

    label: Promise
    url_name: str
    rights: frozenset[Right] = frozenset()


ROOMS: Final = (
    Room(_("Your day"), "desk:home"),
    Room(_("Cases"), "cases:list", frozenset({Right.SEE_COVERS})),
    Room(_("Access"), "people:access", frozenset({Right.ASK_FOR_ACCESS, Right.DECIDE_ACCESS})),
    Room(_("Exports"), "exports:list", frozenset({Right.ASK_FOR_EXPORT, Right.AGREE_EXPORT})),
    Room(_("Office"), "people:office", frozenset({Right.ADMIT_MEMBERS})),
    Room(_("Journal"), "desk:journal", frozenset({Right.READ_JOURNAL})),
    Room(_("Jobs"), "desk:jobs", frozenset({Right.SEE_COVERS, Right.SEE_DEPLOYMENT})),
    Room(_("You"), "people:me"),
    Room(_("Lock down"), "people:lock_down", frozenset({Right.LOCK_DOWN})),
)


@dataclass(frozen=True, slots=True)
class Way:
    """A link. `here`: "page" on the very page, "true" on one below it, empty elsewhere (aria-current)."""

    label: Promise
    url: str
    here: str


def ways_from(path: str, present: Present) -> list[Way]:
    """Where this member may go from here."""
    found = []
    for room in ROOMS:
        if room.rights and not any(present.may(right) for right in room.rights):
            continue
        try:
            url = reverse(room.url_name)
        except NoReverseMatch:
            continue
        below = "true" if url != "/" and path.startswith(url) else ""
        found.append(Way(room.label, url, "page" if path == url else below))
    return found


def present_at(request: HttpRequest) -> Present | None:
    """Who is at the desk, if anybody: an error page is shown to strangers too."""
    found = getattr(request, "present", None)
    return found if isinstance(found, Present) else None
