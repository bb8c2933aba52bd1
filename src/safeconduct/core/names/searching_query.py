"""What somebody typed, read: parts of a name, and the numbers and the code that it may be."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from safeconduct.core.codes import read_code
from safeconduct.core.names.letters import words_of
from safeconduct.core.names.reading import Token, read, together
from safeconduct.core.names.searching_numbers import forms_of
from safeconduct.core.names.sounds import VOWELS
from safeconduct.core.names.titles import ABBREVIATIONS
from safeconduct.core.plain_text import plain

# Nobody types more than this in looking for one person; the rest is not read.
_LONGEST = 200
_MOST_PARTS = 8
# So few digits are in too many numbers to say anything.
FEWEST_DIGITS = 4
# So few letters beside digits are a passport's, "TR 1234567".
_MOST_SERIES = 2
# A title weighs something where it is typed: a name of titles alone must find its bearer.
_WEIGHT_AT_LEAST = 0.1
# A code's beginning of so many signs is enough to look for it.
_FEWEST_SIGNS = 4
_CHILD_OF = re.compile(r"\b([sdw])\s*/\s*o\b", re.IGNORECASE)
_SPACES = re.compile(r"\s+")
_NOT_A_SIGN = re.compile(r"[\s-]+")
_GAP = re.compile(r"[\s().+\-–—/]+")


@dataclass(frozen=True, slots=True, repr=False)
class Asked:
    """A part of a name that was typed. `begun`: its letters where it may be the beginning of a part, as the last one
    may; else "". `of_father`: "son of" stands somewhere before it.
    """

    token: Token
    weight: float
    begun: str
    of_father: bool


@dataclass(frozen=True, slots=True, repr=False)
class Query:
    """`parts` in the order typed; `joined`: every two neighbours as one, with the place of the first.

    `whole`: forms of numbers that the query may be in all; `pieces`: digits to look for at the beginning and end of
    numbers; `code`: the signs of a code or its beginning, "" where it can be none.
    """

    parts: tuple[Asked, ...]
    joined: tuple[tuple[int, Token], ...]
    whole: tuple[str, ...]
    pieces: tuple[str, ...]
    code: str


def read_query(text: str) -> Query:
    """Letters are names; what holds digits is a number; both may stand in one query."""
    text = text[:_LONGEST]
    words: list[str] = []
    numeric: list[str] = []
    for word in child_of(text).split():
        (numeric if _is_number(word) else words).append(word)
    if numeric and sum(map(len, words)) <= _MOST_SERIES:
        numeric, words = [*words, *numeric], []
    every = read(" ".join(words))
    begun = "" if text[-1:].isspace() or len(every) > _MOST_PARTS else _begun(words, every)
    tokens = every[:_MOST_PARTS]
    last = len(tokens) - 1
    fathers = next((at for at, token in enumerate(tokens) if token.parent), len(tokens))
    parts = tuple(
        Asked(
            token,
            weight=max(token.weight, _WEIGHT_AT_LEAST),
            begun=begun if at == last else "",
            of_father=at >= fathers,
        )
        for at, token in enumerate(tokens)
    )
    whole = _whole(text, numeric)
    # The strokes of a paper tazkira part its numbers: they are not digits of one.
    pieces = () if any("/" in form for form in whole) else _pieces(numeric)
    return Query(parts, _joined(tokens), whole, pieces, _code(text))


def _begun(words: list[str], read_as: tuple[Token, ...]) -> str:
    """The letters of the last part. A short form is read as the name it stands for; its letters may begin another."""
    letters = words_of(words[-1])[-1:] if words else ()
    if letters and letters[0] in ABBREVIATIONS:
        return letters[0]
    return read_as[-1].word.replace(" ", "") if read_as else ""


def child_of(name: str) -> str:
    """ "Ahmad s/o Karim" in words that are known for what they are."""
    if "/" not in name:
        return name
    return _CHILD_OF.sub(lambda found: "son of" if found[1] in "sS" else "daughter of", name)


def _joined(tokens: tuple[Token, ...]) -> tuple[tuple[int, Token], ...]:
    return tuple(
        (at, together(one, two))
        for at, (one, two) in enumerate(pairwise(tokens))
        if may_join(one, two)
    )


def may_join(one: Token, two: Token) -> bool:
    """Whether two neighbours may be two halves of one part, as `meeting` has it."""
    if one.initial or two.initial or one.script != two.script:
        return False
    # A word without a consonant ("Ah") may be half of anything.
    return not two.parent and VOWELS.isdisjoint((one.skeleton[:1], two.skeleton[:1]))


def _is_number(word: str) -> bool:
    """Digits among few letters; "Kar1mi" is a name with a slip."""
    told = plain(word)
    digits = sum(sign.isdecimal() for sign in told)
    letters = sum(sign.isalpha() for sign in told)
    return digits > 0 and (digits >= FEWEST_DIGITS or not letters)


def _whole(text: str, numeric: list[str]) -> tuple[str, ...]:
    if not numeric and not any(sign.isdecimal() for sign in text):
        return ()
    told = {form for typed in (text, " ".join(numeric)) for form, _ in forms_of(typed)}
    return tuple(sorted(told))


def _pieces(numeric: list[str]) -> tuple[str, ...]:
    """Digits (and letters among them) in one and word by word, as both may be meant."""
    told = [_GAP.sub("", plain(word)).upper() for word in numeric]
    every = dict.fromkeys(("".join(told), *told))
    return tuple(
        piece for piece in every if sum(sign.isdecimal() for sign in piece) >= FEWEST_DIGITS
    )


def _code(text: str) -> str:
    """Either a whole code, with the sign that checks it, or its beginning where it holds a digit."""
    typed = _NOT_A_SIGN.sub("", plain(text)).upper()
    if not _FEWEST_SIGNS <= len(typed) <= 28 or not typed.isalnum() or not typed.isascii():
        return ""
    whole = read_code(typed, len(typed) - 1)
    if whole is not None:
        return whole
    return typed if any(sign.isdecimal() for sign in typed) else ""
