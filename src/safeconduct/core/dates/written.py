"""All the ways to read a written date, before asking which are reasonable. Use it through core/dates."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

from safeconduct.core.dates import solar_hijri
from safeconduct.core.dates.problem import (
    AMBIGUOUS,
    NO_SUCH_DAY,
    NOT_A_DATE,
    OLDEST,
    TWO_CALENDARS,
    UNLIKELY_YEAR,
    Reading,
)
from safeconduct.core.dates.uncertain import Precision, UncertainDate, as_birth, hull
from safeconduct.core.dates.words import GREGORIAN_MONTHS, HIJRI_MONTHS

_BETWEEN = r"\s*[-/.,،–—−\\ ]\s*"
THREE_PARTS = re.compile(rf"(\d{{1,4}}){_BETWEEN}(\d{{1,2}}){_BETWEEN}(\d{{1,4}})")
_TWO_PARTS = re.compile(rf"(\d{{1,4}}){_BETWEEN}(\d{{1,4}})")
_NUMBER = re.compile(r"(\d{5})\.\d+|(\d{1,8})(?:\.0*)?")
_TWO_MONTHS = re.compile(r"(\d{4})-(\d\d)/(\d{4})-(\d\d)")
_TOKEN = re.compile(r"\d+|[^\W\d_]+")


class Asked(NamedTuple):
    """How to read: the day of reading, whether of a birth, whether the day stands before the month (None: not
    known), and whether it is written in Eastern digits."""

    on: date
    birth: bool
    day_first: bool | None
    eastern: bool = False


def readings_of_text(text: str, asked: Asked) -> list[Reading]:
    """Every reading of plain text without words for "about" or for ages; empty where there is none."""
    if match := THREE_PARTS.fullmatch(text):
        return _three(match[1], match[2], match[3], asked)
    if match := _NUMBER.fullmatch(text):
        return readings_of_number(int(match[1] or match[2]), asked)
    if match := _TWO_PARTS.fullmatch(text):
        return [_two(match[1], match[2])]
    if match := _TWO_MONTHS.fullmatch(text):
        ends = [_month(int(match[1]), int(match[2])), _month(int(match[3]), int(match[4]))]
        known = [end for end in ends if isinstance(end, UncertainDate)]
        return [hull(known, Precision.MONTH)] if len(known) == 2 else ends
    return _with_month_name(_TOKEN.findall(text), asked)


def readings_of_number(number: int, asked: Asked) -> list[Reading]:
    """A number alone: a year, a serial number of Excel, or eight digits run together."""
    if number <= OLDEST:
        return [AMBIGUOUS]  # an age, or a year without its century
    if number <= 2100:
        return [_year(number)]
    if number < 80_000:  # serial 2,101 is a day of 1905, serial 80,000 one of 2119
        day = excel_day(number)
        return [_day(day.year, day.month, day.day, asked.birth)] if day else [NO_SUCH_DAY]
    if not 1_000_000 <= number <= 99_999_999:
        return [NOT_A_DATE]
    digits = f"{number:08}"
    year_first = _three(digits[:4], digits[4:6], digits[6:], asked)
    year_last = _three(digits[:2], digits[2:4], digits[4:], asked)
    known = [r for r in year_first + year_last if isinstance(r, UncertainDate)]
    return list(known) or [NOT_A_DATE]


def readings_of_day(day: date, birth: bool) -> list[Reading]:
    """A day that a spreadsheet took for one of its own calendar: 1366-12-21, typed as a date, is Solar Hijri."""
    if _is_hijri(day.year):
        return [_day(day.year, day.month, day.day, birth)]
    told = UncertainDate.of_day(day)
    return [as_birth(told) if birth else told]


def excel_day(serial: float) -> date | None:
    """The day of a serial number in Excel's 1900 system, whole days; None below 1 and for serial 60.

    Excel counts a 29 February 1900 that never was (kept from Lotus 1-2-3), as serial 60.
    """
    days = int(serial)
    if days < 1 or days == 60:
        return None
    return date(1899, 12, 31 if days < 60 else 30) + timedelta(days=days)


# --- two and three parts -----------------------------------------------------------


def _three(first: str, second: str, third: str, asked: Asked) -> list[Reading]:
    """31/12/1990, 1990-12-31, 31.12.90, 1369/5/12."""
    a, b, c = int(first), int(second), int(third)
    if len(first) > 2:
        # Year first is year, month, day in both calendars: a thirteenth month is a slip for one that only
        # the family can tell, not a day written before the month.
        return [_day(a, b, c, asked.birth)]
    if len(third) > 2:
        return _day_and_month(c, a, b, asked)
    if a > 31 or len(third) < 2 or asked.eastern:
        return [AMBIGUOUS]  # 69/05/12 and ۱۲/۵/۶۹: 1969 or 1369?
    return _day_and_month(_full_year(c, asked), a, b, asked)


def _day_and_month(year: int, first: int, second: int, asked: Asked) -> list[Reading]:
    if _is_hijri(year) or asked.day_first is True:
        return [_either(year, second, first, asked.birth)]
    if asked.day_first is False:
        return [_either(year, first, second, asked.birth)]
    both = [_day(year, second, first, asked.birth), _day(year, first, second, asked.birth)]
    return [reading for reading in both if isinstance(reading, UncertainDate)] or both[:1]


def _either(year: int, month: int, day: int, birth: bool) -> Reading:
    """Read in this order, or the other way round where the month cannot be one."""
    if month > 12 >= day:
        month, day = day, month
    return _day(year, month, day, birth)


def _two(first: str, second: str) -> Reading:
    """1990-02, 02/1990, 1369/5, and two years: 1990/1991, 1990-91."""
    a, b = int(first), int(second)
    if len(first) == 4 and len(second) == 4:
        ends = [_year(a), _year(b)]
        known = [end for end in ends if isinstance(end, UncertainDate)]
        if len(known) == 2 and _is_hijri(a) != _is_hijri(b):
            return _in_both_calendars(*known)
        alike = len(known) == 2 and abs(a - b) <= 10
        return hull(known, Precision.YEAR) if alike else NOT_A_DATE
    if len(first) == 4 and b > 12 and b == (a + 1) % 100:
        return _two(first, str(a + 1))
    if len(first) == 4 and len(second) <= 2:
        return _month(a, b)
    if len(second) == 4 and len(first) <= 2:
        return _month(b, a)
    return AMBIGUOUS if len(first) <= 2 and len(second) <= 2 else NOT_A_DATE


def _in_both_calendars(one: UncertainDate, other: UncertainDate) -> Reading:
    """1366/1987: one year told in both calendars is the days that both have."""
    earliest, latest = max(one.earliest, other.earliest), min(one.latest, other.latest)
    if earliest > latest:
        return TWO_CALENDARS
    return UncertainDate(earliest, latest, Precision.YEAR)


# --- names of months -----------------------------------------------------------------


def _with_month_name(tokens: list[str], asked: Asked) -> list[Reading]:
    """31 Dec 1990, Dec 31 1990, Dec 1990, Dec-90, ۱۲ اسد ۱۳۶۹; empty where another word stands by."""
    words = [token for token in tokens if not token[0].isdecimal()]
    numbers = [token for token in tokens if token[0].isdecimal()]
    if len(words) != 1 or not 1 <= len(numbers) <= 2 or max(map(len, numbers)) > 4:
        return []
    hijri = words[0] in HIJRI_MONTHS
    month = HIJRI_MONTHS.get(words[0]) or GREGORIAN_MONTHS.get(words[0])
    if month is None:
        return []
    years = [n for n in numbers if len(n) == 4] or [n for n in numbers if int(n) > 31]
    if not years and len(numbers) == 2:
        years = numbers[1:]  # 31 Dec 05: the year stands last
    if len(years) != 1:
        return [AMBIGUOUS]
    year = int(years[0])
    if len(years[0]) <= 2:
        year = _full_year(year, asked, hijri=hijri)
    if _is_hijri(year) != hijri:
        return [TWO_CALENDARS if _is_hijri(year) or _is_gregorian(year) else UNLIKELY_YEAR]
    if len(numbers) == 1:
        return [_month(year, month)]
    day = numbers[1] if numbers[0] == years[0] else numbers[0]
    return [_day(year, month, int(day), asked.birth)]


# --- years, months, days ---------------------------------------------------------------


def _is_hijri(year: int) -> bool:
    return 1250 <= year <= 1410


def _is_gregorian(year: int) -> bool:
    return 1890 <= year <= 2100


def _year(year: int) -> Reading:
    if _is_hijri(year):
        return UncertainDate.of_hijri_year(year)
    return UncertainDate.of_year(year) if _is_gregorian(year) else UNLIKELY_YEAR


def _month(year: int, month: int) -> Reading:
    if not 1 <= month <= 12:
        return NOT_A_DATE
    if _is_hijri(year):
        return UncertainDate.of_hijri_month(year, month)
    return UncertainDate.of_month(year, month) if _is_gregorian(year) else UNLIKELY_YEAR


def _day(year: int, month: int, day: int, birth: bool) -> Reading:
    if _is_gregorian(year):
        try:
            told = UncertainDate.of_day(date(year, month, day))
        except ValueError:
            return NO_SUCH_DAY
        return as_birth(told) if birth else told
    if not _is_hijri(year):
        return UNLIKELY_YEAR
    if birth and month == day == 1:
        return UncertainDate.of_hijri_year(year)  # 1 Hamal: clerks write it for an unknown day
    if solar_hijri.is_day(year, month, day):
        return UncertainDate.of_hijri_day(year, month, day)
    return NO_SUCH_DAY


def _full_year(short: int, asked: Asked, *, hijri: bool = False) -> int:
    """The four digits of a two-digit year: the latest up to this year, or to 20 years ahead if not of a birth."""
    now = solar_hijri.from_gregorian(asked.on)[0] if hijri else asked.on.year
    latest = now if asked.birth else now + 20
    return latest - (latest - short) % 100
