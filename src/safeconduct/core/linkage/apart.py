"""What forbids to call two records the same person, whatever their evidence adds up to.

Weights can be outvoted; these cannot. A pair that one of them holds apart is at most a matter for review.
"""

from __future__ import annotations

from safeconduct.core.linkage.people import UNKNOWN, People
from safeconduct.core.linkage.weights import SHIPPED, Weights
from safeconduct.core.names.meeting import meet

DIFFERENT_SEX = "they are told as of different sex"
DIFFERENT_GIVEN = "their given names differ, as those of siblings or twins do"
GENERATION = "their births lie a generation apart"
PARENT = "one bears the name of the other's father"
ONE_HOUSEHOLD = "both stand in the same household"

_DAYS = 365.2425


def held_apart(people: People, a: int, b: int, weights: Weights = SHIPPED) -> tuple[str, ...]:
    """The rules, as plain sentences, that forbid these two (by position) to be called the same."""
    rules = []
    if people.household[a] == people.household[b]:
        rules.append(ONE_HOUSEHOLD)
    if UNKNOWN not in (people.sex[a], people.sex[b]) and people.sex[a] != people.sex[b]:
        rules.append(DIFFERENT_SEX)
    if _years_apart(people, a, b) >= weights.generation_years:
        rules.append(GENERATION)
    if _given_differs(people, a, b):
        rules.append(DIFFERENT_GIVEN)
    if _is_parent(people, a, b) or _is_parent(people, b, a):
        rules.append(PARENT)
    return tuple(rules)


def _years_apart(people: People, a: int, b: int) -> float:
    if people.earliest[a] == UNKNOWN or people.earliest[b] == UNKNOWN:
        return 0.0
    first = max(people.earliest[a], people.earliest[b])
    return float(first - min(people.latest[a], people.latest[b])) / _DAYS


def _score(people: People, one: int, two: int) -> float | None:
    if UNKNOWN in (one, two):
        return None
    return meet(people.names.texts[one], people.names.texts[two]).score


def _given_differs(people: People, a: int, b: int) -> bool:
    """Given names that contradict, unless the whole names meet part by part (a given name in the family's column)."""
    given = _score(people, people.given[a], people.given[b])
    if given is None or given >= 0.72:
        return False
    if UNKNOWN in (people.whole[a], people.whole[b]):
        return True
    texts = people.names.texts
    whole = meet(texts[people.whole[a]], texts[people.whole[b]])
    return whole.score < 0.85 or bool(whole.lone_a and whole.lone_b)


def _is_parent(people: People, parent: int, child: int) -> bool:
    """The child's father is named as the parent is, and the two fathers' names do not meet."""
    if people.father[child] == UNKNOWN or people.given[parent] == UNKNOWN:
        return False
    named = _score(people, people.given[parent], people.father[child])
    # Stricter than elsewhere: "Naeem Karim" for Naeem, son of Karim, is not Karim.
    if named is None or named < 0.86:
        return False
    fathers = _score(people, people.father[parent], people.father[child])
    return fathers is None or fathers < 0.8
