"""Single mornings, departures and families, each by hand: what the days do and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import combinations

import pytest
from hypothesis import given, strategies as st
from made_up_days import (
    STARTS,
    at,
    claim,
    closing,
    departure,
    prepared,
    scenario,
    way,
)

from safeconduct.core.rulebook.rules import Band
from safeconduct.rehearsal.days.boarding import fullest
from safeconduct.rehearsal.days.ends import (
    DID_NOT_COME,
    DOUBLED,
    MOVED,
    NO_SCHEME,
    NO_WAY,
    NOT_IN_TIME,
    NOT_YET_KNOWN,
    OTHERS_FIRST,
    PLACE_NOT_KNOWN,
    TOO_LARGE,
    WAITS_FOR_DECISION,
    WAITS_FOR_SEAT,
)
from safeconduct.rehearsal.days.ground import ground_of
from safeconduct.rehearsal.days.hindsight import hindsight_of
from safeconduct.rehearsal.days.luck import draws
from safeconduct.rehearsal.days.outcome import outcome_from
from safeconduct.rehearsal.days.policies import NAMED, POLICIES, policy
from safeconduct.rehearsal.days.records import Outcome, Prepared, Scenario
from safeconduct.rehearsal.days.running import outcome_of, run_through

every_policy = pytest.mark.parametrize("code", [each.code for each in POLICIES])
with_standby = pytest.mark.parametrize("code", [p.code for p in POLICIES if p.standby])
without = pytest.mark.parametrize("code", [p.code for p in POLICIES if not p.standby])


def run(caseload: Prepared, week: Scenario, code: str) -> Outcome:
    bound = hindsight_of(caseload, week, clock=lambda: 0.0).bound
    return outcome_of(caseload, week, policy(code), bound=bound, clock=lambda: 0.0)


def some(counts) -> dict[str, int]:
    return {name: count for name, count in counts.items() if count}


def test_there_are_six_policies_and_three_are_named():
    assert [each.code for each in POLICIES] == [
        "fcfs", "fcfs-standby", "priority", "priority-standby", "planner", "planner-standby",
    ]  # fmt: skip
    assert set(NAMED) <= {each.code for each in POLICIES}


# --- mornings ------------------------------------------------------------------


@every_policy
def test_a_plea_is_decided_the_morning_after_and_not_before(code):
    asked = prepared(claim("a", arrives=at(1)))
    assert not run(asked, scenario(departure(1, 9, hour=20)), code).moved
    assert run(asked, scenario(departure(2, 9, hour=20)), code).moved == {"A": "D2-20"}


@every_policy
def test_of_a_plea_and_a_half_a_day_one_is_decided_and_then_two(code):
    pleas = prepared(*(claim(f"{number}") for number in range(9)))
    days = run(pleas, scenario(decisions_each_day=1.5, days=4), code).days
    assert [day.decided for day in days] == [1, 2, 1, 2]
    assert [day.waiting_decision for day in days] == [8, 6, 5, 3]


@pytest.mark.parametrize("each_day", [0.1, 0.29, 0.3, 0.7, 3.3])
def test_over_a_hundred_days_a_hundred_days_of_work_are_decided(each_day):
    pleas = prepared(*(claim(f"{number:03}") for number in range(400)))
    days = run(pleas, scenario(decisions_each_day=each_day, days=100), "fcfs").days
    assert sum(day.decided for day in days) == round(100 * each_day)


def test_hands_that_were_idle_decide_no_more_the_day_after():
    pleas = prepared(*(claim(f"{number}", arrives=at(1)) for number in range(9)))
    days = run(pleas, scenario(decisions_each_day=2, days=4), "fcfs").days
    assert [day.decided for day in days] == [0, 0, 2, 2]


def test_who_asked_first_is_decided_first_and_who_is_more_urgent_under_priority():
    pleas = prepared(
        claim("early", arrives=at(-3), band=Band.ROUTINE),
        claim("late", arrives=at(-1), band=Band.EMERGENCY),
    )
    week = scenario(departure(0, 9), decisions_each_day=1, days=1)
    assert set(run(pleas, week, "fcfs").moved) == {"EARLY"}
    assert set(run(pleas, week, "priority").moved) == {"LATE"}
    assert set(run(pleas, week, "planner").moved) == {"LATE"}


@every_policy
def test_nobody_is_called_once_the_list_has_closed_though_they_could_be_there(code):
    asked = prepared(claim("a", arrives=at(0)))
    assert run(asked, scenario(departure(1, 9), list_closes_hours=11), code).moved
    late = run(asked, scenario(departure(1, 9), list_closes_hours=12), code)
    assert bool(late.moved) is policy(code).standby


@without
def test_whoever_could_still_be_there_is_called_before_the_list_closes(code):
    asked = prepared(claim("a"))
    assert run(asked, scenario(departure(3, 9), list_closes_hours=24), code).moved


@without
def test_a_seat_promised_one_morning_is_not_promised_again_the_next(code):
    pleas = prepared(claim("far"), claim("near", province="P2"))
    week = scenario(departure(2, 4), reach=(way(30), way(1, "P2")))
    outcome = run(pleas, week, code)
    assert outcome.moved == {"FAR": "D2-12"}
    assert outcome.days[2].called_people == 4
    assert outcome.turned_away_too_many == 0


@every_policy
def test_a_departure_that_is_known_too_late_for_the_way_leaves_empty(code):
    asked, ways = prepared(claim("a")), (way(50),)
    week = {"reach": ways, "days": 6}
    assert run(asked, scenario(departure(4, 9), known_ahead_days=2, **week), code).moved
    assert not run(asked, scenario(departure(4, 9), known_ahead_days=1, **week), code).moved


@without
def test_whoever_can_wait_is_planned_again_tomorrow(code):
    pleas = prepared(
        claim("first", band=Band.ROUTINE), claim("second", arrives=at(1), band=Band.EMERGENCY)
    )
    moved = run(pleas, scenario(departure(2, 4)), code).moved
    assert set(moved) == ({"FIRST"} if code == "fcfs" else {"SECOND"})


# --- ways ----------------------------------------------------------------------


@every_policy
def test_a_closing_moves_nobody_from_there_after_it(code):
    pleas = prepared(*(claim(f"{number}") for number in range(6)), claim("z", province="P2"))
    trips = [departure(day, 4) for day in range(6)]
    week = scenario(*trips, closings=(closing(3),), reach=(way(1), way(1, "P2")))
    moved = run(pleas, week, code).moved
    assert {trip for family, trip in moved.items() if family != "Z"} <= {"D0-12", "D1-12", "D2-12"}
    assert "Z" in moved


@every_policy
def test_of_a_way_that_ends_those_still_leave_who_were_there_by_its_last_day(code):
    asked = prepared(claim("a"))
    for last, boards in ((0, False), (1, True)):
        ways = (way(36, until=at(last).date()),)
        week = scenario(departure(5, 9), reach=ways, known_ahead_days=5)
        assert bool(run(asked, week, code).moved) is boards


@every_policy
def test_each_reason_to_wait_is_told(code):
    pleas = prepared(
        claim("nowhere", province=None),
        claim("far", province="P9"),
        claim("late", province="P2", arrives=at(3)),
        claim("large", size=9),
        claim("fits"),
        claim("others", arrives=at(1)),
        claim("silent", schemes=(), not_yet_known=True),
        claim("none", schemes=()),
        claim("elsewhere", schemes=("T",)),
        claim("last", arrives=at(7, 13)),
    )
    week = scenario(departure(4, 4), reach=(way(1), way(30, "P2")))
    outcome = run(pleas, week, code)
    assert outcome.moved == {"FITS": "D4-12"}
    assert outcome.waits == {
        PLACE_NOT_KNOWN: 1, NO_WAY: 1, NOT_IN_TIME: 1, TOO_LARGE: 1, DID_NOT_COME: 0, OTHERS_FIRST: 1,
    }  # fmt: skip
    assert outcome.family_waits["FAR"] == NO_WAY
    assert outcome.family_waits["LARGE"] == TOO_LARGE
    assert some(outcome.ends) == {
        MOVED: 1, WAITS_FOR_SEAT: 5, NOT_YET_KNOWN: 1, NO_SCHEME: 2, WAITS_FOR_DECISION: 1,
    }  # fmt: skip
    assert "last" not in outcome.decided_on
    assert outcome.decided_on["others"] == date(2031, 5, 3)


# --- the same family twice -------------------------------------------------------


@every_policy
def test_a_likely_double_is_held_back_and_its_seat_goes_to_another(code):
    pleas = prepared(
        claim("a1", "A", likely_same=("a2",)),
        claim("a2", "A", likely_same=("a1",)),
        claim("b", arrives=at(-1, 13)),
    )
    outcome = run(pleas, scenario(departure(0, 8)), code)
    assert set(outcome.moved) == {"A", "B"}
    assert some(outcome.ends) == {MOVED: 2, DOUBLED: 1}
    assert outcome.doubled_calls == 0


@without
def test_a_double_that_the_matching_missed_costs_a_seat(code):
    pleas = prepared(claim("a1", "A"), claim("a2", "A"))
    outcome = run(pleas, scenario(departure(0, 8)), code)
    assert outcome.doubled_calls == 1
    assert (outcome.people_moved, outcome.empty_seats) == (4, 4)
    assert some(outcome.ends) == {MOVED: 1, DOUBLED: 1}


@without
def test_a_family_found_to_have_left_is_not_called_again(code):
    pleas = prepared(claim("a1", "A"), claim("a2", "A"))
    outcome = run(pleas, scenario(*(departure(day, 8) for day in range(4))), code)
    assert outcome.doubled_calls == 1
    assert some(outcome.ends) == {MOVED: 1, DOUBLED: 1}


@with_standby
def test_a_family_that_is_ready_twice_boards_once(code):
    pleas = prepared(claim("a1", "A"), claim("a2", "A"))
    week = scenario(departure(0, 8), list_closes_hours=48, standby_per_seat=1.0)
    outcome = run(pleas, week, code)
    assert (outcome.people_moved, outcome.families_split) == (4, 0)


@with_standby
def test_whoever_is_ready_boards_no_departure_that_leaves_before_they_are_there(code):
    trips = [departure(2, 4, hour=6), departure(2, 4, hour=20)]
    week = scenario(*trips, reach=(way(36),), list_closes_hours=60, standby_per_seat=1.0)
    assert run(prepared(claim("a", arrives=at(0))), week, code).moved == {"A": "D2-20"}


@every_policy
def test_a_plea_that_does_not_say_where_the_family_is_holds_no_other_back(code):
    pleas = prepared(
        claim("a1", "A", province=None, likely_same=("a2",)),
        claim("a2", "A", likely_same=("a1",), arrives=at(-1, 13)),
    )
    outcome = run(pleas, scenario(departure(1, 8), reach=(way(1),)), code)
    assert some(outcome.ends) == {MOVED: 1, DOUBLED: 1}


@every_policy
def test_a_family_taken_for_another_is_counted(code):
    pleas = prepared(
        claim("a", band=Band.EMERGENCY, likely_same=("b",)),
        claim("b", likely_same=("a",), arrives=at(-1, 13)),
    )
    outcome = run(pleas, scenario(departure(1, 20)), code)
    assert set(outcome.moved) == {"A"}
    assert outcome.held_in_error == 1


# --- who comes -------------------------------------------------------------------


@without
def test_a_family_that_never_comes_is_called_twice_and_no_more(code):
    trips = [departure(day, 4) for day in range(6)]
    outcome = run(prepared(claim("a")), scenario(*trips, no_show=1.0), code)
    assert (outcome.no_show_families, outcome.families_moved) == (2, 0)
    assert outcome.waits[DID_NOT_COME] == 1
    assert sum(day.no_show_people for day in outcome.days) == 8


@with_standby
def test_seats_that_fall_empty_go_to_those_who_are_ready(code):
    pleas = prepared(claim("a", band=Band.EMERGENCY), claim("b", arrives=at(-1, 13)))
    week = scenario(departure(0, 4), no_show=1.0, standby_per_seat=1.0, days=1)
    outcome = run(pleas, week, code)
    assert set(outcome.moved) == {"B"}
    assert outcome.days[0].standby_people == 4
    assert outcome.empty_seats == 0


@with_standby
def test_those_who_were_ready_and_not_needed_go_home_and_wait_on(code):
    pleas = prepared(claim("a", band=Band.EMERGENCY), claim("b", arrives=at(-1, 13)))
    week = scenario(departure(0, 4), departure(2, 4), standby_per_seat=1.0, days=4)
    outcome = run(pleas, week, code)
    assert outcome.moved == {"A": "D0-12", "B": "D2-12"}
    assert outcome.sent_home_people == 4


@with_standby
def test_no_more_are_told_to_be_ready_than_the_scenario_says(code):
    pleas = prepared(*(claim(f"{number}", size=2) for number in range(20)))
    week = scenario(departure(0, 10), standby_per_seat=0.4, days=1)
    assert run(pleas, week, code).sent_home_people == 4


@with_standby
def test_those_from_afar_who_are_ready_already_are_counted_when_the_near_are_told(code):
    pleas = prepared(
        claim("called", province="P2", band=Band.EMERGENCY, arrives=at(-3)),
        claim("far"),
        claim("near", province="P2"),
    )
    week = scenario(departure(2, 4), reach=(way(30), way(1, "P2")), standby_per_seat=1.0)
    outcome = run(pleas, week, code)
    assert outcome.moved == {"CALLED": "D2-12"}
    assert outcome.sent_home_people == 4
    # Whoever is thought of for the seat itself takes no place among those who are ready for it.
    assert run(pleas, replace(week, no_show=1.0), code).moved == {"FAR": "D2-12"}


@with_standby
def test_nobody_sets_out_to_be_ready_who_would_come_too_late(code):
    week = scenario(departure(2, 4), reach=(way(30),), standby_per_seat=1.0)
    outcome = run(prepared(claim("a", arrives=at(1))), week, code)
    assert outcome.sent_home_people == 0
    assert outcome.waits[NOT_IN_TIME] == 1


@without
def test_that_a_family_was_turned_away_does_not_count_against_it(code):
    pleas = prepared(claim("a", size=5, size_told=3))
    week = scenario(departure(0, 3), departure(2, 5))
    course, _ = run_through(ground_of(pleas, week), policy(code))
    assert course.turned_away == 1
    assert course.calls.tolist() == [1]


@without
def test_a_family_larger_than_was_told_waits_whole_and_is_then_known(code):
    pleas = prepared(claim("a", size=5, size_told=3))
    week = scenario(departure(0, 3), departure(1, 4), departure(2, 5))
    outcome = run(pleas, week, code)
    assert outcome.turned_away_too_many == 1
    assert outcome.moved == {"A": "D2-12"}
    assert outcome.people_moved == 5


def test_a_draw_depends_on_seed_family_and_day_and_on_nothing_else():
    days = [STARTS, date(2031, 5, 2)]
    found = draws(1, ["A", "B"], days)
    assert found[0, 0] == draws(1, ["A"], [STARTS])[0, 0]
    assert len({*found.ravel().tolist(), *draws(2, ["A", "B"], days).ravel().tolist()}) == 8
    # The same on any machine, whatever the hash seed.
    assert found[0, 0] == pytest.approx(0.9033952001772116, abs=1e-15)
    many = draws(1, [f"F{number}" for number in range(4_000)], [STARTS])
    assert many.mean() == pytest.approx(0.5, abs=0.02)


# --- hindsight -------------------------------------------------------------------


def test_hindsight_may_use_what_no_policy_could_know():
    pleas = prepared(claim("a", arrives=at(0)), claim("b", size=2, arrives=at(0)))
    week = scenario(departure(0, 6, hour=18), decisions_each_day=0)
    hindsight = hindsight_of(pleas, week, clock=lambda: 0.0)
    assert hindsight.bound == hindsight.plan_priority == pytest.approx(36 + 18)
    assert hindsight.plan_people == 6
    assert run(pleas, week, "planner-standby").share_of_bound == 0


def test_hindsight_counts_a_family_once_and_at_its_highest_worth():
    pleas = prepared(
        claim("a1", "A", priority=1.0, worth=40.0), claim("a2", "A", priority=40.0, worth=40.0)
    )
    assert hindsight_of(pleas, scenario(departure(0, 9)), clock=lambda: 0.0).bound == 40.0


def test_silence_has_a_price_and_the_second_bound_tells_it():
    silent = claim("a", schemes=(), not_yet_known=True)
    pleas = prepared(silent, claim("b", band=Band.ROUTINE))
    told = {**pleas.needs, "A": prepared(claim("a")).needs["A"]}
    caseload = Prepared(
        operation="made-up", caseload_seed=1, people=8, claims=pleas.claims, needs=told
    )
    hindsight = hindsight_of(caseload, scenario(departure(0, 4)), clock=lambda: 0.0)
    assert (hindsight.bound, hindsight.told_all_bound) == (4.0, 36.0)


def test_the_bound_holds_where_whole_families_leave_seats_empty():
    """Ten seats: the family of six brings most for a seat, the two of five bring most together."""
    pleas = prepared(
        claim("six", size=6, priority=60.6, worth=60.6),
        claim("five", size=5, priority=50.0, worth=50.0),
        claim("also", size=5, priority=50.0, worth=50.0),
    )
    hindsight = hindsight_of(pleas, scenario(departure(0, 10)), clock=lambda: 0.0)
    assert hindsight.plan_priority <= 100.0 <= hindsight.bound <= 100.6 + 1e-9


def test_who_told_more_than_is_true_still_counts_as_told_in_the_second_bound():
    told, silent = claim("a", province="P1"), claim("b", schemes=())
    needs = {
        "A": replace(prepared(told).needs["A"], priority=1.0, province="P9"),
        "B": prepared(claim("b")).needs["B"],
    }
    caseload = replace(prepared(told, silent), needs=needs)
    week = scenario(departure(1, 8), reach=(way(1),))
    hindsight = hindsight_of(caseload, week, clock=lambda: 0.0)
    assert (hindsight.bound, hindsight.told_all_bound) == (36.0, 72.0)


# --- counted from what was written down ----------------------------------------------


def test_a_family_of_whom_somebody_is_on_no_manifest_is_counted_as_split():
    course, days = run_through(
        ground_of(prepared(claim("a"), claim("b")), scenario(departure(0, 8))), policy("fcfs")
    )
    first, other = course.manifest
    for wrong in (replace(first, people=3), replace(first, family=other.family)):
        course.manifest[0] = wrong
        assert outcome_from(course, days, bound=1.0, seconds=0.0).families_split == 1


def test_a_plea_of_which_nothing_was_written_down_is_without_an_end():
    course, days = run_through(ground_of(prepared(claim("a")), scenario()), policy("fcfs"))
    course.ends.clear()
    outcome = outcome_from(course, days, bound=1.0, seconds=0.0)
    assert (outcome.pleas_without_an_end, sum(outcome.ends.values())) == (1, 0)


def test_without_a_seat_there_is_nothing_to_fall_short_of():
    outcome = run(prepared(claim("a")), scenario(), "planner-standby")
    assert outcome.share_of_bound == 1.0
    assert outcome.ends[NO_SCHEME] == 1


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(0, 50)), max_size=7), st.integers(0, 25))
def test_those_put_aboard_from_standby_are_worth_most_together(families, room):
    sizes, worth = [size for size, _ in families], [float(value) for _, value in families]
    chosen = fullest(sizes, worth, room)
    assert sum(sizes[at] for at in chosen) <= room
    best = max(
        sum(worth[at] for at in some)
        for count in range(len(families) + 1)
        for some in combinations(range(len(families)), count)
        if sum(sizes[at] for at in some) <= room
    )
    assert sum(worth[at] for at in chosen) == best


def test_departures_outside_the_days_take_no_part():
    week = scenario(departure(0, 4), departure(9, 4), days=3)
    assert [each.departure_id for each in ground_of(prepared(), week).departures] == ["D0-12"]
