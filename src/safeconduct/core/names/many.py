"""`meeting.meet` for millions of pairs of names: the same scores, every distinct thing worked out once.

Each distinct word is read once (`many_reading`), each distinct two parts are scored once (`many_cells`), and names of
one shape are aligned together (`many_meeting`, `many_joining`, `many_weighing`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from safeconduct.core.names.many_cells import Cells
from safeconduct.core.names.many_hearing import Bools, Floats, Gaps, Ints
from safeconduct.core.names.many_joining import Joiner
from safeconduct.core.names.many_meeting import Met, Side, best_first, met_parts
from safeconduct.core.names.many_parts import Parts, ranks
from safeconduct.core.names.many_reading import Lexicon, read_many
from safeconduct.core.names.many_weighing import (
    ManyScores,
    Rarity,
    Says,
    out_of_order,
    weighed,
)
from safeconduct.core.names.reading import Token

# So many cells (part against part) at once: some tens of MB.
_CELLS = 500_000
_HALF = 32
# So many pairs are made distinct at once.
_PAIRS = 2_000_000


@dataclass(frozen=True, slots=True)
class Meetings:
    """Pairs of names of one shape set against each other: `rows` says which of the pairs that were asked.

    `met`: what met, by place in a, and what was joined last. `turned`: a and b stand the other way round than asked.
    """

    rows: Ints
    a: Side
    b: Side
    cells: Floats
    met: list[Met]
    disordered: Bools
    turned: Bools


class NameTable:
    """Written names, each read once. A name's number is its place in the texts that were given.

    `tokens`: the distinct parts of names; `parts`: their numbers, name after name, in the order written: those of
    name t are `parts[starts[t] : starts[t + 1]]`.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        lexicon = Lexicon()
        self.parts, self.starts = read_many(texts, lexicon)
        self.tokens: list[Token] = lexicon.parts
        self._counts = np.diff(self.starts)
        gaps = Gaps()
        self._table = Parts(self.tokens, gaps)
        self._cells = Cells(self._table)
        self._joiner = Joiner(self._table, gaps)
        self._rank = ranks([(part.sound, part.word) for part in self.tokens])

    def scores(
        self, a: Ints, b: Ints, *, rarity: Rarity | None = None, nearly: float = 0.0
    ) -> ManyScores:
        """`meet` for each pair of numbers of names. `rarity`, `nearly`: see `many_weighing.Says`; without, no bits."""
        pairs, back = distinct(np.minimum(a, b), np.maximum(a, b))
        result = ManyScores.none_met(len(pairs))
        says = self.says(rarity, nearly)
        for each in self.meetings(*apart(pairs)):
            result.put(each.rows, self.weighed(each, says))
        return result.at(back)

    def says(self, rarity: Rarity | None = None, nearly: float = 0.0) -> Says:
        return Says(self.tokens, self._joiner.tokens, rarity, nearly)

    def token(self, number: int) -> Token:
        """A part by its number, also one that was joined."""
        beyond = number - len(self.tokens)
        return self.tokens[number] if beyond < 0 else self._joiner.tokens[beyond]

    def parts_of(self, name: int) -> list[Token]:
        """The parts of one name."""
        numbers = self.parts[self.starts[name] : self.starts[name + 1]]
        return [self.tokens[number] for number in numbers.tolist()]

    def meetings(self, a: Ints, b: Ints) -> Iterator[Meetings]:
        """All pairs of which both names hold a letter, shape by shape."""
        turned = self._turned(a, b)
        a, b = np.where(turned, b, a), np.where(turned, a, b)
        n, m = self._counts[a], self._counts[b]
        rows = np.flatnonzero((n > 0) & (m > 0))
        shapes = (n[rows] << _HALF) | m[rows]
        order = np.argsort(shapes, kind="stable")
        for group in np.split(rows[order], np.flatnonzero(np.diff(shapes[order])) + 1):
            if not len(group):
                continue
            step = max(1, _CELLS // int(n[group[0]] * m[group[0]]))
            for begin in range(0, len(group), step):
                some = group[begin : begin + step]
                yield self._meeting(some, a[some], b[some], turned[some])

    def _meeting(self, rows: Ints, a: Ints, b: Ints, turned: Bools) -> Meetings:
        parts_a, parts_b = self._numbers_of(a), self._numbers_of(b)
        cells = self._cells.of(parts_a, parts_b)
        side_a, side_b = best_first(parts_a, parts_b, cells, self._table.weight)
        disordered = out_of_order(side_a)
        joined = self._joiner.join(side_a, side_b, cells)
        met = met_parts(side_a, side_b, cells) + joined
        return Meetings(rows, side_a, side_b, cells, met, disordered, turned)

    def weighed(self, each: Meetings, says: Says) -> ManyScores:
        """What meetings come to."""
        return weighed(
            each.a,
            each.b,
            each.cells,
            each.met,
            self._table,
            disordered=each.disordered,
            says=says.up_to_date(),
        )

    def _numbers_of(self, names: Ints) -> Ints:
        """Shape (parts, names); all of one length."""
        places = np.arange(int(self._counts[names[0]]))
        found: Ints = self.parts[self.starts[names] + places[:, None]]
        return found

    def _turned(self, a: Ints, b: Ints) -> Bools:
        """Where `meet` sets b against a, so that both ways round give the same."""
        turned = np.zeros(len(a), dtype=bool)
        tied = np.arange(len(a))
        place = 0
        while len(tied):
            one, two = self._rank_at(a[tied], place), self._rank_at(b[tied], place)
            turned[tied[two < one]] = True
            tied = tied[(one == two) & (one >= 0)]
            place += 1
        return turned

    def _rank_at(self, names: Ints, place: int) -> Ints:
        """The rank of the part at one place of each name, -1 where the name is shorter."""
        ranks = np.full(len(names), -1)
        long = np.flatnonzero(self._counts[names] > place)
        ranks[long] = self._rank[self.parts[self.starts[names[long]] + place]]
        return ranks


def distinct(a: Ints, b: Ints) -> tuple[Ints, Ints]:
    """The distinct pairs as one number each, sorted, and where each pair stands among them.

    Some at a time: linkage asks for tens of millions, and sorting all of them would hold the memory of many copies.
    """
    some = []
    back = np.empty(len(a), dtype=np.int64)
    for begin in range(0, len(a), _PAIRS):
        block = slice(begin, begin + _PAIRS)
        keys, back[block] = np.unique((a[block] << _HALF) | b[block], return_inverse=True)
        some.append(keys)
    every = np.unique(np.concatenate(some)) if some else np.empty(0, dtype=np.int64)
    for number, keys in enumerate(some):
        block = slice(number * _PAIRS, (number + 1) * _PAIRS)
        back[block] = np.asarray(np.searchsorted(every, keys))[back[block]]
    return every, back


def apart(pairs: Ints) -> tuple[Ints, Ints]:
    """The two numbers of each pair that `distinct` made one."""
    return pairs >> _HALF, pairs & (1 << _HALF) - 1
