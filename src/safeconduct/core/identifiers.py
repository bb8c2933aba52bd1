"""Telephone, passport and tazkira numbers as keys for comparing. The words as written are kept elsewhere.

A key is the same for every way to write one number, and None for what is not a number: a shared
placeholder ("0000000", "lost") must never make two people look like one.
"""

from __future__ import annotations

import re

from safeconduct.core.phones import normal_phone, phones_in
from safeconduct.core.plain_text import plain, says_unknown

__all__ = ["normal_passport", "normal_phone", "normal_tazkira", "phones_in"]

_PASSPORT_WORDS = re.compile(
    r"\b(passports?|pasport|pass|pp|number|num|no|nr|afghan|afghanistan)\b"
)
_NOT_ALNUM = re.compile(r"[^a-z0-9]+")
_AFGHAN_PASSPORT = re.compile(r"(tr|[opds])([\do]{7,8})")

_BEFORE = r"[a-z]*\W*(?:no\W*|number\W*|شماره\W*)?(\d+)"
_VOLUME = re.compile(rf"(?:j[ie]l|vol|book|جلد){_BEFORE}")
_PAGE = re.compile(rf"(?:saf|page|pg|صفحه|مخ){_BEFORE}")
_ENTRY = re.compile(rf"(?:sabt|sabat|reg|entry|serial|ثبت){_BEFORE}")
_OF_PAPER = re.compile(r"(?:paper:)?\s*(\d+)\s*([/,\\،|-])\s*(\d+)\s*\2\s*(\d+)")
_SPACED = re.compile(r"(?<=\d)[\s.\-–]+(?=\d)")
_DIGITS = re.compile(r"\d+")
_E_TAZKIRA = re.compile(r"1[34]\d{11}")


def normal_passport(value: str | float | None) -> str | None:
    """A passport number in capital letters and digits, "P01234567"; None for what is not one.

    Kept: letters and digits, which are the number. Not kept: spaces, dashes, words such as "No". Where the number
    has the form of an Afghan passport (O, P, D, S or TR and seven or eight digits), a letter O among its
    digits is a zero, and eight digits that begin with zero begin with O: no Afghan passport is of digits alone,
    and British ones have nine. Other confusions are left: they cannot be told from true differences.
    """
    text = _as_text(value)
    if says_unknown(text):
        return None
    key = _NOT_ALNUM.sub("", _PASSPORT_WORDS.sub(" ", plain(text)))
    if len(key) == 8 and key.startswith("0") and key.isdigit():
        key = "o" + key[1:]
    if match := _AFGHAN_PASSPORT.fullmatch(key):
        key = match[1] + match[2].replace("o", "0")
    digits = "".join(c for c in key if c.isdigit())
    if not 6 <= len(key) <= 11 or len(digits) < 5 or len(key) - len(digits) > 4:
        return None
    return key.upper() if len(set(digits)) > 1 else None


def normal_tazkira(value: str | float | None) -> str | None:
    """A tazkira's number as a key; None for what is not one.

    The electronic tazkira has 13 digits, the first four the year: "e:1400010112345". The paper tazkira is found by
    volume, page and entry (جلد، صفحه، ثبت), named in any order or three numbers between strokes in that order:
    "paper:12/34/567"; with one of the three missing it is unknown. Any other number is "plain:123456", which
    says less: old offices counted each for themselves, so a plain number alone does not make two people one.
    """
    text = _as_text(value)
    if says_unknown(text):
        return None
    text = plain(text)
    joined = _SPACED.sub("", text.replace("/", "-"))
    numbers = _DIGITS.findall(joined)
    if len(numbers) == 1 and _E_TAZKIRA.fullmatch(numbers[0]):
        return f"e:{numbers[0]}" if len(set(numbers[0])) > 2 else None
    labelled = [pattern.search(text) for pattern in (_VOLUME, _PAGE, _ENTRY)]
    if any(labelled):
        return _paper([match[1] for match in labelled if match])
    if match := _OF_PAPER.fullmatch(text):
        return _paper([match[1], match[3], match[4]])
    return _plain_number(_DIGITS.findall(_SPACED.sub("", text)))


def _paper(parts: list[str]) -> str | None:
    numbers = [str(int(part)) for part in parts]
    if len(numbers) != 3 or "0" in numbers or len(set("".join(numbers))) == 1:
        return None
    return "paper:" + "/".join(numbers)


def _plain_number(numbers: list[str]) -> str | None:
    if len(numbers) != 1:
        return None
    number = numbers[0].lstrip("0")
    return f"plain:{number}" if 3 <= len(number) <= 14 and len(set(number)) > 1 else None


def _as_text(value: str | float | None) -> str:
    """A number's digits where a spreadsheet took it for an amount."""
    if value is None or isinstance(value, str):
        text = value or ""
        return text.removesuffix(".0")
    whole = not isinstance(value, bool) and 0 < value < 1e15 and value == int(value)
    return str(int(value)) if whole else ""
