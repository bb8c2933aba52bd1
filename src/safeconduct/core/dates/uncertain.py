"""A date as far as it is known: an interval of days and how it was told. Use it through core/dates."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from safeconduct.core.answers import Answer
from safeconduct.core.dates import solar_hijri

DAYS_PER_YEAR = 365.2425
ONE_DAY = timedelta(days=1)


class Precision(StrEnum):
    """How exactly a date was told."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class UncertainDate:
    """The true day lies from `earliest` to `latest`, both included.

    `precision` is how it was told; the interval is what is known. They differ where a date can be read in
    two ways: 03/04/1990 is told to the day and known only as 4 March to 3 April, with precision YEAR.
    """

    earliest: date
    latest: date
    precision: Precision

    def __post_init__(self) -> None:
        if self.earliest > self.latest:
            raise ValueError("The earliest day of an uncertain date comes after its latest day.")

    # --- ways to know one ---

    @classmethod
    def of_day(cls, day: date) -> UncertainDate:
        """A day that is known."""
        return cls(day, day, Precision.DAY)

    @classmethod
    def of_month(cls, year: int, month: int) -> UncertainDate:
        """Some day of a Gregorian month."""
        last = monthrange(year, month)[1]
        return cls(date(year, month, 1), date(year, month, last), Precision.MONTH)

    @classmethod
    def of_year(cls, year: int) -> UncertainDate:
        """Some day of a Gregorian year."""
        return cls(date(year, 1, 1), date(year, 12, 31), Precision.YEAR)

    @classmethod
    def of_age(cls, age: int, *, on: date) -> UncertainDate:
        """The days of birth of someone who has completed `age` years on the day `on`."""
        latest = years_before(on, age)
        return cls(years_before(on, age + 1) + ONE_DAY, latest, Precision.YEAR)

    @classmethod
    def of_age_in_months(cls, months: int, *, on: date) -> UncertainDate:
        """The days of birth of a child who has completed `months` months on the day `on`."""
        latest = months_before(on, months)
        return cls(months_before(on, months + 1) + ONE_DAY, latest, Precision.MONTH)

    @classmethod
    def of_hijri_day(cls, year: int, month: int, day: int) -> UncertainDate:
        """A day told in the Solar Hijri calendar."""
        return cls.of_day(solar_hijri.to_gregorian(year, month, day))

    @classmethod
    def of_hijri_month(cls, year: int, month: int) -> UncertainDate:
        """Some day of a Solar Hijri month."""
        first = solar_hijri.to_gregorian(year, month, 1)
        last = first + timedelta(days=solar_hijri.days_in_month(year, month) - 1)
        return cls(first, last, Precision.MONTH)

    @classmethod
    def of_hijri_year(cls, year: int) -> UncertainDate:
        """1 Hamal to the last of Hut: about 21 March to 20 March."""
        first = solar_hijri.to_gregorian(year, 1, 1)
        last = first + timedelta(days=365 if solar_hijri.is_leap(year) else 364)
        return cls(first, last, Precision.YEAR)

    # --- what can be asked of one ---

    def ages_on(self, on: date) -> tuple[int, int]:
        """The lowest and the highest number of completed years on a day; 0 for those not yet born.

        Someone born on 29 February completes a year on 1 March where the year has no such day.
        """
        return completed_years(self.latest, on), completed_years(self.earliest, on)

    def is_under(self, years: int, on: date) -> Answer:
        """Has not yet completed this many years on that day: yes, no, or unknown."""
        lowest, highest = self.ages_on(on)
        if highest < years:
            return Answer.YES
        return Answer.NO if lowest >= years else Answer.UNKNOWN

    def is_at_least(self, years: int, on: date) -> Answer:
        """Has completed this many years on that day: yes, no, or unknown."""
        return ~self.is_under(years, on)

    def may_equal(self, other: UncertainDate) -> bool:
        """Whether both could be the same day."""
        return self.earliest <= other.latest and other.earliest <= self.latest

    def years_apart(self, other: UncertainDate) -> float:
        """The least number of years between the two; 0 where they may be the same day."""
        gap = max(self.earliest, other.earliest) - min(self.latest, other.latest)
        return max(gap.days, 0) / DAYS_PER_YEAR

    def __str__(self) -> str:
        """1990-02-03, 1990-02 or 1990; an interval over the edge as 1990-02/1990-03 or 1990/1991."""
        length = {Precision.DAY: 10, Precision.MONTH: 7, Precision.YEAR: 4}[self.precision]
        first, last = self.earliest.isoformat()[:length], self.latest.isoformat()[:length]
        return first if first == last else f"{first}/{last}"


def as_birth(told: UncertainDate) -> UncertainDate:
    """A date of birth on 1 January is the year alone: clerks write it where the day is unknown.

    1 Hamal told as Solar Hijri is treated alike where it is read; told as 21 March it cannot be seen.
    """
    day = told.earliest
    if day.day == 1 and day.month == 1 and told.precision is Precision.DAY:
        return UncertainDate.of_year(day.year)
    return told


def completed_years(born: date, on: date) -> int:
    """Completed years of someone born on a day, never below 0."""
    years = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    return max(years, 0)


def years_before(day: date, years: int) -> date:
    """The same day some years earlier; 28 February where there is no 29th."""
    return months_before(day, 12 * years)


def months_before(day: date, months: int) -> date:
    """The same day of the month some months earlier, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def hull(dates: list[UncertainDate], precision: Precision) -> UncertainDate:
    """The least interval that holds them all."""
    return UncertainDate(min(d.earliest for d in dates), max(d.latest for d in dates), precision)
