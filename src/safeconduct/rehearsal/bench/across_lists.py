"""Two parties' lists out of one simulated caseload, as plain grams, and the two ways of encoding that are compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import shake_256

import numpy as np
import numpy.typing as npt

from safeconduct.core.linkage import LinkRecord
from safeconduct.core.linkage.across.encoding import people_with_grams
from safeconduct.core.linkage.across.grams import Grams
from safeconduct.rehearsal.bench.told_people import ToldPeople

Bits = npt.NDArray[np.uint8]
# Hash functions for a gram of the highest weight in the unhardened filter.
_HASHES = 12
_HIGHEST_WEIGHT = 5.0


@dataclass(frozen=True, slots=True)
class TwoLists:
    """Two parties' lists without repeats within either; `truth` is the true person of each record, by its id."""

    a: tuple[LinkRecord, ...]
    b: tuple[LinkRecord, ...]
    truth: Mapping[str, str]

    def on_both(self, of_a: Sequence[str | None], of_b: Sequence[str | None]) -> int:
        """How many true people stand among both these ids (None: a decoy)."""
        one, two = ({self.truth[each] for each in ids if each} for ids in (of_a, of_b))
        return len(one & two)


def two_lists(told: ToldPeople) -> TwoLists:
    """The offices in two groups that hold about as many records; of each true person a party keeps its first."""
    counts = Counter(record.office for record in told.records)
    first: set[str | None] = set()
    held = [0, 0]
    for office, count in counts.most_common():
        if held[0] <= held[1]:
            first.add(office)
        held[0 if office in first else 1] += count
    lists: tuple[dict[str, LinkRecord], dict[str, LinkRecord]] = ({}, {})
    for record in told.records:
        mine = lists[0 if record.office in first else 1]
        mine.setdefault(told.truth[record.person_id], record)
    return TwoLists(tuple(lists[0].values()), tuple(lists[1].values()), told.truth)


def grams_by_person(records: Sequence[LinkRecord]) -> dict[str, Grams]:
    """The grams of those of whom enough is told, by their ids."""
    return {person: grams for person, grams in people_with_grams(records) if person is not None}


def bloom_filters(people: Sequence[Grams], length: int, key: bytes = b"one key") -> Bits:
    """Unhardened record-level filters (Schnell, Bachteler and Reiher 2011) of the same grams, for comparison only.

    Bits, a row for each person; heavier grams get more hash functions. Nothing in the product writes these.
    """
    bits = np.zeros((len(people), length), np.uint8)
    for row, grams in enumerate(people):
        for gram, weight in grams.items():
            hashes = max(1, round(_HASHES * weight / _HIGHEST_WEIGHT))
            raw = shake_256(key + gram.encode()).digest(4 * hashes)
            bits[row, np.frombuffer(raw, "<u4") % length] = 1
    return bits


def dice(a: Bits, b: Bits) -> npt.NDArray[np.float32]:
    """Dice's coefficient of every row of a with every row of b."""
    one, two = a.astype(np.float32), b.astype(np.float32)
    table = 2 * (one @ two.T) / (one.sum(axis=1)[:, None] + two.sum(axis=1)[None, :])
    return np.asarray(table, np.float32)
