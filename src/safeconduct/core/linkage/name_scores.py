"""Scores of names over many pairs: each distinct two names compared once, and how rare what they share is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from math import log2

import numpy as np
import numpy.typing as npt

from safeconduct.core.linkage.people import UNKNOWN, Numbers, People
from safeconduct.core.linkage.weights import COUNTED_FROM, SHIPPED, Weights, group_bits
from safeconduct.core.names.meeting import Meeting, meet
from safeconduct.core.names.reading import Token, read

Floats = npt.NDArray[np.float64]
# How much agreeing on one part of a name says, in bits.
Rarity = Callable[[Token], float]

# A score of a pair in which a name is unknown.
NOT_COMPARED = -1.0
# From this score on, two fathers' names agree.
FATHER_AGREES = 0.8
_MOST_BITS_OF_A_PART = 11.0


def rarity_of(people: People) -> Rarity:
    """Bits of each part of a name: counted in this list where it is long enough, else by the shipped groups."""
    if len(people) < COUNTED_FROM:
        return lambda part: group_bits(part.weight)
    counts: Counter[str] = Counter()
    for whole in people.whole:
        if whole != UNKNOWN:
            counts.update({part.skeleton for part in read(people.names.texts[whole])})
    total = len(people)

    def counted(part: Token) -> float:
        bits = min(log2((total + 10) / (counts[part.skeleton] + 1)), _MOST_BITS_OF_A_PART)
        # A title says little however rare it is in this list.
        return bits if part.weight > 0.2 else min(bits, group_bits(part.weight))

    return counted


def bits_of(meeting: Meeting, rarity: Rarity, weights: Weights = SHIPPED) -> float:
    """What a comparison of names says, in bits: rare parts that agree for, parts that contradict against."""
    if not meeting.met:
        return weights.name_differs
    agreed = 0.0
    for x, y, score, _ in meeting.met:
        share = 1.0 if score >= 0.96 else weights.name_nearly * max(0.0, (score - 0.5) / 0.46)
        agreed += share * min(rarity(x), rarity(y))
    bits = min(agreed * weights.name_share, weights.name_most)
    against = min(sum(x.weight for x in meeting.lone_a), sum(y.weight for y in meeting.lone_b), 2.0)
    if meeting.score < 0.5:
        return min(bits, 0.0) + weights.name_differs
    return bits + weights.name_contradicts * against


def over_pairs(
    left: Numbers,
    right: Numbers,
    size: int,
    compute: Callable[[int, int], tuple[float, ...]],
    width: int,
) -> npt.NDArray[np.float64]:
    """`compute` over pairs of numbers of texts, each distinct pair once; NOT_COMPARED where one is unknown.

    Gives an array of shape (width, pairs).
    """
    result = np.full((width, len(left)), NOT_COMPARED)
    known = (left != UNKNOWN) & (right != UNKNOWN)
    if not known.any():
        return result
    low, high = np.minimum(left[known], right[known]), np.maximum(left[known], right[known])
    distinct, back = np.unique(low * size + high, return_inverse=True)
    ones, twos = (part.tolist() for part in np.divmod(distinct, size))
    values = np.empty((width, len(distinct)))
    for at, (one, two) in enumerate(zip(ones, twos, strict=True)):
        values[:, at] = compute(one, two)
    result[:, known] = values[:, back]
    return result


def scores(people: People, left: Numbers, right: Numbers) -> Floats:
    """Name scores of pairs of name numbers (0 to 1), NOT_COMPARED where one is unknown."""
    texts = people.names.texts

    def compute(one: int, two: int) -> tuple[float, ...]:
        return (1.0,) if one == two and read(texts[one]) else (meet(texts[one], texts[two]).score,)

    scored: Floats = over_pairs(left, right, len(texts) + 1, compute, 1)[0]
    return scored


def scores_and_bits(
    people: People, left: Numbers, right: Numbers, rarity: Rarity, weights: Weights = SHIPPED
) -> tuple[Floats, Floats]:
    """Scores, and what each says in bits (0 where not compared)."""
    texts = people.names.texts

    def compute(one: int, two: int) -> tuple[float, ...]:
        meeting = meet(texts[one], texts[two])
        return meeting.score, bits_of(meeting, rarity, weights)

    found = over_pairs(left, right, len(texts) + 1, compute, 2)
    score, bits = found[0], found[1]
    bits[score == NOT_COMPARED] = 0.0
    return score, bits
