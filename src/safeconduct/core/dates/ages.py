"""Ages in words as intervals of birth dates: "35 years", "8 months", "۳۵ ساله". Use it through core/dates."""

from __future__ import annotations

import re
from datetime import date, timedelta

from safeconduct.core.dates.problem import OLDEST, TOO_LONG_AGO, Reading
from safeconduct.core.dates.uncertain import Precision, UncertainDate, hull
from safeconduct.core.dates.words import AGE_UNITS, BESIDE_AGE, NEWBORN, SAYS_AGE

_BARE = re.compile(r"\d{1,3}(\.\d+)?(\s*[-–]\s*\d{1,3})?")
_YEARS = r"\s*(?:y|yo|yrs?|years?)?(?: old| of age)?"
_AT_LEAST = re.compile(
    rf"(\d{{1,3}})\s*(?:\+|plus\b|(?:or|and|&) (?:over|older|above)\b){_YEARS}"
    rf"|(?:>|over|above|more than|at least)\s*(\d{{1,3}}){_YEARS}"
)
_LESS_THAN = re.compile(rf"(?:<|under|less than|below)\s*(\d{{1,2}}){_YEARS}")
_DECADE = re.compile(r"(?:(early|mid|late)\W+)?([2-9]0)\W?s")
_PART_OF_DECADE = {"": (0, 9), "early": (0, 4), "mid": (3, 7), "late": (5, 9)}
_SHORT_MONTHS = re.compile(r"(\d{1,2})\s?m")
_YEARS_AND_M = re.compile(r"\d{1,2}\s*y[a-z]*\s*\d{1,2}\s*m")
MOST_SHORT_MONTHS = 24  # nobody counts 35 months as "35m": that is a man of 35
_TOKEN = re.compile(r"\d+(?:\.\d+)?|[^\W\d_]+")


def age_in_words(text: str, on: date, *, bare: bool = False) -> Reading | None:
    """Read plain text as an age on a day; None where it does not speak of one.

    A number needs a unit or the word "age" beside it; with `bare`, it may stand alone. "65+", "under 5" and
    "late 40s" are all the ages they allow. "35 to 40 years" is the interval of both ages; "2 years 6 months"
    is 30 months.
    """
    if (found := _bounds(text)) is not None:
        return _hull_of([_aged(age, "years", on) for age in found])
    if bare and (short := _SHORT_MONTHS.fullmatch(text)) and int(short[1]) <= MOST_SHORT_MONTHS:
        # Six months, or a boy of six: the days of birth of both.
        return _hull_of([_aged(float(short[1]), unit, on) for unit in ("months", "years")])
    return _counted(f"{text}onths" if _YEARS_AND_M.fullmatch(text) else text, on, bare)


def _counted(text: str, on: date, bare: bool) -> Reading | None:
    """One or two numbers with their units, or alone."""
    tokens: list[str] = _TOKEN.findall(text)
    if len(tokens) == 1 and tokens[0] in NEWBORN:
        return UncertainDate.of_age(0, on=on)
    numbers = [float(token) for token in tokens if token[0].isdecimal()]
    words = [token for token in tokens if not token[0].isdecimal()]
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


def _bounds(text: str) -> tuple[int, int] | None:
    """The least and the greatest age of "65+", "under 5", "late 40s"; None where it is none of these."""
    if match := _AT_LEAST.fullmatch(text):
        return int(match[1] or match[2]), OLDEST
    if match := _LESS_THAN.fullmatch(text):
        return 0, max(int(match[1]) - 1, 0)
    if match := _DECADE.fullmatch(text):
        first, last = _PART_OF_DECADE[match[1] or ""]
        return int(match[2]) + first, int(match[2]) + last
    return None


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
