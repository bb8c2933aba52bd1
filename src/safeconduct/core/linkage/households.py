"""Households as evidence, and households that may be one.

A family is told twice as a family: where several people of two households agree, each of them agrees the more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from safeconduct.core.linkage.blocking import Candidates
from safeconduct.core.linkage.families import HOUSEMATES
from safeconduct.core.linkage.name_scores import NOT_COMPARED, Floats
from safeconduct.core.linkage.people import Numbers, People
from safeconduct.core.linkage.ragged import Ragged, crossed, packed, unpacked
from safeconduct.core.linkage.records import REVIEW, SAME, Pair
from safeconduct.core.linkage.weighing import Flags, Weighed
from safeconduct.core.linkage.weights import Weights

# A pair supports its housemates from this weight (prior included) on, if nothing in it contradicts.
_SUPPORTS_FROM = -6.0
_LARGEST_FAMILY = 30


def household_bits(people: People, pairs: Weighed, bits: Floats, weights: Weights) -> Floats:
    """What the other people of the same two households add to each pair. `bits`: evidence with the prior.

    Only pairs whose own given names, births and sexes agree support others, so that the one father's name
    and telephone that a family shares is not counted once more for each child.
    """
    one, two = people.household[pairs.a], people.household[pairs.b]
    named = (pairs.given_score >= 0.8) | (
        (pairs.given_score == NOT_COMPARED) & (pairs.name_score >= 0.85)
    )
    agrees = named & (pairs.birth_bits >= 0) & (pairs.sex_bits >= 0) & (bits >= _SUPPORTS_FROM)
    agrees &= one != two
    added = np.zeros(len(pairs))
    if not agrees.any():
        return added
    a_first = one < two
    low, high = np.minimum(one, two), np.maximum(one, two)
    of_low, of_high = np.where(a_first, pairs.a, pairs.b), np.where(a_first, pairs.b, pairs.a)
    homes = low * (int(people.household.max()) + 1) + high
    _, home = np.unique(homes, return_inverse=True)
    count = np.minimum(_distinct(home, of_low, agrees), _distinct(home, of_high, agrees))
    others = np.where(agrees, count[home] - 1, 0)
    result: Floats = np.clip(others * weights.household_each, 0.0, weights.household_most)
    return result


def housemates(people: People, pairs: Weighed, bits: Floats) -> Candidates:
    """All other pairs of people of two households in which two people probably are one (`bits` from 0 on).

    A child of whom only a given name was told shares no key with itself, but its family is found by the others.
    Households of more than 30 people are lists, not families, and are left out.
    """
    homes = people.household
    by_home = np.argsort(homes, kind="stable")
    members = Ragged(by_home, np.searchsorted(homes[by_home], np.arange(homes.max(initial=-1) + 2)))
    probable = bits >= 0
    joined = np.stack((homes[pairs.a[probable]], homes[pairs.b[probable]]))
    joined = np.unique(joined[:, joined[0] != joined[1]], axis=1)
    small = (members.lengths <= _LARGEST_FAMILY)[joined].all(axis=0)
    _, x, y = crossed(members.take(joined[0, small]), members.take(joined[1, small]))
    found = np.unique(packed(np.minimum(x, y), np.maximum(x, y)))
    new = np.setdiff1d(found, packed(pairs.a, pairs.b), assume_unique=True)
    a, b = unpacked(new)
    return Candidates(a, b, np.full(len(new), 1 << HOUSEMATES, dtype=np.int64))


def _distinct(group: Numbers, member: Numbers, counted: Flags) -> Numbers:
    """How many distinct members each group has among those counted."""
    size = int(group.max()) + 1
    pairs = np.unique(np.stack((group[counted], member[counted])), axis=1)
    counts: Numbers = np.bincount(pairs[0], minlength=size)
    return counts


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdDouble:
    """Two households that may be one, by the people in them. Reasons name nobody; a person decides."""

    household_a: str
    household_b: str
    probability: float
    decision: str
    plain_reasons: tuple[str, ...]


def household_doubles(
    pairs: Iterable[Pair], household_of: Mapping[str, str]
) -> tuple[HouseholdDouble, ...]:
    """Households joined by at least one pair, most probable first. Pairs inside one household are left out.

    The probability is that of the strongest pair; "same" where any pair is.
    """
    between: dict[tuple[str, str], list[Pair]] = {}
    for pair in pairs:
        one, two = sorted((household_of[pair.person_a], household_of[pair.person_b]))
        if one != two:
            between.setdefault((one, two), []).append(pair)
    doubles = [_double(homes, joined) for homes, joined in between.items()]
    return tuple(sorted(doubles, key=lambda d: (-d.probability, d.household_a, d.household_b)))


def _double(homes: tuple[str, str], joined: list[Pair]) -> HouseholdDouble:
    joined.sort(key=lambda pair: (pair.decision != SAME, -pair.match_weight))
    strongest = joined[0]
    people = (
        "1 person in each may be" if len(joined) == 1 else f"{len(joined)} pairs of people may be"
    )
    return HouseholdDouble(
        household_a=homes[0],
        household_b=homes[1],
        probability=strongest.probability,
        decision=SAME if strongest.decision == SAME else REVIEW,
        plain_reasons=(f"{people} the same", *strongest.plain_reasons),
    )
