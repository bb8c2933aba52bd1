"""The rulebook's word on households that have no case yet, for the room that takes pleas in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from safeconduct.core.facts import Household
from safeconduct.intake.assessing import Assess, NewAssessment
from safeconduct.matching.actions.looking import ask_to_look
from safeconduct.people.present import Present
from safeconduct.triage.actions import note_assessed
from safeconduct.triage.assessing import Assessing
from safeconduct.vault.keyring import Keyring


@dataclass(frozen=True, slots=True)
class Newcomers:
    """One for many households of an office and one day."""

    assessing: Assessing
    at: datetime

    @classmethod
    def of(cls, office: str, ring: Keyring | None, *, at: datetime) -> Newcomers:
        return cls(Assessing.of(office, ring, at=at), at)

    def assess(self, household: Household) -> NewAssessment:
        """What a case of this household begins with."""
        said = self.assessing.assess(household)
        cover = self.assessing.on_cover(said)
        return NewAssessment(
            entry=self.assessing.entry(said),
            band=cover.band,
            priority=cover.priority,
            schemes=cover.schemes,
            assessment=said,
        )

    def arrived(self, by: Present, cases: Sequence[tuple[str, NewAssessment | None]]) -> None:
        """Where these new cases stand by the rulebook, and the wish that they are compared: both within the transaction
        that opened them, so that no case is there of which either was forgotten.
        """
        note_assessed(
            [(code, said.assessment) for code, said in cases if said is not None],
            rules=self.assessing.rules.version,
            on=self.assessing.day,
        )
        ask_to_look(by.actor, at=self.at)

    def forget(self) -> None:
        """Let go of the words that were read."""
        self.assessing.forget()


def assessor(office: str, *, at: datetime) -> Assess:
    """For a preview, by which nothing is written: the setting ASSESSOR."""
    return Newcomers.of(office, None, at=at).assess
