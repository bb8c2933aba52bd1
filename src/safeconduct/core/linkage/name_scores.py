"""Scores of names over many pairs: each distinct two names compared once, and how rare what they share is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import log2

import numpy as np
import numpy.typing as npt

from safeconduct.core.linkage.people import UNKNOWN, Index, Numbers, People
from safeconduct.core.linkage.ragged import Ragged
from safeconduct.core.linkage.second_core import WORTH_TWO, in_two
from safeconduct.core.linkage.weights import COUNTED_FROM, Weights, group_bits
from safeconduct.core.names.many_weighing import ManyScores
from safeconduct.core.names.reading import Token

Floats = npt.NDArray[np.float64]
# How much agreeing on one part of a name says, in bits.
Rarity = Callable[[Token], float]

# A score of a pair in which a name is unknown.
NOT_COMPARED = -1.0
# From this score on, two fathers' names agree.
FATHER_AGREES = 0.8
_MOST_BITS_OF_A_PART = 11.0


class _Remembered(dict[Token, float]):
    """How rare each part is, asked once."""

    def __init__(self, rarity: Rarity) -> None:
        super().__init__()
        self._rarity = rarity

    def __missing__(self, part: Token) -> float:
        bits = self[part] = self._rarity(part)
        return bits


class NameScores:
    """The names of a list, ready to be set side by side."""

    def __init__(self, people: People, rarity: Rarity, weights: Weights) -> None:
        self.table = people.table
        self._rarity, self.rarity = rarity, _Remembered(rarity)
        self._weights = weights
        self._families = people.of_families
        parts = np.fromiter((self.rarity[part] for part in self.table.tokens), dtype=np.float64)
        ends = np.concatenate(([0.0], np.cumsum(parts[self.table.parts])))
        self._sums = ends[self.table.starts[1:]] - ends[self.table.starts[:-1]]

    def most(self, *columns: Numbers) -> Numbers:
        """What somebody's names can say at the most, in whole bits, over columns of name numbers."""
        # One more, for two parts written as one may say a little more than both.
        bits = np.ceil(self._sums * self._weights.name_share).astype(np.int64) + 1
        table = np.append(bits, UNKNOWN)
        most: Numbers = np.max([table[column] for column in columns], axis=0)
        return most

    def scores(self, left: Numbers, right: Numbers) -> Floats:
        """Name scores of pairs of name numbers (0 to 1), NOT_COMPARED where one is unknown."""
        return self.scores_and_bits(left, right, with_bits=False)[0]

    def scores_and_bits(
        self, left: Numbers, right: Numbers, *, with_bits: bool = True
    ) -> tuple[Floats, Floats]:
        """Scores, and what each says in bits (0 where not compared)."""
        score, bits = np.full(len(left), NOT_COMPARED), np.zeros(len(left))
        known = np.flatnonzero((left != UNKNOWN) & (right != UNKNOWN))
        if len(known):
            found = self._found(left[known], right[known], with_bits=with_bits)
            score[known] = found.fit
            if with_bits:
                bits[known] = _bits(
                    found.fit, found.agreed, found.against, found.met, self._weights,
                    families=self._families,
                )  # fmt: skip
        return score, bits

    def _found(self, left: Numbers, right: Numbers, *, with_bits: bool) -> ManyScores:
        nearly = self._weights.name_nearly
        if with_bits and len(left) >= WORTH_TWO:
            return in_two(self.table, left, right, rarity=self._rarity, nearly=nearly)
        rarity = self.rarity.__getitem__ if with_bits else None
        return self.table.scores(left, right, rarity=rarity, nearly=nearly)

    def met_in_full(self, left: Numbers, right: Numbers, least: float) -> npt.NDArray[np.bool_]:
        """Whether two names meet with this score at least, and no part of one stands against one of the other."""
        full = np.zeros(len(left), dtype=bool)
        known = np.flatnonzero((left != UNKNOWN) & (right != UNKNOWN))
        if len(known):
            found = self.table.scores(left[known], right[known])
            full[known] = (found.fit >= least) & (found.against == 0)
        return full


def rarity_of(people: People) -> Rarity:
    """Bits of each part of a name: counted in this list where it is long enough, else by the shipped groups."""
    if len(people) < COUNTED_FROM:
        return _shipped
    return _Counted(_bearers(people), len(people))


def _shipped(part: Token) -> float:
    return group_bits(part.weight)


@dataclass(frozen=True, slots=True)
class _Counted:
    """Bits by how many of the list bear a part. `bearers`: by skeleton."""

    bearers: dict[str, int]
    people: int

    def __call__(self, part: Token) -> float:
        share = (self.people + 10) / (self.bearers.get(part.skeleton, 0) + 1)
        bits = min(log2(share), _MOST_BITS_OF_A_PART)
        # A title says little however rare it is in this list.
        return bits if part.weight > 0.2 else min(bits, group_bits(part.weight))


def _bearers(people: People) -> dict[str, int]:
    """How many people of the list bear a part with this skeleton in their whole name."""
    table, numbers = people.table, Index()
    skeletons = numbers.column(part.skeleton for part in table.tokens)
    parts = Ragged(table.parts, table.starts)
    each = Ragged.each_once(len(parts), parts.rows, skeletons[parts.values])
    bearers = np.bincount(people.whole[people.whole != UNKNOWN], minlength=len(parts))
    counts = np.bincount(each.values + 1, weights=bearers[each.rows], minlength=len(numbers) + 1)
    return dict(zip(numbers.texts, counts[1:].astype(int).tolist(), strict=True))


def _bits(
    fit: Floats, agreed: Floats, against: Floats, met: Numbers, weights: Weights, *, families: bool
) -> Floats:
    """What comparisons of names say, in bits: rare parts that agree for, parts that contradict against.

    Where a list tells of families, names that hardly fit say nothing for, whatever they share: so do sisters'.
    """
    bits = np.minimum(agreed * weights.name_share, weights.name_most)
    said = bits + weights.name_contradicts * against
    if families:
        said = np.where(fit < 0.5, np.minimum(bits, 0.0) + weights.name_differs, said)
    return np.asarray(np.where(met == 0, weights.name_differs, said))
