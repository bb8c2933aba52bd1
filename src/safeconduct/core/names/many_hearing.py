"""`hearing.distance` for many pairs of words at once: the same costs, the same cheapest way, in arrays."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import numpy as np
import numpy.typing as npt

from safeconduct.core.names.hearing import (
    _COST,
    EXCHANGED,
    UNRELATED,
    _gap_cost,
    distance,
    swap_cost,
)
from safeconduct.core.names.sounds import VOWELS

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Letters = npt.NDArray[np.uint32]

# Letters that are nearer to some letters than to others. All others cost the same and share the number 0.
_TELLING = sorted({letter for pair in _COST for letter in pair} | VOWELS)
_ANY_OTHER = "\u4e00"
_LETTERS = (_ANY_OTHER, *_TELLING)
_LAST_TELLING = max(map(ord, _TELLING))
# Below this, one word after another is quicker than the arrays.
_FEW = 12
# So many pairs at once, that the rows of the table of ways stay near the processor.
_BLOCK = 8192


def _kinds() -> npt.NDArray[np.uint8]:
    """The number of each letter of `_LETTERS` by its code point; 0 for all others."""
    kinds = np.zeros(_LAST_TELLING + 2, dtype=np.uint8)
    for number, letter in enumerate(_TELLING, start=1):
        kinds[ord(letter)] = number
    return kinds


def _swaps() -> Floats:
    """The cost of one letter for another, asked of `hearing` once for each two."""
    size = len(_LETTERS)
    costs = [swap_cost(x, y) for x, y in product(_LETTERS, repeat=2)]
    table = np.array(costs).reshape(size, size)
    table[0, 0] = UNRELATED  # two of the others: equal ones are seen by their code points
    return table


_KIND = _kinds()
_SWAPS = _swaps()


def code_points(words: Sequence[str]) -> tuple[Letters, Ints, Ints]:
    """All letters of the words in a row, where each word begins, and how long it is."""
    lengths = np.fromiter(map(len, words), dtype=np.int64, count=len(words))
    letters = np.frombuffer("".join(words).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    return letters, np.cumsum(lengths) - lengths, lengths


class Words:
    """Words as they are heard, in arrays. `written`: from Arabic script, which leaves short vowels out."""

    def __init__(self, sounds: Sequence[str], written: Bools) -> None:
        self.sounds = sounds
        self.written = written
        self.letters, self.starts, self.lengths = code_points(sounds)
        self._gaps = _gaps(self.letters, self.starts, self.lengths, sounds)

    def distances(self, x: Ints, y: Ints) -> Floats:
        """What `hearing.distance` gives for each pair of numbers of words."""
        costs = np.empty(len(x))
        shape = self.lengths[x] * (self.lengths.max(initial=0) + 1) + self.lengths[y]
        order = np.argsort(shape, kind="stable")
        ends = np.flatnonzero(np.diff(shape[order])) + 1
        for group in np.split(order, ends):
            if len(group) < _FEW:
                for at in group.tolist():
                    costs[at] = self._one(int(x[at]), int(y[at]))
                continue
            for begin in range(0, len(group), _BLOCK):
                block = group[begin : begin + _BLOCK]
                costs[block] = self._block(x[block], y[block])
        return costs

    def _one(self, x: int, y: int) -> float:
        return distance(
            self.sounds[x],
            self.sounds[y],
            a_written=bool(self.written[x]),
            b_written=bool(self.written[y]),
        )

    def _block(self, x: Ints, y: Ints) -> Floats:
        """Words of one length against words of one length."""
        places_x, places_y = self._places(x), self._places(y)
        letters_x, letters_y = self.letters[places_x], self.letters[places_y]
        kinds_x, kinds_y = _kinds_of(letters_x), _kinds_of(letters_y)
        gaps_x = self._gaps[self.written[y].astype(np.int64), places_x]
        gaps_y = self._gaps[self.written[x].astype(np.int64), places_y]
        row = np.zeros((len(letters_y) + 1, len(x)))
        np.cumsum(gaps_y, axis=0, out=row[1:])
        before = row
        for i, gap in enumerate(gaps_x):
            swaps = _SWAPS[kinds_x[i], kinds_y]
            same = letters_y == letters_x[i]
            swaps[same] = 0.0
            best = np.minimum(row[:-1] + swaps, row[1:] + gap)
            if i:
                _exchange(best, before, letters_x[i - 1 : i + 1], letters_y, same)
            new = np.empty_like(row)
            new[0] = row[0] + gap
            for j, gap_y in enumerate(gaps_y):
                np.minimum(best[j], new[j] + gap_y, out=new[j + 1])
            before, row = row, new
        return row[-1]

    def _places(self, words: Ints) -> Ints:
        """Where the letters of the words stand, shape (letters, words); all of one length."""
        length = int(self.lengths[words[0]])
        places: Ints = self.starts[words] + np.arange(length)[:, None]
        return places


def _kinds_of(letters: Letters) -> npt.NDArray[np.uint8]:
    return _KIND[np.minimum(letters, _LAST_TELLING + 1)]


# Bits for the number of a letter: Unicode has fewer letters.
_LETTER_BITS = 18
# A gap's cost may depend on the letter, the one after it, whether it is the first, and how long a short word is.
_LONG = 4


def _gaps(letters: Letters, starts: Ints, lengths: Ints, words: Sequence[str]) -> Floats:
    """Shape (2, letters): the cost of each letter that the other word lacks, where that is Latin and where Arabic.

    `hearing` is asked once for all letters that stand alike.
    """
    distinct, number = np.unique(letters, return_inverse=True)
    word = np.repeat(np.arange(len(words)), lengths)
    place = np.arange(len(letters)) - starts[word]
    after = np.where(place == lengths[word] - 1, len(distinct), np.roll(number, -1))
    standing = np.minimum(lengths[word], _LONG) << 1 | (place == 0)
    for each in (number, after):
        standing = standing << _LETTER_BITS | each
    _, first, alike = np.unique(standing, return_index=True, return_inverse=True)
    asked = [(words[word[at]], int(place[at])) for at in first.tolist()]
    costs = [[_gap_cost(text, at, written) for text, at in asked] for written in (False, True)]
    gaps: Floats = np.array(costs)[:, alike]
    return gaps


def _exchange(best: Floats, before: Floats, two: Letters, letters_y: Letters, same: Bools) -> None:
    """Where the last two letters stand the other way round in y, writing them so is one slip."""
    turned = same[:-1] & (letters_y[1:] == two[0]) & ~same[1:]
    if turned.any():
        slipped = np.minimum(best[1:], before[:-2] + EXCHANGED)
        np.copyto(best[1:], slipped, where=turned)
