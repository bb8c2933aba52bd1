"""Working days: due dates never fall on a weekend, and counting undoes adding."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings, strategies as st

from safeconduct.core.clocks import (
    FRIDAY,
    add_working_days,
    is_working_day,
    working_days_between,
)
from safeconduct.core.errors import NoWorkingDays

DAYS = st.dates(date(2020, 1, 1), date(2023, 12, 31))
WEEKENDS = st.frozensets(st.integers(0, 6), max_size=6)
HOLIDAYS = st.frozensets(DAYS, max_size=20)
few = settings(max_examples=200, deadline=None)


def test_a_letter_of_friday_is_due_on_monday() -> None:
    assert add_working_days(date(2021, 8, 13), 1) == date(2021, 8, 16)


def test_the_august_bank_holiday_is_not_counted() -> None:
    holidays = frozenset({date(2021, 8, 30)})
    assert add_working_days(date(2021, 8, 27), 1, holidays=holidays) == date(2021, 8, 31)
    assert working_days_between(date(2021, 8, 27), date(2021, 8, 31), holidays=holidays) == 1


def test_kabul_rests_on_friday() -> None:
    assert add_working_days(date(2021, 8, 12), 1, weekend=FRIDAY) == date(2021, 8, 14)


def test_no_days_from_a_weekend_is_the_next_working_day() -> None:
    assert add_working_days(date(2021, 8, 14), 0) == date(2021, 8, 16)
    assert add_working_days(date(2021, 8, 16), 0) == date(2021, 8, 16)


def test_days_are_counted_back_from_a_later_start() -> None:
    assert add_working_days(date(2021, 8, 16), -1) == date(2021, 8, 13)
    assert working_days_between(date(2021, 8, 16), date(2021, 8, 13)) == -1


def test_a_week_of_weekends_is_refused_rather_than_counted_for_ever() -> None:
    with pytest.raises(NoWorkingDays) as refused:
        add_working_days(date(2021, 8, 16), 1, weekend=frozenset(range(7)))
    assert refused.value.code == "SC300"


@few
@given(DAYS, st.integers(-60, 60), WEEKENDS, HOLIDAYS)
def test_a_due_date_is_a_working_day(
    start: date, days: int, weekend: frozenset[int], holidays: frozenset[date]
) -> None:
    due = add_working_days(start, days, weekend=weekend, holidays=holidays)
    assert is_working_day(due, weekend=weekend, holidays=holidays)


@few
@given(DAYS, st.integers(-60, 60), WEEKENDS, HOLIDAYS)
def test_counting_undoes_adding(
    start: date, days: int, weekend: frozenset[int], holidays: frozenset[date]
) -> None:
    due = add_working_days(start, days, weekend=weekend, holidays=holidays)
    if days or is_working_day(start, weekend=weekend, holidays=holidays):
        assert working_days_between(start, due, weekend=weekend, holidays=holidays) == days


@few
@given(DAYS, DAYS)
def test_adding_undoes_counting_between_working_days(start: date, end: date) -> None:
    start, end = add_working_days(start, 0), add_working_days(end, 0)
    assert add_working_days(start, working_days_between(start, end)) == end
    assert working_days_between(start, end) == -working_days_between(end, start)


@few
@given(DAYS, st.integers(0, 60))
def test_one_day_more_is_due_later(start: date, days: int) -> None:
    sooner, later = add_working_days(start, days), add_working_days(start, days + 1)
    assert later > sooner or (days == 0 and not is_working_day(start))
    assert later - sooner <= timedelta(days=3)
