"""The rulebook's sentences: what a caller could be read (law 7). No name and no number of a document."""

from __future__ import annotations

import string
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from safeconduct.core.facts import Relation
from safeconduct.core.rulebook.known import Held
from safeconduct.core.rulebook.rules import FactKind, Rule

if TYPE_CHECKING:  # an operation holds a rulebook: at run time this would be a circle
    from safeconduct.core.operation import Scheme


WHO = ("Who", "who")  # the places in a reason that stand for the person who meets the rule

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_BY_RELATION = {
    Relation.PRINCIPAL: {"F": "she", "M": "he", "": "the person at the head of this case"},
    Relation.SPOUSE: {"F": "the wife", "M": "the husband", "": "the spouse"},
    Relation.CHILD: {"F": "a daughter", "M": "a son", "": "a child of the family"},
    Relation.PARENT: {"F": "the mother", "M": "the father", "": "a parent"},
    Relation.SIBLING: {"F": "a sister", "M": "a brother", "": "a brother or sister"},
}
_OF_THE_FAMILY = {"F": "a woman of the family", "M": "a man of the family", "": "one of the family"}
_GIRL_OR_BOY = {
    "F": "a girl of the family",
    "M": "a boy of the family",
    "": "a child of the family",
}
_NOT_TOLD = "(not told yet)"


def who(held: Held) -> str:
    """A member in words that name nobody: "he", "the wife", "a girl of the family"."""
    sex = _only(held.get("sex"))
    relation = _only(held.get("relation"))
    if relation and (words := _BY_RELATION.get(Relation(relation))):
        return words.get(sex, words[""])
    under_age = held.get("age_group", frozenset(("adult",))) <= {"infant", "child"}
    words = _GIRL_OR_BOY if under_age else _OF_THE_FAMILY
    return words.get(sex, words[""])


def _only(values: frozenset[str] | None) -> str:
    return next(iter(values)) if values is not None and len(values) == 1 else ""


def reason_sentence(template: str, *, who: str, held: Held, kinds: Mapping[str, FactKind]) -> str:
    """A rule's reason with its places filled: who, and facts as they are said in a sentence."""
    filled = {}
    for name in places_in(template):
        if name not in WHO:
            values = held.get(name)
            filled[name] = kinds[name].in_words(values) if values else _NOT_TOLD
    return template.format(Who=who[0].upper() + who[1:], who=who, **filled)


@lru_cache(maxsize=1024)
def places_in(template: str) -> frozenset[str]:
    """The names that stand in braces. Raises ValueError where a brace is not closed."""
    names = (name for _, name, _, _ in string.Formatter().parse(template))
    return frozenset(name for name in names if name is not None)


def day_in_words(day: date) -> str:
    """18 August 2021."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def opens_later(scheme: Scheme, on: date) -> str:
    """Said beside an outcome while a scheme is announced and not yet open; empty otherwise."""
    if scheme.opened is None or scheme.opened <= on:
        return ""
    return (
        f"{scheme.name} opens on {day_in_words(scheme.opened)}: nobody can be taken through it "
        "before that day."
    )


def closed(name: str, last_day: date) -> str:
    return f"{name} closed on {day_in_words(last_day)} and takes nobody new."


def not_yet_known(rule: Rule, questions: Iterable[str]) -> str:
    """For an answer that is unknown: which rule it hangs on and what would settle it."""
    return f"Not yet known: {rule.title}. To settle it we ask: {' '.join(questions)}"


def not_assessed(questions: Iterable[str]) -> str:
    asked = " ".join(questions)
    return f"Too little has been told to say how urgent this is. We ask first: {asked}".strip()
