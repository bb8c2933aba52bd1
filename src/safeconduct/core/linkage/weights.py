"""The weights of linkage: what each agreement and disagreement says, in bits (log2 of the Bayes factor).

ASSUMPTION. The model is that of Fellegi and Sunter (1969): evidence adds up in bits and unknown adds nothing.
The figures were chosen for this project by reasoning about how these fields are told in an evacuation, not
trained: there is no labelled list of Afghan applicants that could be used. Each line says why.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from math import log2

from safeconduct.core.linkage.levels import FIELDS, Field


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """All figures of the model. Bits unless said otherwise."""

    # Of a list, this share of people is expected to stand in it once more.
    expected_share_twice: float = 0.1

    # Names: bits of the parts that agree (by rarity), times this, because given, father's and family name go together.
    name_share: float = 0.85
    name_most: float = 17.0
    # A part that agrees only nearly keeps this share of its bits.
    name_nearly: float = 0.75
    # Each part that contradicts.
    name_contradicts: float = -5.0
    name_differs: float = -9.0
    father_most: float = 8.0
    # Father's names are sometimes exchanged for grandfather's or for the family name.
    father_differs: float = -5.0
    father_nearly_differs: float = -2.0

    # Every other field, level by level.
    fields: tuple[Field, ...] = FIELDS

    # Each other pair of people in the same two households that agrees.
    household_each: float = 2.5
    household_most: float = 7.0

    # Where lines are drawn, as probabilities.
    same_from: float = 0.98
    review_from: float = 0.5
    # In a register of single people, where no relatives stand beside each other, one in three is worth a look.
    review_from_of_single: float = 0.333
    # However short a list is, a namesake may come from the whole crisis: without a document, what two records share
    # must make them one more likely than not even in a list of this many people.
    crisis_people: int = 150_000
    # Years between births from which two people are of two generations.
    generation_years: float = 15.0


SHIPPED = Weights()

# Bits of a name part by the weight of its rarity group (core/names/common), where a list is too short to count.
BITS_OF_GROUP = ((0.2, 0.5), (0.3, 1.5), (0.45, 2.5), (0.75, 5.5), (0.95, 7.0), (1.1, 8.5))
# From this many people on, rarity is counted in the list itself.
COUNTED_FROM = 1_000


def group_bits(weight: float) -> float:
    """Bits that agreeing on a part of this rarity weight is worth, before any list is counted."""
    return next(bits for up_to, bits in BITS_OF_GROUP if weight <= up_to)


def prior_bits(people: int, weights: Weights = SHIPPED) -> float:
    """The odds, in bits, that two people drawn from a list of this size are one: they fall as the list grows.

    With a share s standing twice there are s x n pairs among n x (n - 1) / 2.
    """
    n = max(people, 20)
    return log2(2 * weights.expected_share_twice / (n - 1))


def probability_of(bits: float) -> float:
    """The probability that odds of this many bits mean."""
    if bits > 60:
        return 1.0
    odds: float = 2.0**bits
    return odds / (1 + odds)


def model_hash(weights: Weights = SHIPPED) -> str:
    """Names the exact figures a pair was weighed with, to be kept beside a judgement."""
    return sha256(repr((weights, BITS_OF_GROUP)).encode()).hexdigest()[:16]
