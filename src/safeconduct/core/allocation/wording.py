"""Small words of reasons: lists, counts, numbers and times as one would say them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime


def and_list(words: Sequence[str]) -> str:
    """ "A", "A and B", "A, B and C"."""
    if len(words) <= 1:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def many(count: int, one: str, more: str = "") -> str:
    """ "1 seat", "3 seats"; `more` where the plural is no plain s."""
    return f"{count} {one if count == 1 else more or f'{one}s'}"


def number(value: float) -> str:
    """A number to three figures, or whole where it is large; only for sentences: nothing else is rounded."""
    if abs(value) >= 100:
        return f"{value:.0f}"
    return f"{value:.3g}"


def when(moment: datetime) -> str:
    """ "21 August 2021, 18:00"."""
    return f"{moment.day} {moment:%B %Y, %H:%M}"
