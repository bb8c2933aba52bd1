"""How a date of birth is told: to the day, as 1 January, by month, year or age; and sometimes not as it was."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from safeconduct.core.dates import Precision, UncertainDate
from safeconduct.core.dates.uncertain import completed_years
from safeconduct.rehearsal.caseload.assumed import YEARS_OFF
from safeconduct.rehearsal.caseload.dice import Dice


def told_birth(
    born: date, precision: str, *, on: date, rates: Mapping[str, float], dice: Dice
) -> UncertainDate | None:
    """A birth as it is told on a day; None where the family does not know it.

    `precision` is one of the choices of `birth_precision`. 1 January stands for the whole year
    and is told to the day. A day may have its month in the day's place (`day_month_swapped`), a year or an age
    may be some years off (`birth_off`); nobody is ever told to be born after that day.
    """
    if precision == "unknown":
        return None
    if precision == "day":
        return UncertainDate.of_day(_swapped(born, on, rates, dice))
    if precision == "month":
        return UncertainDate.of_month(born.year, born.month)
    off = dice.pick(YEARS_OFF) if dice.chance(rates["birth_off"]) else 0
    if precision == "age":
        return UncertainDate.of_age(max(completed_years(born, on) - off, 0), on=on)
    year = min(born.year + off, on.year)
    if precision == "first_of_january":
        return UncertainDate(date(year, 1, 1), date(year, 12, 31), Precision.DAY)
    return UncertainDate.of_year(year)


def _swapped(born: date, on: date, rates: Mapping[str, float], dice: Dice) -> date:
    if born.day > 12 or born.day == born.month or not dice.chance(rates["day_month_swapped"]):
        return born
    other = date(born.year, born.day, born.month)
    return other if other <= on else born
