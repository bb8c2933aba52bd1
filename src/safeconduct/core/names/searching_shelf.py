"""People put on a shelf: never changed, so that many may look while another one is built."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from safeconduct.core.names.many_hearing import Bools, Floats, Ints
from safeconduct.core.names.many_reading import Lexicon, read_many
from safeconduct.core.names.reading import Token, skeleton_of, together
from safeconduct.core.names.searching_numbers import Number, Numbers, documents_of, phones_of
from safeconduct.core.names.searching_parts import MEETS_FROM, MetParts, PartsKnown, scored
from safeconduct.core.names.searching_query import child_of, may_join
from safeconduct.core.names.searching_records import Findable

Small = npt.NDArray[np.int32]
# Between two names of one person.
_BREAK = -1
_HALF = 32
# Texts are read so many at once.
_TEXTS = 30_000


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Rows:
    """People as rows, by key. Row r bears the parts `codes[starts[r] : starts[r + 1]]`, name after name with a break
    between: twice a part's number, and one more where it names the father.
    """

    tokens: Sequence[Token]
    codes: Small
    starts: Ints
    keys: Sequence[str]
    groups: Sequence[str]
    numbers: Sequence[Number]

    def some(self, rows: Ints) -> Rows:
        """These rows in this order; parts that nobody bears any more are let go."""
        codes, starts = _taken(self.codes, self.starts, rows)
        borne, numbered = np.unique(codes[codes != _BREAK] >> 1, return_inverse=True)
        told = codes != _BREAK
        again = codes.copy()
        again[told] = numbered << 1 | codes[told] & 1
        place = np.full(len(self.keys), -1)
        place[rows] = np.arange(len(rows))
        where = place.tolist()
        kept = rows.tolist()
        return Rows(
            tokens=[self.tokens[number] for number in borne.tolist()],
            codes=again,
            starts=starts,
            keys=[self.keys[row] for row in kept],
            groups=[self.groups[row] for row in kept],
            numbers=[(f, kind, where[row]) for f, kind, row in self.numbers if where[row] >= 0],
        )

    def by_key(self) -> Rows:
        order = sorted(range(len(self.keys)), key=self.keys.__getitem__)
        return self.some(np.array(order, dtype=np.int64))


def rows_of(told: Iterable[tuple[str, Findable]]) -> Rows:
    """People read, each with their group; in no order yet."""
    lexicon = Lexicon()
    keys: list[str] = []
    groups: list[str] = []
    numbers: list[Number] = []
    texts: list[str] = []
    fathers: list[bool] = []
    names_of: list[int] = [0]
    read: list[Small] = []
    for group, person in told:
        row = len(keys)
        keys.append(person.key)
        groups.append(group)
        for is_father, names in ((False, person.names), (True, person.fathers)):
            for name in names:
                texts.append(child_of(name))
                fathers.append(is_father)
        names_of.append(names_of[-1] + len(person.names) + len(person.fathers))
        for phone in person.phones:
            numbers += [(form, kind, row) for form, kind in phones_of(phone)]
        for document in person.numbers:
            numbers += [(form, kind, row) for form, kind in documents_of(document)]
        if len(texts) >= _TEXTS:
            read.append(_codes(texts, fathers, lexicon))
            texts, fathers = [], []
    read.append(_codes(texts, fathers, lexicon))
    codes = np.concatenate(read)
    # Every name ends in a break: where a person's last name ends, the next person begins.
    ends = np.append(0, np.flatnonzero(codes == _BREAK) + 1)
    return Rows(
        tokens=lexicon.parts,
        codes=codes,
        starts=ends[np.array(names_of, dtype=np.int64)],
        keys=keys,
        groups=groups,
        numbers=numbers,
    )


def _codes(texts: Sequence[str], fathers: Sequence[bool], lexicon: Lexicon) -> Small:
    parts, starts = read_many(texts, lexicon)
    lengths = np.diff(starts)
    text = np.repeat(np.arange(len(texts)), lengths)
    parent = np.fromiter(
        (part.parent for part in lexicon.parts), dtype=bool, count=len(lexicon.parts)
    )
    is_father = np.array(fathers, dtype=bool)[text] | parent[parts]
    codes = np.full(len(parts) + len(texts), _BREAK, dtype=np.int32)
    codes[np.arange(len(parts)) + text] = parts << 1 | is_father
    return codes


def together_as_one(shelves: Sequence[tuple[Rows, Bools]]) -> Rows:
    """The living rows of several shelves as those of one, by key."""
    number_of: dict[tuple[str, str, bool], int] = {}
    tokens: list[Token] = []
    codes, lengths = [], []
    keys: list[str] = []
    groups: list[str] = []
    numbers: list[Number] = []
    for every, alive in shelves:
        rows = every if alive.all() else every.some(np.flatnonzero(alive))
        same = []
        for part in rows.tokens:
            number = number_of.setdefault((part.word, part.sound, part.parent), len(tokens))
            if number == len(tokens):
                tokens.append(part)
            same.append(number)
        again = rows.codes.copy()
        told = again != _BREAK
        again[told] = np.array(same, dtype=np.int32)[again[told] >> 1] << 1 | again[told] & 1
        codes.append(again)
        lengths.append(np.diff(rows.starts))
        numbers += [(form, kind, row + len(keys)) for form, kind, row in rows.numbers]
        keys += rows.keys
        groups += rows.groups
    return Rows(
        tokens=tokens,
        codes=np.concatenate(codes),
        starts=np.append(0, np.cumsum(np.concatenate(lengths))),
        keys=keys,
        groups=groups,
        numbers=numbers,
    ).by_key()


class Shelf:
    """Rows (sorted by key) with all that looking needs."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self.parts = PartsKnown(rows.tokens)
        self.numbers = Numbers(rows.numbers)
        self.groups: dict[str, list[int]] = {}
        for row, group in enumerate(rows.groups):
            self.groups.setdefault(group, []).append(row)
        self._codes = sorted((group.replace("-", "").upper(), group) for group in self.groups)
        row_of = np.repeat(np.arange(len(rows.keys), dtype=np.int32), np.diff(rows.starts))
        told = rows.codes != _BREAK
        order = np.argsort(rows.codes[told], kind="stable")
        self._bearers = row_of[told][order]
        counts = np.bincount(rows.codes[told], minlength=2 * len(rows.tokens))
        self._bearers_from = np.append(0, np.cumsum(counts))
        self.own_weight = self._own_weight(rows.codes[told], row_of[told])
        fathers = np.bincount(row_of[told][rows.codes[told] & 1 == 1], minlength=len(rows.keys))
        self.father_told: Bools = fathers > 0
        self._note_neighbours(row_of)

    def __len__(self) -> int:
        return len(self.rows.keys)

    def codes_of(self, row: int) -> list[int]:
        """The parts of a row as `Rows` has them."""
        told: list[int] = self.rows.codes[
            self.rows.starts[row] : self.rows.starts[row + 1]
        ].tolist()
        return told

    def groups_of_code(self, signs: str) -> Iterator[tuple[str, float]]:
        """Groups whose names are, or begin with, these signs of a code, and what share of it they are."""
        for place in range(bisect_left(self._codes, (signs,)), len(self._codes)):
            code, group = self._codes[place]
            if not code.startswith(signs):
                break
            yield group, len(signs) / len(code)

    def best_of(self, met: MetParts, *, own: float, father: float) -> Floats:
        """For every row the best score of its parts that were met, times what naming oneself or the father counts."""
        best = np.zeros(len(self))
        codes = np.concatenate((met.numbers << 1, met.numbers << 1 | 1))
        scores = np.concatenate((met.scores * own, met.scores * father))
        order = np.argsort(scores, kind="stable")
        bearers, _ = _taken(self._bearers, self._bearers_from, codes[order])
        counts = (self._bearers_from[codes + 1] - self._bearers_from[codes])[order]
        # Where a row stands several times, the last and best stays.
        best[bearers] = np.repeat(scores[order], counts)
        return best

    def written_apart(self, part: Token) -> Iterator[tuple[Small, int, int, float]]:
        """Two neighbours that may be the two halves of this part: rows that bear them, their numbers, the score."""
        mark = hash(part.skeleton)
        low = np.searchsorted(self._pair_marks, mark)
        high = np.searchsorted(self._pair_marks, mark, side="right")
        for pair in self._pairs[low:high].tolist():
            one, two = pair >> _HALF, pair & (1 << _HALF) - 1
            score = scored(part, together(self.rows.tokens[one], self.rows.tokens[two]))
            if score >= MEETS_FROM:
                begin, end = np.searchsorted(self._neighbours, [pair, pair + 1])
                yield self._neighbours_row[begin:end], one, two, score

    def _own_weight(self, codes: Small, row_of: Small) -> Floats:
        """What all of a person's own names weigh: of their writings in several scripts the weightiest."""
        weight = np.array([part.weight for part in self.rows.tokens])
        scripts = np.array([part.script for part in self.rows.tokens], dtype=object)
        own = codes & 1 == 0
        parts, rows = codes[own] >> 1, row_of[own]
        most = np.zeros(len(self))
        for script in set(scripts.tolist()):
            written = (scripts == script)[parts]
            sums = np.bincount(rows[written], weight[parts[written]], minlength=len(self))
            most = np.maximum(most, sums)
        return most

    def _note_neighbours(self, row_of: Small) -> None:
        """Every two parts side by side in one's own names, and the skeleton of both as one by which they are found."""
        tokens = self.rows.tokens
        # Given and family name stand in two names of one person, and may be written as one.
        own = (self.rows.codes != _BREAK) & (self.rows.codes & 1 == 0)
        codes, row_of = self.rows.codes[own], row_of[own]
        both = np.flatnonzero(row_of[:-1] == row_of[1:])
        pairs = (codes[both].astype(np.int64) >> 1) << _HALF | codes[both + 1] >> 1
        order = np.argsort(pairs, kind="stable")
        self._neighbours, self._neighbours_row = pairs[order], row_of[both][order]
        kept, marks = [], []
        for pair in np.unique(pairs).tolist():
            one, two = tokens[pair >> _HALF], tokens[pair & (1 << _HALF) - 1]
            if may_join(one, two):
                kept.append(pair)
                marks.append(hash(skeleton_of(one.sound + two.sound)))
        self._pair_marks = np.array(marks, dtype=np.int64)
        by_mark = np.argsort(self._pair_marks, kind="stable")
        self._pair_marks = self._pair_marks[by_mark]
        self._pairs = np.array(kept, dtype=np.int64)[by_mark]


def _taken(values: Small, starts: Ints, rows: Ints) -> tuple[Small, Ints]:
    """The lists of these rows one after the other, and where each begins."""
    lengths = starts[rows + 1] - starts[rows]
    begins = np.append(0, np.cumsum(lengths))
    inside = np.arange(begins[-1]) - np.repeat(begins[:-1], lengths)
    found: Small = values[np.repeat(starts[rows], lengths) + inside]
    return found, begins
