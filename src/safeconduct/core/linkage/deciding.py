"""When "same" is proposed: the evidence adds up, no rule holds the two apart, and more than names identifies them.

The lines are those that a careful caseworker would accept without looking; whatever falls short of them is for review.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import log2

from safeconduct.core.linkage.name_scores import FATHER_AGREES, Floats
from safeconduct.core.linkage.people import UNKNOWN, People
from safeconduct.core.linkage.weighing import Weighed
from safeconduct.core.linkage.weights import Weights, prior_bits
from safeconduct.core.names.common import EVERYWHERE_WEIGHT
from safeconduct.core.names.meeting import Meeting, meet
from safeconduct.core.names.titles import HALF_TITLE_WEIGHT

# Given names that are one name; whole names, where the given name may stand in the family's column.
_GIVEN_AGREES = 0.8
_WHOLE_AGREES = 0.9
# Names that meet in part: "Ahmad" for "Ahmad Zia".
_MEETS_IN_PART = 0.7


def proposed(
    people: People,
    pairs: Weighed,
    *,
    homes: Floats,
    total: Floats,
    apart: Sequence[tuple[str, ...]],
    weights: Weights,
) -> list[bool]:
    """Whether "same" is proposed, pair by pair. `homes`: bits of the household; `total`: all bits with the prior.

    A pair is identified by itself (`identified`), or by its family: where somebody else of the same two
    households is identified, a person who agrees in name, whom no rule holds apart, and who is the only one in either
    household who does so, is taken to be told twice with them.
    """
    line = log2(weights.same_from / (1 - weights.same_from))
    could_be = [not rules and bits >= line for rules, bits in zip(apart, total, strict=True)]
    alone = [
        could_be[at] and identified(people, pairs, at, float(homes[at]), weights)
        for at in range(len(pairs))
    ]
    rivals = _rivals(people, pairs)
    anchored = {_homes_of(people, pairs, at) for at in range(len(pairs)) if alone[at]}
    return [
        alone[at]
        or (
            could_be[at]
            and homes[at] > 0
            and _homes_of(people, pairs, at) in anchored
            and not rivals[at]
            and _well_named(people, pairs, at)
        )
        for at in range(len(pairs))
    ]


def identified(people: People, pairs: Weighed, at: int, home_bits: float, weights: Weights) -> bool:
    """Whether something besides names identifies this pair, which no rule holds apart, by itself.

    By a document: passport or full tazkira, with the name; where that meets only in part, with the birth too.
    By the day of birth: with the name, and the father's name, a telephone or a plain tazkira number.
    By the year of birth: with the name in full, the father's name, and a telephone, a plain tazkira number, the
    province or others of the household; a name and a year are never enough. Without a document, what is shared must
    also be rare enough to tell one person from a namesake (`_rare_enough`).
    """
    if pairs.document[at] == 2:
        in_part = bool(pairs.given_score[at] >= _MEETS_IN_PART)
        if in_part and pairs.to_the_year[at]:
            return True
        # Without the birth a given name must not stand beside a family name that contradicts.
        return bool(pairs.name_score[at] >= _MEETS_IN_PART) and _well_named(people, pairs, at)
    if not _well_named(people, pairs, at) or not _rare_enough(pairs, at, home_bits, weights):
        return False
    father = bool(pairs.father_score[at] >= FATHER_AGREES)
    number = bool(pairs.phone[at] or pairs.document[at] == 1)
    if pairs.exact_day[at]:
        return father or number
    more = number or pairs.province_bits[at] > 0 or home_bits > 0
    return bool(
        pairs.to_the_year[at]
        and father
        and more
        and _named_in_full(people, int(pairs.a[at]), int(pairs.b[at]))
    )


def _well_named(people: People, pairs: Weighed, at: int) -> bool:
    """Given names that agree, or whole names that meet part by part (a given name in the family's column).

    A whole name that agrees but for one part is not enough: Ahmad and Ahmad Zia of one rare family are brothers.
    """
    if pairs.given_score[at] >= _GIVEN_AGREES:
        return True
    if pairs.name_score[at] < _WHOLE_AGREES:
        return False
    wholes = _whole_names_met(people, int(pairs.a[at]), int(pairs.b[at]))
    return any(whole.score >= _WHOLE_AGREES and _met_in_every_part(whole) for whole in wholes)


def _rare_enough(pairs: Weighed, at: int, home_bits: float, weights: Weights) -> bool:
    """Whether the two would more likely than not be one in a list of everybody in the crisis, not only in this one."""
    evidence = float(pairs.bits[at]) + home_bits
    return evidence + prior_bits(weights.crisis_people, weights) >= 0


def _named_in_full(people: People, a: int, b: int) -> bool:
    """Whether the names leave no doubt that one name is meant, for brothers share all but the given name and the day.

    "Ali" for "Mohammad Ali" leaves it: what they share, half of all men bear. So does "Nasir" for "Naseer": it is
    written for ناصر and for نصیر. Where a given name is not marked as one, the whole names must meet in every part.
    """
    names = people.names.texts
    if people.records[a].given_name and people.records[b].given_name:
        given = meet(names[people.given[a]], names[people.given[b]])
        if given.score >= _GIVEN_AGREES:
            return _of_one_name(given) and (_met_in_every_part(given) or _shares_more(given))
    wholes = _whole_names_met(people, a, b)
    return any(_of_one_name(whole) and _met_in_every_part(whole) for whole in wholes)


def _whole_names_met(people: People, a: int, b: int) -> list[Meeting]:
    """Each of the one's whole and native names beside each of the other's."""
    names = people.names.texts
    ones, twos = (
        [names[view] for view in (people.whole[at], people.native[at]) if view != UNKNOWN]
        for at in (a, b)
    )
    return [meet(one, two) for one in ones for two in twos]


def _of_one_name(meeting: Meeting) -> bool:
    """No part that met is a spelling of two names of which the other is only one."""
    return all(
        x.families == y.families or not (x.families and y.families)
        for x, y, _, _ in meeting.met
        if min(x.weight, y.weight) > HALF_TITLE_WEIGHT
    )


def _met_in_every_part(meeting: Meeting) -> bool:
    return all(part.weight <= HALF_TITLE_WEIGHT for part in (*meeting.lone_a, *meeting.lone_b))


def _shares_more(meeting: Meeting) -> bool:
    """Something met that not half of all men bear."""
    return any(min(x.weight, y.weight) > EVERYWHERE_WEIGHT for x, y, _, _ in meeting.met)


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
