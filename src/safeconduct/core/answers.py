"""Yes, no, and unknown: unknown is not no (law 8)."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import NoReturn


class Answer(StrEnum):
    """A three-valued answer. It has no truth value: ask `is Answer.YES`, so that unknown is never
    read as no.
    """

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"

    def __bool__(self) -> NoReturn:
        raise TypeError(
            "An answer may be unknown: compare it with `is Answer.YES` or `is Answer.NO`."
        )

    def __invert__(self) -> Answer:
        """Not yes is no, not no is yes, and the opposite of unknown is unknown."""
        return {Answer.YES: Answer.NO, Answer.NO: Answer.YES, Answer.UNKNOWN: Answer.UNKNOWN}[self]


def all_of(answers: Iterable[Answer]) -> Answer:
    """No if any is no; else unknown if any is unknown; else yes (Kleene's strong logic)."""
    seen = set(answers)
    if Answer.NO in seen:
        return Answer.NO
    return Answer.UNKNOWN if Answer.UNKNOWN in seen else Answer.YES


def any_of(answers: Iterable[Answer]) -> Answer:
    """Yes if any is yes; else unknown if any is unknown; else no (Kleene's strong logic)."""
    seen = set(answers)
    if Answer.YES in seen:
        return Answer.YES
    return Answer.UNKNOWN if Answer.UNKNOWN in seen else Answer.NO
