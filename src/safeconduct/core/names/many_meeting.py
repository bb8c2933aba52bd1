"""`meeting._met` for many pairs of names at once: names of n parts against names of m parts, in arrays.

The last axis counts pairs of names; the axes before it count parts.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np

from safeconduct.core.names.many_hearing import Bools, Floats, Ints
from safeconduct.core.names.meeting import MEETS_FROM

# In place of a partner: the other name has none for this part; it was joined with its neighbour.
ALONE, TAKEN = -1, -2
# Fewer pairs of names, or more cells, are quicker aligned one by one.
_FEW = 16
_MOST_CELLS = 36


@dataclass(frozen=True, slots=True)
class Side:
    """One name of each pair. `numbers` (parts, pairs): its parts; `partner`: the place of the other's part, or ALONE or
    TAKEN.
    """

    numbers: Ints
    partner: Ints


@dataclass(frozen=True, slots=True)
class Met:
    """Parts that met, one of each name, in some of the pairs of names (`rows`): their numbers and their score."""

    rows: Ints
    x: Ints
    y: Ints
    score: Floats


def met_parts(a: Side, b: Side, cells: Floats) -> list[Met]:
    """What met, place by place of a."""
    found = []
    for i, partner in enumerate(a.partner):
        rows = np.flatnonzero(partner >= 0)
        j = partner[rows]
        found.append(Met(rows, a.numbers[i, rows], b.numbers[j, rows], cells[i, j, rows]))
    return found


def best_first(a: Ints, b: Ints, cells: Floats, weight: Floats) -> tuple[Side, Side]:
    """`meeting._best_first`: the best two parts meet, then the best two of what is left, and so on.

    `cells` (parts of a, parts of b, pairs): scores; `weight`: of each part, by its number.
    """
    sides = Side(a, np.full(a.shape, ALONE)), Side(b, np.full(b.shape, ALONE))
    meets = cells >= MEETS_FROM
    weights = weight[a], weight[b]
    if cells.shape[2] < _FEW or cells.shape[0] * cells.shape[1] > _MOST_CELLS:
        _one_by_one(*sides, cells, meets, weights)
    else:
        _all_at_once(*sides, cells, meets, weights)
    return sides


def _all_at_once(
    a: Side, b: Side, cells: Floats, meets: Bools, weights: tuple[Floats, Floats]
) -> None:
    n, m, pairs = cells.shape
    free_a, free_b = np.ones((n, pairs), dtype=bool), np.ones((m, pairs), dtype=bool)
    # Of cells that say the same the one nearest in place comes first, as `meeting` sorts them.
    order = sorted(product(range(n), range(m)), key=lambda ij: (abs(ij[0] - ij[1]), ij))
    for _ in range(min(n, m)):
        score, heavy, best = np.zeros(pairs), np.zeros(pairs), np.full(pairs, -1)
        for number, (i, j) in enumerate(order):
            cell, both = cells[i, j], weights[0][i] + weights[1][j]
            better = (cell > score) | ((cell == score) & (both > heavy))
            better &= meets[i, j] & free_a[i] & free_b[j]
            np.copyto(score, cell, where=better)
            np.copyto(heavy, both, where=better)
            np.copyto(best, number, where=better)
        if not (best >= 0).any():
            break
        for number, (i, j) in enumerate(order):
            picked = best == number
            a.partner[i][picked] = j
            b.partner[j][picked] = i
            free_a[i] &= ~picked
            free_b[j] &= ~picked


def _one_by_one(
    a: Side, b: Side, cells: Floats, meets: Bools, weights: tuple[Floats, Floats]
) -> None:
    """For few pairs of names, or names of very many parts: there the arrays would cost more than they save."""
    i, j, rows = np.nonzero(meets)
    both = weights[0][i, rows] + weights[1][j, rows]
    order = np.lexsort((j, i, np.abs(i - j), -both, -cells[i, j, rows], rows))
    for x, y, row in zip(i[order].tolist(), j[order].tolist(), rows[order].tolist(), strict=True):
        if a.partner[x, row] == ALONE and b.partner[y, row] == ALONE:
            a.partner[x, row] = y
            b.partner[y, row] = x
