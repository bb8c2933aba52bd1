"""What one row tells, before anything is decided of it: its people, its caller, its family, its words."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from safeconduct.core.dates import UncertainDate
from safeconduct.core.facts import Origin, Person, Relation, Sex
from safeconduct.sheets.fields import Field


@dataclass(slots=True)
class Draft:
    """A person while the row is being read. `has_name`: a name of their own is told; a surname alone is not one."""

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
    baby: bool = False
    has_name: bool = False

    def person(self, person_id: str, relation: Relation | None) -> Person:
        return Person(
            person_id=person_id,
            given_name=self.given_name,
            family_name=self.family_name,
            father_name=self.father_name,
            native_name=self.native_name,
            sex=self.sex,
            birth=self.birth,
            relation=relation,
            phones=self.phones,
            passport=self.passport,
            tazkira=self.tazkira,
            nationality=self.nationality,
            words=self.words,
        )


class Hold(NamedTuple):
    """Why a row is held: a short name for counting, the cell, and a sentence with its mend."""

    kind: str
    cell: str
    reason: str


@dataclass(slots=True)
class Told:
    """One row as read.

    `hold` is set where it must be quarantined; `is_person` where it is a person or family all the same.
    """

    origin: Origin
    people: list[Draft] = field(default_factory=list)
    more: int = 0
    reference: str | None = None
    row_number: str | None = None
    relation_word: str | None = None
    begins: bool = False
    after_blank: bool = False
    caller_name: str | None = None
    caller_phones: tuple[str, ...] = ()
    caller_email: str | None = None
    caller_relation: str | None = None
    caller_town: str | None = None
    told_size: int | None = None
    lists: bool = False  # whether the row lists members of its own
    province: str | None = None
    place: str | None = None
    received_on: date | None = None
    words: tuple[str, ...] = ()
    filled: frozenset[tuple[Field, str]] = frozenset()
    hold: Hold | None = None
    is_person: bool = False
    same_as: Origin | None = None
    group: Hashable = None
    for_all: bool = False  # whether its words speak of the whole family, whoever the row names
