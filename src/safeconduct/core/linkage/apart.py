"""What forbids to call two records the same person, whatever their evidence adds up to.

Weights can be outvoted; these cannot, not even by a document: one passport's number is often copied down a
whole family's rows. A pair that one of them holds apart is at most a matter for review.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from safeconduct.core.linkage.births import are_apart, years_between
from safeconduct.core.linkage.name_scores import FATHER_AGREES, NOT_COMPARED, NameScores
from safeconduct.core.linkage.people import UNKNOWN, Numbers, People
from safeconduct.core.linkage.slips import one_slip_apart
from safeconduct.core.linkage.weighing import documents_agreeing
from safeconduct.core.linkage.weights import SHIPPED, Weights

DIFFERENT_SEX = "they are told as of different sex"
DIFFERENT_GIVEN = "their given names differ, as those of siblings or twins do"
DIFFERENT_FATHER = "their fathers' names differ"
GENERATION = "their births lie a generation apart"
BIRTHS_APART = "their births lie years apart"
DIFFERENT_PASSPORT = "they hold passports whose numbers differ"
DIFFERENT_TAZKIRA = "they hold tazkiras of one kind whose numbers differ"
PARENT = "one bears the name of the other's father"
ONE_HOUSEHOLD = "both stand in the same household"

# Under this score two given names are those of two people.
_GIVEN_MEETS = 0.72
# Unless the whole names meet from here on: a given name may stand in the family's column.
_WHOLE_MEETS = 0.85
# A father is named as someone from here on. Stricter than elsewhere: "Naeem Karim" for Naeem, son of Karim, is
# not Karim.
_NAMED_AS = 0.86

Flags = npt.NDArray[np.bool_]
Rules = tuple[str, ...]


def held_apart(
    people: People, names: NameScores, a: Numbers, b: Numbers, weights: Weights = SHIPPED
) -> list[Rules]:
    """The rules, as plain sentences, that forbid each two (by position) to be called the same; mostly none."""
    years = years_between(people, a, b)
    generation = years >= weights.generation_years
    if not people.of_families:
        # No son holds his father's number there: a year was mistyped. In families one is copied down all their rows.
        generation &= documents_agreeing(people, a, b) < 2
    rules = [
        (ONE_HOUSEHOLD, people.household[a] == people.household[b]),
        (GENERATION, generation),
        (DIFFERENT_PASSPORT, _differ(people.passport, people.passports, a, b)),
        (DIFFERENT_TAZKIRA, _tazkira_differs(people, a, b)),
    ]
    if people.of_families:
        rules += _of_families(people, names, a, b, generation)
    found: list[Rules] = [()] * len(a)
    for rule, holds in rules:
        for at in np.flatnonzero(holds).tolist():
            found[at] = (*found[at], rule)
    return found


def _of_families(
    people: People, names: NameScores, a: Numbers, b: Numbers, generation: Flags
) -> list[tuple[str, Flags]]:
    """What holds members of one family apart. Among single people each of these is more often a slip."""
    father = names.scores(people.father[a], people.father[b])
    return [
        (DIFFERENT_SEX, _both_known(people.sex, a, b) & (people.sex[a] != people.sex[b])),
        (BIRTHS_APART, ~generation & are_apart(people, a, b)),
        (DIFFERENT_GIVEN, _given_differs(people, names, a, b)),
        (DIFFERENT_FATHER, (father != NOT_COMPARED) & (father < FATHER_AGREES)),
        (PARENT, (father < FATHER_AGREES) & _one_is_parent(people, names, a, b)),
    ]


def _both_known(column: Numbers, a: Numbers, b: Numbers) -> Flags:
    known: Flags = (column[a] != UNKNOWN) & (column[b] != UNKNOWN)
    return known


def _given_differs(people: People, names: NameScores, a: Numbers, b: Numbers) -> Flags:
    """Given names that contradict, unless the whole names meet part by part (a given name in the family's column)."""
    given = names.scores(people.given[a], people.given[b])
    differs: Flags = (given != NOT_COMPARED) & (given < _GIVEN_MEETS)
    at = np.flatnonzero(differs)
    whole = names.met_in_full(people.whole[a[at]], people.whole[b[at]], _WHOLE_MEETS)
    differs[at] = ~whole
    return differs


def _one_is_parent(people: People, names: NameScores, a: Numbers, b: Numbers) -> Flags:
    """One's father is named as the other is."""
    named: Flags = (names.scores(people.given[a], people.father[b]) >= _NAMED_AS) | (
        names.scores(people.given[b], people.father[a]) >= _NAMED_AS
    )
    return named


def _differ(numbers: Numbers, texts: Sequence[str], a: Numbers, b: Numbers) -> Flags:
    """Both are told and differ by more than a slip of the hand. Passports are renewed: that is for a person to see."""
    differ: Flags = _both_known(numbers, a, b) & (numbers[a] != numbers[b])
    for at in np.flatnonzero(differ).tolist():
        differ[at] = not one_slip_apart(texts[numbers[a[at]]], texts[numbers[b[at]]])
    return differ


def _tazkira_differs(people: People, a: Numbers, b: Numbers) -> Flags:
    """Two electronic or two paper numbers differ. One of each may be one person's; a plain number's kind is unknown."""
    differ = _differ(people.tazkira, people.tazkiras, a, b)
    differ &= ~people.plain_tazkira[a] & ~people.plain_tazkira[b]
    for at in np.flatnonzero(differ).tolist():
        one, two = (people.tazkiras[people.tazkira[side[at]]] for side in (a, b))
        differ[at] = one.partition(":")[0] == two.partition(":")[0]
    return differ
