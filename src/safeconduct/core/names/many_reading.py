"""Many written names read at once: each distinct word once, however many names it stands in.

A name is its words one after another, but for the words that touch their neighbours ("Abdul", "ullah", "bin"):
names that hold one of those are cut into stretches that cannot touch each other, and each distinct stretch is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from safeconduct.core.names.letters import _LONGEST_TEXT as LONGEST_TEXT, words_of
from safeconduct.core.names.reading import _FAITHS, _GODS, _SERVANTS, Token, read
from safeconduct.core.names.titles import ABBREVIATIONS, ARTICLES, ASSIMILATED, PATRONYMICS

# Words that join, drop or mark what stands beside them.
BINDING = _SERVANTS | _GODS | _FAITHS | ARTICLES | ASSIMILATED | PATRONYMICS

Numbers = npt.NDArray[np.int64]


class Lexicon:
    """The distinct parts of names, numbered as they are met."""

    def __init__(self) -> None:
        self.parts: list[Token] = []
        self._number: dict[tuple[str, str, bool, bool], int] = {}

    def numbers(self, parts: Iterable[Token], *, joined: bool = False) -> list[int]:
        """By what a part is, and not by which object: what was remembered of it may have been dropped meanwhile."""
        found = []
        for part in parts:
            key = (part.word, part.sound, part.parent, joined)
            number = self._number.get(key)
            if number is None:
                number = self._number[key] = len(self.parts)
                self.parts.append(part)
            found.append(number)
        return found


# A word that stands for one part wherever it stands has that part's number; others have one of these.
_SEVERAL, _BINDS = -1, -2


class _Pieces(dict[str, int]):
    """What stands between blanks: the number of its part, `_SEVERAL` or `_BINDS`."""

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__()
        self._lexicon = lexicon

    def __missing__(self, piece: str) -> int:
        words = words_of(piece)
        if not words or any(ABBREVIATIONS.get(word, word) in BINDING for word in words):
            number = _BINDS
        else:
            numbers = self._lexicon.numbers(read(piece))
            number = numbers[0] if len(numbers) == 1 else _SEVERAL
        self[piece] = number
        return number


def read_many(texts: Sequence[str], lexicon: Lexicon) -> tuple[Numbers, Numbers]:
    """The parts of each text, as `reading.read` gives them: numbers of all in a row, and where each text's begin
    (one more than texts: the last is the end).
    """
    number_of = _Pieces(lexicon).__getitem__
    stretches: dict[str, list[int]] = {}
    numbers: list[int] = []
    ends = [0]
    for text in texts:
        if len(text) > LONGEST_TEXT:
            numbers += lexicon.numbers(read(text))
        else:
            pieces = text.split()
            found = list(map(number_of, pieces))
            if found and min(found) < 0:
                for stretch in _stretches(pieces, found):
                    if stretch not in stretches:
                        stretches[stretch] = lexicon.numbers(read(stretch))
                    numbers += stretches[stretch]
            else:
                numbers += found
        ends.append(len(numbers))
    return np.array(numbers, dtype=np.int64), np.array(ends, dtype=np.int64)


def _stretches(pieces: Sequence[str], found: Sequence[int]) -> Iterable[str]:
    """Cut between two pieces of which neither touches its neighbours."""
    begin = 0
    for at in range(1, len(pieces)):
        if found[at - 1] != _BINDS and found[at] != _BINDS:
            yield " ".join(pieces[begin:at])
            begin = at
    yield " ".join(pieces[begin:])
