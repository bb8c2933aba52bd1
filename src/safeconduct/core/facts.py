"""The nouns of the house as frozen records. None means unknown, everywhere (law 8).

The words are those of docs/words.md. Nothing here decides anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from safeconduct.core.dates import UncertainDate

NO_FACTS: Mapping[str, str] = MappingProxyType({})


class Sex(StrEnum):
    FEMALE = "F"
    MALE = "M"
    OTHER = "X"


class Relation(StrEnum):
    """What a person is to the principal of the household."""

    PRINCIPAL = "principal"
    SPOUSE = "spouse"
    CHILD = "child"
    PARENT = "parent"
    SIBLING = "sibling"
    OTHER_RELATIVE = "other relative"
    NOT_RELATED = "not related"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One person as told to us. Names stand as they were written; comparing them is core/names'
    work.

    `facts` holds what the rulebook may ask about a person, by the rulebook's own fact names (for
    example {"occupation": "interpreter", "employment": "contractor"}); a name that is absent is
    unknown. `passport` and `tazkira` stand as written; core/identifiers normalises them for
    comparing. `words` are the free texts told of this person (work, employer): contents, never
    shown on a cover or in a report.
    """

    person_id: str
    given_name: str | None = None
    family_name: str | None = None
    father_name: str | None = None
    native_name: str | None = None
    sex: Sex | None = None
    birth: UncertainDate | None = None
    relation: Relation | None = None
    phones: tuple[str, ...] = ()
    passport: str | None = None
    tazkira: str | None = None
    nationality: str | None = None
    words: tuple[str, ...] = ()
    facts: Mapping[str, str] = field(default_factory=lambda: NO_FACTS, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Household:
    """People who move together (law 5). The unit of every decision.

    `told_size` is the number the caller gave, where one was given: "eight of us" counts eight
    although three are named (law 6). `province` is the pack's code of the province they are in now
    (a P-code), `place` the words used. `words` are the free texts told (work, threats, notes), each
    perhaps after its context ("work: police"): contents, never shown on a cover or in a report.
    """

    household_id: str
    people: tuple[Person, ...]
    told_size: int | None = None
    province: str | None = None
    place: str | None = None
    office: str | None = None
    words: tuple[str, ...] = ()
    facts: Mapping[str, str] = field(default_factory=lambda: NO_FACTS, hash=False)

    @property
    def size(self) -> int:
        """Everybody counts, infants too: the named, or the number told if that is larger."""
        return max(len(self.people), self.told_size or 0)

    @property
    def principal(self) -> Person | None:
        """The person whose situation carries the claim; unknown where nobody was named as such."""
        for person in self.people:
            if person.relation is Relation.PRINCIPAL:
                return person
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who sent a plea: often a relative abroad. Contents: never leaves in a report."""

    name: str | None = None
    phones: tuple[str, ...] = ()
    email: str | None = None
    relation: str | None = None
    town: str | None = None


@dataclass(frozen=True, slots=True, order=True)
class Origin:
    """Where in a stranger's file something was read. `row` counts from 1, as the spreadsheet shows
    it.
    """

    file: str
    sheet: str
    row: int

    def __str__(self) -> str:
        return (
            f"{self.file}, sheet {self.sheet}, row {self.row}"
            if self.sheet
            else f"{self.file}, row {self.row}"
        )


class PleaEnd(StrEnum):
    """The ends a plea may have (law 1). Anything else is a plea without an end."""

    ATTACHED = "attached to a case"
    QUARANTINED = "held in quarantine"
    WITHDRAWN = "withdrawn by the family"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plea:
    """Anything that arrives asking for help, with the household it speaks of as far as it tells."""

    plea_id: str
    household: Household
    origins: tuple[Origin, ...]
    caller: Caller = field(default_factory=Caller)
    received_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a fact comes from. `verified` is False for what no source read confirms: shown so on
    screen.
    """

    url: str | None
    as_of: str | None = None
    verified: bool = True
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One sentence a caller could be read (law 7), with the rule behind it and that rule's
    source.
    """

    sentence: str
    rule_id: str = ""
    source: Source | None = None

    def __str__(self) -> str:
        return self.sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """An unknown fact worth asking for: the question to read out, and what the answer would
    settle.
    """

    fact: str
    question: str
    settles: tuple[str, ...] = ()
