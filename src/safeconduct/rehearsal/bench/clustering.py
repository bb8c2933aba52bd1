"""How good are the clusters that scored pairs would make, at every line that could be drawn?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from safeconduct.rehearsal.bench.accuracy import Ladder

_Ints = npt.NDArray[np.int64]
_Floats = npt.NDArray[np.float64]


def cluster_ladder(a: _Ints, b: _Ints, scores: _Floats, person: _Ints) -> Ladder:
    """One rung for each distinct score, highest first: the pairs that stand in one cluster when all pairs from that
    score upwards are joined, and what follows from them (connected components).

    `a` and `b` are positions in the list, `person` the true person at each position.
    """
    group = list(range(len(person)))
    size = [1] * len(person)
    of_whom = [Counter({each: 1}) for each in person.tolist()]
    true = together = 0
    order = np.argsort(-scores, kind="stable")
    trues, alls = [], []
    for one, two in zip(a[order].tolist(), b[order].tolist(), strict=True):
        left, right = _root(group, one), _root(group, two)
        if left != right:
            if size[left] < size[right]:
                left, right = right, left
            true += _shared(of_whom[left], of_whom[right])
            together += size[left] * size[right]
            of_whom[left].update(of_whom[right])
            size[left] += size[right]
            group[right] = left
        trues.append(true)
        alls.append(together)
    values = scores[order]
    last = np.flatnonzero(np.append(values[1:] != values[:-1], True)[: len(values)])
    right_pairs = np.asarray(trues, dtype=np.int64)[last]
    return Ladder(values[last], right_pairs, np.asarray(alls, dtype=np.int64)[last] - right_pairs)


def pairs_within(groups: Sequence[Sequence[int]], person: _Ints) -> tuple[int, int]:
    """Of the pairs that stand in one group: how many are of one person, and how many are not."""
    true = together = 0
    for group in groups:
        times = Counter(person[list(group)].tolist())
        true += sum(each * (each - 1) // 2 for each in times.values())
        together += len(group) * (len(group) - 1) // 2
    return true, together - true


def _root(group: list[int], at: int) -> int:
    while group[at] != at:
        group[at] = group[group[at]]
        at = group[at]
    return at


def _shared(many: Counter[int], few: Counter[int]) -> int:
    if len(few) > len(many):
        many, few = few, many
    return sum(times * many[each] for each, times in few.items() if each in many)
