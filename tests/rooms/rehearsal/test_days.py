"""The laws of the days: whatever the caseload, the week and the policy."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings, strategies as st
from made_up_days import at, made_caseload, made_scenario, prepared

from safeconduct.rehearsal.days.course import Course
from safeconduct.rehearsal.days.ends import ENDS, WAITS, WAITS_FOR_SEAT
from safeconduct.rehearsal.days.ground import Ground, ground_of
from safeconduct.rehearsal.days.hindsight import hindsight_on
from safeconduct.rehearsal.days.outcome import outcome_from
from safeconduct.rehearsal.days.policies import POLICIES
from safeconduct.rehearsal.days.records import Outcome, Policy
from safeconduct.rehearsal.days.running import run_through
from safeconduct.rehearsal.days.ways import DAY

pytestmark = pytest.mark.slow

CASES = {
    "seed": st.integers(0, 10_000),
    "families": st.integers(0, 40),
    "policy": st.sampled_from(POLICIES),
}


def ran(seed: int, families: int, policy: Policy) -> tuple[Ground, Course, Outcome]:
    ground = ground_of(made_caseload(seed, families), made_scenario(seed))
    course, days = run_through(ground, policy)
    bound = hindsight_on(ground, clock=lambda: 0.0, told_all=False).bound
    return ground, course, outcome_from(course, days, bound=bound, seconds=0.0)


@settings(max_examples=60)
@given(**CASES)
def test_no_policy_exceeds_hindsight_by_which_nothing_is_hidden(seed, families, policy):
    ground, _, outcome = ran(seed, families, policy)
    hindsight = hindsight_on(ground, clock=lambda: 0.0)
    assert outcome.priority_moved <= hindsight.bound * (1 + 1e-9) + 1e-9
    assert hindsight.plan_priority <= hindsight.bound
    assert hindsight.bound <= hindsight.told_all_bound
    assert 0 <= outcome.share_of_bound <= 1 + 1e-9


@settings(max_examples=60)
@given(**CASES)
def test_nobody_is_moved_twice_and_no_family_is_split(seed, families, policy):
    ground, course, outcome = ran(seed, families, policy)
    moved = [line.family for line in course.manifest]
    assert len(moved) == len(set(moved)) == outcome.families_moved == len(outcome.moved)
    assert outcome.families_split == 0
    assert outcome.people_moved == sum(int(ground.family_size[family]) for family in moved)


@settings(max_examples=60)
@given(**CASES)
def test_no_departure_carries_more_than_it_has_seats(seed, families, policy):
    ground, course, outcome = ran(seed, families, policy)
    aboard = [0] * len(ground.departures)
    for line in course.manifest:
        aboard[line.departure] += line.people
    assert all(people <= each.seats for people, each in zip(aboard, ground.departures, strict=True))
    assert outcome.empty_seats == sum(each.seats for each in ground.departures) - sum(aboard)
    for day in outcome.days:
        assert day.seats == day.boarded_people + day.standby_people + day.empty


@settings(max_examples=60)
@given(**CASES)
def test_every_plea_has_one_end(seed, families, policy):
    ground, _, outcome = ran(seed, families, policy)
    assert outcome.pleas_without_an_end == 0
    assert set(outcome.ends) == set(ENDS)
    assert sum(outcome.ends.values()) == len(ground.claims)
    assert set(outcome.waits) == set(WAITS)
    assert sum(outcome.waits.values()) == outcome.ends[WAITS_FOR_SEAT]


@settings(max_examples=60)
@given(**CASES)
def test_nobody_boards_before_they_asked_were_decided_and_could_be_there(seed, families, policy):
    ground, course, _ = ran(seed, families, policy)
    for line in course.manifest:
        each = ground.claims[line.claim]
        leaves = ground.departures[line.departure]
        decided = int(course.decided_at[line.claim])
        assert ground.arrives[line.claim] < decided + 1
        assert decided <= ground.latest[ground.standing[line.claim], line.departure]
        assert each.schemes
        assert not leaves.schemes or set(leaves.schemes) & set(each.schemes)
        comes = ground.draws[line.family, ground.day_of[line.departure]]
        rate = ground.scenario.standby_shows if line.from_standby else 1 - ground.scenario.no_show
        assert comes < rate


@settings(max_examples=60)
@given(**CASES)
def test_no_more_is_decided_than_there_are_hands(seed, families, policy):
    ground, course, outcome = ran(seed, families, policy)
    scenario = ground.scenario
    for number, day in enumerate(outcome.days, 1):
        so_far = sum(each.decided for each in outcome.days[:number])
        assert so_far <= number * scenario.caseworkers * scenario.decisions_each_day + 1e-6
        assert day.decided == sum(course.decided_at == (number - 1) * DAY)


@settings(max_examples=30)
@given(**CASES)
def test_the_same_seed_gives_the_same_days(seed, families, policy):
    _, _, once = ran(seed, families, policy)
    _, _, again = ran(seed, families, policy)
    assert once == again


@settings(max_examples=30)
@given(seed=st.integers(0, 10_000), families=st.integers(1, 40))
def test_every_policy_meets_the_same_pleas_the_same_seats_and_the_same_luck(seed, families):
    grounds = [ran(seed, families, policy) for policy in POLICIES]
    told = [[(day.pleas, day.seats) for day in outcome.days] for _, _, outcome in grounds]
    assert all(each == told[0] for each in told)
    assert all((ground.draws == grounds[0][0].draws).all() for ground, _, _ in grounds)


def test_the_planner_with_all_known_and_everybody_coming_does_nearly_what_hindsight_could():
    told = {each.family_id: each for each in made_caseload(3, 400).claims}
    claims = (
        replace(each, size_told=each.size, priority=each.worth, arrives=at(-1), likely_same=())
        for each in told.values()
    )
    whole = prepared(*claims)
    scenario = made_scenario(
        3, no_show=0.0, closings=(), decisions_each_day=1_000, known_ahead_days=8,
        list_closes_hours=0,
    )  # fmt: skip
    ground = ground_of(whole, scenario)
    planner = next(each for each in POLICIES if each.code == "planner")
    course, days = run_through(ground, planner)
    bound = hindsight_on(ground, clock=lambda: 0.0).bound
    assert bound > 0
    assert outcome_from(course, days, bound=bound, seconds=0.0).share_of_bound >= 0.99


@pytest.mark.parametrize("policy", POLICIES, ids=lambda each: each.code)
def test_standby_never_makes_a_policy_without_it_say_that_it_had_some(policy):
    _, _, outcome = ran(11, 40, policy)
    standby = sum(day.standby_people + day.sent_home for day in outcome.days)
    assert policy.standby or standby == 0
