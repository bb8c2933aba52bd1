"""When "same" is proposed: the evidence adds up, no rule holds the two apart, and more than names identifies them.

The lines are those that a careful caseworker would accept without looking; whatever falls short of them is for review.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log2

import numpy as np

from safeconduct.core.linkage.name_scores import FATHER_AGREES, Floats
from safeconduct.core.linkage.people import UNKNOWN, Numbers, People
from safeconduct.core.linkage.ragged import packed
from safeconduct.core.linkage.weighing import Flags, Weighed
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
) -> Flags:
    """Whether "same" is proposed, pair by pair. `homes`: bits of the household; `total`: all bits with the prior.

    A pair is identified by itself (`_identified`), or by its family: where somebody else of the same two
    households is identified, a person who agrees in name, whom no rule holds apart, and who is the only one in either
    household who does so, is taken to be told twice with them.
    """
    line = log2(weights.same_from / (1 - weights.same_from))
    held = np.fromiter(map(bool, apart), dtype=bool, count=len(pairs))
    could_be = ~held & (total >= line)
    named = _well_named(people, pairs, could_be)
    alone = could_be & _identified(people, pairs, homes, named & could_be, weights)
    families = _families(people, pairs)
    anchored = np.isin(families, families[alone])
    with_family = could_be & (homes > 0) & anchored & named & ~_rivals(people, pairs)
    return alone | with_family


def _identified(
    people: People, pairs: Weighed, homes: Floats, named: Flags, weights: Weights
) -> Flags:
    """Whether something besides names identifies each pair, which no rule holds apart, by itself. `named`: well named.

    By a document: passport or full tazkira, with the name; where that meets only in part, with the birth too.
    By the day of birth: with the name, and the father's name, a telephone or a plain tazkira number.
    By the year of birth: with the name in full, the father's name, and a telephone, a plain tazkira number, the
    province or others of the household; a name and a year are never enough. Without a document, what is shared must
    also be rare enough to tell one person from a namesake (`_rare_enough`).
    """
    document = pairs.document == 2
    in_part = (pairs.given_score >= _MEETS_IN_PART) & pairs.to_the_year
    # Without the birth a given name must not stand beside a family name that contradicts.
    by_document = document & (in_part | (named & (pairs.name_score >= _MEETS_IN_PART)))
    tells = ~document & named & _rare_enough(pairs, homes, weights)
    father = pairs.father_score >= FATHER_AGREES
    number = pairs.phone | (pairs.document == 1)
    by_day = tells & pairs.exact_day & (father | number)
    more = number | (pairs.province_bits > 0) | (homes > 0)
    by_year = tells & ~pairs.exact_day & pairs.to_the_year & father & more
    for at in np.flatnonzero(by_year).tolist():
        by_year[at] = _named_in_full(people, int(pairs.a[at]), int(pairs.b[at]))
    return np.asarray(by_document | by_day | by_year)


def _well_named(people: People, pairs: Weighed, asked: Flags) -> Flags:
    """Given names that agree, or whole names that meet part by part (a given name in the family's column).

    A whole name that agrees but for one part is not enough: Ahmad and Ahmad Zia of one rare family are brothers.
    """
    named: Flags = pairs.given_score >= _GIVEN_AGREES
    for at in np.flatnonzero(asked & ~named & (pairs.name_score >= _WHOLE_AGREES)).tolist():
        wholes = _whole_names_met(people, int(pairs.a[at]), int(pairs.b[at]))
        named[at] = any(
            whole.fit >= _WHOLE_AGREES and _met_in_every_part(whole) for whole in wholes
        )
    return named


def _rare_enough(pairs: Weighed, homes: Floats, weights: Weights) -> Flags:
    """Whether two would more likely than not be one in a list of everybody in the crisis, not only in this one."""
    rare: Flags = pairs.bits + homes + prior_bits(weights.crisis_people, weights) >= 0
    return rare


def _named_in_full(people: People, a: int, b: int) -> bool:
    """Whether the names leave no doubt that one name is meant, for brothers share all but the given name and the day.

    "Ali" for "Mohammad Ali" leaves it: what they share, half of all men bear. So does "Nasir" for "Naseer": it is
    written for ناصر and for نصیر. Where a given name is not marked as one, the whole names must meet in every part.
    """
    names = people.names
    if people.records[a].given_name and people.records[b].given_name:
        given = meet(names[people.given[a]], names[people.given[b]])
        if given.fit >= _GIVEN_AGREES:
            return _of_one_name(given) and (_met_in_every_part(given) or _shares_more(given))
    wholes = _whole_names_met(people, a, b)
    return any(_of_one_name(whole) and _met_in_every_part(whole) for whole in wholes)


def _whole_names_met(people: People, a: int, b: int) -> list[Meeting]:
    """Each of the one's whole and native names beside each of the other's."""
    names = people.names
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


def _rivals(people: People, pairs: Weighed) -> Flags:
    """Whether one of the two probably is somebody else of the other's household: two sisters of one name."""
    homes_a, homes_b = people.household[pairs.a], people.household[pairs.b]
    sides = np.concatenate((packed(pairs.a, homes_b), packed(pairs.b, homes_a)))
    _, which, chances = np.unique(sides, return_inverse=True, return_counts=True)
    rivalled = chances[which] > 1
    return np.asarray(rivalled[: len(pairs)] | rivalled[len(pairs) :])


def _families(people: People, pairs: Weighed) -> Numbers:
    """The two households of each pair as one number."""
    one, two = people.household[pairs.a], people.household[pairs.b]
    return packed(np.minimum(one, two), np.maximum(one, two))
