"""Who reads a page: their language, their calendar and their digits; and a day, a month, a number as they read it.

The months of both calendars as they are said in Afghanistan. A reader of Dari or Pashto has the Solar Hijri calendar
and the digits ۰ to ۹ unless they chose otherwise. What is stored, codes and what was typed never change with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from safeconduct.core.dates.solar_hijri import FIRST_YEAR, LAST_YEAR, from_gregorian


class Calendar(StrEnum):
    """Which calendar stands first. The other one is never far from it."""

    GREGORIAN = "gregorian"
    SOLAR_HIJRI = "solar-hijri"


class Digits(StrEnum):
    """0-9, or ۰-۹ as they are written in Dari and Pashto."""

    WESTERN = "western"
    EASTERN = "eastern"


ENGLISH, DARI, PASHTO = "en-gb", "prs", "ps"
FROM_RIGHT_TO_LEFT: Final = frozenset({DARI, PASHTO})
_EASTERN: Final = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
_SOLAR_HIJRI: Final = {
    ENGLISH: "Hamal Sawr Jawza Saratan Asad Sonbola Mizan Aqrab Qaws Jadi Dalw Hut".split(),
    DARI: "حمل ثور جوزا سرطان اسد سنبله میزان عقرب قوس جدی دلو حوت".split(),
    PASHTO: "وری غویی غبرګولی چنګاښ زمری وږی تله لړم لیندۍ مرغومی سلواغه کب".split(),
}
_GREGORIAN: Final = {
    ENGLISH: (
        "January February March April May June July August September October November December"
    ).split(),
    DARI: "جنوری فبروری مارچ اپریل می جون جولای اگست سپتمبر اکتوبر نومبر دسمبر".split(),
    PASHTO: "جنوري فبروري مارچ اپرېل مۍ جون جولای اګست سپټمبر اکټوبر نومبر ډسمبر".split(),
}
# Days of the Gregorian calendar that the other one surely counts.
_COUNTED: Final = (FIRST_YEAR + 622, LAST_YEAR + 621)


@dataclass(frozen=True, slots=True)
class Reader:
    """`language` is one of en-gb, prs, ps; any other reads English."""

    language: str = ENGLISH
    calendar: Calendar = Calendar.GREGORIAN
    digits: Digits = Digits.WESTERN

    @classmethod
    def of(cls, language: str, *, calendar: str = "", digits: str = "") -> Reader:
        """What a member chose; where they chose nothing, what goes with their language."""
        eastern = language in FROM_RIGHT_TO_LEFT
        return cls(
            language if eastern else ENGLISH,
            Calendar(calendar or (Calendar.SOLAR_HIJRI if eastern else Calendar.GREGORIAN)),
            Digits(digits or (Digits.EASTERN if eastern else Digits.WESTERN)),
        )

    def number(self, told: object) -> str:
        """The same text in the reader's digits."""
        text = str(told)
        return text.translate(_EASTERN) if self.digits is Digits.EASTERN else text

    def day(self, day: date, *, short: bool = False) -> str:
        """24 Asad 1400 or 15 August 2021; `short` leaves three letters of a Gregorian month in English."""
        return self._in(self.calendar, day, short=short)

    def other_day(self, day: date) -> str:
        """The same day in the other calendar, in the same words and digits; empty where that does not count it."""
        return self._in(_other(self.calendar), day) if is_counted(day) else ""

    def month(self, day: date) -> str:
        """Month and year of a day, in the reader's calendar."""
        return self.month_in(self.calendar, day)

    def month_in(self, calendar: Calendar, day: date) -> str:
        """Month and year of a day, in that calendar."""
        year, month, _day = _parts(calendar, day)
        return self.number(f"{self._months(calendar)[month - 1]} {year}")

    def _in(self, calendar: Calendar, day: date, *, short: bool = False) -> str:
        calendar = calendar if is_counted(day) else Calendar.GREGORIAN
        year, month, number = _parts(calendar, day)
        name = self._months(calendar)[month - 1]
        if short and self.language == ENGLISH and calendar is Calendar.GREGORIAN:
            name = name[:3]
        return self.number(f"{number} {name} {year}")

    def _months(self, calendar: Calendar) -> list[str]:
        return (_SOLAR_HIJRI if calendar is Calendar.SOLAR_HIJRI else _GREGORIAN)[self.language]


def _parts(calendar: Calendar, day: date) -> tuple[int, int, int]:
    if calendar is Calendar.SOLAR_HIJRI:
        return from_gregorian(day)
    return day.year, day.month, day.day


def is_counted(day: date) -> bool:
    """Whether both calendars count that day; every day that a person tells of is one."""
    return _COUNTED[0] <= day.year <= _COUNTED[1]


def _other(calendar: Calendar) -> Calendar:
    return Calendar.GREGORIAN if calendar is Calendar.SOLAR_HIJRI else Calendar.SOLAR_HIJRI
