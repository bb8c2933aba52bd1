"""The rulebook of an office made ready for a day, and its word in the forms in which a case keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from safeconduct.cases.entries import Assessed
from safeconduct.cases.models import Band
from safeconduct.cases.wording import operation
from safeconduct.core.answers import Answer
from safeconduct.core.facts import Household
from safeconduct.core.rulebook import Assessment, Assessor, Phrasebook, with_told_facts
from safeconduct.core.rulebook.overriding import priority_in
from safeconduct.triage.rules import Rules, rules_for
from safeconduct.vault.keyring import Keyring


class OnCover(NamedTuple):
    """What an assessment puts on a case's cover. `schemes` are those whose outcome is yes: a scheme that is not yet
    known stands in the asks and on the case's page, not on the cover, where it would read as settled.
    """

    band: str
    priority: float
    schemes: list[str]


@dataclass(frozen=True, slots=True)
class Assessing:
    """One for many cases of an office and one day: like families are then looked at once."""

    rules: Rules
    day: date
    assessor: Assessor
    phrases: Phrasebook

    @classmethod
    def of(cls, office: str, ring: Keyring | None, *, at: datetime) -> Assessing:
        """By the rulebook that is in force there now; without a ring for a preview alone. Raises RulesAltered."""
        return cls.by(rules_for(office, ring), at=at)

    @classmethod
    def by(cls, rules: Rules, *, at: datetime) -> Assessing:
        day = operation().day_on(at.date())
        assessor = Assessor(rules.rulebook, on=day, schemes=operation().schemes)
        phrases = operation().phrases
        book = phrases if isinstance(phrases, Phrasebook) else Phrasebook(phrases)
        return cls(rules, day, assessor, book)

    def assess(self, household: Household) -> Assessment:
        """Facts are read from the words first; an answer that was given stands before them."""
        return self.assessor.assess(with_told_facts(household, self.phrases))

    def entry(self, assessment: Assessment) -> Assessed:
        """As the case keeps it, sealed."""
        return Assessed(
            rules=self.rules.version,
            on=self.day,
            band=assessment.band.value,
            priority=f"{assessment.priority:.12g}",
            outcomes={each.scheme: each.outcome.value for each in assessment.schemes},
            reasons=tuple(reason.sentence for reason in assessment.reasons),
            asks=tuple(ask.fact for ask in assessment.missing),
        )

    def on_cover(
        self, assessment: Assessment, *, instead: str | None = None, size: int | None = None
    ) -> OnCover:
        """`instead`: a band that was agreed for a household of that size."""
        band = Band(instead or assessment.band.value)
        points = self.rules.rulebook.points
        return OnCover(
            band=band.value,
            priority=priority_in(assessment, band.value, size=size or 1, points=points),
            schemes=sorted(assessment.schemes_with(Answer.YES)),
        )

    def forget(self) -> None:
        """Let go of the words that were read: the desk's process lives long, and they are strangers' (law 14)."""
        self.phrases.forget()
