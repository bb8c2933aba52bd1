"""Departures made from published counts: every seat follows from a count, and none is lost to rounding."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from fractions import Fraction
from math import floor
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st
from tests.shipped import shipped

from safeconduct.core.facts import Source
from safeconduct.core.operation import DailyCount, Departure, MusterPoint
from safeconduct.core.sharing import apportion, share_of
from safeconduct.packs.counts import daily_counts_of
from safeconduct.packs.departures import departures_of, made_departures

NOWHERE = Source(url=None, verified=False, note="made up for a test")
GATE = MusterPoint(
    code="GATE", name="The gate", province="P1", opened=None, closed=None, source=NOWHERE
)
FIRST = date(2030, 1, 1)


def count(day: int, people: int | None) -> DailyCount:
    on = FIRST + timedelta(days=day)
    return DailyCount(on=on, people=people, cumulative=None, derived="", source=NOWHERE)


def departures_strategy() -> st.SearchStrategy[list[Departure]]:
    one = st.builds(
        lambda day, minute, seats, lying, point: Departure(
            departure_id=f"{day}-{minute}-{seats}",
            departs_at=datetime.fromisoformat("2030-01-01T00:00")
            + timedelta(days=day, minutes=minute),
            muster_point=point,
            seats=seats,
            stretcher_spaces=min(seats, lying),
        ),
        st.integers(0, 12),
        st.integers(0, 1439),
        st.integers(0, 400),
        st.integers(0, 6),
        st.sampled_from(["GATE", "QUAY"]),
    )
    return st.lists(one, max_size=30)


def test_the_published_days_stay_as_they_were_and_the_gaps_say_so() -> None:
    counts = {each.on.day: each for each in shipped().daily_counts}
    assert sorted(counts) == list(range(13, 29))
    assert [day for day, each in counts.items() if each.people is None] == [13, 14, 15]
    assert (counts[19].people, counts[19].derived) == (963, "")
    assert (counts[21].people, counts[21].derived) == (
        3821 - 1839,
        "the difference of two published totals",
    )
    split = [day for day, each in counts.items() if "split evenly over a gap" in each.derived]
    assert split == [17, 18, 20]
    assert sum(counts[day].people or 0 for day in (17, 18, 19, 20)) == 1839 - 204
    assert sum(each.people or 0 for each in counts.values()) == 15_000


def test_a_day_between_two_rows_is_a_gap_of_its_own(tmp_path: Path) -> None:
    file = tmp_path / "daily_counts.csv"
    file.write_text(
        "on,people,cumulative,verified,note\n"
        "2030-01-01,,10,no,x\n"
        "2030-01-04,,20,no,x\n"
        "2030-01-06,,,no,x\n",
        encoding="utf-8",
    )
    counts = daily_counts_of(file)
    assert [each.people for each in counts] == [10, 4, 3, 3, None, None]
    assert [each.on.day for each in counts] == [1, 2, 3, 4, 5, 6]


def test_the_shipped_seats_are_the_people_over_the_load_factor() -> None:
    operation = shipped()
    people = sum(each.people or 0 for each in operation.daily_counts)
    seats = sum(each.seats for each in operation.departures)
    assert abs(seats - people / operation.assumption("load_factor").value) <= 0.5
    most = operation.assumption("seats_per_aircraft").value
    assert all(0 < each.seats <= most for each in operation.departures)
    assert all(each.muster_point == "BARON" and each.derived for each in operation.departures)
    assert "ARAP-3" not in operation.departures[0].schemes
    assert operation.departures[0].departure_id == "2021-08-16-01"
    ids = [each.departure_id for each in operation.departures]
    assert len(set(ids)) == len(ids)
    late = [each for each in operation.departures if each.departs_at.date() > date(2021, 8, 27)]
    assert all("the last day there" in each.derived for each in late)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.none() | st.integers(0, 2000), max_size=8),
    st.fractions(min_value=Fraction(1, 2), max_value=1),
    st.integers(40, 400),
)
def test_it_makes_no_seat_more_nor_less_than_the_counts_ask(
    people: list[int | None], load_factor: Fraction, most_seats: int
) -> None:
    counts = [count(day, some) for day, some in enumerate(people)]
    made = made_departures(
        counts, load_factor=load_factor, most_seats=most_seats, muster_point=GATE, schemes=("A",)
    )
    exact = sum(some or 0 for some in people) / load_factor
    assert abs(sum(each.seats for each in made) - exact) <= Fraction(1, 2)
    assert all(1 <= each.seats <= most_seats for each in made)
    days_with_people = {each.on for each in counts if each.people}
    assert {each.departs_at.date() for each in made} <= days_with_people
    assert list(made) == sorted(made, key=lambda each: each.departs_at)


@settings(max_examples=100, deadline=None)
@given(departures_strategy(), st.fractions(min_value=0, max_value=1))
def test_a_share_of_the_seats_is_exact_to_one_seat(
    departures: list[Departure], share: Fraction
) -> None:
    shared = share_of(departures, share)
    exact = sum(each.seats for each in departures) * share
    assert sum(each.seats for each in shared) == floor(exact + Fraction(1, 2))
    days = [(each.departs_at.date(), each.muster_point) for each in shared]
    assert len(set(days)) == len(days)
    assert len({each.departure_id for each in shared}) == len(shared)
    for each in shared:
        same = [
            other
            for other in departures
            if (other.departs_at.date(), other.muster_point)
            == (each.departs_at.date(), each.muster_point)
        ]
        assert each.departs_at == max(other.departs_at for other in same)
        assert each.stretcher_spaces <= each.seats <= sum(other.seats for other in same) * share + 1
        assert "a share of" in each.derived


def test_a_share_of_all_keeps_every_seat_and_a_share_of_none_keeps_no_departure() -> None:
    departures = shipped().departures
    whole = share_of(departures, 1)
    assert sum(each.seats for each in whole) == sum(each.seats for each in departures)
    assert len(whole) == 13  # the days with a count
    assert share_of(departures, 0) == ()


def test_a_small_office_gets_its_part_of_the_seats() -> None:
    seats = share_of(shipped().departures, Fraction(300, 75_000))
    assert sum(each.seats for each in seats) == 77  # 19,355 x 0.004 = 77.4


@pytest.mark.parametrize("share", [-0.1, 1.1])
def test_a_share_outside_0_to_1_is_a_mistake_of_the_caller(share: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        share_of((), share)


@settings(max_examples=100, deadline=None)
@given(
    st.integers(0, 10_000),
    st.lists(st.integers(0, 5000), min_size=1, max_size=20).filter(any),
)
def test_sharing_out_loses_nothing_and_keeps_each_within_one(
    total: int, weights: list[int]
) -> None:
    shares = apportion(total, weights)
    assert sum(shares) == total
    for some, weight in zip(shares, weights, strict=True):
        assert abs(some - Fraction(total * weight, sum(weights))) < 1


def test_sharing_out_by_nothing_is_a_mistake_of_the_caller() -> None:
    for weights in ([], [0, 0], [1, -1]):
        with pytest.raises(ValueError, match="weights"):
            apportion(3, weights)


def test_a_pack_may_list_its_own_departures(tmp_path: Path) -> None:
    file = tmp_path / "departures.csv"
    file.write_text(
        "departure_id,departs_at,muster_point,seats,stretcher_spaces,schemes\n"
        "D1,2030-01-02T14:30,GATE,40,,A|B\n"
        "D2,2030-01-03 06:00,GATE,12,2,\n",
        encoding="utf-8",
    )
    first, second = departures_of(file, ["GATE"], ["A", "B"])
    assert (first.departs_at, first.seats) == (datetime.fromisoformat("2030-01-02T14:30"), 40)
    assert (first.stretcher_spaces, first.schemes) == (0, ("A", "B"))
    assert (second.stretcher_spaces, second.schemes) == (2, ())
