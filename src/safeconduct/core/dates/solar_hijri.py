"""The Solar Hijri calendar of Afghanistan, counted in days.

Six months of 31 days, five of 30, and a last month, Hut, of 29 or, in leap years, 30. Leap years follow the
33-year cycle, eight in every 33 years, which agrees with the astronomical new year from 1178 to 1633
(K. M. Borkowski, "The Persian calendar for 3000 years", Earth, Moon and Planets 74, 1996; outside those years
his table of breaks would be needed, and we refuse instead). Afghanistan has counted the same month
lengths as Iran since 1336 (1957); before that its months followed the zodiac, so a day told in an older
paper may be a day or two off (Encyclopaedia Iranica, "Calendars").
"""

from __future__ import annotations

from datetime import date

FIRST_YEAR, LAST_YEAR = 1178, 1633
_EPOCH = 226_895  # date.toordinal() of the day before which year 1 is counted in this cycle


def new_year_ordinal(year: int) -> int:
    """The day number (as date.toordinal) of 1 Hamal of a year."""
    return _EPOCH + 365 * (year - 1) + (8 * year + 21) // 33


def is_leap(year: int) -> bool:
    """Whether Hut of this year has 30 days."""
    return (25 * year + 11) % 33 < 8


def days_in_month(year: int, month: int) -> int:
    """31, 30 or 29 days."""
    if month <= 6:
        return 31
    return 30 if month <= 11 or is_leap(year) else 29


def is_day(year: int, month: int, day: int) -> bool:
    """Whether this calendar has such a day, within the years that are counted exactly."""
    return (
        FIRST_YEAR <= year <= LAST_YEAR
        and 1 <= month <= 12
        and 1 <= day <= days_in_month(year, month)
    )


def to_gregorian(year: int, month: int, day: int) -> date:
    """The Gregorian day. ValueError where the calendar has no such day (`is_day` asks first)."""
    if not is_day(year, month, day):
        raise ValueError("The Solar Hijri calendar has no such day between 1178 and 1633.")
    before = 31 * (month - 1) if month <= 7 else 186 + 30 * (month - 7)
    return date.fromordinal(new_year_ordinal(year) + before + day - 1)


def from_gregorian(day: date) -> tuple[int, int, int]:
    """Year, month and day in the Solar Hijri calendar. ValueError outside 1178 to 1633."""
    ordinal = day.toordinal()
    year = day.year - 621
    if ordinal < new_year_ordinal(year):
        year -= 1
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError("The Solar Hijri calendar is counted here between 1178 and 1633 only.")
    passed = ordinal - new_year_ordinal(year)
    if passed < 186:
        return year, passed // 31 + 1, passed % 31 + 1
    return year, (passed - 186) // 30 + 7, (passed - 186) % 30 + 1
