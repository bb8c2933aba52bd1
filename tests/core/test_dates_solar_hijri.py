"""The Solar Hijri calendar agrees with known days and with itself."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from safeconduct.core.dates import solar_hijri


@pytest.mark.parametrize(
    ("hijri", "gregorian"),
    [
        ((1400, 1, 1), date(2021, 3, 21)),
        ((1400, 5, 24), date(2021, 8, 15)),
        ((1399, 1, 1), date(2020, 3, 20)),
        ((1399, 12, 30), date(2021, 3, 20)),
        ((1370, 1, 1), date(1991, 3, 21)),
        ((1369, 5, 12), date(1990, 8, 3)),
        ((1357, 11, 22), date(1979, 2, 11)),
        ((1403, 12, 30), date(2025, 3, 20)),
    ],
)
def test_it_knows_the_days_everyone_knows(hijri: tuple[int, int, int], gregorian: date) -> None:
    assert solar_hijri.to_gregorian(*hijri) == gregorian
    assert solar_hijri.from_gregorian(gregorian) == hijri


def test_every_day_of_two_centuries_comes_back() -> None:
    day, before = date(1900, 1, 1), (0, 0, 0)
    while day <= date(2100, 12, 31):
        hijri = solar_hijri.from_gregorian(day)
        assert hijri > before
        assert solar_hijri.to_gregorian(*hijri) == day
        day, before = day + timedelta(days=1), hijri


def test_a_year_is_as_long_as_its_leap_day_says() -> None:
    for year in range(solar_hijri.FIRST_YEAR, solar_hijri.LAST_YEAR):
        length = solar_hijri.new_year_ordinal(year + 1) - solar_hijri.new_year_ordinal(year)
        assert length == 365 + solar_hijri.is_leap(year)


def test_the_leap_years_around_the_fall_are_the_known_ones() -> None:
    assert [y for y in range(1366, 1410) if solar_hijri.is_leap(y)] == [
        1366, 1370, 1375, 1379, 1383, 1387, 1391, 1395, 1399, 1403, 1408,
    ]  # fmt: skip


@pytest.mark.parametrize("day", [(1398, 12, 30), (1400, 7, 31), (1400, 13, 1), (1177, 1, 1)])
def test_a_day_that_is_not_in_the_calendar_is_refused(day: tuple[int, int, int]) -> None:
    assert not solar_hijri.is_day(*day)
    with pytest.raises(ValueError, match="no such day"):
        solar_hijri.to_gregorian(*day)


def test_a_day_outside_the_counted_years_is_refused() -> None:
    with pytest.raises(ValueError, match="1178 and 1633"):
        solar_hijri.from_gregorian(date(1700, 1, 1))
