"""The bench of homes: our planner beside placing in order of arrival, and a solver given the whole model."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import numpy as np

from safeconduct.core.allocation import Plan, PlanRow
from safeconduct.core.allocation.checking import check_homes
from safeconduct.core.allocation.homes import plan_homes
from safeconduct.core.allocation.places import problem_of, set_out_places
from safeconduct.core.allocation.problem import WAITS
from safeconduct.rehearsal.bench import contests
from safeconduct.rehearsal.bench.baselines import Answer, in_turn, whole_model
from safeconduct.rehearsal.bench.contests import MORE_IS_BETTER, contest_of_plans
from safeconduct.rehearsal.bench.made_homes import HomeCase, made_homes
from safeconduct.rehearsal.bench.measuring import seconds_now, timed
from safeconduct.rehearsal.bench.records import Bench, Contest

# What the planner is given: the seconds of one plan, whatever the size.
SECONDS = 60.0
IN_TURN, SOLVER = "order of arrival", "HiGHS, whole model"


def contest(size: int, seed: int) -> Contest:
    return homes_contest(made_homes(size, seed))


def homes_contest(case: HomeCase, *, seconds: float = SECONDS) -> Contest:
    """Ours and the baselines on one case. The solver has as long as ours took."""
    plan, ours = timed(
        lambda: plan_homes(
            case.families, case.localities, case.scores, clock=seconds_now, seconds=seconds
        )
    )
    return contest_of_plans(
        plan,
        ours,
        ways(case, solver_seconds=ours.seconds),
        as_plan=partial(plan_of, case, bound=plan.bound),
        wrong=partial(broken_by, case),
    )


def broken_by(case: HomeCase, plan: Plan) -> list[str]:
    return check_homes(plan, case.families, case.localities, case.scores)


def ways(case: HomeCase, *, solver_seconds: float) -> Mapping[str, Callable[[], Answer | None]]:
    """The baselines, each from the case to its answer."""
    return {IN_TURN: partial(_in_turn, case), SOLVER: partial(_solved, case, solver_seconds)}


def _in_turn(case: HomeCase) -> Answer:
    """Families in the order in which they arrived, each in the locality with its best score that has room."""
    problem = problem_of(set_out_places(case.families, case.localities, case.scores))
    return Answer(where=in_turn(problem, np.arange(problem.units), problem.worth))


def _solved(case: HomeCase, seconds: float) -> Answer | None:
    began = seconds_now()
    problem = problem_of(set_out_places(case.families, case.localities, case.scores))
    return whole_model(problem, seconds - (seconds_now() - began))


def plan_of(case: HomeCase, answer: Answer, *, bound: float) -> Plan:
    """A baseline's answer in the form of a plan, so that it can be held against the same rules."""
    objective, people = 0.0, 0
    rows = []
    for family, at in zip(case.families, answer.where.tolist(), strict=True):
        target = case.localities[at].locality_id if at != WAITS else None
        if target is not None:
            objective += case.scores[family.family_id, target] or 0.0
            people += family.size or 0
        why = "waits" if target is None else "placed"
        rows.append(PlanRow(family_id=family.family_id, target=target, reason=why, why=why))
    return Plan(
        rows=tuple(rows),
        objective=objective,
        bound=max(bound, objective),
        seated_people=people,
        empty=sum(each.people or 0 for each in case.localities) - people,
        status="a baseline's",
        seconds=0.0,
    )


BENCH = Bench(
    name="homes",
    what="families to 330 localities of four resources: the best plan in a minute",
    unit="families",
    sizes=(1_250, 2_500, 5_000),
    small=(16, 24, 32),
    contest=contest,
    higher_is_better=MORE_IS_BETTER,
    notes=(
        "The families, localities and scores are made up (rehearsal/bench/made_homes.py), by assumptions of ours.",
        "The planner is given a minute at every size: the gap is the measure; the growth of the seconds says little.",
        "The localities are 330 at every size: with few families they are small, and harder to fill.",
        *contests.NOTES,
    ),
)
