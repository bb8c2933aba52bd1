"""Working days by an authority's calendar: what is due, what is late. Days come in; nothing here asks the time."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from datetime import date, timedelta

from safeconduct.core.errors import NoWorkingDays

SATURDAY_AND_SUNDAY: frozenset[int] = frozenset(
    {5, 6}
)  # the United Kingdom; date.weekday() numbers
FRIDAY: frozenset[int] = frozenset({4})  # Afghanistan
NO_HOLIDAYS: frozenset[date] = frozenset()


def is_working_day(
    day: date,
    *,
    weekend: AbstractSet[int] = SATURDAY_AND_SUNDAY,
    holidays: AbstractSet[date] = NO_HOLIDAYS,
) -> bool:
    """Neither of the weekend nor a holiday."""
    return day.weekday() not in weekend and day not in holidays


def add_working_days(
    start: date,
    days: int,
    *,
    weekend: AbstractSet[int] = SATURDAY_AND_SUNDAY,
    holidays: AbstractSet[date] = NO_HOLIDAYS,
) -> date:
    """The day that is so many working days after `start`, which itself is not counted.

    A letter of Friday with one working day to answer is due on Monday. Below zero counts back; zero gives `start`,
    or the next working day where it is none. `weekend` holds weekday numbers, Monday 0 to Sunday 6.
    Raises NoWorkingDays where the weekend is the whole week.
    """
    if frozenset(range(7)) <= frozenset(weekend):
        raise NoWorkingDays
    day = start
    if days == 0:
        while not is_working_day(day, weekend=weekend, holidays=holidays):
            day += timedelta(days=1)
        return day
    step = timedelta(days=1 if days > 0 else -1)
    left = abs(days)
    while left:
        day += step
        left -= is_working_day(day, weekend=weekend, holidays=holidays)
    return day


def working_days_between(
    start: date,
    end: date,
    *,
    weekend: AbstractSet[int] = SATURDAY_AND_SUNDAY,
    holidays: AbstractSet[date] = NO_HOLIDAYS,
) -> int:
    """Working days after `start` up to and with `end`; below zero where `end` comes first.

    It undoes `add_working_days`: from any start by one day or more, from a working day by any number.
    """
    low, high = min(start, end), max(start, end)
    first = 1 if start <= end else 0  # the start is never counted, on either side
    span = (high - low).days
    days = (low + timedelta(days=n) for n in range(first, span + first))
    count = sum(is_working_day(day, weekend=weekend, holidays=holidays) for day in days)
    return count if start <= end else -count
