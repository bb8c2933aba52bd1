"""Dates as offices write them: in ISO 8601 for our own files, and in four manners for sheets.

A date is never written more exactly than it was told: an age stands as an age, a year as a year.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from safeconduct.core.dates import Precision, UncertainDate
from safeconduct.core.dates.solar_hijri import from_gregorian

Manner = Callable[[date, Precision], str]
"""A day, and how much of it is known, to text."""

_EASTERN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
# Spelled out here, since a machine's own language must not change a sheet.
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def iso_birth(birth: UncertainDate | None) -> tuple[str, str]:
    """`birth_date` and `birth_date_precision` of our files; both empty where nothing is known.

    An age reaches over two years: the one that holds more of its days is written, as people do who reckon a year of
    birth from an age. 1 January that stands for its year is written out, and known to the year.
    """
    if birth is None:
        return "", ""
    return iso(*_as_told(birth)), known_to(birth).value


def sheet_birth(birth: UncertainDate | None, *, received_on: date, manner: Manner) -> str:
    """A cell of a column of births: a date in the office's manner, or an age where an age was told."""
    if birth is None:
        return ""
    age = told_age(birth, received_on)
    if age is not None:
        return _in_digits_of(manner, age)
    day, precision = _as_told(birth)
    # 1 January stands for a year of one calendar; in the other it would be a day like any.
    return manner(day, known_to(birth) if manner is solar_hijri else precision)


def told_age(birth: UncertainDate, on: date) -> int | None:
    """The age that was told on a day; None where a date was told."""
    if birth.precision is not Precision.YEAR or birth.earliest.year == birth.latest.year:
        return None
    lowest, highest = birth.ages_on(on)
    return lowest if lowest == highest else None


def known_to(birth: UncertainDate) -> Precision:
    """How much of the date is known, by its interval: a day, a month, or no more than a year."""
    first, last = birth.earliest, birth.latest
    if first == last:
        return Precision.DAY
    month = (first.year, first.month) == (last.year, last.month)
    return Precision.MONTH if month else Precision.YEAR


def _as_told(birth: UncertainDate) -> tuple[date, Precision]:
    """The day that was told, else the middle of what is known: it lies in the year that holds more of it."""
    if birth.precision is Precision.DAY:
        return birth.earliest, Precision.DAY
    return birth.earliest + (birth.latest - birth.earliest) / 2, known_to(birth)


def _in_digits_of(manner: Manner, age: int) -> str:
    return str(age).translate(_EASTERN) if manner is solar_hijri else str(age)


# --- manners --------------------------------------------------------------------------------


def iso(day: date, precision: Precision) -> str:
    """1990-02-03, 1990-02, 1990."""
    return day.isoformat()[: {Precision.DAY: 10, Precision.MONTH: 7, Precision.YEAR: 4}[precision]]


def day_first(day: date, precision: Precision) -> str:
    """03/02/1990, 02/1990, 1990."""
    whole = f"{day.day:02}/{day.month:02}/{day.year}"
    return whole[{Precision.DAY: 0, Precision.MONTH: 3, Precision.YEAR: 6}[precision] :]


def with_month_name(day: date, precision: Precision) -> str:
    """3 Feb 1990, Feb 1990, 1990."""
    words = [str(day.day), _MONTHS[day.month - 1], str(day.year)]
    return " ".join(words[{Precision.DAY: 0, Precision.MONTH: 1, Precision.YEAR: 2}[precision] :])


def solar_hijri(day: date, precision: Precision) -> str:
    """۱۳۶۸/۱۱/۱۴ for a day. A month or a year alone lies in two of that calendar: it stays Gregorian, ۱۹۹۰."""
    if precision is not Precision.DAY:
        return day_first(day, precision).translate(_EASTERN)
    year, month, number = from_gregorian(day)
    return f"{year}/{month}/{number}".translate(_EASTERN)
