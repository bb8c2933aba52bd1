"""A fictional caseload from a model and a seed: families in truth, and the pleas that offices get of them.

Every family is drawn by chance of its own, seeded by the caseload's seed and the family's number, and so is
every plea. Therefore the families of a smaller caseload are the first families of a larger one with the same
seed, all but the last, which is drawn to fit; the pleas are not, for more people have more offices to turn to.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from safeconduct.core.collection import without_collection
from safeconduct.core.operation import Operation
from safeconduct.packs.caseload.records import CaseloadModel
from safeconduct.rehearsal.caseload.dice import Dice
from safeconduct.rehearsal.caseload.families import FamilyMaker
from safeconduct.rehearsal.caseload.family import Family
from safeconduct.rehearsal.caseload.occasions import Occasion, Occasions
from safeconduct.rehearsal.caseload.records import Caseload, SimulatedPlea, TrueFamily
from safeconduct.rehearsal.caseload.telling import Teller

Progress = Callable[[str, float], None]

_DRAWING, _TELLING = "Drawing families", "Telling of them"
_STEP = 500  # families or pleas between two words of progress


def simulate(
    model: CaseloadModel,
    operation: Operation,
    *,
    people: int,
    seed: int,
    starts: date,
    days: int,
    progress: Progress | None = None,
) -> Caseload:
    """A fictional caseload of exactly `people` true people, with the pleas of `days` days from `starts` on.

    The same arguments give the same caseload, on any machine. Nobody in it exists. Raises
    ValueError for fewer than one person or one day.
    """
    if people < 1 or days < 1:
        raise ValueError("a caseload has at least one person and one day")
    tell = progress or _silent
    with without_collection():
        families = _families(FamilyMaker(model, operation, starts), people, seed, tell)
        occasions = Occasions(model, operation, people=people, seed=seed, starts=starts, days=days)
        told = [
            occasion
            for family in families
            for occasion in occasions.of(family.number, Dice(seed, "told", family.number))
        ]
        told.sort(key=lambda each: (each.received_on, each.tie))
        return Caseload(
            operation=operation.code,
            seed=seed,
            families=tuple(
                TrueFamily(household=family.as_household(), profile=family.story.profile.name)
                for family in families
            ),
            pleas=_pleas(Teller(model, operation, seed), families, told, seed, tell),
        )


def _families(maker: FamilyMaker, people: int, seed: int, tell: Progress) -> list[Family]:
    """Families until there are so many people; the last has no more than are still to come."""
    families: list[Family] = []
    left = people
    while left:
        dice = Dice(seed, "family", len(families) + 1)
        family = maker.family(families, dice, most=left)
        families.append(family)
        left -= len(family.members)
        if len(families) % _STEP == 0:
            tell(_DRAWING, 1 - left / people)
    tell(_DRAWING, 1.0)
    return families


def _pleas(
    teller: Teller, families: list[Family], told: list[Occasion], seed: int, tell: Progress
) -> tuple[SimulatedPlea, ...]:
    """The pleas in the order in which they arrive; their ids are numbers in that order."""
    pleas = []
    for number, at in enumerate(told, start=1):
        dice = Dice(seed, "plea", at.family, at.telling)
        pleas.append(teller.plea(f"P{number:06d}", families[at.family - 1], at, dice))
        if number % _STEP == 0:
            tell(_TELLING, number / len(told))
    tell(_TELLING, 1.0)
    return tuple(pleas)


def _silent(_what: str, _share: float) -> None:
    """Nobody looks on."""
