"""The baseline of linkage: Jaro-Winkler on transliterated names and the year of birth, within blocks.

Written by us as a careful office without our engine might do it: two families of blocks, all cores, and the score at
which it does best chosen with the truth in hand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import JaroWinkler
from rapidfuzz.process import cdist

from safeconduct.core.linkage import LinkRecord
from safeconduct.rehearsal.bench.transliterating import ToLatin

# Names less alike than this are never one person here; it keeps the list of candidates in bounds.
_ALIKE = 0.85
# How much of a score is the name, the rest being the year of birth.
_OF_NAME = 0.8
_SAME_YEAR, _UNKNOWN_OR_NEAR, _FAR = 1.0, 0.5, 0.0
# Pairs below this score are let go: over ten thousand records the score that serves best lies higher, and there
# would soon be hundreds of millions of them.
_LEAST = 0.89
# Rows of a block compared at a time, so that no table of scores is larger than some tens of megabytes.
_ROWS = 500
NO_YEAR = 0

_Ints = npt.NDArray[np.int64]
_Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Scored:
    """Pairs of positions in the list, with a score from 0 to 1."""

    a: _Ints
    b: _Ints
    score: _Floats


@dataclass(frozen=True, slots=True)
class Prepared:
    """Names in Latin letters, years of birth (NO_YEAR: unknown), households by number, and the blocks to compare in."""

    names: Sequence[str]
    years: _Ints
    households: _Ints
    blocks: Sequence[Sequence[int]]

    @property
    def comparisons(self) -> int:
        return sum(len(block) * (len(block) - 1) // 2 for block in self.blocks)


def prepared(records: Sequence[LinkRecord], to_latin: ToLatin) -> Prepared:
    """Blocks: the same year of birth and first letter; the same first three letters of given and family name."""
    latin = [" ".join(to_latin(part) for part in _names(record)).casefold() for record in records]
    years = [_year(record) for record in records]
    blocks: dict[object, list[int]] = defaultdict(list)
    for position, (name, year) in enumerate(zip(latin, years, strict=True)):
        if not name:
            continue
        if year != NO_YEAR:
            blocks[year, name[0]].append(position)
        first, _, last = name.partition(" ")
        blocks[first[:3], last.rpartition(" ")[2][:3]].append(position)
    return Prepared(
        names=latin,
        years=np.asarray(years, dtype=np.int64),
        households=_households(records),
        blocks=tuple(block for block in blocks.values() if len(block) > 1),
    )


def scored(given: Prepared) -> Scored:
    """Every pair of different households within a block whose names are alike, once."""
    found = [part for block in given.blocks for part in _in_block(given, block)]
    if not found:
        nothing = np.zeros(0, dtype=np.int64)
        return Scored(nothing, nothing, np.zeros(0))
    a, b, score = (np.concatenate(column) for column in zip(*found, strict=True))
    _, once = np.unique(a * len(given.names) + b, return_index=True)
    return Scored(a[once], b[once], score[once])


def seconds_estimated(
    given: Prepared, clock: Callable[[], float], *, sample: int = 3_000_000
) -> float:
    """How long all blocks would take, by the first of them that hold `sample` comparisons or a little more."""
    began, done = clock(), 0
    for block in given.blocks:
        for _ in _in_block(given, block):
            pass
        done += len(block) * (len(block) - 1) // 2
        if done >= sample:
            break
    return (clock() - began) * given.comparisons / max(done, 1)


def _in_block(given: Prepared, block: Sequence[int]) -> Iterator[tuple[_Ints, _Ints, _Floats]]:
    positions = np.asarray(block, dtype=np.int64)
    names = [given.names[at] for at in block]
    for start in range(0, len(block), _ROWS):
        rows = names[start : start + _ROWS]
        alike = cdist(
            rows, names[start:], scorer=JaroWinkler.similarity, score_cutoff=_ALIKE, workers=-1,
            dtype=np.float32,
        )  # fmt: skip
        one, two = np.nonzero(np.triu(alike, k=1))
        a, b = positions[start + one], positions[start + two]
        score = _OF_NAME * alike[one, two] + (1 - _OF_NAME) * _years(given.years[a], given.years[b])
        kept = (score >= _LEAST) & (given.households[a] != given.households[b])
        yield a[kept], b[kept], score[kept]


def _years(one: _Ints, two: _Ints) -> _Floats:
    unknown = (one == NO_YEAR) | (two == NO_YEAR)
    near = np.abs(one - two) == 1
    told = np.where(one == two, _SAME_YEAR, np.where(near, _UNKNOWN_OR_NEAR, _FAR))
    return np.where(unknown, _UNKNOWN_OR_NEAR, told)


def _households(records: Sequence[LinkRecord]) -> _Ints:
    """Households as numbers; a person of no known household is one of their own."""
    numbers: dict[str, int] = {}
    told = (record.household_id or f"\0{at}" for at, record in enumerate(records))
    return np.asarray([numbers.setdefault(each, len(numbers)) for each in told], dtype=np.int64)


def _names(record: LinkRecord) -> Iterator[str]:
    """Given and family name as told; in Dari or Pashto letters where that is all there is."""
    if record.given_name or record.family_name:
        yield from filter(None, (record.given_name, record.family_name))
    elif record.native_name:
        yield record.native_name


def _year(record: LinkRecord) -> int:
    """The year in the middle of what is known; of one known to more than two years, none."""
    if record.birth is None or (record.birth.latest - record.birth.earliest).days > 731:
        return NO_YEAR
    return (record.birth.earliest + (record.birth.latest - record.birth.earliest) / 2).year
