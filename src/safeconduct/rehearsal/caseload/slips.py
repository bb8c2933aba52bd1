"""Slips of the pen: what fingers do at a keyboard, whatever the word means.

Four kinds, each as likely: a key beside the one meant, a letter left out, a letter
doubled, two letters swapped. Keyboards: QWERTY, and the letters of the standard Persian one.
"""

from __future__ import annotations

from collections.abc import Mapping

from safeconduct.rehearsal.caseload.assumed import LEAST_LETTERS, SLIPS
from safeconduct.rehearsal.caseload.dice import Dice

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "ضصثقفغعهخحجچ", "شسیبلاتنمکگ", "ظطزرذدپو")


def _neighbours() -> Mapping[str, str]:
    beside: dict[str, str] = {}
    for row in _ROWS:
        for at, key in enumerate(row):
            beside[key] = row[max(at - 1, 0) : at] + row[at + 1 : at + 2]
            beside.setdefault(key.upper(), beside[key].upper())
    return beside


_BESIDE = _neighbours()


def slip_in_word(text: str, dice: Dice) -> str:
    """The text with one slip among its letters; as it was where it has too few."""
    letters = [at for at, letter in enumerate(text) if letter.isalpha()]
    if len(letters) < LEAST_LETTERS:
        return text
    at = dice.pick(letters)
    before, letter, after = text[:at], text[at], text[at + 1 :]
    kind = dice.pick(SLIPS)
    if kind == "key beside" and letter in _BESIDE:
        return before + dice.pick(_BESIDE[letter]) + after
    if kind == "letter doubled":
        return before + letter + letter.lower() + after
    can_swap = after[:1].isalpha() and after[0].lower() != letter.lower()
    if kind == "letters swapped" and can_swap:
        swapped = after[0] + letter
        return before + (swapped.capitalize() if letter.isupper() else swapped) + after[1:]
    return before + after


def slip_in_number(text: str, dice: Dice) -> str:
    """The text with one of its digits another; as it was where it has none."""
    digits = [at for at, letter in enumerate(text) if letter.isdigit()]
    if not digits:
        return text
    at = dice.pick(digits)
    other = (int(text[at]) + dice.whole(1, 9)) % 10
    return f"{text[:at]}{other}{text[at + 1 :]}"
