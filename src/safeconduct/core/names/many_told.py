"""`comparing.compare` for many pairs of names at once: scores, verdicts, and alignments as a person reads them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

import numpy as np

from safeconduct.core.names.comparing import SAME_FROM, Aligned, _shown
from safeconduct.core.names.many import Meetings, NameTable, apart, distinct
from safeconduct.core.names.many_hearing import Bools, Floats, Ints
from safeconduct.core.names.many_meeting import ALONE, Side

_HALF = 31
# In place of the number of a part: the other name has none.
_NONE = (1 << _HALF) - 1
_NOTHING = -1


@dataclass(frozen=True, slots=True)
class Comparisons:
    """Of each pair its score, the verdict and the alignment: what `comparing.NameMatch` calls score, same and text."""

    score: Floats
    same: Bools
    text: list[str]


# So many pairs are told of at once: what is told of a pair takes more memory than the pair.
_AT_ONCE = 250_000
# What was told of two parts is kept for the next ones up to here.
_REMEMBERED = 500_000


def compare_many(a: Sequence[str], b: Sequence[str]) -> Iterator[Comparisons]:
    """Compare a[0] with b[0], a[1] with b[1] and so on, as `compare` does; both are of one length.

    Some at a time, in their order: each Comparisons goes on where the one before it ended.
    """
    number: defaultdict[str, int] = defaultdict(count().__next__)
    ones, twos = (
        np.fromiter(map(number.__getitem__, side), np.int64, len(side)) for side in (a, b)
    )
    teller = _Teller(NameTable(list(number)))
    for begin in range(0, len(ones), _AT_ONCE):
        some = slice(begin, begin + _AT_ONCE)
        yield teller.comparisons(ones[some], twos[some])


def comparisons(table: NameTable, a: Ints, b: Ints) -> Comparisons:
    """Compare names of a table by their numbers; `a` and `b` are of one length."""
    return _Teller(table).comparisons(a, b)


class _Teller:
    """Tells alignments ("Naeem = نعیم (0.97); Barech missing") of the names of one table, each two parts once."""

    def __init__(self, table: NameTable) -> None:
        self._table = table
        self._text: list[str] = []
        self._shown: dict[int, str | None] = {_NONE: None}
        self._told: list[str] = []
        self._number: dict[tuple[int, bool], int] = {}

    def comparisons(self, a: Ints, b: Ints) -> Comparisons:
        pairs, back = distinct(a, b)
        if len(self._told) > _REMEMBERED:
            self._told, self._number = [], {}
        self._text = [""] * len(pairs)
        score = np.zeros(len(pairs))
        says = self._table.says()
        ones, twos = apart(pairs)
        for each in self._table.meetings(ones, twos):
            score[each.rows] = self._table.weighed(each, says).score
            self._tell(each)
        self._tell_of_empty(ones, twos)
        text = list(map(self._text.__getitem__, back.tolist()))
        return Comparisons(score[back], score[back] >= SAME_FROM, text)

    def _tell(self, each: Meetings) -> None:
        """Fill the texts of the pairs of some meetings: what met first, then what stayed alone, side by side."""
        told = [np.full(len(each.rows), _NOTHING) for _ in each.met]
        for column, met in zip(told, each.met, strict=True):
            x, y = _as_asked(met.x, met.y, each.turned[met.rows])
            column[met.rows] = self._numbers(x, y, met.score, alone=False)
        told += self._lone(each)
        self._put(each.rows, np.stack(told, axis=1))

    def _tell_of_empty(self, a: Ints, b: Ints) -> None:
        """Fill the texts of the pairs of which one name holds no letter: all that the other holds is missing."""
        counts = np.diff(self._table.starts)
        rows = np.flatnonzero((counts[a] == 0) | (counts[b] == 0))
        for row in rows.tolist():
            parts = [*self._table.parts_of(int(a[row])), *self._table.parts_of(int(b[row]))]
            self._text[row] = "; ".join(str(Aligned(_shown(part), None, 0.0, "")) for part in parts)

    def _put(self, rows: Ints, told: Ints) -> None:
        """`told`: shape (pairs, most parts), numbers of what is told of each pair, in order, or `_NOTHING`."""
        there = told != _NOTHING
        words = list(map(self._told.__getitem__, told[there].tolist()))
        ends = np.cumsum(there.sum(axis=1)).tolist()
        begin = 0
        for row, end in zip(rows.tolist(), ends, strict=True):
            self._text[row] = "; ".join(words[begin:end])
            begin = end

    def _lone(self, each: Meetings) -> list[Ints]:
        """What stayed alone: the first of a beside the first of b, and so on."""
        most = max(len(each.a.numbers), len(each.b.numbers))
        places_a, places_b = _alone(each.a, most), _alone(each.b, most)
        columns = []
        rows = np.arange(len(each.rows))
        for i, j in zip(places_a, places_b, strict=True):
            x = np.where(i == ALONE, _NONE, each.a.numbers[i, rows])
            y = np.where(j == ALONE, _NONE, each.b.numbers[j, rows])
            score = np.where((i == ALONE) | (j == ALONE), 0.0, each.cells[i, j, rows])
            asked = _as_asked(x, y, each.turned)
            columns.append(self._numbers(*asked, score, alone=True))
        return columns

    def _numbers(self, x: Ints, y: Ints, score: Floats, *, alone: bool) -> Ints:
        """The number of what is told of each two parts; `_NOTHING` where there are none."""
        keys, first, back = np.unique(x << _HALF | y, return_index=True, return_inverse=True)
        numbers = [
            self._number_of(key, scored, alone=alone)
            for key, scored in zip(keys.tolist(), score[first].tolist(), strict=True)
        ]
        return np.array(numbers, dtype=np.int64)[back]

    def _number_of(self, key: int, score: float, *, alone: bool) -> int:
        number = self._number.get((key, alone))
        if number is None:
            x, y = self._shown_as(key >> _HALF), self._shown_as(key & _NONE)
            if x is None and y is None:
                return _NOTHING
            number = self._number[key, alone] = len(self._told)
            self._told.append(str(Aligned(x, y, score, "contradicts" if alone else "")))
        return number

    def _shown_as(self, part: int) -> str | None:
        if part not in self._shown:
            self._shown[part] = _shown(self._table.token(part))
        return self._shown[part]


def _as_asked(x: Ints, y: Ints, turned: Bools) -> tuple[Ints, Ints]:
    return np.where(turned, y, x), np.where(turned, x, y)


def _alone(side: Side, most: int) -> Ints:
    """Shape (most, pairs): the places of the parts that stayed alone, in order, then `ALONE`."""
    places = np.full((most, side.partner.shape[1]), ALONE)
    place, rows = np.nonzero(side.partner == ALONE)
    at = (np.cumsum(side.partner == ALONE, axis=0) - 1)[place, rows]
    places[at, rows] = place
    return places
