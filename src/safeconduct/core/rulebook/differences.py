"""Two rulebooks, or one before and after, on the same families: who moves, and what that does to the order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from safeconduct.core.answers import Answer
from safeconduct.core.rulebook.assessment import Assessment
from safeconduct.core.rulebook.rules import BANDS, Band

# How many places at the top of the list are looked at: a morning's, a week's, a charter flight's and more.
PLACES: Final = (20, 100, 1000)
_TO: Final = " > "


@dataclass(frozen=True, slots=True)
class Placed:
    """Where an assessment puts a case. `asks` are the facts that are unknown and would change the outcome."""

    case: str
    band: Band
    priority: float
    schemes: frozenset[str]
    asks: frozenset[str]

    @classmethod
    def by(cls, case: str, assessment: Assessment) -> Placed:
        return cls(
            case,
            assessment.band,
            assessment.priority,
            frozenset(assessment.schemes_with(Answer.YES)),
            frozenset(ask.fact for ask in assessment.missing),
        )

    @property
    def rank(self) -> tuple[int, float, str]:
        """As lists are sorted: the most urgent first, within a band the greater priority, then by code."""
        return BANDS.index(self.band), -self.priority, self.case


@dataclass(slots=True)
class Difference:
    """Gathered case by case. `moved` are those of which anything changes, with where they stood and stand."""

    cases: int = 0
    bands: Counter[tuple[Band, Band]] = field(default_factory=Counter)
    asks_gained: int = 0
    asks_lost: int = 0
    moved: list[tuple[Placed, Placed]] = field(default_factory=list)

    def note(self, before: Placed, after: Placed) -> bool:
        """Whether anything moved."""
        self.cases += 1
        self.bands[before.band, after.band] += 1
        self.asks_gained += len(after.asks - before.asks)
        self.asks_lost += len(before.asks - after.asks)
        if before == after:
            return False
        self.moved.append((before, after))
        return True


def bands_told(bands: Counter[tuple[Band, Band]]) -> dict[str, int]:
    """{"urgent > emergency": 3}: as plain numbers."""
    return {f"{before}{_TO}{after}": count for (before, after), count in bands.items()}


def matrix(told: dict[str, int]) -> list[tuple[str, list[int]]]:
    """A row for each band before, with the numbers of cases in each band after, in the order of `BANDS`."""
    return [
        (before.value, [told.get(f"{before}{_TO}{after}", 0) for after in BANDS])
        for before in BANDS
    ]


def newcomers(
    before: Iterable[Placed], after: Iterable[Placed], places: Sequence[int] = PLACES
) -> dict[str, int]:
    """Of the first so many cases in the new order, how many were not among as many in the old; small lists are left
    out, where everybody is among them.
    """
    first, then = sorted(each.rank for each in before), sorted(each.rank for each in after)
    return {
        str(most): len({code for *_, code in then[:most]} - {code for *_, code in first[:most]})
        for most in places
        if most < len(then)
    }
