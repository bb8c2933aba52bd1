"""What a seat or a place is worth: prices under which nearly everybody's best choice fits, and the bound they prove.

First roughly, by the subgradient method on the Lagrangian dual (Held, Wolfe and Crowder, 1974);
then exactly, by the linear relaxation over the pairs that look good at those prices, with the
others priced in until none is missing ("sifting").
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from safeconduct.core.allocation.problem import WAITS, Floats, Ints, Problem
from safeconduct.core.allocation.solver import Relaxation, Relaxed

# Rounds of rough pricing, and pairs of each unit that enter the relaxation at first.
ROUNDS = 200
FIRST_PAIRS = 5
# With few units to a target the interior-point method is quicker, with many the primal simplex (measured on
# made-up crises of both shapes). The simplex is much the better of the two when only a few pairs are added.
FEW_UNITS = 60
MANY_PAIRS = 20_000
# The first relaxation takes about so long, times the number of its pairs to the power of 1.5 (measured); where
# there is no such time, rough prices must do.
SECONDS_OF_PAIR = 1.5e-7
# More pairs priced in at once than this slow the next solve more than they help it.
PAIRS_AT_ONCE = 200_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Priced:
    """Prices (targets, resources), the bound they prove, and the share of each pair in the
    relaxation (None: not solved)."""

    prices: Floats
    bound: float
    share: Floats | None


def prices_of_plan(problem: Problem, chosen: Ints) -> Floats:
    """What a place for one person goes for in this plan: at each target the least worth a person aboard, or what
    the most worthy of those who wait would bring, where that is less. Other resources are free.

    Where many are worth the same everywhere (no decay), the subgradient finds such prices only after very many steps.
    """
    a_person = problem.worth / np.maximum(problem.need[problem.unit, 0], 1e-9)
    aboard = np.full(problem.targets, np.inf)
    placed = chosen[chosen != WAITS]
    np.minimum.at(aboard, problem.target[placed], a_person[placed])
    asked = np.zeros(problem.targets)
    waits = chosen[problem.unit] == WAITS
    np.maximum.at(asked, problem.target[waits], a_person[waits])
    prices = np.zeros_like(problem.capacity)
    prices[:, 0] = np.minimum(aboard, asked)
    return prices


def rough_prices(
    problem: Problem,
    *,
    worth_having: float,
    enough: Callable[[], bool],
    rounds: int = ROUNDS,
    start: Floats | None = None,
) -> tuple[Floats, float]:
    """Prices by at most `rounds` steps, and their bound. `worth_having` is what some known plan is
    worth: it sets the step."""
    scale = np.maximum(problem.capacity, 1.0)
    prices = np.zeros_like(problem.capacity) if start is None else start.copy()
    best, lowest, stride, stale = prices, np.inf, 1.0, 0
    for _ in range(rounds):
        gain = problem.worth - problem.cost(prices)
        chosen = _best_pairs(problem, gain)
        bound = float(gain[chosen].sum() + (prices * problem.capacity).sum())
        if bound < lowest - 1e-6 * abs(lowest):
            stale = 0
        else:
            stale += 1
        if bound < lowest:
            best, lowest = prices, bound
        if stale >= 8:
            stride, stale, prices = stride / 2, 0, best.copy()
        over = -problem.capacity.copy()
        np.add.at(over, problem.target[chosen], problem.need[problem.unit[chosen]])
        # What is left over at no price is no reason to go lower.
        over[(over < 0) & (prices <= 0)] = 0.0
        steepness = float((over**2 / scale).sum())
        if steepness <= 0 or stride < 1e-3 or enough():
            break
        # A target is moved by the share of itself that is overdrawn, so that large and small ones settle together.
        step = stride * max(bound - worth_having, 1e-9 * abs(bound)) / steepness
        prices = np.maximum(prices + step * over / scale, 0.0)
    return best, float(lowest)


def _best_pairs(problem: Problem, gain: Floats) -> Ints:
    """Each unit's pair of largest gain (the first of equals), where that is more than nought."""
    best = problem.best_of_each(gain)
    winners = np.flatnonzero((gain > 0) & (gain >= best[problem.unit]))
    _, at = np.unique(problem.unit[winners], return_index=True)
    return winners[at]


def exact_prices(
    problem: Problem,
    rough: Floats,
    *,
    seconds_left: Callable[[], float],
    plan: Ints | None = None,
) -> Priced:
    """The relaxation's prices and shares; where time runs out, the best bound so far and no shares.

    The relaxation begins with the pairs that are promising at `rough` prices, and those of a known `plan`: where
    many are worth the same everywhere, what is promising lies all at one target.
    """
    best, lowest = rough, problem.bound(rough)
    if seconds_left() <= SECONDS_OF_PAIR * (FIRST_PAIRS * problem.units) ** 1.5:
        return Priced(prices=best, bound=lowest, share=None)
    relaxation = Relaxation(problem)
    crowded = problem.units < FEW_UNITS * problem.targets
    inside = np.zeros(problem.pairs, dtype=np.bool_)
    fresh = _promising(problem, rough)
    if plan is not None:
        fresh = np.union1d(fresh, plan[plan != WAITS])
    answer: Relaxed | None = None
    while len(fresh):
        inside[fresh] = True
        relaxation.add(fresh)
        answer = relaxation.solve(seconds_left(), inner=crowded and len(fresh) > MANY_PAIRS)
        if answer is None:
            return Priced(prices=best, bound=lowest, share=None)
        bound = problem.bound(answer.prices)
        if bound < lowest:
            best, lowest = answer.prices, bound
        fresh = _missing(problem, answer.prices, inside)
    share = np.zeros(problem.pairs)
    if answer is not None:
        share[relaxation.pairs] = answer.share
    return Priced(prices=best, bound=lowest, share=share)


def _promising(problem: Problem, prices: Floats) -> Ints:
    """The best few pairs of each unit at these prices."""
    gain = problem.worth - problem.cost(prices)
    order = np.lexsort((-gain, problem.unit))
    rank = np.arange(problem.pairs) - problem.first[problem.unit[order]]
    return np.sort(order[rank < FIRST_PAIRS])


def _missing(problem: Problem, prices: Floats, inside: np.typing.NDArray[np.bool_]) -> Ints:
    """Pairs outside the relaxation that would do better than what their unit has in it; the best
    ones where there are many."""
    gain = problem.worth - problem.cost(prices)
    held = problem.best_of_each(np.where(inside, gain, 0.0))
    more = gain - held[problem.unit]
    tolerance = 1e-9 * max(1.0, float(np.abs(problem.worth).max(initial=0.0)))
    missing = np.flatnonzero(~inside & (more > tolerance))
    if len(missing) > PAIRS_AT_ONCE:
        missing = np.sort(missing[np.argsort(-more[missing], kind="stable")[:PAIRS_AT_ONCE]])
    return missing
