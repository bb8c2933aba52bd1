"""Where families live, and where they have gone."""

from __future__ import annotations

from typing import NamedTuple

from safeconduct.core.operation import Operation
from safeconduct.packs.caseload.records import CaseloadModel
from safeconduct.rehearsal.caseload.assumed import PROVINCE_OF_UNKNOWN_POPULATION
from safeconduct.rehearsal.caseload.dice import Choices, Dice


class Whereabouts(NamedTuple):
    """The province a family comes from and the one it is in, by code; None for a family that is not in the country."""

    home: str | None
    now: str | None


ABROAD = Whereabouts(None, None)


class Map:
    """Draws provinces by the people who live in them, with a pull to that of the first muster point.

    A province of unknown population counts as one in the middle of those that are known.
    """

    def __init__(self, model: CaseloadModel, operation: Operation) -> None:
        self._pull = model.rates["kabul_pull"].value
        self._moved = model.rates["moved_province"].value
        known = [p.population_thousands for p in operation.provinces if p.population_thousands]
        at = int((len(known) - 1) * PROVINCE_OF_UNKNOWN_POPULATION)
        unknown = sorted(known)[at] if known else 1
        people = [(p.pcode, p.population_thousands or unknown) for p in operation.provinces]
        self._provinces = Choices(people) if people else None
        points = operation.muster_points
        self._muster = points[0].province if points else None

    def whereabouts(self, dice: Dice) -> Whereabouts:
        if self._provinces is None:
            return ABROAD
        home = dice.one(self._provinces)
        if self._muster is None:
            return Whereabouts(home, home)
        if dice.chance(self._pull):
            home = self._muster
        return Whereabouts(home, self._muster if dice.chance(self._moved) else home)
