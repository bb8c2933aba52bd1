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
    CONTRADICTION_TAKES,
    MISSING_COUNTS,
    NEAR_COUNTS,
    ONLY_INITIALS,
    OUT_OF_ORDER,
    SCARCE_BELOW,
    SCARCE_COUNTS,
    UNTOLD_COUNTS,
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

    `score`, `fit` and `rarity` are those of `meeting.meet`. For linkage: `agreed`, the bits of the parts that met, less
    where they nearly agree; `against`, the weight that stayed alone on both sides, 2 at most; `met`, how many met.
    """

    score: Floats
    fit: Floats
    rarity: Floats
    agreed: Floats
    against: Floats
    met: Ints

    @classmethod
    def none_met(cls, pairs: int) -> ManyScores:
        score, fit, rarity, agreed, against = np.zeros((5, pairs))
        return cls(score, fit, rarity, agreed, against, np.zeros(pairs, dtype=np.int64))

    def put(self, rows: Ints, found: ManyScores) -> None:
        for name in self.__slots__:
            getattr(self, name)[rows] = getattr(found, name)

    def at(self, rows: Ints) -> ManyScores:
        return ManyScores(*(getattr(self, name)[rows] for name in self.__slots__))


class Says:
    """What parts say by their numbers, joined ones (`many_joining`) after the others: weight, bits, and whether they
    are initials or named as a parent.

    `rarity`: how many bits agreeing on a part says; `nearly`: how much of them a part says that nearly agrees.
    `joined` may grow between two uses.
    """

    def __init__(
        self, tokens: Sequence[Token], joined: Sequence[Token], rarity: Rarity | None, nearly: float
    ) -> None:
        self.weight, self.bits = np.empty(0), np.empty(0)
        self.parent, self.initial = np.empty((2, 0), dtype=bool)
        self.nearly = nearly
        self._rarity = rarity
        self._joined = joined
        self._known = -len(tokens)
        self._add(tokens)

    def up_to_date(self) -> Says:
        self._add(self._joined[self._known :])
        return self

    def _add(self, tokens: Sequence[Token]) -> None:
        if not tokens:
            return
        self._known += len(tokens)
        self.weight = np.append(self.weight, [part.weight for part in tokens])
        self.parent = np.append(self.parent, [part.parent for part in tokens])
        self.initial = np.append(self.initial, [part.initial for part in tokens])
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
    sums = _sums(met, cells.shape[2], says)
    lone_a, lone_b = a.partner == ALONE, b.partner == ALONE
    against = np.minimum(
        _summed(a, lone_a, parts.contradicts), _summed(b, lone_b, parts.contradicts)
    )
    nearness = NEAR_COUNTS * _nearest(lone_a, lone_b, cells)
    agreed = sums.agreed + against * nearness
    against *= 1 - nearness
    weight_a, weight_b = _summed(a, lone_a, parts.weight), _summed(b, lone_b, parts.weight)
    missing = np.abs(weight_a - weight_b)
    whole = agreed + sums.contradicted + against + MISSING_COUNTS * missing
    score = np.divide(agreed, whole, out=np.zeros(len(whole)), where=agreed > 0)
    known = agreed + sums.contradicted + against + UNTOLD_COUNTS * missing
    fit = np.divide(agreed, known, out=np.zeros(len(known)), where=agreed > 0)
    score *= 1 - CONTRADICTION_TAKES * np.minimum(1.0, against)
    takes = SCARCE_COUNTS * np.minimum(1.0, missing) * (1 - sums.agreed / SCARCE_BELOW)
    score *= np.where((missing > 0) & (sums.agreed < SCARCE_BELOW), 1 - takes, 1.0)
    score[sums.only_initials] *= ONLY_INITIALS
    turned = np.where(disordered, 1 - OUT_OF_ORDER, 1.0)
    parents = parts.parent[a.numbers].any(axis=0) & parts.parent[b.numbers].any(axis=0)
    turned[disordered & parents & sums.turned] *= _PARENT_FOR_CHILD
    lesser = np.minimum(np.minimum(weight_a, weight_b), _AGAINST_AT_MOST)
    return ManyScores(score * turned, fit * turned, sums.agreed, sums.bits, lesser, sums.count)


@dataclass(frozen=True, slots=True)
class _Sums:
    """Over the parts of each pair of names that met. `only_initials`: each is an initial on one side alone; `turned`:
    one is named as a parent on one side alone.
    """

    agreed: Floats
    contradicted: Floats
    bits: Floats
    count: Ints
    only_initials: Bools
    turned: Bools


def _sums(met: Sequence[Met], pairs: int, says: Says) -> _Sums:
    agreed, contradicted, bits = np.zeros((3, pairs))
    count, initials = np.zeros((2, pairs), dtype=np.int64)
    turned = np.zeros(pairs, dtype=bool)
    for each in met:
        x, y, rows = each.x, each.y, each.rows
        weight = (says.weight[x] + says.weight[y]) / 2
        agreed[rows] += weight * each.score
        contradicted[rows] += weight * (1 - each.score)
        bits[rows] += _share(each.score, says.nearly) * np.minimum(says.bits[x], says.bits[y])
        count[rows] += 1
        initials[rows] += says.initial[x] != says.initial[y]
        turned[rows] |= says.parent[x] != says.parent[y]
    return _Sums(agreed, contradicted, bits, count, (count > 0) & (initials == count), turned)


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
    best: Floats = np.where(lone_a[:, None] & lone_b[None], cells, 0.0).max(axis=(0, 1))
    return best
