"""Homes to families: who lives where, who waits and why, and how far from the best possible.

The rules are those of docs/formats.md ("homes"). An absent pair is not compatible; what is not
known is promised to nobody and asked about; a pair whose score is not known is made only of what nobody else could use.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from safeconduct.core.allocation.assignment import Assignment, Progress, assigned, with_plan
from safeconduct.core.allocation.checking import check_homes
from safeconduct.core.allocation.families import HomeFamily, HomeLocality, Scores
from safeconduct.core.allocation.home_reasons import Housed, home_rows
from safeconduct.core.allocation.places import Places, problem_of, set_out_places
from safeconduct.core.allocation.plan import Plan, PlanRow
from safeconduct.core.allocation.problem import WAITS, Problem
from safeconduct.core.allocation.rounding import settled

# Seconds kept back for the reasons and the check, and more for each family.
KEPT_BACK, KEPT_BACK_EACH = 0.1, 1e-4


def plan_homes(
    families: Sequence[HomeFamily],
    localities: Sequence[HomeLocality],
    scores: Scores,
    *,
    clock: Callable[[], float],
    seconds: float = 60.0,
    progress: Progress | None = None,
) -> Plan:
    """The best plan found within `seconds` of `clock` (any counter of seconds), one row for each
    family, in their order.

    `objective` is the sum of the scores of the pairs made; `bound` is proved by the relaxation's
    prices. Pairs of families or localities that were not given are passed over. Raises RepeatedId.
    """
    began = clock()
    places = set_out_places(families, localities, scores)
    problem = problem_of(places)
    kept_back = min(KEPT_BACK + KEPT_BACK_EACH * len(families), 0.3 * seconds)
    answer = assigned(
        problem,
        seconds_left=lambda: seconds - kept_back - (clock() - began),
        progress=progress,
    )
    answer = with_plan(
        problem, answer, settled(problem, answer.chosen, answer.prices, -problem.worth)
    )
    plan = told(places, problem, answer)
    wrong = check_homes(plan, families, localities, scores)
    assert not wrong, wrong
    return replace(plan, seconds=clock() - began)


def told(
    places: Places,
    problem: Problem,
    answer: Assignment,
    rows: tuple[PlanRow, ...] | None = None,
) -> Plan:
    """The plan with its reasons; `rows` where they were told as the batches went."""
    where = problem.where(answer.chosen)
    housed = Housed(
        places=places,
        problem=problem,
        where=where,
        prices=answer.prices,
        left=problem.left(answer.chosen),
    )
    people = sum(
        family.size or 0 for family, at in zip(places.families, where, strict=True) if at != WAITS
    )
    return Plan(
        rows=home_rows(housed, range(problem.units)) if rows is None else rows,
        objective=answer.objective,
        bound=answer.bound,
        seated_people=people,
        empty=sum(locality.people or 0 for locality in places.localities) - people,
        status="best possible" if answer.proved else "best found in the time",
        seconds=0.0,
    )
