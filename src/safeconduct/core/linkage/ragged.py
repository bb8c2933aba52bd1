"""Lists of different lengths as two arrays, so that a million of them can be combined without a loop."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int64]
UNKNOWN = -1


@dataclass(frozen=True, slots=True)
class Ragged:
    """Row i holds `values[starts[i]:starts[i + 1]]`. `starts` is one longer than there are rows."""

    values: Numbers
    starts: Numbers

    @classmethod
    def of_lists(cls, lists: Iterable[Sequence[int]]) -> Ragged:
        """From lists of numbers, one for each row."""
        values: list[int] = []
        ends = [0]
        for row in lists:
            values.extend(row)
            ends.append(len(values))
        return cls(np.asarray(values, dtype=np.int64), np.asarray(ends, dtype=np.int64))

    @classmethod
    def of_column(cls, column: Numbers) -> Ragged:
        """One number a row, none where it is UNKNOWN."""
        known = column != UNKNOWN
        return cls(column[known], _starts_of(known.astype(np.int64)))

    @classmethod
    def each_once(cls, count: int, rows: Numbers, values: Numbers) -> Ragged:
        """`count` rows from values and the row of each: in a row every value once and in rising order."""
        order = np.lexsort((values, rows))
        rows, values = rows[order], values[order]
        first = np.ones(len(rows), dtype=bool)
        first[1:] = (rows[1:] != rows[:-1]) | (values[1:] != values[:-1])
        counts = np.bincount(rows[first], minlength=count).astype(np.int64)
        return cls(values[first], _starts_of(counts))

    def __len__(self) -> int:
        return len(self.starts) - 1

    @property
    def lengths(self) -> Numbers:
        lengths: Numbers = np.diff(self.starts)
        return lengths

    @property
    def rows(self) -> Numbers:
        """The row of each value."""
        rows: Numbers = np.repeat(np.arange(len(self), dtype=np.int64), self.lengths)
        return rows

    def take(self, rows: Numbers) -> Ragged:
        """These rows, in this order; an empty one where the row is UNKNOWN."""
        known = rows != UNKNOWN
        safe = np.where(known, rows, 0) if len(self) else np.zeros(0, dtype=np.int64)
        if not len(self):
            return Ragged(np.zeros(0, dtype=np.int64), np.zeros(len(rows) + 1, dtype=np.int64))
        lengths = np.where(known, self.lengths[safe], 0)
        starts = _starts_of(lengths)
        inside = np.arange(starts[-1], dtype=np.int64) - np.repeat(starts[:-1], lengths)
        return Ragged(self.values[np.repeat(self.starts[safe], lengths) + inside], starts)

    def beside(self, other: Ragged) -> Ragged:
        """Each row followed by the other's row, every value once and in rising order."""
        rows = np.concatenate((self.rows, other.rows))
        return Ragged.each_once(len(self), rows, np.concatenate((self.values, other.values)))

    def meets(self, other: Ragged) -> npt.NDArray[np.bool_]:
        """Row by row, whether the two have a value in common."""
        rows, one, two = crossed(self, other)
        met = np.zeros(len(self), dtype=bool)
        met[rows[one == two]] = True
        return met

    def row(self, at: int) -> list[int]:
        """The values of one row."""
        found: list[int] = self.values[self.starts[at] : self.starts[at + 1]].tolist()
        return found


def crossed(one: Ragged, two: Ragged) -> tuple[Numbers, Numbers, Numbers]:
    """Every value of one with every value of two, row by row: (row, value of one, value of two)."""
    lengths = two.lengths
    total = one.lengths * lengths
    rows = np.repeat(np.arange(len(one), dtype=np.int64), total)
    inside = np.arange(len(rows), dtype=np.int64) - np.repeat(_starts_of(total)[:-1], total)
    left, right = np.divmod(inside, lengths[rows])
    return rows, one.values[one.starts[rows] + left], two.values[two.starts[rows] + right]


def pairs_within(lists: Ragged, most: int) -> tuple[Numbers, Numbers, Numbers]:
    """Every two values of a row among its first `most`: (row, one, two). A row of one value stands with itself."""
    lengths = np.minimum(lists.lengths, most)
    found: list[tuple[Numbers, Numbers, Numbers]] = []
    alone = np.flatnonzero(lengths == 1)
    values = lists.values[lists.starts[alone]]
    found.append((alone, values, values))
    for i in range(most):
        for j in range(i + 1, most):
            rows = np.flatnonzero(lengths > j)
            start = lists.starts[rows]
            found.append((rows, lists.values[start + i], lists.values[start + j]))
    rows, ones, twos = (np.concatenate(part) for part in zip(*found, strict=True))
    return rows, np.minimum(ones, twos), np.maximum(ones, twos)


_HALF = 31


def packed(one: Numbers, two: Numbers) -> Numbers:
    """Two numbers below 2**31 as one."""
    both: Numbers = (one << _HALF) | two
    return both


def unpacked(both: Numbers) -> tuple[Numbers, Numbers]:
    """The two numbers that `packed` made one."""
    return both >> _HALF, both & ((1 << _HALF) - 1)


def _starts_of(lengths: Numbers) -> Numbers:
    starts = np.zeros(len(lengths) + 1, dtype=np.int64)
    np.cumsum(lengths, out=starts[1:])
    return starts
