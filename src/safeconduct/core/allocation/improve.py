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

# Sizes and times that did best on made-up crises of 20,000 families by 60 departures, and of 5,000 by 330 localities.
CORES = ((3_000, 2.0), (8_000, 5.0))
MARGIN_PAIRS, MARGIN_SECONDS = 3_000, 2.0
PART_PAIRS, PART_SECONDS, PART_TARGETS = 1_000, 1.0, 20
SEEDS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A smaller problem cut from a larger: the freed units and the pairs (numbers in the larger
    problem) they may have."""

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
    """Free the units that have, or could have, one of the targets, over their pairs of least
    `loss`; all others stay."""
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


def margin(problem: Problem, prices: Floats, share: Floats | None) -> Floats:
    """How far each unit is from the margin between having something and waiting: what its best choice gains or loses.

    Nought for those whom the relaxation split. Few but these need thinking about: the others
    surely board, or surely wait.
    """
    gain = problem.worth - problem.cost(prices)
    best = np.full(problem.units, np.inf)
    some = np.flatnonzero(np.diff(problem.first))
    best[some] = np.abs(np.maximum.reduceat(gain, problem.first[some]))
    if share is not None:
        best[problem.unit[(share > 1e-6) & (share < 1 - 1e-6)]] = 0.0
    return best


def cut_margin(problem: Problem, chosen: Ints, distance: Floats, *, most_pairs: int) -> Part | None:
    """Free the units nearest the margin, with all their pairs."""
    order = np.argsort(distance, kind="stable")
    count = np.cumsum(np.diff(problem.first)[order])
    near = order[(count <= most_pairs) & np.isfinite(distance[order])]
    free = np.zeros(problem.units, dtype=np.bool_)
    free[near] = True
    pairs = np.flatnonzero(free[problem.unit])
    if not len(pairs):
        return None
    return Part(
        problem=_smaller(problem, chosen, free, pairs), units=np.flatnonzero(free), pairs=pairs
    )


def core_improved(
    problem: Problem,
    chosen: Ints,
    prices: Floats,
    share: Floats | None,
    *,
    seconds_left: Callable[[], float],
) -> Ints:
    """Solve the margin anew: first its very edge, then more of it."""
    distance = margin(problem, prices, share)
    for most_pairs, seconds in CORES:
        part = cut_margin(problem, chosen, distance, most_pairs=most_pairs)
        allowed = min(seconds, seconds_left())
        if part is not None and allowed > 0:
            chosen = solved(problem, chosen, part, seconds=allowed, prices=prices)
    return chosen


def searched(
    problem: Problem,
    chosen: Ints,
    prices: Floats,
    *,
    by_margin: bool,
    chance: random.Random,
    seconds_left: Callable[[], float],
    enough: Callable[[float], bool],
) -> Ints:
    """Improve part after part until `enough` (of the plan's worth) or the time is up.

    `by_margin`: mostly parts of the margin across all targets (many units to a target); else
    mostly a few targets whole.
    """
    loss, distance = slack(problem, prices), margin(problem, prices, None)
    generator = np.random.default_rng(chance.getrandbits(64))
    turn = 0
    while seconds_left() > 0.02 and not enough(problem.total(chosen)):
        turn += 1
        if (turn % 4 != 0) is by_margin:
            shaken = distance * generator.exponential(1.0, len(distance))
            part = cut_margin(problem, chosen, shaken, most_pairs=MARGIN_PAIRS)
            most = MARGIN_SECONDS
        else:
            targets = _where_it_hurts(problem, chosen, loss, prices, generator)
            shaken = loss * generator.uniform(0.5, 1.5, len(loss)) + generator.uniform(
                0, 1e-9, len(loss)
            )
            part = cut_part(problem, chosen, shaken, targets=targets, most_pairs=PART_PAIRS)
            most = PART_SECONDS
        if part is not None:
            seconds = min(most, seconds_left())
            chosen = solved(problem, chosen, part, seconds=seconds, prices=prices)
        elif problem.units <= 1:
            break
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
