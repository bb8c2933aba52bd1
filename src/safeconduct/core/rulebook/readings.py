"""Which facts were read from words, and from which words: so that a caseworker can check them with the caller."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from safeconduct.core.facts import Household
from safeconduct.core.rulebook.rules import CONTEXTS
from safeconduct.core.rulebook.wording import Phrasebook, with_told_facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A fact that words state. `person` is the person's id, None the household or somebody of it.

    `value` may hold several with | between them; `words` are the texts that state it, without the name of a column.
    """

    person: str | None
    fact: str
    value: str
    words: tuple[str, ...]


def readings_of(household: Household, phrases: Phrasebook) -> tuple[Reading, ...]:
    """Every fact that `with_told_facts` adds to what was answered, person by person and then the household's."""
    return tuple(_readings(household, with_told_facts(household, phrases), phrases))


def _readings(before: Household, after: Household, book: Phrasebook) -> Iterator[Reading]:
    own = {person.person_id: person.words for person in before.people}
    every = [*before.words, *(text for words in own.values() for text in words)]
    for person, read in zip(before.people, after.people, strict=True):
        texts = [*own[person.person_id], *before.words]
        if person.nationality:
            texts.append(f"nationality {person.nationality}")
        for fact, value in _added(person.facts, read.facts):
            words = _stating(fact, value, texts, book)
            yield Reading(person=person.person_id, fact=fact, value=value, words=words)
    for fact, value in _added(before.facts, after.facts):
        yield Reading(person=None, fact=fact, value=value, words=_stating(fact, value, every, book))


def _added(answered: Mapping[str, str], read: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    return ((fact, value) for fact, value in read.items() if fact not in answered)


def _stating(fact: str, value: str, texts: Sequence[str], book: Phrasebook) -> tuple[str, ...]:
    values = value.split("|")
    found: dict[str, None] = {}
    for text in texts:
        told = book.told_in(text)
        if any(each.phrase.fact == fact and each.phrase.value in values for each in told):
            found[_without_context(text)] = None
    return tuple(found)


def _without_context(text: str) -> str:
    context, colon, said = text.partition(": ")
    return said if colon and context in CONTEXTS else text
