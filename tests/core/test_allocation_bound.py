"""The engine under seats and homes: bounds that hold at any price, and plans near them on a middling crisis."""

from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from safeconduct.core.allocation.assignment import assigned
from safeconduct.core.allocation.problem import WAITS, Problem, make_problem
from safeconduct.core.allocation.rounding import everybody_waits, filled


def crisis(seed: int, *, units: int, targets: int, resources: int = 2) -> Problem:
    """Made-up needs that ask for about twice what there is."""
    chance = np.random.default_rng(seed)
    need = chance.integers(1, 9, (units, resources)).astype(float)
    capacity = chance.multinomial(
        int(need.sum() / resources / 2), np.full(targets, 1 / targets), size=resources
    ).T.astype(float)
    unit, target = np.nonzero(chance.random((units, targets)) < 0.5)
    worth = need[unit, 0] * chance.uniform(1, 10, len(unit))
    return make_problem(need=need, capacity=capacity, unit=unit, target=target, worth=worth)


def countdown(seconds: float):
    until = time.perf_counter() + seconds
    return lambda: until - time.perf_counter()


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.floats(0, 20))
def test_no_plan_is_worth_more_than_the_bound_at_any_price(seed, price):
    problem = crisis(seed, units=12, targets=3)
    prices = np.random.default_rng(seed).uniform(0, price, problem.capacity.shape)
    plan = filled(problem, everybody_waits(problem), np.zeros_like(prices))
    assert (problem.left(plan) >= 0).all()
    assert problem.total(plan) <= problem.bound(prices) + 1e-9


@pytest.mark.parametrize("seed", [1, 2])
def test_a_middling_crisis_is_solved_to_within_a_few_hundredths(seed):
    problem = crisis(seed, units=300, targets=8)
    answer = assigned(problem, seconds_left=countdown(1.0))
    assert (problem.left(answer.chosen) >= 0).all()
    assert answer.objective == pytest.approx(problem.total(answer.chosen))
    assert answer.objective <= answer.bound <= answer.objective * 1.05


def test_with_no_time_at_all_there_is_still_a_plan_and_a_bound_that_holds():
    problem = crisis(4, units=200, targets=6)
    hurried = assigned(problem, seconds_left=lambda: 0.0)
    unhurried = assigned(problem, seconds_left=countdown(1.0))
    assert (hurried.chosen != WAITS).any()
    assert hurried.bound >= unhurried.objective
    assert not hurried.proved
