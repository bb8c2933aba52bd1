"""Who has which seat when that is worked out rather than taken in turn, and what no plan could exceed.

The engines are those of core/allocation. They are used without its search against the clock, so that the same
caseload gives the same days on any machine: the relaxation is solved to its end, rounded to whole families and filled
up. What that leaves on the table is at most a few seats of each departure.
"""

from __future__ import annotations

from dataclasses import dataclass

from safeconduct.core.allocation.prices import exact_prices, rough_prices
from safeconduct.core.allocation.problem import Ints, Problem
from safeconduct.core.allocation.rounding import (
    densest_first,
    everybody_waits,
    filled,
    whole_part,
)

# Never reached: what is solved here takes seconds. It is the engine's way of being told "to the end".
NO_LIMIT = 86_400.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """`chosen` is each unit's pair (core's WAITS for none); no plan is worth more than `bound`."""

    chosen: Ints
    bound: float


def planned(problem: Problem) -> Planned:
    """A plan near the best, and its proved bound."""
    dense = densest_first(problem)
    if not (problem.worth > 0).any():
        return Planned(chosen=dense, bound=0.0)
    rough, _ = rough_prices(problem, worth_having=problem.total(dense), enough=lambda: False)
    priced = exact_prices(problem, rough, seconds_left=lambda: NO_LIMIT, plan=dense)
    start = everybody_waits(problem) if priced.share is None else whole_part(problem, priced.share)
    chosen = max((dense, filled(problem, start, priced.prices)), key=problem.total)
    return Planned(chosen=chosen, bound=max(priced.bound, problem.total(chosen)))
