"""What the others say who are told as the same person: to a list of single people what households are to families.

A person who stands in a register ten times is known by all ten together. Records are grouped by what all their pairs
say on average (`averaging`); two in one group are likelier one, two in different groups less.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from safeconduct.core.linkage.averaging import Averaging
from safeconduct.core.linkage.name_scores import Floats
from safeconduct.core.linkage.ragged import Numbers
from safeconduct.core.linkage.weighing import Flags, Weighed

# What it says to stand in one group, or not to, in bits (an assumption; docs/benchmarks.md shows what it does).
SAYS = 4.0
# Pairs weaker than this count like pairs never compared.
_COUNTS_FROM = -6.0
# A pair that a rule holds apart counts this much against its groups, whatever its evidence.
_HELD_APART = -10.0


@dataclass(frozen=True, slots=True)
class Company:
    """Per pair, whether both stand in one group, and what that says."""

    together: Flags
    bits: Floats


def company_of(count: int, pairs: Weighed, total: Floats, apart: Flags) -> Company:
    """Group `count` people by their pairs. `total`: the bits of each with the prior; `apart`: held apart by a rule."""
    counted = np.where(apart, _HELD_APART, total)
    counts = counted >= _COUNTS_FROM
    counts |= apart & (total >= 0)
    edges = zip(
        pairs.a[counts].tolist(), pairs.b[counts].tolist(), counted[counts].tolist(), strict=True
    )
    group: Numbers = np.arange(count)
    for members in Averaging(edges).groups():
        group[members] = members[0]
    together = group[pairs.a] == group[pairs.b]
    return Company(together, np.where(together, SAYS, -SAYS))
