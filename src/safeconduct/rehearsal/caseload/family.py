"""A true family as it was drawn, before anybody tells of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from safeconduct.core.dates import UncertainDate
from safeconduct.core.facts import Household, Person
from safeconduct.rehearsal.caseload.kin import Kin
from safeconduct.rehearsal.caseload.kinship_names import KinNames, Line
from safeconduct.rehearsal.caseload.naming import Names, Spelling
from safeconduct.rehearsal.caseload.papers import Papers
from safeconduct.rehearsal.caseload.true_facts import Facts, Story
from safeconduct.rehearsal.caseload.whereabouts import Whereabouts


class Voices(NamedTuple):
    """Whose callers speak for a family: the number of theirs, which kin and neighbours share, and a name of it."""

    number: int
    family_name: Names


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One true person. `story` is what the profile says of them: nothing of anybody but the principal."""

    person_id: str
    kin: Kin
    names: KinNames
    papers: Papers
    facts: Facts
    story: Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """One true family, the principal first.

    `line` is what the principal shares with brothers and sisters. `town`, from 0 to 1, tells which of a province's
    towns is theirs. `phrases` are the words in which their story goes round, by context. `spelling` is their own hand.
    """

    number: int
    family_id: str
    story: Story
    members: Sequence[Member]
    line: Line
    voices: Voices
    where: Whereabouts
    town: float
    facts: Facts
    phrases: Mapping[str, str]
    spelling: Spelling

    def as_household(self) -> Household:
        """All that is true, in the family's own spelling."""
        return Household(
            household_id=self.family_id,
            people=tuple(self._person(member) for member in self.members),
            told_size=len(self.members),
            province=self.where.now,
            facts=self.facts,
        )

    def _person(self, member: Member) -> Person:
        names, of = member.names, self.spelling.of
        return Person(
            person_id=member.person_id,
            given_name=of(names.given),
            family_name=of(names.family),
            father_name=of(names.father),
            native_name=of(names.given + names.family, native=True),
            sex=member.kin.sex,
            birth=UncertainDate.of_day(member.kin.born),
            relation=member.kin.relation,
            phones=member.papers.phones[:1],
            passport=member.papers.passport,
            tazkira=member.papers.tazkira,
            facts=member.facts,
        )
