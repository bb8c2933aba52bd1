"""Why a cell could not be read as a date. Use it through core/dates."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from safeconduct.core.dates.uncertain import UncertainDate

OLDEST = 120  # completed years; the longest life on record is 122


class DateProblemKind(StrEnum):
    """The short names by which unread dates are counted."""

    NOT_A_DATE = "not a date"
    NO_SUCH_DAY = "no such day"
    IN_THE_FUTURE = "in the future"
    TOO_LONG_AGO = "too long ago"
    AMBIGUOUS = "ambiguous"
    UNLIKELY_YEAR = "unlikely year"
    TWO_CALENDARS = "two calendars"


_SENTENCES = {
    DateProblemKind.NOT_A_DATE: "This could not be read as a date or an age.",
    DateProblemKind.NO_SUCH_DAY: "The calendar has no such day.",
    DateProblemKind.IN_THE_FUTURE: "This date of birth is in the future.",
    DateProblemKind.TOO_LONG_AGO: f"This would be more than {OLDEST} years ago.",
    DateProblemKind.AMBIGUOUS: (
        "This can be read in more than one way; please write the year with four digits."
    ),
    DateProblemKind.UNLIKELY_YEAR: (
        "The year is not one of a living person, in the Gregorian or the Solar Hijri calendar."
    ),
    DateProblemKind.TWO_CALENDARS: "The month is of one calendar and the year of another.",
}


@dataclass(frozen=True, slots=True)
class DateProblem:
    """A short name for counting and a sentence to say, which quotes nothing from the sheet."""

    kind: DateProblemKind

    @property
    def text(self) -> str:
        """What is wrong, in one sentence."""
        return _SENTENCES[self.kind]


Reading = UncertainDate | DateProblem

NOT_A_DATE = DateProblem(DateProblemKind.NOT_A_DATE)
NO_SUCH_DAY = DateProblem(DateProblemKind.NO_SUCH_DAY)
IN_THE_FUTURE = DateProblem(DateProblemKind.IN_THE_FUTURE)
TOO_LONG_AGO = DateProblem(DateProblemKind.TOO_LONG_AGO)
AMBIGUOUS = DateProblem(DateProblemKind.AMBIGUOUS)
UNLIKELY_YEAR = DateProblem(DateProblemKind.UNLIKELY_YEAR)
TWO_CALENDARS = DateProblem(DateProblemKind.TWO_CALENDARS)
