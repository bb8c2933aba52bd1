"""`meeting._joined` for many pairs of names at once: two neighbours of one name that the other writes as one word."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from safeconduct.core.names.many_hearing import Bools, Floats, Gaps, Ints, Words
from safeconduct.core.names.many_meeting import ALONE, TAKEN, Met, Side
from safeconduct.core.names.many_parts import Parts
from safeconduct.core.names.meeting import MEETS_FROM, MOST_JOINED
from safeconduct.core.names.reading import _FAMILIES_OF_SOUND, Token, _family_key, together

_HALF = 32
# Sums in another order may differ in their last digits.
_ROUNDING = 1e-9


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
        return _Candidates(*(getattr(self, name)[which] for name in self.__slots__))

    def and_then(self, others: _Candidates) -> _Candidates:
        both = ((getattr(self, name), getattr(others, name)) for name in self.__slots__)
        return _Candidates(*map(np.concatenate, both))


class Joiner:
    """Joins neighbours of names whose parts are `parts`; `tokens` are the joined ones, numbered as they are met."""

    def __init__(self, parts: Parts, gaps: Gaps) -> None:
        self.tokens: list[Token] = []
        self._parts = parts
        self._gaps = gaps
        self._number: dict[tuple[int, int], int] = {}

    def join(self, a: Side, b: Side, cells: Floats) -> list[Met]:
        """Find neighbours that join, one two after another in each pair of names, and mark the three parts as taken.

        In what is given a joined part is numbered after all others: the first of `tokens` follows the last of them.
        """
        met: list[Met] = []
        rows = np.arange(cells.shape[2])
        while len(met) < MOST_JOINED:
            found = self._once(a, b, cells, rows)
            if found is None:
                break
            met.append(found)
            rows = found.rows
        return met

    def _once(self, a: Side, b: Side, cells: Floats, rows: Ints) -> Met | None:
        """The first two that join in each pair of names, a's before b's."""
        in_a = self._candidates(a, b, cells, rows, split_b=False)
        in_b = self._candidates(b, a, cells.swapaxes(0, 1), rows, split_b=True)
        found = in_a.and_then(in_b)
        found = found.some(self._may_meet(found))
        if not len(found.rows):
            return None
        both, score = self._scored(found)
        agree = np.flatnonzero((score >= MEETS_FROM) & (score > found.held))
        if not len(agree):
            return None
        # They stand in the order in which `meeting` tries them: the first of each pair of names counts.
        agree = agree[np.unique(found.rows[agree], return_index=True)[1]]
        found = found.some(agree)
        for split, whole, which in ((a, b, ~found.split_b), (b, a, found.split_b)):
            at, place = found.rows[which], found.place[which]
            split.partner[place, at] = split.partner[place + 1, at] = TAKEN
            whole.partner[found.other_place[which], at] = TAKEN
        joined = both[agree] + len(self._parts.tokens)
        x = np.where(found.split_b, found.other, joined)
        y = np.where(found.split_b, joined, found.other)
        return Met(found.rows, x, y, score[agree])

    def _candidates(
        self, split: Side, whole: Side, cells: Floats, rows: Ints, *, split_b: bool
    ) -> _Candidates:
        """By place: the first axis of what is compared counts places of split, the second those of whole."""
        parts = self._parts
        one, two = split.numbers[:-1, rows][:, None], split.numbers[1:, rows][:, None]
        other = whole.numbers[:, rows][None]
        first, second = split.partner[:-1, rows][:, None], split.partner[1:, rows][:, None]
        places = np.arange(len(whole.numbers))[:, None]
        may = np.where(first >= 0, first == places, whole.partner[:, rows][None] == ALONE)
        may = np.where(second >= 0, (second == places) & (first < 0), may)
        may &= (first != TAKEN) & (second != TAKEN)
        may &= parts.skeleton_lengths[other] >= parts.skeleton_lengths[one]
        may &= parts.first[other] == parts.first[one]
        may &= ~(parts.initial[one] | parts.initial[two])
        may &= parts.script[one] == parts.script[two]
        i, j, at = np.nonzero(may)
        held = np.where(second[i, 0, at] >= 0, cells[i + 1, j, rows[at]], 0.0)
        held = np.where(first[i, 0, at] >= 0, cells[i, j, rows[at]], held)
        found = (one[i, 0, at], two[i, 0, at], other[0, j, at])
        return _Candidates(rows[at], np.full(len(at), split_b), i, j, *found, held)

    def _may_meet(self, found: _Candidates) -> Bools:
        """False where two neighbours surely do not meet the word, by their sounds alone.

        Most candidates end here: making a part of two and scoring it in full costs twenty times as much. What `parts`
        lets meet for another reason (common names, one slip of the hand, initials) is let through.
        """
        parts, tokens = self._parts, self._parts.tokens
        twos, back = np.unique(found.one << _HALF | found.two, return_inverse=True)
        others, other_at = np.unique(found.other, return_inverse=True)
        one, two = twos >> _HALF, twos & (1 << _HALF) - 1
        sounds = [
            tokens[x].sound + tokens[y].sound
            for x, y in zip(one.tolist(), two.tolist(), strict=True)
        ]
        words = Words(
            sounds + [tokens[number].sound for number in others.tolist()],
            np.append(parts.words.written[one], parts.words.written[others]),
            self._gaps,
        )
        keys, three = np.unique(back << _HALF | other_at, return_inverse=True)
        x, y = keys >> _HALF, (keys & (1 << _HALF) - 1) + len(sounds)
        may = parts.room(words.lengths[x], words.lengths[y]) * (1 - MEETS_FROM) + _ROUNDING
        heard = words.distances(x, y) <= may
        common = np.fromiter(
            (
                _family_key(sound, tokens[first].script) in _FAMILIES_OF_SOUND
                for sound, first in zip(sounds, one.tolist(), strict=True)
            ),
            dtype=bool,
            count=len(sounds),
        )
        long = parts.bare_lengths[found.one] + parts.bare_lengths[found.two]
        slip = np.abs(long - parts.bare_lengths[found.other]) <= 1
        slip &= parts.word_first[found.one] == parts.word_first[found.other]
        result: Bools = heard[three] | slip | (common[back] & parts.common[found.other])
        result |= parts.initial[found.other]
        return result

    def _scored(self, found: _Candidates) -> tuple[Ints, Floats]:
        """The number of each two as one part, and its score with the other."""
        both = np.array(
            [
                self._together(*two)
                for two in zip(found.one.tolist(), found.two.tolist(), strict=True)
            ],
            dtype=np.int64,
        )
        # A small table of these alone: joined parts are few, and most never come again.
        numbers, at = np.unique(both, return_inverse=True)
        others, other_at = np.unique(found.other, return_inverse=True)
        joined = [self.tokens[number] for number in numbers.tolist()]
        table = Parts(
            joined + [self._parts.tokens[number] for number in others.tolist()], self._gaps
        )
        keys, back = np.unique(at << _HALF | other_at, return_inverse=True)
        scores = table.scores(keys >> _HALF, (keys & (1 << _HALF) - 1) + len(joined))
        return both, scores[back]

    def _together(self, one: int, two: int) -> int:
        number = self._number.get((one, two))
        if number is None:
            number = self._number[one, two] = len(self.tokens)
            self.tokens.append(together(self._parts.tokens[one], self._parts.tokens[two]))
        return number
