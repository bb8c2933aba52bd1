"""A drill's scenario: what was told stands, what was not is chosen and said."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from safeconduct.core.operation import Operation
from safeconduct.packs import load
from safeconduct.packs.caseload import load_caseload_model
from safeconduct.rehearsal.days.drilling import (
    AS_ASKED,
    FEWEST,
    Means,
    drill_scenario,
    with_arrivals,
)
from safeconduct.rehearsal.days.records import Scenario
from safeconduct.rehearsal.days.scenario_file import Drill, read_scenario, starts_of

EXAMPLES = Path(__file__).parents[3] / "docs" / "examples"
NUMBERS = (
    "caseworkers", "decisions_each_day", "no_show", "standby_shows", "standby_per_seat", "known_ahead_days",
    "list_closes_hours",
)  # fmt: skip


@pytest.fixture(scope="module")
def harbour() -> Operation:
    return load(EXAMPLES / "harbour-2031")


def drilled(
    operation: Operation, drill: Drill, *, people: int = 1_000, share: float = 0.1
) -> Scenario:
    means = Means(drill=drill, operation=operation, people=people, pleas=240, share=share, seed=1)
    return drill_scenario(means)


def by_day(scenario: Scenario) -> Counter[date]:
    seats: Counter[date] = Counter()
    for each in scenario.departures:
        seats[each.departs_at.date()] += each.seats
    return seats


def said(scenario: Scenario) -> dict[str, str]:
    return {each.name: each.sentence for each in scenario.assumptions}


def test_a_pack_that_knows_little_still_drills_and_says_what_was_chosen(harbour: Operation):
    scenario = drilled(harbour, Drill(days=10))
    assert sum(by_day(scenario).values()) == 500
    assert {each.muster_point for each in scenario.departures} == {"the muster point"}
    assert {each.schemes for each in scenario.departures} == {()}
    assert scenario.reach is None
    chosen = {
        "seats_a_day",
        "muster_points",
        "seats_open_to_all",
        "hours_on_the_way",
        "arrivals_of_pack",
    }
    assert chosen <= said(scenario).keys()
    assert all(said(scenario).values())


def test_it_begins_when_a_scheme_is_open(harbour: Operation, operation: Operation):
    assert starts_of(Drill(), harbour) == date(2031, 5, 3)
    assert starts_of(Drill(), operation) == operation.starts
    assert starts_of(Drill(starts=date(2031, 5, 1)), harbour) == date(2031, 5, 1)


def test_seats_that_nobody_told_are_the_packs_own_on_average_for_the_share(operation: Operation):
    scenario = drilled(operation, Drill(days=16))
    pack = sum(each.seats for each in operation.departures)
    assert sum(by_day(scenario).values()) == pytest.approx(pack * 0.1, abs=1)
    assert {each.muster_point for each in scenario.departures} == {"BARON"}
    assert {each.schemes for each in scenario.departures} == {operation.departures[0].schemes}
    assert max(each.seats for each in scenario.departures) <= 265
    assert {"load_factor", "need_people", "seats_per_aircraft", "crossing_hours"} <= said(
        scenario
    ).keys()


def test_what_is_told_stands(operation: Operation):
    drill = Drill(
        days=3,
        starts=date(2021, 8, 20),
        seats_each_day=50,
        seats_on={date(2021, 8, 21): 0},
        seats_per_departure=20,
        schemes=("BN",),
        caseworkers=3,
        decisions_each_day=4.5,
        no_show=0.3,
        standby_shows=0.2,
        standby_per_seat=0.1,
        known_ahead_days=1,
        list_closes_hours=6,
    )
    scenario = drilled(operation, drill)
    assert by_day(scenario) == {date(2021, 8, 20): 50, date(2021, 8, 22): 50}
    assert [each.seats for each in scenario.departures] == [17, 17, 16] * 2
    assert {each.schemes for each in scenario.departures} == {("BN",)}
    assert [getattr(scenario, name) for name in NUMBERS] == [3, 4.5, 0.3, 0.2, 0.1, 1, 6]
    assert all(said(scenario)[name] == AS_ASKED for name in NUMBERS)
    assert "seats_a_day" not in said(scenario)


def test_every_number_is_told_of_with_its_sentence_once(harbour: Operation):
    scenario = drilled(harbour, Drill(days=10))
    names = [each.name for each in scenario.assumptions]
    assert len(names) == len(set(names))
    for name in NUMBERS:
        number = next(each for each in scenario.assumptions if each.name == name)
        assert number.value == getattr(scenario, name)
        assert number.sentence != AS_ASKED


@pytest.mark.parametrize(("days", "goes_on"), [(10, False), (15, False), (16, True), (40, True)])
def test_ways_go_on_beyond_the_last_day_that_the_pack_knows(operation: Operation, days, goes_on):
    """The muster point's last day is the fifteenth of the operation."""
    scenario = drilled(operation, Drill(days=days))
    assert ("ways_go_on" in said(scenario)) is goes_on
    assert (scenario.reach != operation.reach) is goes_on


def test_arrivals_that_are_told_take_the_place_of_the_packs(harbour: Operation):
    drill = read_scenario(EXAMPLES / "bad-month.yaml", harbour)
    model = load_caseload_model(EXAMPLES / "harbour-2031", harbour)
    assert with_arrivals(model, Drill(days=3), harbour) is model
    arrivals = with_arrivals(model, drill, harbour).arrivals
    assert [each.share for each in arrivals] == [0.3, 0.3, 0.2, 0.1, 0.05, 0.05]
    assert arrivals[0].on == harbour.starts, (
        "the drill's first day is the operation's to the simulator"
    )


@settings(max_examples=30)
@given(
    people=st.integers(1, 5_000),
    days=st.integers(1, 30),
    share=st.floats(0, 1),
    most=st.none() | st.integers(30, 300),
)
def test_seats_are_whole_none_is_lost_and_departures_leave_on_their_day(
    operation, harbour, people, days, share, most
):
    for pack, exact in (
        (harbour, people / 2),
        (operation, sum(each.seats for each in operation.departures) / 16 * days * share),
    ):
        scenario = drilled(
            pack, Drill(days=days, seats_per_departure=most), people=people, share=share
        )
        seats = by_day(scenario)
        assert sum(seats.values()) == pytest.approx(exact, abs=0.51)
        assert len({each.departure_id for each in scenario.departures}) == len(scenario.departures)
        assert all(each.seats >= 1 for each in scenario.departures)
        last = scenario.starts + timedelta(days=days - 1)
        assert all(scenario.starts <= day <= last for day in seats)
        assert all(many >= FEWEST for day, many in seats.items() if day != last)
