"""Two births side by side, as intervals of days: what they say in bits, and which differences are slips of the pen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from safeconduct.core.linkage.people import UNKNOWN, Numbers, People
from safeconduct.core.linkage.weights import Weights

DAYS_OF_A_YEAR = 365.2425
# The two slips by which one exact day becomes another.
SWAPPED = "day and month exchanged"
OTHER_YEAR = "the same day of another year"
# Further apart than this, the same day of the year is chance (or 1 Hamal, which clerks write for the year alone).
_YEARS_OF_A_SLIP = 12


@dataclass(frozen=True, slots=True)
class Births:
    """What two births say, by pair. `years` between them at the least, NaN where one is unknown; `exact_day`: both
    are told to the day and are equal; `to_the_year`: they agree and both are known to the year or better."""

    bits: npt.NDArray[np.float64]
    years: npt.NDArray[np.float64]
    exact_day: npt.NDArray[np.bool_]
    to_the_year: npt.NDArray[np.bool_]


def births_of(people: People, a: Numbers, b: Numbers, weights: Weights) -> Births:
    """Weigh the births of pairs of positions. Compatible ones say the more, the narrower both are."""
    first_a, last_a, first_b, last_b = (
        people.earliest[a], people.latest[a], people.earliest[b], people.latest[b],
    )  # fmt: skip
    known = (first_a != UNKNOWN) & (first_b != UNKNOWN)
    gap = np.maximum(np.maximum(first_a, first_b) - np.minimum(last_a, last_b), 0)
    years = np.where(known, gap / DAYS_OF_A_YEAR, np.nan)
    length_a, length_b = last_a - first_a + 1, last_b - first_b + 1
    chance = (length_a + length_b - 1) / weights.birth_spread_days
    compatible = np.clip(np.log2(weights.birth_agree_share / chance), 0.0, weights.birth_most)
    steps = [gap == 0, years <= 1, years <= 3, years <= 5, years < weights.generation_years]
    says = [
        compatible,
        np.full(len(a), weights.birth_within_one_year),
        np.full(len(a), weights.birth_within_three),
        np.full(len(a), weights.birth_within_five),
        np.full(len(a), weights.birth_apart),
    ]
    bits = np.select(steps, says, default=weights.birth_generation)
    both_days = known & (length_a == 1) & (length_b == 1)
    of_slip = {SWAPPED: weights.birth_swapped, OTHER_YEAR: weights.birth_other_year}
    for at in np.flatnonzero(both_days & (gap > 0)):
        slip = slip_between(int(first_a[at]), int(first_b[at]))
        if slip is not None:
            bits[at] = max(bits[at], of_slip[slip])
    bits = np.where(known, bits, 0.0)
    # Intervals of a Solar Hijri year are as exact as those of a year: 366 days, and an age told adds a day.
    narrow = known & (length_a <= 367) & (length_b <= 367) & (gap == 0)
    return Births(bits, years, both_days & (gap == 0), narrow)


def slip_between(one: int, two: int) -> str | None:
    """The slip that makes one exact day another (both as ordinals), SWAPPED or OTHER_YEAR; None: no slip does."""
    first, second = (np.datetime64(day - 719_163, "D").item() for day in (one, two))
    if first.year == second.year:
        turned = (first.day, first.month) == (second.month, second.day)
        return SWAPPED if turned else None
    near = abs(one - two) < _YEARS_OF_A_SLIP * DAYS_OF_A_YEAR
    same_day = (first.day, first.month) == (second.day, second.month)
    return OTHER_YEAR if near and same_day else None


def are_apart(people: People, a: int, b: int) -> bool:
    """Whether two births, by position, lie further apart than a year, and no slip of the pen explains it."""
    if years_between(people, a, b) <= 1:
        return False
    if not (people.born_on_known_day(a) and people.born_on_known_day(b)):
        return True
    return slip_between(int(people.earliest[a]), int(people.earliest[b])) is None


def years_between(people: People, a: int, b: int) -> float:
    """The years that lie between two births at the least, by position; 0 where they agree or one is unknown."""
    if people.earliest[a] == UNKNOWN or people.earliest[b] == UNKNOWN:
        return 0.0
    gap = max(people.earliest[a], people.earliest[b]) - min(people.latest[a], people.latest[b])
    return max(0.0, float(gap) / DAYS_OF_A_YEAR)
