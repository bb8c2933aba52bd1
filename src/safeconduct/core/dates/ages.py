"""Ages in words as intervals of birth dates: "35 years", "8 months", "۳۵ ساله". Use it through core/dates."""

from __future__ import annotations

import re
from datetime import date, timedelta

from safeconduct.core.dates.problem import OLDEST, TOO_LONG_AGO, Reading
from safeconduct.core.dates.uncertain import Precision, UncertainDate, hull
from safeconduct.core.dates.words import AGE_UNITS, BESIDE_AGE, NEWBORN, SAYS_AGE

_BARE = re.compile(r"\d{1,3}(\.\d+)?(\s*[-–]\s*\d{1,3})?")
_TOKEN = re.compile(r"\d+(?:\.\d+)?|[^\W\d_]+")


def age_in_words(text: str, on: date, *, bare: bool = False) -> Reading | None:
    """Read plain text as an age on a day; None where it does not speak of one.

    A number needs a unit or the word "age" beside it; with `bare`, it may stand alone. "35 to 40 years" is
    the interval of both ages; "2 years 6 months" is 30 months.
    """
    tokens: list[str] = _TOKEN.findall(text)
    if len(tokens) == 1 and tokens[0] in NEWBORN:
        return UncertainDate.of_age(0, on=on)
    numbers = [float(token) for token in tokens if token[0].isdigit()]
    words = [token for token in tokens if not token[0].isdigit()]
    units = [AGE_UNITS[word] for word in words if word in AGE_UNITS]
    strange = any(word not in AGE_UNITS and word not in BESIDE_AGE for word in words)
    if strange or not 1 <= len(numbers) <= 2 or max(numbers) >= 1250:
        return None  # 1250 and above is a year: "year 1990", "سال ۱۳۶۹"
    if units == ["years", "months"] and len(numbers) == 2:
        return _aged(numbers[0] * 12 + numbers[1], "months", on)
    if not units and ((bare and _BARE.fullmatch(text)) or not SAYS_AGE.isdisjoint(words)):
        units = ["years"]
    if len(set(units)) != 1:
        return None
    return _hull_of([_aged(number, units[0], on) for number in numbers])


def _hull_of(ages: list[Reading]) -> Reading:
    known = [age for age in ages if isinstance(age, UncertainDate)]
    if len(known) < len(ages):
        return TOO_LONG_AGO
    return known[0] if len(known) == 1 else hull(known, Precision.YEAR)


def _aged(number: float, unit: str, on: date) -> Reading:
    """The days of birth of someone this old. Parts of a year are not counted: 2.5 years is 2 completed."""
    whole = int(number)
    if unit == "years":
        return UncertainDate.of_age(whole, on=on) if whole <= OLDEST else TOO_LONG_AGO
    if unit == "months":
        months = UncertainDate.of_age_in_months(whole, on=on)
        return months if whole < 24 else UncertainDate.of_age(whole // 12, on=on)
    days = 7 if unit == "weeks" else 1
    earliest = on - timedelta(days=days * (whole + 1) - 1)
    return UncertainDate(earliest, on - timedelta(days=days * whole), Precision.MONTH)
