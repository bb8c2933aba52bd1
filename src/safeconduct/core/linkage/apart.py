"""What forbids to call two records the same person, whatever their evidence adds up to.

Weights can be outvoted; these cannot, not even by a document: one passport's number is often copied down a
whole family's rows. A pair that one of them holds apart is at most a matter for review.
"""

from __future__ import annotations

from safeconduct.core.linkage.births import are_apart, years_between
from safeconduct.core.linkage.name_scores import FATHER_AGREES
from safeconduct.core.linkage.people import UNKNOWN, Index, Numbers, People
from safeconduct.core.linkage.weighing import one_slip_apart
from safeconduct.core.linkage.weights import SHIPPED, Weights
from safeconduct.core.names.meeting import meet

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


def held_apart(people: People, a: int, b: int, weights: Weights = SHIPPED) -> tuple[str, ...]:
    """The rules, as plain sentences, that forbid these two (by position) to be called the same."""
    generation = years_between(people, a, b) >= weights.generation_years
    rules = (
        (ONE_HOUSEHOLD, people.household[a] == people.household[b]),
        (DIFFERENT_SEX, _both_known(people.sex, a, b) and people.sex[a] != people.sex[b]),
        (GENERATION, generation),
        (BIRTHS_APART, not generation and are_apart(people, a, b)),
        (DIFFERENT_GIVEN, _given_differs(people, a, b)),
        (DIFFERENT_FATHER, _father_differs(people, a, b)),
        (PARENT, _is_parent(people, a, b) or _is_parent(people, b, a)),
        (DIFFERENT_PASSPORT, _differ(people.passport, people.passports, a, b)),
        (DIFFERENT_TAZKIRA, _tazkira_differs(people, a, b)),
    )
    return tuple(rule for rule, holds in rules if holds)


def _both_known(column: Numbers, a: int, b: int) -> bool:
    return bool(column[a] != UNKNOWN and column[b] != UNKNOWN)


def _score(people: People, one: int, two: int) -> float | None:
    if UNKNOWN in (one, two):
        return None
    return meet(people.names.texts[one], people.names.texts[two]).score


def _given_differs(people: People, a: int, b: int) -> bool:
    """Given names that contradict, unless the whole names meet part by part (a given name in the family's column)."""
    given = _score(people, people.given[a], people.given[b])
    if given is None or given >= _GIVEN_MEETS:
        return False
    if not _both_known(people.whole, a, b):
        return True
    texts = people.names.texts
    whole = meet(texts[people.whole[a]], texts[people.whole[b]])
    return whole.score < _WHOLE_MEETS or bool(whole.lone_a and whole.lone_b)


def _father_differs(people: People, a: int, b: int) -> bool:
    score = _score(people, people.father[a], people.father[b])
    return score is not None and score < FATHER_AGREES


def _is_parent(people: People, parent: int, child: int) -> bool:
    """The child's father is named as the parent is, and the two fathers' names do not meet."""
    if people.father[child] == UNKNOWN or people.given[parent] == UNKNOWN:
        return False
    named = _score(people, people.given[parent], people.father[child])
    if named is None or named < _NAMED_AS:
        return False
    fathers = _score(people, people.father[parent], people.father[child])
    return fathers is None or fathers < FATHER_AGREES


def _differ(numbers: Numbers, index: Index, a: int, b: int) -> bool:
    """Both are told and differ by more than a slip of the hand. Passports are renewed: that is for a person to see."""
    if not _both_known(numbers, a, b) or numbers[a] == numbers[b]:
        return False
    return not one_slip_apart(index.texts[numbers[a]], index.texts[numbers[b]])


def _tazkira_differs(people: People, a: int, b: int) -> bool:
    """Two electronic or two paper numbers differ. One of each may be one person's; a plain number's kind is unknown."""
    if not _differ(people.tazkira, people.tazkiras, a, b):
        return False
    if people.plain_tazkira[a] or people.plain_tazkira[b]:
        return False
    one, two = (people.tazkiras.texts[people.tazkira[at]].partition(":")[0] for at in (a, b))
    return bool(one == two)
