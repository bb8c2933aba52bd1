"""An open case put in the order in which it is read: how to call, who they are, where, why, what was done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext_lazy as _

from safeconduct.cases.entries import (
    Caller,
    Consent,
    Decision,
    Document,
    Facts,
    Hold,
    Person,
    Place,
    SafeContact,
    Said,
    Threat,
    Tie,
    Told,
)
from safeconduct.cases.forms.signs import shown as seen
from safeconduct.cases.household import family_rules
from safeconduct.cases.reading import OpenCase
from safeconduct.cases.templatetags.told import called
from safeconduct.cases.views.telling import NAMES_OF_KINDS
from safeconduct.cases.views.tree import tree_of
from safeconduct.cases.wording import operation
from safeconduct.people.permissions import Right

# What is told beyond the card, by the name that the page knows it by.
_CONTENTS: Final[Mapping[str, type[Told]]] = {
    "contacts": SafeContact,
    "places": Place,
    "threats": Threat,
    "ties": Tie,
    "said": Said,
    "facts": Facts,
    "documents": Document,
    "consents": Consent,
    "decisions": Decision,
    "holds": Hold,
}
PersonNames = dict[str, str]


@dataclass(frozen=True, slots=True)
class Number:
    """One telephone, and whose it is."""

    typed: str
    whose: str
    what: str
    is_callers: bool


def numbers(opened: OpenCase) -> list[Number]:
    """Every telephone of the case with whose it is, the household's before the callers'."""
    found = [
        Number(phone, called(kept.says), str(kept.says.relation or ""), False)
        for kept in opened.persons
        for phone in kept.says.phones
    ]
    found += [
        Number(phone, name_of_caller(kept.says), kept.says.relation or "", True)
        for kept in opened.entries(Caller)
        for phone in kept.says.phones
    ]
    return found


def names_of(opened: OpenCase) -> PersonNames:
    """What each person of the household is called, by the code of the entry."""
    return {kept.code: called(kept.says) for kept in opened.persons}


def all_names_of(opened: OpenCase) -> PersonNames:
    """The same, and what those are called who ask for them; of somebody who was removed, that."""
    gone = {
        code: str(_("somebody who was removed"))
        for code in opened.removed()
        if opened.kind_of(code) in {Caller, Person}
    }
    callers = {kept.code: name_of_caller(kept.says) for kept in opened.entries(Caller)}
    return gone | names_of(opened) | callers


def name_of_caller(caller: Caller) -> str:
    """As it is shown; hidden signs are made visible."""
    return seen(caller.name) if caller.name else str(_("the caller"))


def may(opened: OpenCase) -> dict[str, bool]:
    """What this member may do here, so that the page offers nothing that is refused."""
    by = opened.by
    return {
        "change": opened.is_ours,
        "hand_over": opened.is_ours and not opened.is_lent and by.may(Right.HAND_OVER),
        "take_over": opened.is_ours and opened.cover.owner is None,
        "share": opened.is_ours and by.may(Right.SHARE_CASES),
        "shred": opened.is_ours and by.may(Right.SHRED_CASES),
    }


def shown(opened: OpenCase, *, on: date) -> dict[str, object]:
    """What the page of a case asks for. Contents are left out where this office was given the card alone."""
    cover = opened.cover
    told: dict[str, object] = {
        "opened": opened,
        "cover": cover,
        "names": all_names_of(opened),
        # Who is an infant is counted as ages are (templatetags/told.age): on the operation's day, once it is over.
        "tree": tree_of(opened.persons, size=cover.household_size, on=operation().day_on(on)),
        "people": opened.persons,
        "callers": opened.entries(Caller),
        "numbers": numbers(opened),
        "owner": cover.owner,
        "removed": [(code, NAMES_OF_KINDS[opened.kind_of(code).kind]) for code in opened.removed()],
    }
    if opened.has_contents:
        told |= {name: opened.entries(kind) for name, kind in _CONTENTS.items()}
        told["family_rules"] = family_rules(opened)
    return told
