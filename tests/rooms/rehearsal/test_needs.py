"""What a bad month would need: enough, not more than one below, and nobody left out of the account."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings, strategies as st
from made_up_days import (
    STARTS,
    at,
    claim,
    closing,
    departure,
    made_caseload,
    made_scenario,
    prepared,
    scenario,
    way,
)

from safeconduct.core.rulebook.rules import Band
from safeconduct.rehearsal.days.ends import (
    NO_SCHEME,
    NO_WAY,
    NOT_IN_TIME,
    NOT_YET_KNOWN,
    PLACE_NOT_KNOWN,
)
from safeconduct.rehearsal.days.finding_needs import needs_of
from safeconduct.rehearsal.days.more import going_on, with_further_days, with_seats
from safeconduct.rehearsal.days.needs import HELD_BACK, Needs
from safeconduct.rehearsal.days.records import Prepared, Scenario

pytestmark = pytest.mark.slow


def needs(caseload: Prepared, week: Scenario) -> Needs:
    return needs_of(caseload, week, clock=lambda: 0.0)


def daily(seats: int, days: int = 8) -> tuple:
    return tuple(departure(day, seats) for day in range(days))


def test_seats_are_as_many_as_the_families_of_a_day():
    """Forty families of five, all there from the start, eight days: 25 seats a day carry them all, and 24 carry fewer
    than 38 of the 40."""
    caseload = prepared(*(claim(f"a{each:02}", size=5) for each in range(40)))
    found = needs(caseload, scenario(*daily(5)))
    assert (found.reachable_families, found.reachable_people) == (40, 200)
    assert found.seats_for_all.value == 25
    assert found.seats_for_all.given == 5
    assert (
        found.days.value == 30
    )  # one family a day: 38 of 40 on the 38th day, eight of which the scenario has


def test_the_most_urgent_need_fewer_seats_than_all():
    urgent = [claim(f"u{each}", size=5, band=Band.EMERGENCY) for each in range(3)]
    others = [claim(f"o{each:02}", size=5, band=Band.ROUTINE) for each in range(12)]
    found = needs(prepared(*urgent, *others), scenario(*daily(1, 3), days=3))
    assert (found.highest_band, found.highest_reachable) == (Band.EMERGENCY, 3)
    assert found.seats.value == 5
    assert found.seats_for_all.value == 25


def test_nothing_more_is_needed_where_there_is_plenty():
    found = needs(prepared(*(claim(f"a{each}") for each in range(5))), scenario(*daily(100)))
    assert found.days.value == 0
    assert found.seats_for_all.value < 100


def test_caseworkers_are_as_many_as_the_worst_morning_takes():
    """Twelve urgent pleas on one morning and thirty others: at four decisions each, three for the urgent ones; all
    forty-two in the seven mornings that are left take two."""
    urgent = [claim(f"u{each:02}", arrives=at(0), band=Band.EMERGENCY) for each in range(12)]
    others = [claim(f"o{each:02}", arrives=at(0), band=Band.ROUTINE) for each in range(30)]
    week = scenario(caseworkers=1, decisions_each_day=4)
    found = needs(prepared(*urgent, *others), week)
    assert found.caseworkers.value == 3
    assert found.caseworkers_for_all.value == 2
    assert found.caseworkers.given == 1


def test_a_plea_of_the_last_day_asks_for_no_caseworker():
    found = needs(prepared(claim("late", arrives=at(7))), scenario(*daily(10)))
    assert found.caseworkers_for_all.value == 1
    assert found.out_of_reach[NOT_IN_TIME] == 1


def test_everybody_out_of_reach_is_told_by_what_stands_in_the_way():
    caseload = prepared(
        claim("near"),
        claim("nowhere", province=None),
        claim("no way", province="P9"),
        claim("closed", province="P2"),
        claim("too far", province="P3"),
        claim("too late", arrives=at(7)),
        claim("twin", likely_same=("near",)),
        claim("asked", schemes=(), not_yet_known=True),
        claim("no scheme", schemes=()),
        claim("other scheme", schemes=("T",)),
    )
    week = scenario(
        *daily(10), reach=(way(2), way(2, "P2"), way(500, "P3")), closings=(closing(0, "P2"),)
    )
    found = needs(caseload, week)
    assert found.reachable_families == 1
    assert found.out_of_reach == {
        PLACE_NOT_KNOWN: 1,
        NO_WAY: 2,
        NOT_IN_TIME: 2,
        HELD_BACK: 1,
    }
    assert found.may_not_fly == {NOT_YET_KNOWN: 1, NO_SCHEME: 2}


def test_what_no_number_mends_is_said_to_be_more_than_was_tried():
    """Two of the three families are larger than the one departure a day, however many days there are."""
    caseload = prepared(claim("small", size=3), claim("large", size=6), claim("larger", size=9))
    found = needs(caseload, scenario(*daily(4)))
    assert found.days.value is None
    assert found.days.tried == 366
    assert "2 of those who can be reached are larger than any departure" in found.days.found


def test_nobody_there_needs_nothing():
    found = needs(prepared(), scenario(*daily(4)))
    assert [need.value for need in found.all] == [0, 0, 1, 1, 0]
    assert needs(prepared(claim("a")), scenario()).reachable_families == 0


CASES = {"seed": st.integers(0, 10_000), "families": st.integers(0, 15)}


@settings(max_examples=15)
@given(**CASES)
def test_every_family_that_sent_a_plea_is_counted_once(seed, families):
    caseload = made_caseload(seed, families)
    found = needs(caseload, made_scenario(seed))
    counted = sum(found.out_of_reach.values()) + sum(found.may_not_fly.values())
    assert found.reachable_families + counted == len({each.family_id for each in caseload.claims})
    assert found.highest_reachable <= found.reachable_families


@settings(max_examples=15)
@given(**CASES)
def test_the_same_month_needs_the_same_and_enough_was_tried(seed, families):
    caseload, week = made_caseload(seed, families), made_scenario(seed)
    found = needs(caseload, week)
    assert found == needs(caseload, week)
    for need in found.all:
        assert need.value is None or 0 <= need.value <= need.tried
    assert found.seats_for_all.value is not None, (
        "a seat for everybody is enough by what enough means"
    )
    assert found.caseworkers_for_all.value is not None


@given(seed=st.integers(0, 10_000), seats=st.integers(0, 500))
def test_more_seats_are_as_many_on_every_day_that_had_some(seed, seats):
    week = made_scenario(seed)
    more = with_seats(week, seats)
    days = {each.departs_at.date() for each in week.departures}
    for day in days:
        assert sum(each.seats for each in more.departures if each.departs_at.date() == day) == seats
    assert {each.departure_id for each in more.departures} == {
        each.departure_id for each in week.departures
    }


@pytest.mark.parametrize(("further", "departures"), [(0, 3), (1, 4), (3, 5), (4, 6), (8, 9)])
def test_further_days_have_the_departures_again_from_the_first_on(further, departures):
    week = scenario(departure(0, 10), departure(2, 20), departure(3, 30), days=4)
    longer = with_further_days(week, further)
    assert longer.days == 4 + further
    assert len(longer.departures) == departures
    assert len({each.departure_id for each in longer.departures}) == departures
    last = STARTS + timedelta(days=longer.days - 1)
    assert all(each.departs_at.date() <= last for each in longer.departures)
    assert [each.seats for each in longer.departures][:6] == [10, 20, 30, 10, 20, 30][:departures]


def test_ways_that_end_last_go_on_and_one_that_closed_before_stays_closed():
    closed, open_to_the_end = way(2, "P1", until=at(3).date()), way(2, "P2", until=at(7).date())
    without_end = replace(way(2, "P3"), muster_point="N")
    assert going_on((closed, open_to_the_end, without_end)) == (
        closed,
        replace(open_to_the_end, to_date=None),
        without_end,
    )
