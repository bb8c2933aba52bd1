"""From shares of families to whole families: nobody is split (law 5), and nothing that still fits
somebody is left over."""

from __future__ import annotations

import numpy as np

from safeconduct.core.allocation.problem import WAITS, Floats, Ints, Problem

# So many of those who wait are looked at together for whether they fit anywhere at all.
AT_ONCE = 1_024


def everybody_waits(problem: Problem) -> Ints:
    return np.full(problem.units, WAITS, dtype=np.int64)


def whole_part(problem: Problem, share: Floats) -> Ints:
    """The pairs that the relaxation gave whole; all of them together fit, and each is checked all the same."""
    chosen = everybody_waits(problem)
    left = problem.capacity.copy()
    for pair in np.flatnonzero(share > 1 - 1e-6):
        unit, target = problem.unit[pair], problem.target[pair]
        if (problem.need[unit] <= left[target]).all():
            left[target] -= problem.need[unit]
            chosen[unit] = pair
    return chosen


def filled(problem: Problem, chosen: Ints, prices: Floats) -> Ints:
    """Place as many of those who wait as still fit, those who gain most at these prices first.

    Afterwards nobody waits who would fit somewhere.
    """
    gain = problem.worth - problem.cost(prices)
    best = np.full(problem.units, -np.inf)
    some = np.flatnonzero(np.diff(problem.first))
    if len(some):
        best[some] = np.maximum.reduceat(gain, problem.first[some])
    return _placed_in_turn(problem, chosen, turn=best, liking=gain)


def densest_first(problem: Problem) -> Ints:
    """The plan of the plain rule of thumb: whoever brings most worth for each person chooses first.

    No plan of ours is worth less, so that what cleverness costs in time never costs a seat.
    """
    people = np.maximum(problem.need[:, 0], 1e-9)
    turn = problem.best_of_each(problem.worth) / people
    return _placed_in_turn(
        problem, everybody_waits(problem), turn=turn, liking=problem.worth, roomy=True
    )


def _placed_in_turn(
    problem: Problem, chosen: Ints, *, turn: Floats, liking: Floats, roomy: bool = False
) -> Ints:
    """Those who wait, greatest `turn` first, each at the target they like best (`liking`, by pair) of those with
    room; of equals, where `roomy`, at the one with most room."""
    chosen = chosen.copy()
    left = problem.left(chosen)
    waiting = np.flatnonzero((chosen == WAITS) & (np.diff(problem.first) > 0))
    waiting = waiting[np.argsort(-turn[waiting], kind="stable")]
    for begin in range(0, len(waiting), AT_ONCE):
        for unit in _who_fits(problem, waiting[begin : begin + AT_ONCE], left):
            pairs = slice(problem.first[unit], problem.first[unit + 1])
            targets = problem.target[pairs]
            fits = (problem.need[unit] <= left[targets]).all(axis=1)
            if fits.any():
                liked = np.where(fits, liking[pairs], -np.inf)
                at = int(np.argmax(liked))
                if roomy:
                    equal = np.flatnonzero(liked >= liked[at])
                    at = int(equal[np.argmax(left[targets[equal], 0])])
                chosen[unit] = problem.first[unit] + at
                left[targets[at]] -= problem.need[unit]
    return chosen


def _who_fits(problem: Problem, units: Ints, left: Floats) -> Ints:
    """Those of these units that fit somewhere in what is left. Room only shrinks: the others need not be tried."""
    count = problem.first[units + 1] - problem.first[units]
    of = np.repeat(np.arange(len(units)), count)
    pairs = np.arange(count.sum()) + np.repeat(
        problem.first[units] - np.cumsum(count) + count, count
    )
    fits = np.ones(len(pairs), dtype=np.bool_)
    for resource in range(problem.need.shape[1]):
        fits &= problem.need[units, resource][of] <= left[problem.target[pairs], resource]
    return units[np.bincount(of[fits], minlength=len(units)) > 0]


def moved(problem: Problem, chosen: Ints, rank: Floats) -> Ints:
    """Move whoever can be moved to a target that has room, is worth no less to them and has a lower `rank` (by pair).

    Afterwards, every pair that would be so much better has no room left for its unit.
    """
    chosen = chosen.copy()
    left = problem.left(chosen)
    again = True
    while again:
        again = False
        placed = np.flatnonzero(chosen != WAITS)
        for unit in placed[np.argsort(rank[chosen[placed]], kind="stable")]:
            now = chosen[unit]
            pairs = np.arange(problem.first[unit], problem.first[unit + 1])
            targets = problem.target[pairs]
            better = (
                (rank[pairs] < rank[now])
                & (problem.worth[pairs] >= problem.worth[now])
                & (problem.need[unit] <= left[targets]).all(axis=1)
            )
            if better.any():
                pair = pairs[better][np.argmin(rank[pairs[better]])]
                left[problem.target[now]] += problem.need[unit]
                left[problem.target[pair]] -= problem.need[unit]
                chosen[unit], again = pair, True
    return chosen


def settled(problem: Problem, chosen: Ints, prices: Floats, rank: Floats) -> Ints:
    """The plan moved and filled until neither changes it: nobody waits who would fit, nobody stays
    who could move up."""
    while True:
        after = filled(problem, moved(problem, chosen, rank), prices)
        if (after == chosen).all():
            return chosen
        chosen = after
