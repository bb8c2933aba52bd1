"""The benches of plans, triage and the main job: fair cases, baselines that keep the rules, nobody above the bound."""

from __future__ import annotations

import itertools
from dataclasses import replace
from math import inf

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from safeconduct.core.allocation.problem import WAITS, make_problem
from safeconduct.rehearsal.bench import (
    homes,
    main_job,
    seats,
    seats_decay,
    seats_patient,
    triage,
    triage_unlike,
)
from safeconduct.rehearsal.bench.baselines import Answer, in_turn, whole_model
from safeconduct.rehearsal.bench.contests import contest_of_plans
from safeconduct.rehearsal.bench.made_homes import LOCALITIES, made_homes
from safeconduct.rehearsal.bench.made_seats import DEPARTURES, SEATS_PER_FAMILY, made_seats
from safeconduct.rehearsal.bench.records import Run

pytestmark = pytest.mark.slow

RUN = Run(seconds=1.0, peak_mb=1.0)


def problem_of(need, capacity, pairs):
    """A problem with one resource; `pairs` are (unit, target, worth)."""
    unit, target, worth = zip(*pairs, strict=True) if pairs else ((), (), ())
    return make_problem(
        need=np.array(need, dtype=np.float64).reshape(len(need), 1),
        capacity=np.array(capacity, dtype=np.float64).reshape(len(capacity), 1),
        unit=np.array(unit, dtype=np.int64),
        target=np.array(target, dtype=np.int64),
        worth=np.array(worth, dtype=np.float64),
    )


@st.composite
def small_problems(draw):
    need = draw(st.lists(st.integers(1, 4), min_size=1, max_size=5))
    capacity = draw(st.lists(st.integers(0, 6), min_size=1, max_size=3))
    pairs = [
        (unit, target, draw(st.integers(0, 20)))
        for unit, target in itertools.product(range(len(need)), range(len(capacity)))
        if draw(st.booleans())
    ]
    return problem_of(need, capacity, pairs)


def worth_of(problem, where) -> float:
    """What these targets are worth, pair by pair; fails for a pair that is not there or a target that is overfull."""
    pairs = list(zip(problem.unit.tolist(), problem.target.tolist(), problem.worth, strict=True))
    worth = {(unit, target): value for unit, target, value in pairs}
    for target, room in enumerate(problem.capacity[:, 0]):
        there = [unit for unit, at in enumerate(where) if at == target]
        assert sum(problem.need[unit, 0] for unit in there) <= room
    return sum(worth[unit, at] for unit, at in enumerate(where) if at != WAITS)


def best_of(problem) -> float:
    """By every assignment there is."""
    best = 0.0
    choices = [
        [WAITS, *problem.target[problem.first[unit] : problem.first[unit + 1]].tolist()]
        for unit in range(problem.units)
    ]
    for where in itertools.product(*choices):
        try:
            best = max(best, worth_of(problem, where))
        except AssertionError:
            continue
    return best


class TestBaselines:
    @settings(max_examples=60)
    @given(small_problems(), st.randoms(use_true_random=False))
    def test_a_queue_splits_nobody_and_overfills_nothing(self, problem, chance):
        turn = chance.sample(range(problem.units), problem.units)
        liking = np.array([chance.random() for _ in range(problem.pairs)])
        where = in_turn(problem, np.array(turn), liking)
        assert worth_of(problem, where.tolist()) <= best_of(problem)

    @settings(max_examples=40)
    @given(small_problems())
    def test_the_solver_with_time_finds_the_best_there_is(self, problem):
        if not problem.pairs:
            return
        answer = whole_model(problem, 5.0)
        assert answer is not None
        best = best_of(problem)
        assert worth_of(problem, answer.where.tolist()) == pytest.approx(best)
        assert answer.bound >= best - 1e-6

    def test_whoever_comes_first_takes_what_it_likes_best(self):
        problem = problem_of([2, 2, 1], [3, 2], [(0, 0, 5), (0, 1, 9), (1, 1, 9), (2, 0, 1)])
        liking = problem.worth
        assert in_turn(problem, np.array([0, 1, 2]), liking).tolist() == [1, WAITS, 0]
        assert in_turn(problem, np.array([1, 0, 2]), liking).tolist() == [0, 1, 0]

    def test_a_queue_goes_on_to_the_next_that_has_room(self):
        problem = problem_of([2, 2], [2, 2], [(0, 0, 1), (1, 0, 9), (1, 1, 3)])
        assert in_turn(problem, np.array([0, 1]), problem.worth).tolist() == [0, 1]


class TestCases:
    def test_the_same_seed_makes_the_same_crisis_and_another_seed_another(self):
        assert made_seats(200, 5) == made_seats(200, 5)
        assert made_seats(200, 5) != made_seats(200, 6)
        assert made_homes(40, 5) == made_homes(40, 5)
        assert made_homes(40, 5) != made_homes(40, 6)

    def test_seats_are_as_scarce_at_every_size(self):
        for size in (500, 3_000):
            case = made_seats(size, 1)
            people = sum(family.size for family in case.families)
            assert len(case.families) == size
            assert sum(each.seats for each in case.departures) == round(size * SEATS_PER_FAMILY)
            assert people / size == pytest.approx(4.95, abs=0.3)
            assert all(each.stretcher_spaces <= each.seats for each in case.departures)
        assert len(made_seats(3_000, 1).departures) == DEPARTURES

    def test_waiting_costs_only_where_it_is_meant_to(self):
        assert all(family.decay_per_day == 0 for family in made_seats(50, 1).families)
        assert any(family.decay_per_day > 0 for family in made_seats(50, 1, decay=True).families)

    def test_homes_are_for_fewer_than_ask(self):
        case = made_homes(1_400, 1)
        assert len(case.localities) == LOCALITIES
        asking = sum(family.size for family in case.families)
        assert sum(each.people for each in case.localities) == round(asking * 0.8)
        possible = len(case.scores) / (len(case.families) * len(case.localities))
        assert possible == pytest.approx(0.375, abs=0.01)


def laws_of(contest, bound):
    """Ours is worth no less than any baseline, and nobody more than the bound."""
    ours = contest.ours.measures
    assert ours["value"] <= bound * (1 + 1e-9)
    for run in contest.baselines.values():
        assert run.measures["value"] <= bound * (1 + 1e-9)
        assert run.measures["value"] <= ours["value"] + 1e-6
        assert run.measures["gap"] >= ours["gap"] - 1e-9


class TestSeats:
    def test_ours_is_no_worse_than_any_baseline_and_nobody_is_above_the_bound(self):
        for contest in (seats.contest(60, 1), seats_decay.contest(60, 1)):
            assert set(contest.baselines) == {seats.QUEUE, seats.BY_PRIORITY, seats.SOLVER}
            laws_of(contest, contest.ours.measures["bound"])
            assert contest.size == 60

    @pytest.mark.parametrize("decay", [False, True])
    def test_the_baselines_plans_keep_every_rule(self, decay):
        case = made_seats(150, 2, decay=decay)
        for way in seats.ways(case, solver_seconds=5.0).values():
            plan = seats.plan_of(case, way(), bound=inf)
            assert seats.broken_by(case, plan) == []
            assert plan.seated_people > 0

    def test_a_patient_solver_has_its_own_time(self, monkeypatch):
        given = []
        monkeypatch.setattr(seats, "whole_model", lambda problem, seconds: given.append(seconds))
        contest = seats_patient.contest(60, 1)
        assert given[0] == pytest.approx(seats_patient.SOLVER_SECONDS, abs=5)
        assert seats.SOLVER not in contest.baselines
        assert "found no plan" in contest.not_run[seats.SOLVER]


class TestHomes:
    def test_ours_is_no_worse_than_any_baseline_and_nobody_is_above_the_bound(self):
        contest = homes.contest(16, 1)
        assert set(contest.baselines) == {homes.IN_TURN, homes.SOLVER}
        laws_of(contest, contest.ours.measures["bound"])

    def test_the_baselines_plans_keep_every_rule(self):
        case = made_homes(24, 2)
        for way in homes.ways(case, solver_seconds=5.0).values():
            plan = homes.plan_of(case, way(), bound=inf)
            assert homes.broken_by(case, plan) == []
            assert plan.seated_people > 0


def test_a_plan_that_breaks_a_rule_is_no_contest():
    case = made_seats(60, 1)
    full = Answer(where=np.zeros(60, dtype=np.int64))
    nobody = seats.plan_of(case, Answer(where=np.full(60, WAITS)), bound=1.0)
    with pytest.raises(AssertionError):
        contest_of_plans(
            nobody,
            RUN,
            {"all aboard the first": lambda: full},
            as_plan=lambda answer: seats.plan_of(case, answer, bound=1.0),
            wrong=lambda plan: seats.broken_by(case, plan),
        )


def test_a_plan_told_better_than_it_is_is_no_contest():
    case = made_seats(60, 1)
    nobody = seats.plan_of(case, Answer(where=np.full(60, WAITS)), bound=1.0)
    with pytest.raises(AssertionError):
        contest_of_plans(
            replace(nobody, objective=1.0),
            RUN,
            {},
            as_plan=lambda answer: nobody,
            wrong=lambda plan: seats.broken_by(case, plan),
        )


class TestTriage:
    def test_every_plea_is_assessed_and_counted(self):
        contest = triage.contest(60, 1)
        assert contest.size == 60
        assert 0 < contest.ours.measures["with_a_band"] <= contest.ours.measures["households"]
        assert contest.ours.measures["reasons"] >= contest.ours.measures["households"]
        assert not contest.baselines

    def test_the_hard_case_counts_people_and_repeats_itself(self, operation):
        made = triage_unlike.unlike_households(operation, 100, 3)
        assert 100 <= sum(each.size for each in made) < 109
        assert made == triage_unlike.unlike_households(operation, 100, 3)
        assert made != triage_unlike.unlike_households(operation, 100, 4)

    def test_in_the_hard_case_nearly_no_two_are_alike(self, operation):
        made = triage_unlike.unlike_households(operation, 500, 1)
        told = [repr((each.facts, [person.facts for person in each.people])) for each in made]
        assert len(set(told)) > 0.9 * len(told)
        assert triage_unlike.contest(50, 1).ours.measures["households"] > 0


@pytest.mark.slow
def test_the_main_job_loses_no_row_and_measures_the_command_not_the_bench():
    contest = main_job.contest(40, 1)
    told = contest.ours.measures
    ends = told["rows_accepted"] + told["rows_quarantined"] + told["rows_repeated"]
    assert ends == told["rows_read"] > 0
    assert told["pleas_without_an_end"] == 0
    assert contest.ours.peak_mb > 30
    assert contest.ours.rounds == 1
