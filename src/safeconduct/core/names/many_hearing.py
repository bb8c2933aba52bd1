"""`hearing.distance` for many pairs of words at once: the same costs, the same cheapest way, in arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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
Kinds = npt.NDArray[np.uint8]

# Letters that are nearer to some letters than to others. All others cost the same and share the number 0.
_TELLING = sorted({letter for pair in _COST for letter in pair} | VOWELS)
_ANY_OTHER = "\u4e00"
_LETTERS = (_ANY_OTHER, *_TELLING)
_LAST_TELLING = max(map(ord, _TELLING))
# Below this, one word after another is quicker than the arrays.
_FEW = 12
# So many pairs at once, that the rows of the table of ways stay near the processor.
_BLOCK = 8192


def _kinds() -> Kinds:
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


# Bits of a code point.
_LETTER = 21
# A gap's cost may depend on the letter, the one after it, whether it is the first or repeats the one before it, and on
# how long a short word is.
_LONG = 6


class Gaps:
    """The costs of letters that the other word lacks: `hearing` is asked once for all letters that stand alike."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[float, float]] = {}

    def of(self, letters: Letters, starts: Ints, lengths: Ints) -> Floats:
        """Shape (2, letters): the cost where the other word is Latin, and where it is in Arabic script."""
        word = np.repeat(np.arange(len(starts)), lengths)
        place = np.arange(len(letters)) - starts[word]
        after = np.where(place == lengths[word] - 1, 0, np.roll(letters, -1)).astype(np.int64)
        again = (place > 0) & (letters == np.roll(letters, 1))
        standing = np.minimum(lengths[word], _LONG) << 2 | again << 1 | (place == 0)
        standing = (standing << _LETTER | letters) << _LETTER | after
        keys, first, alike = np.unique(standing, return_index=True, return_inverse=True)
        for key, at in zip(keys.tolist(), first.tolist(), strict=True):
            if key not in self._known:
                begin = at - int(place[at])
                text = letters[begin : begin + int(lengths[word[at]])].tolist()
                self._known[key] = _gap("".join(map(chr, text)), at - begin)
        costs = np.array([self._known[key] for key in keys.tolist()]).reshape(-1, 2)
        gaps: Floats = np.ascontiguousarray(costs.T)[:, alike]
        return gaps


def _gap(word: str, at: int) -> tuple[float, float]:
    return _gap_cost(word, at, False), _gap_cost(word, at, True)


@dataclass(slots=True)
class _Ways:
    """The table of ways from words x to words y, row by row: the last axis counts pairs, the first letters.

    `row`: the costs of the ways up to the last letter of x that was looked at; `before`: up to the letter before it.
    """

    letters_x: Letters
    letters_y: Letters
    kinds_x: Kinds
    kinds_y: Kinds
    gaps_x: Floats
    gaps_y: Floats
    row: Floats
    before: Floats

    def step(self, i: int) -> None:
        """One letter of x further."""
        gap = self.gaps_x[i]
        swaps = _SWAPS[self.kinds_x[i], self.kinds_y]
        same = self.letters_y == self.letters_x[i]
        swaps[same] = 0.0
        best = np.minimum(self.row[:-1] + swaps, self.row[1:] + gap)
        if i:
            self._exchange(best, i, same)
        new = np.empty_like(self.row)
        new[0] = self.row[0] + gap
        for j, gap_y in enumerate(self.gaps_y):
            np.minimum(best[j], new[j] + gap_y, out=new[j + 1])
        self.before, self.row = self.row, new

    def _exchange(self, best: Floats, i: int, same: Bools) -> None:
        """Where the last two letters stand the other way round in y, writing them so is one slip."""
        turned = same[:-1] & (self.letters_y[1:] == self.letters_x[i - 1]) & ~same[1:]
        if turned.any():
            slipped = np.minimum(best[1:], self.before[:-2] + EXCHANGED)
            np.copyto(best[1:], slipped, where=turned)


class Words:
    """Words as they are heard, in arrays. `written`: from Arabic script, which leaves short vowels out."""

    def __init__(self, sounds: Sequence[str], written: Bools, gaps: Gaps) -> None:
        self.sounds = sounds
        self.written = written
        self.letters, self.starts, self.lengths = code_points(sounds)
        self._gaps = gaps.of(self.letters, self.starts, self.lengths)

    def distances(self, x: Ints, y: Ints) -> Floats:
        """What `hearing.distance` gives for each pair of numbers of words."""
        costs = np.empty(len(x))
        order = np.lexsort((self.lengths[y], self.lengths[x]))
        ends = np.flatnonzero(np.diff(self.lengths[x[order]])) + 1
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
        """Words of one length against words of about one length: the table of ways is read where each y ends."""
        ways = self._ways(x, y)
        for i in range(len(ways.letters_x)):
            ways.step(i)
        costs: Floats = np.take_along_axis(ways.row, self.lengths[y][None], axis=0)[0]
        return costs

    def _ways(self, x: Ints, y: Ints) -> _Ways:
        places_x, places_y = self._places(x), self._places(y)
        letters_x, letters_y = self.letters[places_x], self.letters[places_y]
        gaps_y = self._gaps[self.written[x].astype(np.int64), places_y]
        row = np.zeros((len(letters_y) + 1, len(x)))
        np.cumsum(gaps_y, axis=0, out=row[1:])
        return _Ways(
            letters_x,
            letters_y,
            _kinds_of(letters_x),
            _kinds_of(letters_y),
            self._gaps[self.written[y].astype(np.int64), places_x],
            gaps_y,
            row,
            row,
        )

    def _places(self, words: Ints) -> Ints:
        """Where the letters of the words stand, shape (most letters, words); beyond its end a word's last again."""
        lengths = self.lengths[words]
        inside = np.minimum(np.arange(lengths.max())[:, None], lengths - 1)
        return self.starts[words] + inside


def _kinds_of(letters: Letters) -> Kinds:
    return _KIND[np.minimum(letters, _LAST_TELLING + 1)]
