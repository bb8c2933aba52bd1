"""People who are counted and not named: "8", "eight of us", "wife and 4 children", "2 adults 3 children", "5+2"."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from safeconduct.core.plain_text import plain
from safeconduct.sheets.grid import Value
from safeconduct.sheets.vocabulary import meanings, said

MOST_PEOPLE = 200  # of one family; a larger number is something else
MOST_OF_ONE_KIND = 30
_WORDS = re.compile(r"[\W_]+")
_PIECES = re.compile(
    r"[,،;؛+&/\n]|\band\b|\bplus\b|\bwith\b|\sو\s|(?<=[^\W\d])\s+(?=\d)", re.IGNORECASE
)
_COUNTED = re.compile(
    r"^(?P<count>\d{1,2}|[^\W\d]+)\s+(?:(?:young|small|little|minor|other|more|unmarried)\s+)*(?P<who>[^\d]+)$"
)
_GLUED = re.compile(r"(?<=\d)(?=[^\W\d])")
_HIS = re.compile(r"^(?:his|her|my|their)\s+", re.IGNORECASE)
_SUM = re.compile(r"\d{1,2}(?:\s*\+\s*\d{1,2})+")
_COUPLE = ({"husband", "wife"}, {"شوهر", "خانم"}, {"شوهر", "زن"})


class Counted(NamedTuple):
    """How many people a text counts. `whole`: it speaks of the whole family, the principal too."""

    people: int
    whole: bool


@lru_cache(maxsize=5_000)
def counted_in(text: str) -> Counted | None:
    """A text that counts people and names nobody; None where any of it says more, or is no count.

    "2 adults 3 children" and "husband, wife and a son" are whole families; "wife and 4 children" are the others.
    """
    told = plain(text)
    if _SUM.fullmatch(told):
        return _within(sum(int(number) for number in re.findall(r"\d+", told)), whole=True)
    pieces = [_HIS.sub("", piece.strip(" .")) for piece in _PIECES.split(_GLUED.sub(" ", told))]
    pieces = [piece for piece in pieces if piece]
    total, whole = 0, False
    for piece in pieces:
        count = count_in(piece)
        whole = whole or (count > 0 and not said("counts everybody").isdisjoint(piece.split()))
        if not count and piece in said("one relative"):
            count = 1
        if not count:
            return None
        total += count if piece not in said("oneself") else 0
    if any(couple <= set(pieces) for couple in _COUPLE):
        whole = True
    elif any(piece in said("one relative") for piece in pieces):
        whole = False  # "wife and 3 people"
    return _within(total, whole=whole)


def _within(people: int, *, whole: bool) -> Counted | None:
    return Counted(people, whole) if 0 < people <= MOST_PEOPLE else None


def count_in(piece: str) -> int:
    """How many unnamed people a piece counts: "3 children" is 3; 0 where it does not count."""
    match = _COUNTED.match(_GLUED.sub(" ", plain(piece)))
    if not match or match["who"].split("(")[0].strip(" .") not in said("counted relative"):
        return 0
    count = match["count"]
    number = int(count) if count.isdecimal() else (number_word(count) or 0)
    return number if number <= MOST_OF_ONE_KIND else 0


@lru_cache(maxsize=5_000)
def size_in(text: str) -> int | None:
    """A number of people: "8", "۸", "8 people", "eight", "5+2". None where it is not one number up to MOST_PEOPLE."""
    told = plain(text)
    numbers = re.findall(r"\d+", told)
    words = [word for word in _WORDS.split(re.sub(r"\d+(\.0+)?", " ", told)) if word]
    telling = [word for word in words if word not in said("beside a size")]
    if len(numbers) == 1 and len(numbers[0]) <= 3 and not telling:
        size = int(numbers[0])
        return size if size <= MOST_PEOPLE else None
    if not numbers and len(telling) == 1:
        return number_word(telling[0])
    counted = counted_in(text)
    return counted.people if counted and counted.whole else None


def number_word(word: str) -> int | None:
    """A number written as a word in plain form."""
    told = meanings("number").get(word)
    return int(told) if told else None


def told_size(value: Value) -> int | None:
    """How many people a cell says; None where it does not say one number."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return int(value) if value == int(value) and 0 <= value <= MOST_PEOPLE else None
    return size_in(value) if isinstance(value, str) else None


def forget() -> None:
    """Forget the texts kept for speed."""
    for remembering in (counted_in, size_in):
        remembering.cache_clear()
