"""Many written names read at once: each distinct word once, however many names it stands in.

A name is its words one after another, but for the words that touch their neighbours ("Abdul", "ullah", "bin"):
names that hold one of those are cut into stretches that cannot touch each other, and each distinct stretch is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from safeconduct.core.names.compounds import _FAITHS, _GODS, _KUNYAS, BINDING, SERVANTS
from safeconduct.core.names.letters import _LONGEST_TEXT as LONGEST_TEXT, words_of
from safeconduct.core.names.reading import Token, read
from safeconduct.core.names.titles import ABBREVIATIONS

Numbers = npt.NDArray[np.int64]


class Lexicon:
    """The distinct parts of names, numbered as they are met."""

    def __init__(self) -> None:
        self.parts: list[Token] = []
        self._number: dict[tuple[str, str, bool], int] = {}

    def numbers(self, parts: Iterable[Token]) -> list[int]:
        """By what a part is, and not by which object: what was remembered of it may have been dropped meanwhile."""
        found = []
        for part in parts:
            key = (part.word, part.sound, part.parent)
            number = self._number.get(key)
            if number is None:
                number = self._number[key] = len(self.parts)
                self.parts.append(part)
            found.append(number)
        return found


# Words that look at one neighbour only; all others that bind look at both. What comes before a servant ("Abdul") or a
# kunya ("Abu") stays as it is, and so does what comes after God's name or the faith's ("ullah", "din").
_LOOK_RIGHT_ONLY = SERVANTS | _KUNYAS
_LOOK_LEFT_ONLY = _GODS | _FAITHS
# A piece that stands for one part wherever it stands has that part's number; others have one of these.
_NO_PART, _LEFT, _RIGHT, _BOTH = -1, -2, -3, -4


class _Pieces(dict[str, int]):
    """What stands between blanks: the number of its part, or to which side it looks."""

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__()
        self._lexicon = lexicon

    def __missing__(self, piece: str) -> int:
        words = words_of(piece)
        alone = len(words) == 1 and words[0] not in BINDING
        self[piece] = self._lexicon.numbers(read(piece))[0] if alone else _looks(words)
        return self[piece]


def _looks(words: Sequence[str]) -> int:
    if not words:
        return _BOTH
    first, last = (ABBREVIATIONS.get(word, word) for word in (words[0], words[-1]))
    left = first in BINDING and first not in _LOOK_RIGHT_ONLY
    right = last in BINDING and last not in _LOOK_LEFT_ONLY
    if left:
        return _BOTH if right else _LEFT
    return _RIGHT if right else _NO_PART


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
    """Cut between two pieces that do not look at each other."""
    begin = 0
    for at in range(1, len(pieces)):
        if found[at - 1] not in (_RIGHT, _BOTH) and found[at] not in (_LEFT, _BOTH):
            yield " ".join(pieces[begin:at])
            begin = at
    yield " ".join(pieces[begin:])
