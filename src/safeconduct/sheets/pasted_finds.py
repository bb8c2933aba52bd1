"""What is sure wherever it stands in a text: telephones, addresses, numbers of papers, provinces, sizes of families."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from safeconduct.core.identifiers import normal_passport, normal_tazkira, phones_in
from safeconduct.core.plain_text import plain
from safeconduct.sheets.cells import Provinces
from safeconduct.sheets.counted import MOST_PEOPLE, number_word
from safeconduct.sheets.pasted_messages import ADDRESS

_RUN = re.compile(r"(?<![\w@+])\+?\d[\d \t().\[\]/–—−-]{6,40}(?<=\d)(?![\w@])")
_NUMBER_LABEL = r"\W{0,3}(?:(?:no|number|num|nr|#|شماره|نمبر|شمیره)\b)?[\s.:=#-]{0,4}"
_PASSPORT = re.compile(
    rf"(?:\bpassports?\b|\bpasport\b|پاسپورت|پاسپورټ|گذرنامه){_NUMBER_LABEL}"
    r"(?P<number>[A-Za-z]{0,2}[ -]?\d[\d -]{4,11}\d)(?!\w)",
    re.IGNORECASE,
)
_PASSPORT_ALONE = re.compile(r"(?<!\w)(?P<number>(?:[OPDS]|TR)\d{7,8})(?!\w)")
_TAZKIRA = re.compile(
    rf"(?:\be?-?ta[sz]?[ck][ei]?ra[h]?\b|\btazk[ie]rah?\b|\bnid\b|\bnational id\b|تذکره|تذکرې)"
    rf"{_NUMBER_LABEL}(?P<number>\d[\d /-]{{3,22}}\d)(?!\w)",
    re.IGNORECASE,
)
_TAZKIRA_ALONE = re.compile(r"(?<![\w-])(?P<number>1[34]\d{2}-?\d{4}-?\d{5})(?![\w-])")
_COUNT = r"(?P<count>\d{1,3}|[^\W\d]{2,12})"
_SIZES = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:family|household) of {_COUNT}\b(?!\s{{0,5}}[/.-]?\d)",
        rf"\b{_COUNT} of us\b",
        rf"\bwe are (?:a total of |altogether )?{_COUNT} (?:people|persons|family members|in total|in all)\b",
        rf"\b(?:family|household) size\s{{0,5}}(?:is|of|[:=])?\s{{0,5}}{_COUNT}\b",
        rf"(?:فامیل|خانواده)\s{{0,5}}{_COUNT}\s{{0,5}}نفر",
        rf"\bما\s{{1,5}}{_COUNT}\s{{1,5}}نفر\s{{1,5}}(?:هستیم|استیم|میباشیم|می باشیم)",
        rf"(?:موږ|مونږ)\s{{1,5}}{_COUNT}\s{{1,5}}(?:کسان|تنه)\s{{1,5}}یو",
    )
]
_WORD = re.compile(r"[^\W\d_]+(?:['’`\u200c-][^\W\d_]+)*")
# Where somebody is said to be now: "we live in", "he is hiding in", "now in"; not "worked in", not "to".
_NOW = re.compile(
    r"(?<!used to )\b(?:live|lives|living|stay|stays|staying|hiding|hide|stuck|trapped|currently|now|at present)\b"
    r"(?:\s+(?!not\b|no\b|leave|left|from|to\b|worked?)[\w'’]+){0,3}?\s+(?:in|at|near)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_NOW_DARI = re.compile(
    r"(?:فعلا|فعلاً|حالا|اکنون|همین حالا|اوس|اوسمهال)\s+(?:[^\W\d_]+\s+){0,2}?(?:در|په)\s+(?:ولایت\s+|شهر\s+)?$"
)
_BEFORE_A_PLACE = re.compile(
    r"(?:\b(?:in|at|near|from|to|of|around)\s+(?:the\s+)?|\bprovince\s+(?:of\s+)?|(?:در|از|به|ولایت|شهر|په|د)\s+)$",
    re.IGNORECASE,
)
_BEHIND_A_PLACE = re.compile(
    r"^\s*(?:province|city|wilayat|airport|ولایت|شهر|ښار)\b", re.IGNORECASE
)
_LOOK_BACK = 80


class Find(NamedTuple):
    """A part of a line, and what it is. `sure`: it may be taken into the plea (a province: where they are now)."""

    start: int
    end: int
    what: str
    value: str
    sure: bool = True


def finds_in(text: str, provinces: Provinces) -> list[Find]:
    """Everything sure in one line, in order; parts do not overlap."""
    found: list[Find] = []
    taken = bytearray(len(text))
    for find in (
        *_addresses(text),
        *_papers(text),
        *_phones(text),
        *_sizes(text),
        *_places(text, provinces),
    ):
        if not any(taken[find.start : find.end]):
            found.append(find)
            taken[find.start : find.end] = b"\1" * (find.end - find.start)
    return sorted(found)


def _addresses(text: str) -> Iterator[Find]:
    for match in ADDRESS.finditer(text):
        yield Find(*match.span(), "email", match[0])


def _papers(text: str) -> Iterator[Find]:
    for pattern, what, normal in (
        (_PASSPORT, "passport", normal_passport),
        (_TAZKIRA, "tazkira", normal_tazkira),
        (_PASSPORT_ALONE, "passport", normal_passport),
        (_TAZKIRA_ALONE, "tazkira", normal_tazkira),
    ):
        for match in pattern.finditer(text):
            number = " ".join(match["number"].split())
            if normal(number):
                yield Find(*match.span("number"), what, number)


def _phones(text: str) -> Iterator[Find]:
    """Runs of digits that are one telephone number each. Several in one run are told apart by what is between them."""
    for match in _RUN.finditer(text):
        numbers = phones_in(match[0])
        if len(numbers) == 1:
            yield Find(*match.span(), "phone", numbers[0])
        elif numbers:
            yield from _phones_of_run(match, numbers)


def _phones_of_run(match: re.Match[str], numbers: tuple[str, ...]) -> Iterator[Find]:
    for piece in re.finditer(r"\+?\d[\d().-]*", match[0]):
        found = phones_in(piece[0])
        if len(found) == 1 and found[0] in numbers:
            yield Find(
                match.start() + piece.start(), match.start() + piece.end(), "phone", found[0]
            )


def _sizes(text: str) -> Iterator[Find]:
    for pattern in _SIZES:
        for match in pattern.finditer(text):
            size = _number(match["count"])
            if size:
                yield Find(*match.span(), "told_size", str(size))


def _number(text: str) -> int | None:
    size = int(text) if text.isdecimal() else number_word(plain(text))
    return size if size and 1 < size <= MOST_PEOPLE else None  # "one of us" is no family


def _places(text: str, provinces: Provinces) -> Iterator[Find]:
    """Provinces by name, where the words about it speak of a place: people carry such names too ("Farah")."""
    words = list(_WORD.finditer(text))
    at = 0
    while at < len(words):
        size = next((n for n in (3, 2, 1) if _province(text, words[at : at + n], n, provinces)), 0)
        if not size:
            at += 1
            continue
        start, end = words[at].start(), words[at + size - 1].end()
        before, behind = text[max(0, start - _LOOK_BACK) : start], text[end : end + 20]
        if _BEFORE_A_PLACE.search(before) or _BEHIND_A_PLACE.match(behind):
            now = bool(_NOW.search(before) or _NOW_DARI.search(before))
            yield Find(start, end, "province", provinces.find(text[start:end]) or "", now)
        at += size


def _province(text: str, words: list[re.Match[str]], size: int, provinces: Provinces) -> bool:
    """Whether words side by side are the name of a province, each needed for it."""
    if len(words) < size or any(text[a.end() : b.start()].strip(" -") for a, b in pairwise(words)):
        return False
    return provinces.is_named(text[words[0].start() : words[-1].end()])
