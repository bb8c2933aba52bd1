"""What linkage is told about one person, and what it says about two."""

from __future__ import annotations

from dataclasses import dataclass

from safeconduct.core.dates import UncertainDate
from safeconduct.core.facts import Household, Person, Sex

SAME = "same"
REVIEW = "review"


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRecord:
    """One person of a list, as told: names, numbers and phones stand as written. None and () are unknown (law 8)."""

    person_id: str
    household_id: str | None = None
    office: str | None = None
    given_name: str | None = None
    family_name: str | None = None
    father_name: str | None = None
    native_name: str | None = None
    sex: Sex | None = None
    birth: UncertainDate | None = None
    phones: tuple[str, ...] = ()
    passport: str | None = None
    tazkira: str | None = None
    other_id: str | None = None
    province: str | None = None
    birth_place: str | None = None
    address: str | None = None
    postcode: str | None = None
    occupation: str | None = None


def record_of(person: Person, household: Household) -> LinkRecord:
    """What linkage needs of a person in a household; nothing of their story comes along."""
    return LinkRecord(
        person_id=person.person_id,
        household_id=household.household_id,
        office=household.office,
        given_name=person.given_name,
        family_name=person.family_name,
        father_name=person.father_name,
        native_name=person.native_name,
        sex=person.sex,
        birth=person.birth,
        phones=person.phones,
        passport=person.passport,
        tazkira=person.tazkira,
        province=household.province,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What one field says about two people. `weight` is in bits (log2 of the Bayes factor): +1 doubles the odds.

    `sentence` may show what was written; `plain` shows nothing of it and may stand in a report.
    """

    field: str
    level: str
    weight: float
    sentence: str
    plain: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two records that may be one person. The software proposes; a person decides, whatever `decision` says.

    `match_weight` is the prior plus the evidence, in bits; `probability` follows from it. `decision` is "same" where
    that is proposed, "review" where somebody should look. `apart` holds the rules that forbid "same".
    """

    person_a: str
    person_b: str
    probability: float
    match_weight: float
    decision: str
    evidence: tuple[Evidence, ...]
    apart: tuple[str, ...] = ()

    @property
    def reasons(self) -> str:
        """The evidence in one line, strongest first, values shown."""
        return "; ".join((*(item.sentence for item in self.evidence), *self.apart))

    @property
    def plain_reasons(self) -> tuple[str, ...]:
        """The evidence without names or numbers."""
        return (*(item.plain for item in self.evidence), *self.apart)
