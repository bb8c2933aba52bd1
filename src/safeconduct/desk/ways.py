"""The ways from any page to the rooms: what stands in the masthead, for those who may go there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from safeconduct.people.permissions import Right
from safeconduct.people.present import Present


@dataclass(frozen=True, slots=True)
class Room:
    """A room's first page. `rights` empty: for everybody at the desk; else any one of them is enough.

    `rare`: it stands under "More", where its reader has many ways. `alone`: what lies below its address is of other
    rooms (pages of one case, mostly).
    """

    label: Promise
    url_name: str
    rights: frozenset[Right] = frozenset()
    rare: bool = False
    alone: bool = False


_CASEWORK: Final = frozenset({Right.OPEN_OWN_CASES, Right.OPEN_ALL_CASES})


ROOMS: Final = (
    Room(_("Your day"), "desk:home"),
    Room(_("Cases"), "cases:list", frozenset({Right.SEE_COVERS})),
    Room(_("Search"), "desk:search", _CASEWORK),
    Room(_("Intake"), "intake:list", frozenset({Right.TAKE_IN})),
    Room(_("Doubles"), "matching:list", frozenset({Right.JUDGE_DOUBLES})),
    Room(_("Figures"), "desk:figures", frozenset({Right.SEE_FIGURES})),
    Room(
        _("Bands agreed"),
        "triage:overrides",
        frozenset({Right.AGREE_OVERRIDE}),
        rare=True,
        alone=True,
    ),
    Room(_("Rulebooks"), "triage:rules", _CASEWORK, rare=True),
    Room(_("Like cases"), "triage:like", frozenset({Right.OPEN_ALL_CASES}), rare=True),
    Room(
        _("Access"),
        "people:access",
        frozenset({Right.ASK_FOR_ACCESS, Right.DECIDE_ACCESS}),
        rare=True,
    ),
    Room(
        _("Exports"),
        "exports:list",
        frozenset({Right.ASK_FOR_EXPORT, Right.AGREE_EXPORT}),
        rare=True,
    ),
    Room(_("Office"), "people:office", frozenset({Right.ADMIT_MEMBERS}), rare=True),
    Room(_("Journal"), "desk:journal", frozenset({Right.READ_JOURNAL}), rare=True),
    Room(_("Jobs"), "desk:jobs", frozenset({Right.SEE_COVERS, Right.SEE_DEPLOYMENT}), rare=True),
    Room(_("You"), "people:me"),
    Room(_("Lock down"), "people:lock_down", frozenset({Right.LOCK_DOWN})),
)
# Whoever has no more ways than that sees all of them beside each other.
_FEW: Final = 8


@dataclass(frozen=True, slots=True)
class Way:
    """A link. `here`: "page" on the very page, "true" on one below it, empty elsewhere (aria-current)."""

    label: Promise
    url: str
    here: str
    rare: bool = False


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
        is_below = url != "/" and not room.alone and path.startswith(url)
        below = "true" if is_below else ""
        found.append(Way(room.label, url, "page" if path == url else below, room.rare))
    return found if len(found) > _FEW else [replace(way, rare=False) for way in found]


def present_at(request: HttpRequest) -> Present | None:
    """Who is at the desk, if anybody: an error page is shown to strangers too."""
    found = getattr(request, "present", None)
    return found if isinstance(found, Present) else None


def way_there(url_name: str, **words: str) -> str:
    """The address of a page; "" where this deployment has no such page."""
    try:
        return reverse(url_name, kwargs=words or None)
    except NoReverseMatch:
        return ""
