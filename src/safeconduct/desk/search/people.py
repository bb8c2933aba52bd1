"""Who of a case can be found, and what is shown of them: contents, held in memory alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from safeconduct.cases.entries import Caller, Person
from safeconduct.cases.reading import OpenCase
from safeconduct.core.names.searching import Findable


@dataclass(frozen=True, slots=True, repr=False)
class Somebody:
    """One person of a card, or a caller. `key` is the entry's code."""

    key: str
    name: str
    other_writing: str
    calls: bool
    findable: Findable


def everybody_on(card: OpenCase) -> Iterator[Somebody]:
    """Those named on it, and those who call for them; nobody else can be found."""
    for kept in card.entries(Person):
        person = kept.says
        own = _told(person.given_name, person.family_name)
        findable = Findable(
            key=kept.code,
            names=_told(*own, person.native_name),
            fathers=_told(person.father_name),
            phones=person.phones,
            numbers=_told(person.passport, person.tazkira),
        )
        name = " ".join(own)
        native = person.native_name or ""
        yield Somebody(kept.code, name or native, native if name else "", False, findable)
    for call in card.entries(Caller):
        caller = call.says
        findable = Findable(key=call.code, names=_told(caller.name), phones=caller.phones)
        yield Somebody(call.code, caller.name or "", "", True, findable)


def _told(*values: str | None) -> tuple[str, ...]:
    return tuple(value for value in values if value)
