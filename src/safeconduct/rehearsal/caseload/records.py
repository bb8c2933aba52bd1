"""A fictional caseload and the truth about it: what only a rehearsal can know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from safeconduct.core.facts import Household, Plea


@dataclass(frozen=True, slots=True, kw_only=True)
class TrueFamily:
    """A family as it is. The household's id is the family's, its people's ids are those of the true people, and its
    facts are all that the rules may ask: nothing is unknown but what the model leaves open. Names stand in the
    family's own spelling. `profile` is the kind of principal, by the model's name for it.
    """

    household: Household
    profile: str = ""

    @property
    def family_id(self) -> str:
        return self.household.household_id


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulatedPlea:
    """A plea as an office received it, and of whom it speaks in truth.

    `plea.household` holds what was told: spelled, mistyped and left out as people do; its ids are of the plea
    alone and say nothing of the family. `plea.received_on` is the day it arrived. `people` maps each told person's
    id to the true person's.
    """

    plea: Plea
    family_id: str
    people: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Caseload:
    """Families and the pleas that speak of them, in the order in which they arrived."""

    operation: str
    seed: int
    families: tuple[TrueFamily, ...]
    pleas: tuple[SimulatedPlea, ...]

    @property
    def people(self) -> int:
        """People in truth, infants too, each once."""
        return sum(len(family.household.people) for family in self.families)
