"""The operation's own words for its codes: provinces, schemes, what the rulebook asks and what may be answered."""

from __future__ import annotations

from datetime import date
from functools import cache, lru_cache
from typing import Final

from django.conf import settings
from django.utils.translation import gettext

from safeconduct.core.facts import Household
from safeconduct.core.operation import Operation
from safeconduct.core.readers import FROM_RIGHT_TO_LEFT
from safeconduct.core.rulebook import assess
from safeconduct.core.rulebook.known import DERIVED_FACTS
from safeconduct.core.rulebook.rules import FactKind
from safeconduct.packs import load
from safeconduct.people.reader import reader
from safeconduct.people.sentences import in_readers_words

_FIRST_ASKED: Final = 3  # on a first call: more is an interrogation


def operation() -> Operation:
    """The operation that this deployment works on: the setting OPERATION. Read once. Raises BadPack's subclasses."""
    return _operation_of(settings.OPERATION)


@cache
def _operation_of(pack: str) -> Operation:
    return load(pack)


def province_named(code: str) -> str:
    """Kabul · کابل, the reader's own first; the code where the operation does not know it."""
    found = next((each for each in operation().provinces if each.pcode == code), None)
    if found is None:
        return code
    both = (found.name, found.name_dari)
    return " · ".join(both[::-1] if reader().language in FROM_RIGHT_TO_LEFT else both)


def scheme_named(code: str) -> str:
    """The scheme's name and its code, by which it is known to authorities; a band, or the code alone."""
    found = next((each for each in operation().schemes if each.code == code), None)
    return f"{in_readers_words(found.name)} ({code})" if found else in_readers_words(code)


def answer_in_words(fact: str, answer: str) -> tuple[str, str]:
    """What a fact of the rulebook is called, and its answer: ("work in Afghanistan since 2001", "a teacher").

    Of several answers each is told. What the rulebook does not know stands as it was written.
    """
    kind = operation().rulebook.facts.get(fact)
    if kind is None:
        return fact, answer
    return told_answer(kind, answer)


def told_answer(kind: FactKind, answer: str) -> tuple[str, str]:
    """The same of a fact that is known."""
    words = (gettext(kind.words.get(each, each)) for each in answer.split("|"))
    return gettext(kind.label), gettext(", ").join(words)


def question_of(fact: str) -> str:
    """What is asked to hear a fact, in words that can be read out; its name where nobody knows more."""
    kind = operation().rulebook.facts.get(fact) or DERIVED_FACTS.get(fact)
    return gettext(kind.question) if kind else fact


def words_of(kind: FactKind, answer: str) -> str:
    """An answer as it is said inside a sentence, in the reader's language."""
    return in_readers_words(kind.in_words(answer.split("|")))


def rule_sentence(sentence: str) -> str:
    """A sentence of the rulebook in the reader's language; one of a rulebook that an office wrote stays as written."""
    return in_readers_words(sentence, _reasons())


@cache
def _reasons() -> tuple[str, ...]:
    rules = operation().rulebook.rules
    told = (text for each in rules for text in (each.reason, each.reason_not, each.reason_unless))
    return tuple(dict.fromkeys(text for text in told if text))


@lru_cache(maxsize=4)
def first_questions(on: date) -> tuple[FactKind, ...]:
    """What is asked first of a family of whom nothing is known: whatever could change their band most.

    Age, sex, relation and province are not among them: a form has places of their own for these.
    """
    rulebook = operation().rulebook
    nobody = Household(household_id="nobody yet", people=())
    said = assess(nobody, rulebook, on=operation().day_on(on), schemes=operation().schemes)
    asked = [rulebook.facts[each.fact] for each in said.missing if each.fact in rulebook.facts]
    kinds = [kind for kind in asked if not kind.derived and kind.of_province is None]
    return tuple(kinds[:_FIRST_ASKED])
