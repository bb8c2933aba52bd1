"""The best assignment that can be found in the time, and what no assignment could exceed."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from safeconduct.core.allocation.improve import core_improved, searched, slack
from safeconduct.core.allocation.prices import FEW_UNITS, exact_prices, prices_of_plan, rough_prices
from safeconduct.core.allocation.problem import WAITS, Floats, Ints, Problem, make_problem
from safeconduct.core.allocation.rounding import (
    densest_first,
    everybody_waits,
    filled,
    whole_part,
)
from safeconduct.core.allocation.solver import solve_whole

Progress = Callable[[str, float], None]

# A gap below this, relative, is nil: it is the rounding of the arithmetic.
NIL = 1e-9
# What rough pricing leaves of the time to all that follows.
LEFT_BY_ROUGH = 0.4
# So many pairs at most are worth handing to the whole-number solver in the hope of a proof.
PROOF_PAIRS = 12_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """`chosen` is each unit's pair (WAITS for none); `prices` (targets, resources) are in the unit of worth."""

    chosen: Ints
    prices: Floats
    objective: float
    bound: float

    @property
    def proved(self) -> bool:
        return self.bound <= self.objective + NIL * abs(self.objective)


@dataclass(slots=True, kw_only=True)
class _Stopwatch:
    """Seconds left, and the telling of progress."""

    left: Callable[[], float]
    whole: float
    tell: Progress

    def show(self, what: str) -> None:
        self.tell(what, min(1.0, max(0.0, 1 - self.left() / max(self.whole, 1e-9))))


def assigned(
    problem: Problem,
    *,
    seconds_left: Callable[[], float],
    progress: Progress | None = None,
    seed: int = 0,
) -> Assignment:
    """Solve the problem as well as the time allows. The same problem gives the same answer so long
    as the time does not cut it short.

    Pairs that are worth nothing take no part until the end, when they fill what nobody else could use.
    """
    watch = _Stopwatch(left=seconds_left, whole=seconds_left(), tell=progress or _silent)
    worthy = np.flatnonzero(problem.worth > 0)
    prices = np.zeros_like(problem.capacity)
    chosen, bound = everybody_waits(problem), 0.0
    if len(worthy):
        # The solver's tolerances are for numbers of middling size; a power of two changes no digit.
        size = math.frexp(float(problem.worth[worthy].max()))[1]
        scale = 2.0 ** min(max(9 - size, -900), 900)
        inner = make_problem(
            need=problem.need,
            capacity=problem.capacity,
            unit=problem.unit[worthy],
            target=problem.target[worthy],
            worth=problem.worth[worthy] * scale,
        )
        answer = _assigned_worthy(inner, watch, random.Random(seed))  # noqa: S311 (no secret hangs on it)
        placed = answer.chosen != WAITS
        chosen[placed] = worthy[answer.chosen[placed]]
        prices, bound = answer.prices / scale, answer.bound / scale
    answer = Assignment(chosen=chosen, prices=prices, objective=0.0, bound=bound)
    return with_plan(problem, answer, filled(problem, chosen, prices))


def with_plan(problem: Problem, answer: Assignment, chosen: Ints) -> Assignment:
    """The answer with another plan. Where its bound differs by no more than the arithmetic's
    rounding, it is the worth."""
    objective = problem.total(chosen)
    proved = answer.bound <= objective + NIL * abs(objective)
    return replace(
        answer, chosen=chosen, objective=objective, bound=objective if proved else answer.bound
    )


def _silent(what: str, share: float) -> None:
    """Nobody looks on."""


def _assigned_worthy(problem: Problem, watch: _Stopwatch, chance: random.Random) -> Assignment:
    watch.show("Pricing what is scarce")
    free = np.zeros_like(problem.capacity)
    dense = densest_first(problem)
    chosen = max(filled(problem, everybody_waits(problem), free), dense, key=problem.total)
    everything = problem.bound(free)
    answer = Assignment(
        chosen=chosen, prices=free, objective=problem.total(chosen), bound=everything
    )
    if answer.proved or watch.left() <= 0:
        return answer
    rough, _ = rough_prices(
        problem,
        worth_having=answer.objective,
        enough=lambda: watch.left() <= LEFT_BY_ROUGH * watch.whole,
        start=min(free, prices_of_plan(problem, dense), key=problem.bound),
    )
    answer = _better(problem, answer, prices=rough, bound=problem.bound(rough))
    if watch.left() <= 0:
        return answer
    priced = exact_prices(
        problem, rough, plan=answer.chosen, seconds_left=lambda: 0.7 * watch.left()
    )
    start = everybody_waits(problem) if priced.share is None else whole_part(problem, priced.share)
    rounded = filled(problem, start, priced.prices)
    answer = _better(problem, answer, prices=priced.prices, bound=priced.bound, plan=rounded)
    watch.show("Finding the best plan")
    answer = _proof_tried(problem, answer, seconds=0.4 * watch.left())
    if problem.units >= FEW_UNITS * problem.targets and not answer.proved:
        # From the relaxation's own plan, even where another is better so far: at the margin it is
        # the nearest to the best.
        chosen = core_improved(
            problem, rounded, answer.prices, priced.share, seconds_left=watch.left
        )
        if problem.total(chosen) > answer.objective:
            answer = with_plan(problem, answer, chosen)
    return _searched(problem, answer, watch, chance)


def _searched(
    problem: Problem, answer: Assignment, watch: _Stopwatch, chance: random.Random
) -> Assignment:
    """Search, try once more to prove, and search on in what time is left."""
    for share in (0.85, 1.0):
        until = (1 - share) * watch.left()

        def enough(worth: float, bound: float = answer.bound) -> bool:
            watch.show("Finding the best plan")
            return bound <= worth * (1 + NIL)

        def left(until: float = until) -> float:
            return watch.left() - until

        if not answer.proved:
            chosen = searched(
                problem,
                answer.chosen,
                answer.prices,
                by_margin=problem.units >= FEW_UNITS * problem.targets,
                chance=chance,
                seconds_left=left,
                enough=enough,
            )
            answer = with_plan(problem, answer, chosen)
        if share < 1:
            answer = _proof_tried(problem, answer, seconds=watch.left())
    return answer


def _better(
    problem: Problem,
    answer: Assignment,
    *,
    prices: Floats,
    bound: float,
    plan: Ints | None = None,
) -> Assignment:
    """The answer with tighter prices, and the better of its plan and those filled up at these prices."""
    plans = [answer.chosen, filled(problem, everybody_waits(problem), prices)]
    if plan is not None:
        plans.append(plan)
    best = max(plans, key=problem.total)
    if bound > answer.bound:
        prices, bound = answer.prices, answer.bound
    return Assignment(chosen=best, prices=prices, objective=problem.total(best), bound=bound)


def _proof_tried(problem: Problem, answer: Assignment, *, seconds: float) -> Assignment:
    """Solve to the end, where that is a small matter.

    A plan better than ours can only use pairs whose loss is at most bound - objective (reduced-cost fixing); over those
    alone the best plan, or ours, is the best of all, and their bound is a bound for all.
    """
    if answer.proved or seconds <= 0.02:
        return answer
    room = (problem.bound(answer.prices) - answer.objective) * (1 + 1e-6) + 1e-6
    pairs = np.flatnonzero(slack(problem, answer.prices) <= room)
    if len(pairs) > PROOF_PAIRS:
        return answer
    held = answer.chosen[answer.chosen != WAITS]
    pairs = np.union1d(pairs, held)
    part = make_problem(
        need=problem.need,
        capacity=problem.capacity,
        unit=problem.unit[pairs],
        target=problem.target[pairs],
        worth=problem.worth[pairs],
    )
    start = np.where(
        answer.chosen == WAITS, WAITS, np.searchsorted(pairs, np.maximum(answer.chosen, 0))
    )
    solved = solve_whole(part, seconds=seconds, start=start)
    if solved is None:
        return answer
    chosen = everybody_waits(problem)
    taken = pairs[solved.taken]
    chosen[problem.unit[taken]] = taken
    if (problem.left(chosen) < 0).any() or problem.total(chosen) < answer.objective:
        chosen = answer.chosen
    objective = problem.total(chosen)
    bound = min(answer.bound, max(objective, solved.bound))
    return Assignment(chosen=chosen, prices=answer.prices, objective=objective, bound=bound)
