"""`meeting._joined` for many pairs of names at once: two neighbours of one name that the other writes as one word."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np

from safeconduct.core.names.many_hearing import Bools, Floats, Ints
from safeconduct.core.names.many_meeting import ALONE, TAKEN, Met, Side
from safeconduct.core.names.many_parts import Parts
from safeconduct.core.names.meeting import MEETS_FROM
from safeconduct.core.names.reading import Token, together


@dataclass(frozen=True, slots=True)
class _Candidates:
    """Two neighbours and a word they may be: `rows` of pairs of names, places in the names, numbers of the parts.

    `held`: the score that one of the neighbours already has with the word, 0 where it has none.
    """

    rows: Ints
    split_b: Bools
    place: Ints
    other_place: Ints
    one: Ints
    two: Ints
    other: Ints
    held: Floats

    def some(self, which: Bools | Ints) -> _Candidates:
        return _Candidates(
            self.rows[which],
            self.split_b[which],
            self.place[which],
            self.other_place[which],
            self.one[which],
            self.two[which],
            self.other[which],
            self.held[which],
        )


class Joiner:
    """Joins neighbours of names whose parts are `parts`; `tokens` are the joined ones, numbered as they are met."""

    def __init__(self, parts: Parts) -> None:
        self.tokens: list[Token] = []
        self._parts = parts
        self._number: dict[tuple[int, int], int] = {}

    def join(self, a: Side, b: Side, cells: Floats) -> Met:
        """Find the first two that join in each pair of names, a's before b's, and mark the three parts as taken.

        In what is given a joined part is numbered after all others: the first of `tokens` follows the last of them.
        """
        candidates = [
            *self._candidates(a, b, cells, split_b=False),
            *self._candidates(b, a, cells.swapaxes(0, 1), split_b=True),
        ]
        if not candidates:
            return Met(*(np.empty(0, dtype=np.int64) for _ in range(3)), np.empty(0))
        found = _all(candidates)
        found = found.some(self._parts.may_join(found.one, found.two, found.other))
        both, score = self._scored(found)
        agree = np.flatnonzero((score >= MEETS_FROM) & (score > found.held))
        # They stand in the order in which `meeting` tries them: the first of each pair of names counts.
        agree = agree[np.unique(found.rows[agree], return_index=True)[1]]
        found = found.some(agree)
        for split, whole, which in ((a, b, ~found.split_b), (b, a, found.split_b)):
            rows, place = found.rows[which], found.place[which]
            split.partner[place, rows] = split.partner[place + 1, rows] = TAKEN
            whole.partner[found.other_place[which], rows] = TAKEN
        joined = both[agree] + len(self._parts.tokens)
        x = np.where(found.split_b, found.other, joined)
        y = np.where(found.split_b, joined, found.other)
        return Met(found.rows, x, y, score[agree])

    def _candidates(
        self, split: Side, whole: Side, cells: Floats, *, split_b: bool
    ) -> list[_Candidates]:
        parts, found = self._parts, []
        for i, j in product(range(len(split.numbers) - 1), range(len(whole.numbers))):
            one, two, other = split.numbers[i], split.numbers[i + 1], whole.numbers[j]
            first, second = split.partner[i], split.partner[i + 1]
            may = np.where(first >= 0, first == j, whole.partner[j] == ALONE)
            may = np.where(second >= 0, (second == j) & (first < 0), may)
            may &= parts.words.lengths[other] > parts.words.lengths[one]
            may &= parts.first[other] == parts.first[one]
            may &= ~(parts.initial[one] | parts.initial[two])
            may &= parts.script[one] == parts.script[two]
            rows = np.flatnonzero(may)
            held = np.where(first >= 0, cells[i, j], np.where(second >= 0, cells[i + 1, j], 0.0))
            found.append(
                _Candidates(
                    rows,
                    np.full(len(rows), split_b),
                    np.full(len(rows), i),
                    np.full(len(rows), j),
                    one[rows],
                    two[rows],
                    other[rows],
                    held[rows],
                )
            )
        return found

    def _scored(self, found: _Candidates) -> tuple[Ints, Floats]:
        """The number of each two as one part, and its score with the other; each distinct three once."""
        if not len(found.rows):
            return found.rows, found.held
        keys = np.stack([found.one, found.two, found.other])
        distinct, back = np.unique(keys, axis=1, return_inverse=True)
        both = np.array(
            [self._together(one, two) for one, two in distinct[:2].T.tolist()], dtype=np.int64
        )
        # A small table of these alone: joined parts are few, and most never come again.
        numbers, at = np.unique(both, return_inverse=True)
        others, other_at = np.unique(distinct[2], return_inverse=True)
        joined = [self.tokens[number] for number in numbers.tolist()]
        table = Parts(joined + [self._parts.tokens[number] for number in others.tolist()])
        scores = table.scores(at, other_at + len(joined))
        return both[back], scores[back]

    def _together(self, one: int, two: int) -> int:
        number = self._number.get((one, two))
        if number is None:
            number = self._number[one, two] = len(self.tokens)
            self.tokens.append(together(self._parts.tokens[one], self._parts.tokens[two]))
        return number


def _all(candidates: list[_Candidates]) -> _Candidates:
    """All in a row, in their order."""
    return _Candidates(
        *(
            np.concatenate([getattr(each, name) for each in candidates])
            for name in _Candidates.__slots__
        )
    )
