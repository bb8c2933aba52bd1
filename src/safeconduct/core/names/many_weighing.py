"""`meeting._weighed` for many pairs of names at once, and what linkage asks of a comparison of names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from safeconduct.core.names.many_hearing import Bools, Floats, Ints
from safeconduct.core.names.many_meeting import ALONE, Met, Side
from safeconduct.core.names.many_parts import Parts
from safeconduct.core.names.meeting import (
    _PARENT_FOR_CHILD,
    MISSING_COUNTS,
    NEAR_COUNTS,
    OUT_OF_ORDER,
)
from safeconduct.core.names.reading import Token


# How much agreeing on a part says, in bits.
Rarity = Callable[[Token], float]

# An agreement counts in full from here, and below as far as it stands above the second (linkage/name_scores).
_AGREES_FROM, _AGREES_ABOVE = 0.96, 0.5
_AGAINST_AT_MOST = 2.0


@dataclass(frozen=True, slots=True)
class ManyScores:
    """One number for each pair of names.

    `score` and `rarity` are those of `meeting.meet`. For linkage: `agreed`, the bits of the parts that met, less where
    they nearly agree; `against`, the weight that stayed alone on both sides, 2 at most; `met`, how many parts met.
    """

    score: Floats
    rarity: Floats
    agreed: Floats
    against: Floats
    met: Ints

    @classmethod
    def none_met(cls, pairs: int) -> ManyScores:
        return cls(*(np.zeros(pairs) for _ in range(4)), np.zeros(pairs, dtype=np.int64))

    def put(self, rows: Ints, found: ManyScores) -> None:
        for name in self.__slots__:
            getattr(self, name)[rows] = getattr(found, name)

    def at(self, rows: Ints) -> ManyScores:
        return ManyScores(*(getattr(self, name)[rows] for name in self.__slots__))


class Says:
    """What parts say by their numbers, joined ones (`many_joining`) after the others: weight, bits, named as a parent.

    `rarity`: how many bits agreeing on a part says; `nearly`: how much of them a part says that nearly agrees.
    `joined` may grow between two uses.
    """

    def __init__(
        self, tokens: Sequence[Token], joined: Sequence[Token], rarity: Rarity | None, nearly: float
    ) -> None:
        self.weight, self.bits = np.empty(0), np.empty(0)
        self.parent = np.empty(0, dtype=bool)
        self.nearly = nearly
        self._rarity = rarity
        self._joined = joined
        self._known = -len(tokens)
        self._add(tokens)

    def up_to_date(self) -> Says:
        self._add(self._joined[self._known :])
        return self

    def _add(self, tokens: Sequence[Token]) -> None:
        self._known += len(tokens)
        self.weight = np.append(self.weight, [part.weight for part in tokens])
        self.parent = np.append(self.parent, np.array([part.parent for part in tokens], dtype=bool))
        bits = [self._rarity(part) if self._rarity else 0.0 for part in tokens]
        self.bits = np.append(self.bits, bits)


def weighed(
    a: Side,
    b: Side,
    cells: Floats,
    met: Sequence[Met],
    parts: Parts,
    *,
    disordered: Bools,
    says: Says,
) -> ManyScores:
    """The scores of pairs of names of one shape, from what met and what stayed alone. `disordered`: what met first,
    before parts were joined, does not stand in the same order in both.
    """
    pairs = cells.shape[-1]
    agreed, contradicted, bits = np.zeros(pairs), np.zeros(pairs), np.zeros(pairs)
    count = np.zeros(pairs, dtype=np.int64)
    turned = np.zeros(pairs, dtype=bool)
    for each in met:
        weight = (says.weight[each.x] + says.weight[each.y]) / 2
        agreed[each.rows] += weight * each.score
        contradicted[each.rows] += weight * (1 - each.score)
        least = np.minimum(says.bits[each.x], says.bits[each.y])
        bits[each.rows] += _share(each.score, says.nearly) * least
        count[each.rows] += 1
        turned[each.rows] |= says.parent[each.x] != says.parent[each.y]
    rarity = agreed.copy()
    lone_a, lone_b = a.partner == ALONE, b.partner == ALONE
    against = np.minimum(_summed(a, lone_a, parts.contradicts), _summed(b, lone_b, parts.contradicts))
    nearness = NEAR_COUNTS * _nearest(lone_a, lone_b, cells)
    agreed += against * nearness
    contradicted += against * (1 - nearness)
    weight_a, weight_b = _summed(a, lone_a, parts.weight), _summed(b, lone_b, parts.weight)
    whole = agreed + contradicted + MISSING_COUNTS * np.abs(weight_a - weight_b)
    score = np.divide(agreed, whole, out=np.zeros(pairs), where=agreed > 0)
    score[disordered] *= 1 - OUT_OF_ORDER
    parents = parts.parent[a.numbers].any(axis=0) & parts.parent[b.numbers].any(axis=0)
    score[disordered & parents & turned] *= _PARENT_FOR_CHILD
    lesser = np.minimum(np.minimum(weight_a, weight_b), _AGAINST_AT_MOST)
    return ManyScores(score, rarity, bits, lesser, count)


def out_of_order(a: Side) -> Bools:
    """Pairs of names in which two parts met two of the other that stand the other way round."""
    furthest = np.full(a.partner.shape[1], ALONE)
    turned = np.zeros(a.partner.shape[1], dtype=bool)
    for partner in a.partner:
        turned |= (partner >= 0) & (partner < furthest)
        furthest = np.maximum(furthest, partner)
    return turned


def _share(score: Floats, nearly: float) -> Floats:
    """What a part that nearly agrees says, of what it would say if it agreed."""
    near = np.maximum(0.0, (score - _AGREES_ABOVE) / (_AGREES_FROM - _AGREES_ABOVE))
    share: Floats = np.where(score >= _AGREES_FROM, 1.0, nearly * near)
    return share


def _summed(side: Side, lone: Bools, weight: Floats) -> Floats:
    """The weights of what stayed alone, part by part, as `meeting` adds them."""
    total = np.zeros(lone.shape[1])
    for numbers, alone in zip(side.numbers, lone, strict=True):
        total += np.where(alone, weight[numbers], 0.0)
    return total


def _nearest(lone_a: Bools, lone_b: Bools, cells: Floats) -> Floats:
    """The best score of two parts that both stayed alone; 0 where there are none."""
    best = np.zeros(cells.shape[-1])
    for i, alone_a in enumerate(lone_a):
        for j, alone_b in enumerate(lone_b):
            np.maximum(best, cells[i, j], out=best, where=alone_a & alone_b)
    return best
