"""A plea that was read, as the case that it opens: each thing told in an entry of its own, and the words kept whole."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import date
from typing import Final

from safeconduct.cases.actions.changing import ENTRY_LETTERS
from safeconduct.cases.actions.covers import MOST_PEOPLE
from safeconduct.cases.actions.opening_many import NewCase
from safeconduct.cases.entries import Caller, Facts, Person, Place, PleaTold, Said, Told, Way
from safeconduct.cases.models import Band
from safeconduct.core.codes import draw_code
from safeconduct.core.facts import Household, Person as PersonFact, Plea
from safeconduct.intake.assessing import NewAssessment
from safeconduct.intake.due import due_for

# Signs of a plea's words that a case keeps. The largest cell of a sheet holds 32,767; the file is kept for a while too.
MOST_WORDS: Final = 200_000

Coded = tuple[str, Told]


def new_case(
    plea: Plea,
    words: str,
    *,
    code: str,
    way: Way,
    on: date,
    assessed: NewAssessment | None,
    facts: dict[str, str | int] | None = None,
) -> NewCase:
    """`code` is the plea's in this room; `words` what its rows say, cell for cell; `facts` for the journal's line."""
    household = plea.household
    told = [
        *told_of(household),
        *_caller(plea),
        ("", plea_told(plea, words, code=code, way=way)),
        *([("", assessed.entry)] if assessed else []),
    ]
    band = assessed.band if assessed else Band.NOT_ASSESSED.value
    size = household.told_size
    return NewCase(
        told=told,
        told_size=size if size and size <= MOST_PEOPLE else None,
        province=household.province or "",
        schemes=assessed.schemes if assessed else (),
        band=band,
        priority=assessed.priority if assessed else 0.0,
        next_due=due_for(band, on=on),
        facts=facts or {},
    )


def told_of(household: Household) -> Iterator[Coded]:
    """Its people, and what was told of them and of the whole: so that `household_of` gives the same household again."""
    for person in household.people:
        code = draw_code(ENTRY_LETTERS, secrets.randbelow)
        yield code, person_of(person)
        yield from _said(person.words, dict(person.facts), code)
    if household.place:
        yield "", Place(words=household.place)
    yield from _said(household.words, dict(household.facts), None)


def person_of(person: PersonFact) -> Person:
    return Person(
        given_name=person.given_name or None,
        family_name=person.family_name or None,
        father_name=person.father_name or None,
        native_name=person.native_name or None,
        sex=person.sex,
        birth=person.birth,
        relation=person.relation,
        phones=person.phones,
        passport=person.passport or None,
        tazkira=person.tazkira or None,
        nationality=person.nationality or None,
    )


def plea_told(plea: Plea, words: str, *, code: str, way: Way) -> PleaTold:
    kept = words[:MOST_WORDS]
    if len(words) > MOST_WORDS:
        kept += f" … ({len(words) - MOST_WORDS} more signs, not kept)"
    return PleaTold(
        plea=code,
        way=way,
        words=kept or "(nothing but empty cells)",
        received_on=plea.received_on,
        origins=tuple(str(origin) for origin in plea.origins),
    )


def _caller(plea: Plea) -> Iterator[Coded]:
    caller = plea.caller
    told = Caller(
        name=caller.name or None,
        phones=caller.phones,
        email=caller.email or None,
        relation=caller.relation or None,
        town=caller.town or None,
    )
    if told != Caller():
        yield "", told


def _said(words: tuple[str, ...], facts: dict[str, str], person: str | None) -> Iterator[Coded]:
    if words:
        yield "", Said(words=words, person=person)
    if facts:
        yield "", Facts(facts=facts, person=person)
