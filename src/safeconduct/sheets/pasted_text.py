"""A pasted text beside the same text as it is read: signs that nobody sees left out, digits of any script as 0-9.

Every place in what is read leads back to its place in the text as it was pasted.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

from safeconduct.sheets.cells import has_unseen

_SPACES: Final = frozenset("\t\xa0\u202f\u3000") | {chr(code) for code in range(0x2000, 0x200B)}
_LINE_ENDS: Final = frozenset("\n\r\x0b\x0c\u2028\u2029\x85")


class What(StrEnum):
    """What a part of the text was read as. A field of `fields.FIELDS` is told by its own name."""

    HIDDEN = "hidden sign"
    MEMBER = "member of the family"
    SENDER = "sender"
    SENT_ON = "sent on"


class Span(NamedTuple):
    """A part of the text, from `start` up to `end`, and what was read there. `person`: whose it is, if it is told."""

    start: int
    end: int
    what: str
    value: str
    person: str | None = None


class Line(NamedTuple):
    """A line as it is read, and where it begins in what is read."""

    start: int
    text: str


@dataclass(frozen=True, slots=True)
class Readable:
    """`text` is what is read; `at[i]` the place of its letter i in `pasted`."""

    pasted: str
    text: str
    at: tuple[int, ...]

    @classmethod
    def of(cls, pasted: str) -> Readable:
        letters: list[str] = []
        at: list[int] = []
        for place, sign in enumerate(pasted):
            if is_hidden(sign):
                continue
            letters.append(_letter(sign))
            at.append(place)
        return cls(pasted, "".join(letters), tuple(at))

    def span(
        self, start: int, end: int, what: str, value: str, person: str | None = None
    ) -> Span | None:
        """The pasted text behind a part of what is read, without the spaces about it; None where nothing is left."""
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        if start == end:
            return None
        return Span(self.at[start], self.at[end - 1] + 1, what, value, person)

    def lines(self) -> Iterator[Line]:
        start = 0
        for text in self.text.split("\n"):
            yield Line(start, text)
            start += len(text) + 1


def is_hidden(sign: str) -> bool:
    """Whether a sign is left out of what is read: nobody sees it, and it may turn or part what is about it."""
    if sign in _LINE_ENDS or sign == "\t":
        return False
    return (
        has_unseen(sign)
        or unicodedata.category(sign) in {"Cs", "Co"}
        or "\U000e0000" <= sign <= "\U000e007f"
    )


def _letter(sign: str) -> str:
    if sign in _LINE_ENDS:
        return "\n"
    if sign in _SPACES:
        return " "
    return str(unicodedata.decimal(sign)) if sign.isdecimal() else sign


def hidden_in(pasted: str) -> Iterator[Span]:
    """Every sign that nobody sees, with its number and name: U+202E right-to-left override."""
    for place, sign in enumerate(pasted):
        if is_hidden(sign):
            name = unicodedata.name(sign, "").lower()
            yield Span(place, place + 1, What.HIDDEN, f"U+{ord(sign):04X} {name}".strip())


def made_visible(text: str) -> str:
    """A text in which such signs can be seen and do nothing: ⟨U+202E⟩."""
    if not any(map(is_hidden, text)):
        return text
    return "".join(f"⟨U+{ord(sign):04X}⟩" if is_hidden(sign) else sign for sign in text)


def squeezed(text: str) -> str:
    """A part of what is read as a value: composed letters, single spaces."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip()
