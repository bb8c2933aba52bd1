"""Numbers, days and lists as a reader expects them in a sentence. British, plain, and the same in
every report."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

NO_BREAK = "\u00a0"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
PLURALS = {
    "household": "households",
    "person": "people",
    "inquiry": "inquiries",
    "family": "families",
    "policy": "policies",
    "has": "have",
    "is": "are",
    "waits": "wait",
    "was": "were",
}


def number(value: int) -> str:
    """1234 -> "1,234"."""
    return f"{value:,}"


def plural(value: int | None, word: str) -> str:
    """The word for one, or its plural for any other count (an unknown count too)."""
    return word if value == 1 else PLURALS.get(word, f"{word}s")


def count_of(value: int, word: str) -> str:
    """(1, "plea") -> "1 plea"; (1200, "plea") -> "1,200 pleas"."""
    return f"{number(value)} {plural(value, word)}"


def day(on: date) -> str:
    """2021-08-14 -> "14 Aug 2021", with spaces that no line breaks at."""
    return f"{short_day(on)}{NO_BREAK}{on.year}"


def short_day(on: date) -> str:
    """2021-08-14 -> "14 Aug"."""
    return f"{on.day}{NO_BREAK}{MONTHS[on.month - 1]}"


def as_of(text: str | None) -> str:
    """A source's date as it is told: an ISO date or month is worded, anything else stands as it is.

    "2021-08-14" -> "14 Aug 2021"; "2021-08" -> "Aug 2021"; "autumn 2021" -> "autumn 2021".
    """
    if not text:
        return ""
    if text.startswith("read "):
        return f"read {as_of(text[5:])}"
    if re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", text):
        return f"{MONTHS[int(text[5:]) - 1]}{NO_BREAK}{text[:4]}"
    try:
        return day(date.fromisoformat(text))
    except ValueError:
        return text


def percent(share: float) -> str:
    """A share as a percentage that never rounds to a flat 0 or 100 what is not.

    0.0031 -> "0.3 %"; 0.00001 -> "less than 0.1 %"; 0 -> "0 %".
    """
    if not share:
        return f"0{NO_BREAK}%"
    if 0 < share < 0.001:
        return f"less than 0.1{NO_BREAK}%"
    if 0.999 < share < 1:
        return f"more than 99.9{NO_BREAK}%"
    return f"{100 * share:.1f}{NO_BREAK}%" if share < 0.0995 else f"{100 * share:.0f}{NO_BREAK}%"


def listed(parts: Iterable[str], last: str = "and") -> str:
    """("a", "b", "c") -> "a, b and c"."""
    words = list(parts)
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def sentence(text: str) -> str:
    """Text with a capital first letter and a full stop, so that it can stand alone."""
    text = text.strip()
    if not text:
        return ""
    end = "" if text[-1] in ".?!" else "."
    return text[0].upper() + text[1:] + end
