"""An open case put in the order in which it is read: how to call, who they are, where, why, what was done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from safeconduct.cases.entries import (
    Caller,
    Consent,
    Decision,
    Document,
    Facts,
    Handover,
    Hold,
    Note,
    Person,
    Place,
    SafeContact,
    Threat,
    Tie,
    Told,
)
from safeconduct.cases.reading import Kept, OpenCase
from safeconduct.cases.templatetags.told import called
from safeconduct.cases.views.telling import NAMES_OF_KINDS
from safeconduct.core.facts import Relation
from safeconduct.people.models import Member

_GENERATIONS: Final[Sequence[tuple[Promise, frozenset[Relation | None]]]] = (
    (_("Parents"), frozenset({Relation.PARENT})),
    (
        _("The principal's own generation"),
        frozenset({Relation.PRINCIPAL, Relation.SPOUSE, Relation.SIBLING}),
    ),
    (_("Children"), frozenset({Relation.CHILD})),
    (_("Others"), frozenset({Relation.OTHER_RELATIVE, Relation.NOT_RELATED})),
    (_("Not yet known how they belong"), frozenset({None})),
)
_FIRST: Final = (Relation.PRINCIPAL, Relation.SPOUSE)
PersonNames = dict[str, str]


@dataclass(frozen=True, slots=True)
class Generation:
    """One row of the family tree: those who stand in one generation, the principal first."""

    label: Promise
    people: list[Kept[Person]]


@dataclass(frozen=True, slots=True)
class Number:
    """One telephone, and whose it is."""

    typed: str
    whose: str
    what: str


def generations(people: Iterable[Kept[Person]]) -> list[Generation]:
    """The household as a small family tree, oldest generation first; empty rows are left out."""
    told = list(people)
    rows = []
    for label, relations in _GENERATIONS:
        here = [each for each in told if each.says.relation in relations]
        here.sort(
            key=lambda each: _FIRST.index(each.says.relation) if each.says.relation in _FIRST else 9
        )
        if here:
            rows.append(Generation(label, here))
    return rows


def numbers(opened: OpenCase) -> list[Number]:
    """Every telephone of the case with whose it is, the household's before the callers'."""
    found = [
        Number(phone, called(kept.says), str(kept.says.relation or ""))
        for kept in opened.persons
        for phone in kept.says.phones
    ]
    found += [
        Number(phone, kept.says.name or str(_("the caller")), kept.says.relation or "")
        for kept in opened.entries(Caller)
        for phone in kept.says.phones
    ]
    return found


def names_of(opened: OpenCase) -> PersonNames:
    """What each person of the household is called, by the code of the entry."""
    return {kept.code: called(kept.says) for kept in opened.persons}


def handles_of(codes: Iterable[str]) -> dict[str, str]:
    return dict(Member.objects.filter(code__in=set(codes)).values_list("code", "handle"))


def shown(opened: OpenCase) -> dict[str, object]:
    """What the page of a case asks for. Contents are left out where this office was given the card alone."""
    told: dict[str, object] = {
        "opened": opened,
        "cover": opened.cover,
        "names": names_of(opened),
        "generations": generations(opened.persons),
        "people": opened.persons,
        "callers": opened.entries(Caller),
        "numbers": numbers(opened),
        "owner": opened.cover.owner,
        "removed": [(code, NAMES_OF_KINDS[opened.kind_of(code).kind]) for code in opened.removed()],
    }
    if opened.has_contents:
        told |= _contents(opened)
    return told


def _contents(opened: OpenCase) -> dict[str, object]:
    kinds: dict[str, type[Told]] = {
        "contacts": SafeContact,
        "places": Place,
        "threats": Threat,
        "ties": Tie,
        "facts": Facts,
        "documents": Document,
        "consents": Consent,
        "decisions": Decision,
        "holds": Hold,
    }
    told: dict[str, object] = {name: opened.entries(kind) for name, kind in kinds.items()}
    told["timeline"] = timeline(opened)
    handed = {
        code
        for kept in opened.entries(Handover)
        for code in (kept.says.to, kept.says.previous or "")
    }
    wrote = {row.versions[-1].written_by for row in opened.rows}
    told["handles"] = handles_of(handed | wrote)
    return told


def timeline(opened: OpenCase) -> list[Kept[Note] | Kept[Handover]]:
    """Notes and hand-overs, the newest first."""
    both: list[Kept[Note] | Kept[Handover]] = [*opened.entries(Note), *opened.entries(Handover)]
    return sorted(both, key=lambda kept: kept.written_at, reverse=True)
