"""Several draws of luck: the same pleas, seats and ways, other families who come."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings, strategies as st
from made_up_days import made_caseload, made_scenario

from safeconduct.rehearsal.days.ground import ground_of
from safeconduct.rehearsal.days.policies import POLICIES
from safeconduct.rehearsal.days.records import Prepared, Rehearsal, Scenario
from safeconduct.rehearsal.days.rehearsing import DRAWS, luck_seeds_of, rehearsed

pytestmark = pytest.mark.slow

CODES = [each.code for each in POLICIES]
SEEDS = st.integers(0, 10_000)


def week(seed: int, **others: float) -> Scenario:
    """One in which it matters who comes."""
    told = {"no_show": 0.3, "standby_shows": 0.6, "decisions_each_day": 1_000, "closings": ()}
    return made_scenario(seed, **{**told, **others})


def under(prepared: Prepared, scenario: Scenario, luck_seeds: list[int] | None) -> Rehearsal:
    return rehearsed(
        prepared,
        scenario,
        share=1.0,
        clock=lambda: 0.0,
        no_show_rates=(),
        luck_seeds=luck_seeds,
        progress=lambda what, share: None,
        seconds={},
    )


@settings(max_examples=10)
@given(seed=SEEDS, other=SEEDS)
def test_a_draw_is_what_its_own_seed_would_have_given_by_itself(seed, other):
    prepared, scenario = made_caseload(seed, 25), week(seed)
    several = under(prepared, scenario, [other])
    alone = under(prepared, replace(scenario, seed=other), [])
    assert several.luck[-1] == alone.luck[0]
    assert {each.policy.code: each.share_of_bound for each in alone.outcomes} == alone.luck[
        0
    ].shares


@settings(max_examples=10)
@given(seed=SEEDS)
def test_the_scenarios_own_draw_comes_first_and_tells_what_the_outcomes_tell(seed):
    made = under(made_caseload(seed, 25), week(seed), [seed + 5, seed, seed + 5])
    assert [each.seed for each in made.luck] == [seed, seed + 5]
    own = made.luck[0]
    assert own.bound == made.hindsight.bound
    for outcome in made.outcomes:
        assert own.shares[outcome.policy.code] == outcome.share_of_bound
        assert own.people[outcome.policy.code] == outcome.people_moved


@settings(max_examples=10)
@given(seed=SEEDS)
def test_no_policy_exceeds_the_bound_of_any_draw(seed):
    for drawn in under(made_caseload(seed, 25), week(seed), [seed + 1, seed + 2]).luck:
        assert list(drawn.shares) == list(drawn.people) == CODES
        assert all(0 <= share <= 1 + 1e-9 for share in drawn.shares.values())


def test_the_same_luck_gives_the_same_record_and_another_another():
    prepared, scenario = made_caseload(5, 120), week(5)
    once, again = (under(prepared, scenario, None) for _ in range(2))
    assert once.luck == again.luck
    assert [each.seed for each in once.luck] == list(luck_seeds_of(5)) == [5, 6, 7, 8, 9]
    assert len({tuple(each.shares.values()) for each in once.luck}) == DRAWS


def test_another_draw_changes_who_comes_and_nothing_else():
    ground = ground_of(made_caseload(3, 60), week(3))
    drawn = ground.with_luck(9)
    assert (drawn.draws != ground.draws).all()
    assert replace(drawn.scenario, seed=3) == ground.scenario
    assert drawn.claims == ground.claims
    assert drawn.latest is ground.latest


@pytest.mark.parametrize("seed", [1, 4])
def test_where_everybody_comes_every_draw_is_the_same(seed):
    scenario = week(seed, no_show=0.0, standby_shows=1.0)
    one, other = under(made_caseload(seed, 40), scenario, [seed + 1]).luck
    assert min(one.people.values()) > 0
    assert replace(other, seed=one.seed) == one
