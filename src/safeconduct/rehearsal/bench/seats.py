"""The bench of seats: our planner beside a queue, an order of priority, and a solver given the whole model."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import numpy as np

from safeconduct.core.allocation import Plan, PlanRow
from safeconduct.core.allocation.checking import check_seats
from safeconduct.core.allocation.eligibility import may_board, set_out
from safeconduct.core.allocation.problem import WAITS, Floats, Problem, make_problem
from safeconduct.core.allocation.seats import plan_seats
from safeconduct.rehearsal.bench import contests
from safeconduct.rehearsal.bench.baselines import Answer, in_turn, whole_model
from safeconduct.rehearsal.bench.contests import MORE_IS_BETTER, contest_of_plans
from safeconduct.rehearsal.bench.made_seats import SeatCase, made_seats
from safeconduct.rehearsal.bench.measuring import seconds_now, timed
from safeconduct.rehearsal.bench.records import Bench, Contest

# What the planner is given: the seconds of one plan, whatever the size.
SECONDS = 20.0
QUEUE, BY_PRIORITY, SOLVER = "first come, first served", "priority order", "HiGHS, whole model"


def contest(size: int, seed: int) -> Contest:
    return seats_contest(made_seats(size, seed))


def seats_contest(
    case: SeatCase, *, seconds: float = SECONDS, solver_seconds: float | None = None
) -> Contest:
    """Ours and the baselines on one case. The solver has as long as ours took, or `solver_seconds`."""
    plan, ours = timed(
        lambda: plan_seats(
            case.families, case.departures, reach=case.reach, clock=seconds_now, seconds=seconds
        )
    )
    given = ours.seconds if solver_seconds is None else solver_seconds
    return contest_of_plans(
        plan,
        ours,
        ways(case, solver_seconds=given),
        as_plan=partial(plan_of, case, bound=plan.bound),
        wrong=partial(broken_by, case),
    )


def broken_by(case: SeatCase, plan: Plan) -> list[str]:
    return check_seats(plan, case.families, case.departures, reach=case.reach)


def ways(case: SeatCase, *, solver_seconds: float) -> Mapping[str, Callable[[], Answer | None]]:
    """The baselines, each from the case to its answer."""
    return {
        QUEUE: partial(_queued, case),
        BY_PRIORITY: partial(_by_priority, case),
        SOLVER: partial(_solved, case, solver_seconds),
    }


def _queued(case: SeatCase) -> Answer:
    """Families in the order in which they came, each on the earliest departure it can board with room for all."""
    problem, early = _laid_out(case)
    return Answer(where=in_turn(problem, np.arange(problem.units), early))


def _by_priority(case: SeatCase) -> Answer:
    """Families by priority for each of their people, greatest first, each on the earliest departure: by the
    household's whole priority, large families first, this order is worse.
    """
    problem, early = _laid_out(case)
    each = np.array([(f.priority or 0.0) / (f.size or 1) for f in case.families])
    return Answer(where=in_turn(problem, np.argsort(-each, kind="stable"), early))


def _solved(case: SeatCase, seconds: float) -> Answer | None:
    began = seconds_now()
    problem, _ = _laid_out(case)
    return whole_model(problem, seconds - (seconds_now() - began))


def _laid_out(case: SeatCase) -> tuple[Problem, Floats]:
    """The question as arrays, and how early each pair leaves (more is earlier)."""
    board = set_out(case.families, case.departures, reach=case.reach, locks=())
    unit, target = np.nonzero(may_board(board, np.arange(len(case.families))))
    priority = np.array([family.priority or 0.0 for family in case.families])
    kept = 1.0 - np.array([family.decay_per_day for family in case.families])
    problem = make_problem(
        need=np.stack((board.size, board.stretchers), axis=1).astype(np.float64),
        capacity=np.stack((board.seats, board.spaces), axis=1).astype(np.float64),
        unit=unit,
        target=target,
        worth=priority[unit] * kept[unit] ** board.days[target],
    )
    return problem, -board.days[problem.target]


def plan_of(case: SeatCase, answer: Answer, *, bound: float) -> Plan:
    """A baseline's answer in the form of a plan, so that it can be held against the same rules."""
    departures = case.departures
    first = min(each.departs_at for each in departures if each.departs_at)
    objective, people = 0.0, 0
    rows = []
    for family, at in zip(case.families, answer.where.tolist(), strict=True):
        departs = departures[at].departs_at if at != WAITS else None
        if departs is not None:
            days = (departs - first).total_seconds() / 86_400
            objective += (family.priority or 0.0) * (1.0 - family.decay_per_day) ** days
            people += family.size or 0
        target = departures[at].departure_id if departs is not None else None
        why = "waits" if target is None else "placed"
        rows.append(PlanRow(family_id=family.family_id, target=target, reason=why, why=why))
    return Plan(
        rows=tuple(rows),
        objective=objective,
        bound=max(bound, objective),
        seated_people=people,
        empty=sum(each.seats or 0 for each in departures) - people,
        status="a baseline's",
        seconds=0.0,
    )


NOTES = (
    "The families and departures are made up (rehearsal/bench/made_seats.py); their numbers are assumptions of ours.",
    "The planner is given 20 seconds at every size: the gap is the measure; the growth of the seconds says little.",
    "Priority order is by priority for each person, the better of the two ways to order by priority.",
    *contests.NOTES,
)

BENCH = Bench(
    name="seats",
    what="families to 60 departures: the best plan in 20 seconds",
    unit="families",
    sizes=(5_000, 10_000, 20_000),
    small=(120, 240, 480),
    contest=contest,
    higher_is_better=MORE_IS_BETTER,
    notes=NOTES,
)
