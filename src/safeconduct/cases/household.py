"""A case as the core knows a household: what linkage compares and what the rulebook is asked about."""

from __future__ import annotations

from dataclasses import replace

from safeconduct.cases.entries import Caller, Facts, SafeContact, Said, Threat
from safeconduct.cases.reading import Kept, OpenCase
from safeconduct.core.facts import Household, Person


def card_of(opened: OpenCase) -> Household:
    """Its people as the card tells them, with the cover's province and size: enough to look for doubles."""
    cover = opened.cover
    return Household(
        household_id=cover.code,
        people=tuple(kept.says.as_fact(kept.code) for kept in opened.persons),
        told_size=cover.set_size or cover.told_size,
        province=cover.province or None,
        office=cover.office_id,
    )


def household_of(opened: OpenCase) -> Household:
    """The card, with the words that were told and the answers that were given.

    No fact is read from the words here (core/rulebook/wording does). An answer told later stands before an earlier
    one. Raises NoKey where this office was given the card alone.
    """
    words: dict[str | None, list[str]] = {}
    for said in opened.entries(Said):
        words.setdefault(said.says.person, []).extend(said.says.words)
    for threat in opened.entries(Threat):
        words.setdefault(threat.says.person, []).append(f"threat: {threat.says.words}")
    facts: dict[str | None, dict[str, str]] = {}
    for told in opened.entries(Facts):
        facts.setdefault(told.says.person, {}).update(told.says.facts)
    card = card_of(opened)

    def with_told(person: Person) -> Person:
        own = person.person_id
        return replace(person, words=tuple(words.get(own, ())), facts=facts.get(own, {}))

    return replace(
        card,
        people=tuple(map(with_told, card.people)),
        words=tuple(words.get(None, ())),
        facts=facts.get(None, {}),
    )


def family_rules(opened: OpenCase) -> list[Kept[SafeContact]]:
    """How the family itself is reached in safety. Rules for a caller are the caller's alone: abroad "any time" is safe
    to say, and where the family hides it is not. Raises NoKey where this office was given the card alone.
    """
    callers = {row.code for row in opened.rows if row.kind == Caller.kind}
    return [kept for kept in opened.entries(SafeContact) if kept.says.person not in callers]
