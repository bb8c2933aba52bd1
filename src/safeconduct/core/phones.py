"""Telephone numbers of strangers' sheets as keys for comparing and for calling. Use it through core/identifiers.

A number is kept in the form of ITU-T E.164: "+", country, subscriber. How it was written is not kept: brackets, dots,
the script of its digits and who it was said to belong to do not tell two people apart.
"""

from __future__ import annotations

import re

from safeconduct.core.plain_text import plain

# Numbers that need no "+" to be known: country code and length together are enough. Afghanistan has nine
# digits after 93; the United Kingdom ten after 44, its mobiles from 71; the mobiles of Pakistan and Iran
# ten after 92 and 98.
_WHOLE = re.compile(r"93[2-7]\d{8}|44[1238]\d{9}|447[1-9]\d{8}|923\d{9}|989\d{9}", re.ASCII)
_TRUNK_ZERO = re.compile(r"(93|44|92|98)0(?=\d{9})", re.ASCII)
_RUN = re.compile(r"\+?[ \t]*\d[\d \t().\[\]/–—−-]*")
_GAP = re.compile(r"[\s/–—−-]+")
_NOT_A_DIGIT = re.compile(r"\D")
_SCIENTIFIC = re.compile(r"(\d)(?:\.(\d+))?e\+?(\d{1,2})")
_LENGTHS_KNOWN = ("93", "44")


def normal_phone(value: str | float | None, *, country: str = "93") -> str | None:
    """A cell's telephone number as "+93701234567"; of several, the first; None where none can be told.

    Read: digits of any script, "+", "00" or neither before the country, "(0)", brackets, dots and dashes, words
    and extensions beside it, and numbers that a spreadsheet took for an amount (93701234567.0, 7.01234567e8). A
    national number 07 with ten digits is Afghan, with eleven British, also where its zero was lost; any
    other number with a zero in front is of `country` (its calling code). What is too short or odd is
    unknown, never guessed; so is a subscriber of nothing but zeros.
    """
    found = phones_in(value, country=country)
    return found[0] if found else None


def phones_in(value: str | float | None, *, country: str = "93") -> tuple[str, ...]:
    """All telephone numbers of a cell, each once, in their order (see `normal_phone`)."""
    if isinstance(value, (int, float)):
        value = _digits_of(value)
    if not value:
        return ()
    if value.isascii() and value.isdigit():
        number = _from_digits(value, False, country)
        return (number,) if number else ()
    text = plain(value)
    if match := _SCIENTIFIC.fullmatch(text):
        text = _digits_of_scientific(match)
    elif text.endswith(".0"):
        text = text[:-2]
    found = (number for run in _RUN.findall(text) for number in _numbers_in(run, country))
    return tuple(dict.fromkeys(found))


def _digits_of(value: float) -> str:
    whole = not isinstance(value, bool) and 0 < value < 1e15 and value == int(value)
    return str(int(value)) if whole else ""


def _digits_of_scientific(match: re.Match[str]) -> str:
    """The digits of 9.3701234567e10; nothing where the sheet rounded some of them away."""
    after, exponent = match[2] or "", int(match[3])
    return match[1] + after if len(after.rstrip("0")) >= exponent - 1 <= 14 else ""


def _numbers_in(run: str, country: str) -> list[str]:
    """The numbers of a run of digits and marks: of one beside a stroke, of the whole, or piece by piece."""
    first, *others = run.split("/")
    if others and _from_marked(first, country):  # 0701234567/8 is 0701234567, and another cut short
        return [number for part in (first, *others) for number in _numbers_in(part, country)]
    whole = _from_marked(run, country)
    if whole:
        return [whole]
    found, begun = [], ""
    for piece in _GAP.split(run):
        number = _from_marked(begun + piece, country) or _from_marked(piece, country)
        begun = "" if number else begun + piece
        if number:
            found.append(number)
    return found


def _from_marked(run: str, country: str) -> str | None:
    digits = _NOT_A_DIGIT.sub("", run.replace("(0)", ""))
    return _from_digits(digits, run.startswith("+"), country)


def _from_digits(digits: str, plus: bool, country: str) -> str | None:
    if digits.startswith("00"):
        digits, plus = digits[2:], True
    if not 8 <= len(digits) <= 15 or digits.endswith("0000000"):
        return None
    size = len(digits)
    if not plus:
        if digits[0] == "0":
            return _national(digits[1:], country)
        if digits[0] == "7" and size in (9, 10):
            return _mobile(digits)
    digits = _TRUNK_ZERO.sub(r"\1", digits, count=1) if digits[2] == "0" else digits
    if _WHOLE.fullmatch(digits):
        return f"+{digits}"
    if digits.startswith(("920", "980")):
        return None  # two zeros behind the country: no subscriber's number begins with one
    known = digits.startswith(_LENGTHS_KNOWN)  # whose lengths we know: this one is wrong
    return f"+{digits}" if plus and not known and digits[0] != "0" else None


def _national(subscriber: str, country: str) -> str | None:
    """A number written with a zero in front, without that zero."""
    if subscriber.startswith("0"):
        return None
    if subscriber.startswith("7") and len(subscriber) in (9, 10):
        return _mobile(subscriber)
    whole = f"{country}{subscriber}"
    if country in _LENGTHS_KNOWN:
        return f"+{whole}" if _WHOLE.fullmatch(whole) else None
    return f"+{whole}" if len(subscriber) in range(8, 13) else None


def _mobile(subscriber: str) -> str | None:
    """7 and eight digits more are Afghan, 7 and nine more British, where none begins with 70."""
    if len(subscriber) == 9:
        return f"+93{subscriber}"
    return f"+44{subscriber}" if subscriber[1] != "0" else None
