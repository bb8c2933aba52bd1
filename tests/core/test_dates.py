"""A date as far as it is known: what it says, and what it does not."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings, strategies as st

from safeconduct.core.answers import Answer
from safeconduct.core.dates import Precision, UncertainDate, as_birth

ON = date(2021, 8, 15)
DAYS = st.dates(date(1905, 1, 1), date(2021, 8, 15))


@st.composite
def uncertain(draw: st.DrawFn) -> UncertainDate:
    first = draw(DAYS)
    return UncertainDate(first, first + timedelta(draw(st.integers(0, 900))), Precision.YEAR)


def test_a_date_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="earliest day"):
        UncertainDate(date(1990, 1, 2), date(1990, 1, 1), Precision.DAY)


def test_it_is_written_as_exactly_as_it_was_told() -> None:
    assert str(UncertainDate.of_day(date(1990, 2, 3))) == "1990-02-03"
    assert str(UncertainDate.of_month(1990, 2)) == "1990-02"
    assert str(UncertainDate.of_year(1990)) == "1990"
    assert str(UncertainDate.of_hijri_year(1369)) == "1990/1991"
    assert str(UncertainDate.of_hijri_month(1369, 5)) == "1990-07/1990-08"
    assert str(UncertainDate.of_hijri_day(1369, 5, 12)) == "1990-08-03"


def test_a_hijri_year_runs_from_hamal_to_hut() -> None:
    assert UncertainDate.of_hijri_year(1369).earliest == date(1990, 3, 21)
    assert UncertainDate.of_hijri_year(1369).latest == date(1991, 3, 20)
    assert UncertainDate.of_hijri_year(1399).latest == date(2021, 3, 20)


def test_seventeen_or_eighteen_is_unknown_and_not_no() -> None:
    told = UncertainDate.of_year(2003)
    assert told.ages_on(ON) == (17, 18)
    assert told.is_under(18, ON) is Answer.UNKNOWN
    assert told.is_at_least(18, ON) is Answer.UNKNOWN
    assert UncertainDate.of_year(2004).is_under(18, ON) is Answer.YES
    assert UncertainDate.of_year(2002).is_at_least(18, ON) is Answer.YES
    assert UncertainDate.of_year(2002).is_under(18, ON) is Answer.NO


def test_a_birthday_counts_on_its_day() -> None:
    assert UncertainDate.of_day(date(2003, 8, 15)).ages_on(ON) == (18, 18)
    assert UncertainDate.of_day(date(2003, 8, 16)).ages_on(ON) == (17, 17)
    leap = UncertainDate.of_day(date(2004, 2, 29))
    assert leap.ages_on(date(2022, 2, 28)) == (17, 17)
    assert leap.ages_on(date(2022, 3, 1)) == (18, 18)


def test_nobody_is_younger_than_nothing() -> None:
    assert UncertainDate.of_year(2021).ages_on(ON) == (0, 0)


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 115), st.dates(date(1950, 1, 1), date(2040, 12, 31)))
def test_an_age_told_is_the_age_read_back_and_no_wider_interval_is(age: int, on: date) -> None:
    told = UncertainDate.of_age(age, on=on)
    assert told.ages_on(on) == (age, age)
    assert UncertainDate.of_day(told.earliest - timedelta(days=1)).ages_on(on) == (age + 1, age + 1)
    if age:
        after = UncertainDate.of_day(told.latest + timedelta(days=1))
        assert after.ages_on(on) == (age - 1, age - 1)


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 40), DAYS)
def test_ages_in_months_follow_on_from_each_other(months: int, on: date) -> None:
    older = UncertainDate.of_age_in_months(months + 1, on=on)
    assert (
        older.latest + timedelta(days=1) == UncertainDate.of_age_in_months(months, on=on).earliest
    )


@settings(max_examples=200, deadline=None)
@given(uncertain(), uncertain())
def test_two_dates_that_may_be_one_are_no_years_apart(a: UncertainDate, b: UncertainDate) -> None:
    assert a.years_apart(b) == b.years_apart(a)
    assert a.may_equal(b) == b.may_equal(a) == (a.years_apart(b) == 0)


@settings(max_examples=200, deadline=None)
@given(uncertain(), st.integers(0, 110), st.data())
def test_what_is_said_of_an_age_holds_for_every_day_it_may_be(
    told: UncertainDate, years: int, data: st.DataObject
) -> None:
    true = UncertainDate.of_day(data.draw(st.dates(told.earliest, told.latest)))
    said = told.is_under(years, ON)
    assert said is Answer.UNKNOWN or said is true.is_under(years, ON)
    assert told.is_at_least(years, ON) is ~said


def test_years_apart_are_counted_between_the_nearest_days() -> None:
    apart = UncertainDate.of_year(1980).years_apart(UncertainDate.of_year(1991))
    assert apart == pytest.approx(10, abs=0.01)


def test_the_first_of_january_is_the_year_alone() -> None:
    assert as_birth(UncertainDate.of_day(date(1990, 1, 1))) == UncertainDate.of_year(1990)
    second = UncertainDate.of_day(date(1990, 1, 2))
    assert as_birth(second) == second
    month = UncertainDate.of_month(1990, 1)
    assert as_birth(month) == month
