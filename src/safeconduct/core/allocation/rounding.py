"""From shares of families to whole families: nobody is split (law 5), and nothing that still fits
somebody is left over."""

from __future__ import annotations

import numpy as np

from safeconduct.core.allocation.problem import WAITS, Floats, Ints, Problem


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
    chosen = chosen.copy()
    left = problem.left(chosen)
    gain = problem.worth - problem.cost(prices)
    waiting = np.flatnonzero((chosen == WAITS) & (np.diff(problem.first) > 0))
    best = np.array([gain[problem.first[u] : problem.first[u + 1]].max() for u in waiting])
    for unit in waiting[np.argsort(-best, kind="stable")]:
        pairs = slice(problem.first[unit], problem.first[unit + 1])
        targets = problem.target[pairs]
        fits = (problem.need[unit] <= left[targets]).all(axis=1)
        if fits.any():
            at = int(np.argmax(np.where(fits, gain[pairs], -np.inf)))
            chosen[unit] = problem.first[unit] + at
            left[targets[at]] -= problem.need[unit]
    return chosen


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
