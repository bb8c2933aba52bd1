"""Making a plan better: free a part of it, solve that part exactly, keep the better of the two; over and over.

Where to look: at prices p, bound - worth is exactly the sum over units of what each loses against its best choice, plus
p times what is left over. So the neighbourhoods grow from where the loss is (large neighbourhood search, Shaw, 1998).
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from safeconduct.core.allocation.problem import (
    WAITS,
    Flags,
    Floats,
    Ints,
    Problem,
    make_problem,
)
from safeconduct.core.allocation.rounding import filled
from safeconduct.core.allocation.solver import solve_whole

CORE_PAIRS = 25_000
PART_PAIRS = 3_000
PART_SECONDS = 4.0
PART_TARGETS = 20
SEEDS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A smaller problem cut from a larger: the freed units and the pairs (numbers in the larger problem) they may have."""

    problem: Problem
    units: Ints
    pairs: Ints


def slack(problem: Problem, prices: Floats) -> Floats:
    """What a unit loses, at these prices, by having this pair rather than its best choice (waiting among them)."""
    gain = problem.worth - problem.cost(prices)
    return problem.best_of_each(gain)[problem.unit] - gain


def cut_part(
    problem: Problem, chosen: Ints, loss: Floats, *, targets: Flags, most_pairs: int
) -> Part | None:
    """Free the units that have, or could have, one of the targets, over their pairs of least `loss`; all others stay."""
    at = np.where(chosen == WAITS, True, targets[problem.target[np.maximum(chosen, 0)]])
    could = np.flatnonzero(targets[problem.target] & at[problem.unit])
    if len(could) > most_pairs:
        could = could[np.argpartition(loss[could], most_pairs)[:most_pairs]]
    held = chosen[problem.unit[could]]
    units = np.unique(problem.unit[could[could != held]])
    if not len(units):
        return None
    free = np.zeros(problem.units, dtype=np.bool_)
    free[units] = True
    kept = np.zeros(problem.pairs, dtype=np.bool_)
    kept[could] = True
    kept &= free[problem.unit]
    placed = chosen[units]
    kept[placed[placed != WAITS]] = True
    pairs = np.flatnonzero(kept)
    return Part(problem=_smaller(problem, chosen, free, pairs), units=units, pairs=pairs)


def _smaller(problem: Problem, chosen: Ints, free: Flags, pairs: Ints) -> Problem:
    """The freed units over these pairs, with the capacity that the others leave; units and targets numbered anew."""
    others = np.where(free, WAITS, chosen)
    here = np.unique(problem.target[pairs])
    number = np.zeros(problem.units, dtype=np.int64)
    number[free] = np.arange(free.sum())
    return make_problem(
        need=problem.need[free],
        capacity=problem.left(others)[here],
        unit=number[problem.unit[pairs]],
        target=np.searchsorted(here, problem.target[pairs]),
        worth=problem.worth[pairs],
    )


def solved(problem: Problem, chosen: Ints, part: Part, *, seconds: float, prices: Floats) -> Ints:
    """The plan with this part solved anew, filled up; the plan as it was where that is no better."""
    # make_problem drops what does not fit; so the numbers of the pairs that stay are told by the same rule.
    unit_of = problem.unit[part.pairs]
    here = np.unique(problem.target[part.pairs])
    capacity = part.problem.capacity[np.searchsorted(here, problem.target[part.pairs])]
    pairs = part.pairs[(problem.need[unit_of] <= capacity).all(axis=1)]
    start = np.searchsorted(pairs, chosen[part.units])
    start = np.where(chosen[part.units] == WAITS, WAITS, start)
    answer = solve_whole(part.problem, seconds=seconds, start=start)
    if answer is None:
        return chosen
    new = chosen.copy()
    new[part.units] = WAITS
    taken = pairs[answer.taken]
    new[problem.unit[taken]] = taken
    if (problem.left(new) < 0).any():
        return chosen
    new = filled(problem, new, prices)
    return new if problem.total(new) > problem.total(chosen) else chosen


def core_improved(problem: Problem, chosen: Ints, prices: Floats, *, seconds: float) -> Ints:
    """Solve anew over the pairs of least loss in the whole problem: those near the margin, and nobody else."""
    loss = slack(problem, prices)
    everywhere = np.ones(problem.targets, dtype=np.bool_)
    part = cut_part(problem, chosen, loss, targets=everywhere, most_pairs=CORE_PAIRS)
    if part is None:
        return chosen
    return solved(problem, chosen, part, seconds=seconds, prices=prices)


def searched(
    problem: Problem,
    chosen: Ints,
    prices: Floats,
    *,
    chance: random.Random,
    seconds_left: Callable[[], float],
    enough: Callable[[float], bool],
    rounds: int = 1_000_000,
) -> Ints:
    """Improve part after part until `enough` (of the plan's worth) or the time or the rounds are up."""
    loss = slack(problem, prices)
    generator = np.random.default_rng(chance.getrandbits(64))
    for _ in range(rounds):
        if seconds_left() <= 0.05 or enough(problem.total(chosen)):
            break
        targets = _where_it_hurts(problem, chosen, loss, prices, generator)
        shaken = loss * generator.uniform(0.5, 1.5, len(loss)) + generator.uniform(
            0, 1e-9, len(loss)
        )
        part = cut_part(problem, chosen, shaken, targets=targets, most_pairs=PART_PAIRS)
        if part is not None:
            seconds = min(PART_SECONDS, seconds_left())
            chosen = solved(problem, chosen, part, seconds=seconds, prices=prices)
    return chosen


def _where_it_hurts(
    problem: Problem, chosen: Ints, loss: Floats, prices: Floats, generator: np.random.Generator
) -> Flags:
    """A few targets: those that some of the losing units would rather have, and some with dear things left over."""
    gain = problem.worth - problem.cost(prices)
    best = problem.best_of_each(gain)
    lost = best - np.where(chosen == WAITS, 0.0, gain[np.maximum(chosen, 0)])
    lost = np.maximum(lost, 0.0) + 1e-9
    units = generator.choice(
        problem.units, size=min(SEEDS, problem.units), replace=False, p=lost / lost.sum()
    )
    wasted = (prices * problem.left(chosen)).sum(axis=1) + 1e-9
    count = min(PART_TARGETS, problem.targets)
    targets = np.zeros(problem.targets, dtype=np.bool_)
    half = max(1, count // 4)
    targets[
        generator.choice(problem.targets, size=half, replace=False, p=wasted / wasted.sum())
    ] = True
    pairs = np.concatenate([np.arange(problem.first[u], problem.first[u + 1]) for u in units])
    for pair in pairs[np.argsort(loss[pairs], kind="stable")]:
        if targets.sum() >= count:
            break
        targets[problem.target[pair]] = True
    return targets
