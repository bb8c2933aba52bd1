"""Dates as strangers write them: Gregorian or Solar Hijri, to the day or the year, ages, serial numbers.

Unknown is not guessed (law 8): what can be read in two ways becomes the interval that holds both, and what
cannot be read becomes a `DateProblem`, whose sentence quotes nothing from the sheet. A year from 1250 to 1410
is Solar Hijri, from 1890 to 2100 Gregorian.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime

from safeconduct.core.dates.ages import age_in_words
from safeconduct.core.dates.problem import (
    IN_THE_FUTURE,
    NOT_A_DATE,
    OLDEST,
    TOO_LONG_AGO,
    DateProblem,
    Reading,
)
from safeconduct.core.dates.uncertain import (
    Precision,
    UncertainDate,
    completed_years,
    hull,
    months_before,
)
from safeconduct.core.dates.words import ABOUT, BESIDE
from safeconduct.core.dates.written import (
    THREE_PARTS,
    Asked,
    readings_of_day,
    readings_of_number,
    readings_of_text,
)
from safeconduct.core.plain_text import plain, says_unknown

_CENTURIES = frozenset({"19", "20"})
_CLOCK = re.compile(
    r"[t ,]+\d{1,2}:\d\d(:\d\d(\.\d+)?)?\s*([ap]m)?\s*(z|utc|gmt)?\s*([+-]\d\d?(:?\d\d)?)?$"
)
_EDGES = " .,،()[]{}~?؟±≈:;'\"-–"
_BETWEEN_TWO = re.compile(r"[()\[\]=|;\n]|\s[-–—/]\s")
_WORD = re.compile(r"[^\W\d_]+")


def parse_date(
    value: str | float | date | None,
    *,
    on: date,
    birth: bool = True,
    day_first: bool | None = None,
) -> UncertainDate | DateProblem | None:
    """Read one cell. None where it is empty or says that it is not known.

    `on` is the day of reading: ages are completed on it, births lie before it. With `birth`, ages in words are read,
    1 January and 1 Hamal are the year alone, and the future and what is more than 120 years ago are refused.
    `day_first` settles 03/04/1990 where the sheet's other cells do (`day_first_in`); unsettled, it is 4 March
    to 3 April with precision YEAR. A Solar Hijri date with its year last is read day first: nobody writes
    it otherwise. A two-digit year of birth is the latest that is not after `on`'s, so its bearer is not yet
    100; of other dates, one up to 20 years ahead. "About 1985" is 1985 with a year on either side; "about"
    before a fuller date leaves its year; neither lets a birth lie ahead. A serial number is of Excel's 1900 system.
    """
    if isinstance(value, str):
        if (day := _iso_day(value)) is None:
            return None if says_unknown(value) else _text(value, Asked(on, birth, day_first))
        value = day
    if value is None or value != value:  # noqa: PLR0124 (a spreadsheet's "not a number" is unknown)
        return None
    if isinstance(value, date):
        day = value.date() if isinstance(value, datetime) else value
        return _checked(readings_of_day(day, birth), on, birth)
    return _number(value, Asked(on, birth, day_first))


def parse_age(value: str | float | date | None, *, on: date) -> UncertainDate | DateProblem | None:
    """Read one cell of a column of ages: a number up to 120 is an age, all else is read as a date of birth."""
    if isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value <= OLDEST:
        return UncertainDate.of_age(int(value), on=on)
    if isinstance(value, str) and not says_unknown(value):
        text, about = _without_about(plain(value))
        age = age_in_words(text, on, bare=True)
        if age is not None:
            return _about(age, Asked(on, True, None)) if about else age
    return parse_date(value, on=on)


def day_first_in(values: Iterable[object]) -> bool | None:
    """Whether a column writes the day before the month, as far as its cells show it; None if they do not.

    31/12/1990 shows it, 12/31/1990 shows the opposite, 03/04/1990 shows nothing; cells that disagree settle nothing.
    """
    seen = set()
    for value in values:
        match = THREE_PARTS.fullmatch(plain(value)) if isinstance(value, str) else None
        if match and len(match[1]) <= 2:
            first, second = int(match[1]), int(match[2])
            if (first > 12) != (second > 12) and max(first, second) <= 31:
                seen.add(first > 12)
    return seen.pop() if len(seen) == 1 else None


# --- what is reasonable --------------------------------------------------------


def _checked(readings: list[Reading], on: date, birth: bool) -> Reading:
    """One date from all the ways to read a cell: the interval that holds all the reasonable ones."""
    if birth:
        readings = [_as_past_birth(reading, on) for reading in readings]
    known = [reading for reading in readings if isinstance(reading, UncertainDate)]
    if not known:
        return readings[0]
    if all(reading == known[0] for reading in known):
        return known[0]
    return hull(known, Precision.YEAR)


def _as_past_birth(reading: Reading, on: date) -> Reading:
    if isinstance(reading, DateProblem):
        return reading
    if reading.earliest > on:
        return IN_THE_FUTURE
    if completed_years(reading.latest, on) > OLDEST:
        return TOO_LONG_AGO
    return reading


def _about(reading: Reading, asked: Asked) -> Reading:
    """What is left of a date that was told as approximate. A birth is never taken to lie ahead."""
    if isinstance(reading, DateProblem):
        return reading
    first, last = date(reading.earliest.year, 1, 1), date(reading.latest.year, 12, 31)
    if reading.precision is Precision.YEAR:
        first, last = months_before(reading.earliest, 12), months_before(reading.latest, -12)
    if asked.birth:
        last = min(last, asked.on)
    return UncertainDate(first, last, Precision.YEAR)


# --- numbers and text -------------------------------------------------------------------------


def _iso_day(text: str) -> date | None:
    """The quick way for what most cells hold; None for all else, which is read with more patience."""
    if len(text) == 10 and text[4] == text[7] == "-" and text[:2] in _CENTURIES:
        try:
            return date.fromisoformat(text)
        except ValueError:
            return None
    return None


def _number(value: float, asked: Asked) -> Reading:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return NOT_A_DATE  # a spreadsheet also holds ticks, times of day and spans of time
    if not 0 <= value <= 99_999_999:
        return NOT_A_DATE
    if value <= 2100 and value != int(value):
        return NOT_A_DATE  # no year has a part
    return _checked(readings_of_number(int(value), asked), asked.on, asked.birth)


def _text(written: str, asked: Asked) -> Reading:
    text = plain(written)
    if not written.isascii() and text[-1:].isdigit() and not written.rstrip()[-1].isascii():
        asked = asked._replace(eastern=True)
    if ":" in text:
        text = _CLOCK.sub("", text)
    readings = readings_of_text(text, asked)
    if readings:
        return _checked(readings, asked.on, asked.birth)
    text, about = _without_about(text)
    age = age_in_words(text, asked.on) if asked.birth else None
    if age is None:
        bare = _WORD.sub(lambda word: "" if word[0] in BESIDE else word[0], text)
        readings = readings_of_text(bare.strip(_EDGES), asked)
        age = _checked(readings or [NOT_A_DATE], asked.on, asked.birth)
    if age == NOT_A_DATE and (both := _told_twice(text, asked)):
        return both
    return _about(age, asked) if about else age


def _told_twice(text: str, asked: Asked) -> UncertainDate | None:
    """One date in two ways, "1366/12/21 (12 March 1988)", "1987 - 34 years": the days that both have."""
    parts = [part for part in _BETWEEN_TWO.split(text) if part.strip(_EDGES)]
    if len(parts) != 2 or not asked.birth:
        return None
    one, other = (_text(part, asked) for part in parts)
    if not isinstance(one, UncertainDate) or not isinstance(other, UncertainDate):
        return None
    earliest, latest = max(one.earliest, other.earliest), min(one.latest, other.latest)
    finer = min(one, other, key=lambda told: told.latest - told.earliest)
    return UncertainDate(earliest, latest, finer.precision) if earliest <= latest else None


def _without_about(text: str) -> tuple[str, bool]:
    """The text without the words and marks for "about", and whether there were any."""
    bare = _WORD.sub(lambda word: "" if word[0] in ABOUT else word[0], text)
    about = bare != text or any(mark in text for mark in "~?±؟≈")
    return bare.strip(_EDGES), about
