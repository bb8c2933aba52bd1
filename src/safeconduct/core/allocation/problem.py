"""Scarce things and those who need them, as arrays: the one problem of which seats and homes are two faces.

A *unit* is what is placed whole (a family, or families bound together); a *target* is a departure
or a locality; a *pair* is a unit and a target it may have, with what that is worth. Find the
pairs, at most one for each unit, worth most together, such that no resource of any target is
overdrawn (a generalised assignment problem in several dimensions).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

WAITS = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """`need` is (units, resources), `capacity` (targets, resources); pairs are sorted by unit,
    unit u's are `first[u]:first[u + 1]`.

    `worth` is at least nought for every pair: one that costs more than waiting is never made.
    """

    need: Floats
    capacity: Floats
    first: Ints
    unit: Ints
    target: Ints
    worth: Floats

    @property
    def units(self) -> int:
        return len(self.need)

    @property
    def targets(self) -> int:
        return len(self.capacity)

    @property
    def pairs(self) -> int:
        return len(self.target)

    def cost(self, prices: Floats, pairs: Ints | slice = slice(None)) -> Floats:
        """What each pair pays at these prices, (targets, resources)."""
        unit, target = self.unit[pairs], self.target[pairs]
        paid = np.zeros(len(unit))
        for resource in range(self.need.shape[1]):
            paid += self.need[unit, resource] * prices[target, resource]
        return paid

    def best_of_each(self, gain: Floats) -> Floats:
        """The largest gain among each unit's pairs, or nought where all lose or there is none."""
        best = np.zeros(self.units)
        some = np.flatnonzero(np.diff(self.first))
        if len(some):
            best[some] = np.maximum(np.maximum.reduceat(gain, self.first[some]), 0.0)
        return best

    def left(self, chosen: Ints) -> Floats:
        """Capacity left over when each unit has the pair `chosen` (WAITS for none), (targets, resources)."""
        used = np.zeros_like(self.capacity)
        placed = np.flatnonzero(chosen >= 0)
        np.add.at(used, self.target[chosen[placed]], self.need[placed])
        return self.capacity - used

    def where(self, chosen: Ints) -> Ints:
        """The target of each unit (WAITS for none)."""
        targets = np.full(self.units, WAITS, dtype=np.int64)
        placed = chosen != WAITS
        targets[placed] = self.target[chosen[placed]]
        return targets

    def total(self, chosen: Ints) -> float:
        return float(self.worth[chosen[chosen >= 0]].sum())

    def bound(self, prices: Floats) -> float:
        """No plan can be worth more than this, whatever the prices (weak duality), so long as none is below nought.

        Lagrange: charge for what is scarce instead of forbidding its overdraft; every allowed plan
        is worth no more than the best answer to that easier question.
        """
        gain = self.worth - self.cost(prices)
        return float(self.best_of_each(gain).sum() + (prices * self.capacity).sum())


def make_problem(
    *, need: Floats, capacity: Floats, unit: Ints, target: Ints, worth: Floats
) -> Problem:
    """Sort the pairs by unit and drop those that no plan can use: too large for their target, or
    worth less than nought."""
    fits = (need[unit] <= capacity[target]).all(axis=1) & (worth >= 0)
    unit, target, worth = unit[fits], target[fits], worth[fits]
    order = np.lexsort((target, unit))
    first = np.zeros(len(need) + 1, dtype=np.int64)
    np.cumsum(np.bincount(unit, minlength=len(need)), out=first[1:])
    return Problem(
        need=need,
        capacity=capacity,
        first=first,
        unit=unit[order],
        target=target[order],
        worth=worth[order],
    )
