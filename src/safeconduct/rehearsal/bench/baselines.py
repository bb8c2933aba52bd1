"""What anybody might plan with instead of us: a queue, an order of priority, and the whole model given to a solver.

They are asked the same question as the planner, over the same arrays of who may have what, and are timed with the
laying out of those arrays. Each answers with the target of each unit; a unit is never split.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

import numpy as np

from safeconduct.core.allocation.problem import WAITS, Floats, Ints, Problem
from safeconduct.core.allocation.solver import solve_whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The target of each unit, WAITS for none, and the bound proved with it: infinite where none was."""

    where: Ints
    bound: float = inf


def in_turn(problem: Problem, turn: Ints, liking: Floats) -> Ints:
    """Unit after unit in the order of `turn`: each takes what it likes best (`liking`, by pair) of what still has
    room, and nobody is ever moved again. The targets of the units, WAITS for none.
    """
    left = problem.capacity.tolist()
    need = problem.need.tolist()
    target = problem.target.tolist()
    where = np.full(problem.units, WAITS, dtype=np.int64)
    best_first = np.lexsort((-liking, problem.unit)).tolist()
    for unit in turn.tolist():
        for pair in best_first[problem.first[unit] : problem.first[unit + 1]]:
            room = left[target[pair]]
            if all(some <= more for some, more in zip(need[unit], room, strict=True)):
                left[target[pair]] = [m - s for s, m in zip(need[unit], room, strict=True)]
                where[unit] = target[pair]
                break
    return where


def whole_model(problem: Problem, seconds: float) -> Answer | None:
    """The same question put to HiGHS in one piece, one yes-or-no for each pair, with no gap allowed. None where it
    found no plan in the time.
    """
    solved = solve_whole(problem, seconds=seconds)
    if solved is None:
        return None
    where = np.full(problem.units, WAITS, dtype=np.int64)
    where[problem.unit[solved.taken]] = problem.target[solved.taken]
    return Answer(where=where, bound=solved.bound)
