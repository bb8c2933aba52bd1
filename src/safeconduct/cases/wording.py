"""The operation's own words for its codes: provinces, schemes, what the rulebook asks and what may be answered."""

from __future__ import annotations

from functools import cache
from typing import Final

from django.conf import settings

from safeconduct.core.operation import Operation
from safeconduct.packs import load

DEFAULT_OPERATION: Final = "afghanistan-2021"


@cache
def operation() -> Operation:
    """The operation that this deployment works on: the setting OPERATION."""
    return load(getattr(settings, "OPERATION", DEFAULT_OPERATION))


def province_named(code: str) -> str:
    """Kabul · کابل; the code where the operation does not know it."""
    found = next((each for each in operation().provinces if each.pcode == code), None)
    return f"{found.name} · {found.name_dari}" if found else code


def scheme_named(code: str) -> str:
    """The scheme's name and its code, by which it is known to authorities; the code alone where nobody knows more."""
    found = next((each for each in operation().schemes if each.code == code), None)
    return f"{found.name} ({code})" if found else code


def answer_in_words(fact: str, answer: str) -> tuple[str, str]:
    """What a fact of the rulebook is called, and its answer: ("work in Afghanistan since 2001", "a teacher").

    Of several answers each is told. What the rulebook does not know stands as it was written.
    """
    kind = operation().rulebook.facts.get(fact)
    if kind is None:
        return fact, answer
    return kind.label, ", ".join(kind.words.get(each, each) for each in answer.split("|"))
