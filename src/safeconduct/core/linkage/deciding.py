"""When "same" is proposed: the evidence adds up, no rule holds the two apart, and more than names identifies them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from safeconduct.core.linkage.name_scores import Floats
from safeconduct.core.linkage.people import People
from safeconduct.core.linkage.weighing import Weighed
from safeconduct.core.linkage.weights import Weights, probability_of


def proposed(
    people: People,
    pairs: Weighed,
    *,
    homes: Floats,
    total: Floats,
    apart: Sequence[tuple[str, ...]],
    weights: Weights,
) -> list[bool]:
    """Whether "same" is proposed, pair by pair.

    A pair is identified by itself (`identified`), or by its family: where somebody else of the same two
    households is identified, a person who agrees in name, contradicts in nothing, and is the only one in either
    household who does so, is taken to be told twice with them.
    """
    could_be = [
        not rules and probability_of(float(bits)) >= weights.same_from
        for rules, bits in zip(apart, total, strict=True)
    ]
    alone = [could_be[at] and identified(pairs, at) for at in range(len(pairs))]
    rivals = _rivals(people, pairs)
    anchored = {_homes_of(people, pairs, at) for at in range(len(pairs)) if alone[at]}
    return [
        alone[at]
        or (
            could_be[at]
            and homes[at] > 0
            and _homes_of(people, pairs, at) in anchored
            and not rivals[at]
            and _well_named(pairs, at)
            and not _contradicted(pairs, at)
        )
        for at in range(len(pairs))
    ]


def identified(pairs: Weighed, at: int) -> bool:
    """Whether something besides names identifies this pair by itself: never the same on a name alone."""
    if pairs.document[at] == 2:
        return bool(pairs.given_score[at] >= 0.7 or pairs.name_score[at] >= 0.7)
    if not _well_named(pairs, at) or _contradicted(pairs, at):
        return False
    if pairs.to_the_year[at] and pairs.father_score[at] >= 0.8:
        return True
    return bool(pairs.exact_day[at] and (pairs.phone[at] or pairs.document[at] == 1))


def _well_named(pairs: Weighed, at: int) -> bool:
    given = pairs.given_score[at] if pairs.given_score[at] >= 0 else pairs.name_score[at]
    return bool(given >= 0.8 or pairs.name_score[at] >= 0.9)


def _contradicted(pairs: Weighed, at: int) -> bool:
    """Births that cannot be a slip of one year, or fathers' names that do not meet."""
    return bool(pairs.birth_bits[at] < 0 or 0 <= pairs.father_score[at] < 0.8)


def _rivals(people: People, pairs: Weighed) -> list[bool]:
    """Whether one of the two probably is somebody else of the other's household: two sisters of one name."""
    chances = Counter(
        side
        for a, b in zip(pairs.a.tolist(), pairs.b.tolist(), strict=True)
        for side in ((a, int(people.household[b])), (b, int(people.household[a])))
    )
    return [
        max(chances[a, int(people.household[b])], chances[b, int(people.household[a])]) > 1
        for a, b in zip(pairs.a.tolist(), pairs.b.tolist(), strict=True)
    ]


def _homes_of(people: People, pairs: Weighed, at: int) -> tuple[int, int]:
    one, two = int(people.household[pairs.a[at]]), int(people.household[pairs.b[at]])
    return (one, two) if one < two else (two, one)
