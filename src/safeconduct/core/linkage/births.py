"""Two births side by side, as intervals of days, and which differences are slips of the pen (weighed in `levels`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from safeconduct.core.linkage.people import UNKNOWN, Numbers, People

DAYS_OF_A_YEAR = 365.2425
# The two slips by which one exact day becomes another.
SWAPPED = "day and month exchanged"
OTHER_YEAR = "the same day of another year"
# Further apart than this, the same day of the year is chance (or 1 Hamal, which clerks write for the year alone).
_YEARS_OF_A_SLIP = 12


@dataclass(frozen=True, slots=True)
class Births:
    """Two births, by pair. `years` between them at the least, NaN where one is unknown; `exact_day`: both are told to
    the day and are equal; `to_the_year`: they agree and both are known to the year or better."""

    years: npt.NDArray[np.float64]
    exact_day: npt.NDArray[np.bool_]
    to_the_year: npt.NDArray[np.bool_]


def births_of(people: People, a: Numbers, b: Numbers) -> Births:
    """The births of pairs of positions side by side."""
    first_a, last_a, first_b, last_b = (
        people.earliest[a], people.latest[a], people.earliest[b], people.latest[b],
    )  # fmt: skip
    known = (first_a != UNKNOWN) & (first_b != UNKNOWN)
    gap = np.maximum(np.maximum(first_a, first_b) - np.minimum(last_a, last_b), 0)
    years = np.where(known, gap / DAYS_OF_A_YEAR, np.nan)
    length_a, length_b = last_a - first_a + 1, last_b - first_b + 1
    both_days = known & (length_a == 1) & (length_b == 1)
    # Intervals of a Solar Hijri year are as exact as those of a year: 366 days, and an age told adds a day.
    narrow = known & (length_a <= 367) & (length_b <= 367) & (gap == 0)
    return Births(years, both_days & (gap == 0), narrow)


def are_apart(people: People, a: Numbers, b: Numbers) -> npt.NDArray[np.bool_]:
    """Whether births, by position, lie further apart than a year, and no slip of the pen explains it."""
    apart = years_between(people, a, b) > 1
    exact = (people.earliest == people.latest)[a] & (people.earliest == people.latest)[b]
    for at in np.flatnonzero(apart & exact).tolist():
        apart[at] = slip_between(int(people.earliest[a[at]]), int(people.earliest[b[at]])) is None
    return apart


def years_between(people: People, a: Numbers, b: Numbers) -> npt.NDArray[np.float64]:
    """The years that lie between births at the least, by position; 0 where they agree or one is unknown."""
    gap = np.maximum(people.earliest[a], people.earliest[b]) - np.minimum(
        people.latest[a], people.latest[b]
    )
    known = (people.earliest[a] != UNKNOWN) & (people.earliest[b] != UNKNOWN)
    return np.asarray(np.where(known, np.maximum(gap, 0) / DAYS_OF_A_YEAR, 0.0))


def slip_between(one: int, two: int) -> str | None:
    """The slip that makes one exact day another (both as ordinals), SWAPPED or OTHER_YEAR; None: no slip does."""
    first, second = date.fromordinal(one), date.fromordinal(two)
    if first.year == second.year:
        turned = (first.day, first.month) == (second.month, second.day)
        return SWAPPED if turned else None
    near = abs(one - two) < _YEARS_OF_A_SLIP * DAYS_OF_A_YEAR
    same_day = (first.day, first.month) == (second.day, second.month)
    return OTHER_YEAR if near and same_day else None
