"""What stands on the index card of a case: names, telephones, the numbers of papers. Search and matching need it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from safeconduct.cases.entries.telling import Told
from safeconduct.core import facts
from safeconduct.core.dates import UncertainDate
from safeconduct.core.facts import Relation, Sex
from safeconduct.vault.models import Part


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Told):
    """One person of the household as told. A person of whom nothing is known still counts (law 6)."""

    kind: ClassVar[str] = "person"
    part: ClassVar[Part] = Part.CARD

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

    def as_fact(self, code: str) -> facts.Person:
        """The same person as the core knows people; `code` is the entry's."""
        return facts.Person(
            person_id=code,
            given_name=self.given_name,
            family_name=self.family_name,
            father_name=self.father_name,
            native_name=self.native_name,
            sex=self.sex,
            birth=self.birth,
            relation=self.relation,
            phones=self.phones,
            passport=self.passport,
            tazkira=self.tazkira,
            nationality=self.nationality,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller(Told):
    """Who asks for the household, often a relative abroad. `relation` is in the caller's own words."""

    kind: ClassVar[str] = "caller"
    part: ClassVar[Part] = Part.CARD

    name: str | None = None
    phones: tuple[str, ...] = ()
    email: str | None = None
    relation: str | None = None
    town: str | None = None

    def as_fact(self) -> facts.Caller:
        return facts.Caller(
            name=self.name,
            phones=self.phones,
            email=self.email,
            relation=self.relation,
            town=self.town,
        )
