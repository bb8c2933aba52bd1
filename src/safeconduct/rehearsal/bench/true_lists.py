"""Lists of records of which the truth is known, and how well pairs found in them agree with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from safeconduct.core.linkage import Linkage, LinkRecord
from safeconduct.core.linkage.records import SAME
from safeconduct.rehearsal.bench.accuracy import best_f1, ladder_of, recall_at_precision
from safeconduct.rehearsal.bench.clustering import cluster_ladder, pairs_within
from safeconduct.rehearsal.bench.plain_linkage import Scored

_Ints = npt.NDArray[np.int64]
_Flags = npt.NDArray[np.bool_]
# A proposal goes before whatever is only put before a person: no evidence weighs as many bits as this.
_PROPOSED_FIRST = 1e6


@dataclass(frozen=True, slots=True, kw_only=True)
class TrueList:
    """Records, and beside each the number of its true person.

    `side`: 0 or 1 for each record where two lists are linked and only pairs across them count; else None.
    """

    records: tuple[LinkRecord, ...]
    person: _Ints
    side: _Ints | None = None

    @property
    def true_pairs(self) -> int:
        if self.side is None:
            return sum(n * (n - 1) // 2 for n in Counter(self.person.tolist()).values())
        left = Counter(self.person[self.side == 0].tolist())
        right = Counter(self.person[self.side == 1].tolist())
        return sum(times * right[each] for each, times in left.items())

    def same(self, pairs: Scored) -> _Flags:
        """Of each pair, whether its two records are of one person."""
        told: _Flags = self.person[pairs.a] == self.person[pairs.b]
        return told

    def across(self, a: _Ints, b: _Ints) -> _Flags:
        """Of each pair, whether it counts."""
        if self.side is None:
            return np.ones(len(a), dtype=np.bool_)
        told: _Flags = self.side[a] != self.side[b]
        return told


def true_list(
    records: Sequence[LinkRecord], truth: Mapping[str, str], side: _Ints | None = None
) -> TrueList:
    """`truth`: the true person of each record, by its id."""
    numbers: dict[str, int] = {}
    persons = (numbers.setdefault(truth[each.person_id], len(numbers)) for each in records)
    return TrueList(records=tuple(records), person=np.fromiter(persons, dtype=np.int64), side=side)


def scored_by_us(linkage: Linkage, told: TrueList) -> tuple[Scored, _Flags]:
    """Our pairs by position, and which of them are proposed as the same: these stand before all others."""
    position = {record.person_id: at for at, record in enumerate(told.records)}
    a = np.asarray([position[pair.person_a] for pair in linkage.pairs], dtype=np.int64)
    b = np.asarray([position[pair.person_b] for pair in linkage.pairs], dtype=np.int64)
    same = np.asarray([pair.decision == SAME for pair in linkage.pairs], dtype=np.bool_)
    bits = np.asarray([pair.match_weight for pair in linkage.pairs], dtype=np.float64)
    kept = told.across(a, b)
    return Scored(a[kept], b[kept], (bits + _PROPOSED_FIRST * same)[kept]), same[kept]


def pairs_judged(pairs: Scored, told: TrueList) -> dict[str, float]:
    """What the scores are worth at the lines that suit them best, chosen with the truth in hand."""
    ladder, there = ladder_of(pairs.score, told.same(pairs)), told.true_pairs
    best = best_f1(ladder, there)
    return {
        "best_f1": best.f1,
        "precision_at_best_f1": best.precision,
        "recall_at_best_f1": best.recall,
        "recall_at_95_precision": recall_at_precision(ladder, 0.95, there),
        "recall_at_99_precision": recall_at_precision(ladder, 0.99, there),
    }


def line_judged(
    pairs: Scored, chosen: _Flags, told: TrueList, name: str = "own"
) -> dict[str, float]:
    """What a method says by a line drawn without the truth: its own, unless it has another name."""
    right = int(told.same(pairs)[chosen].sum())
    return _shares(right, int(chosen.sum()) - right, told.true_pairs, name)


def best_clusters_judged(pairs: Scored, told: TrueList) -> dict[str, float]:
    """Clusters as connected pairs, at the line that suits them best."""
    ladder = cluster_ladder(pairs.a, pairs.b, pairs.score, told.person)
    return {"best_cluster_f1": best_f1(ladder, told.true_pairs).f1}


def clusters_at_line(
    pairs: Scored, chosen: _Flags, told: TrueList, name: str = "own_cluster"
) -> dict[str, float]:
    """Clusters as connected pairs of those that such a line chooses."""
    ladder = cluster_ladder(
        pairs.a[chosen], pairs.b[chosen], np.ones(int(chosen.sum())), told.person
    )
    right, wrong = (int(each[-1]) if len(each) else 0 for each in (ladder.true, ladder.false))
    return _shares(right, wrong, told.true_pairs, name)


def our_clusters_judged(linkage: Linkage, told: TrueList) -> dict[str, float]:
    """The groups that we propose: hard cuts and all."""
    position = {record.person_id: at for at, record in enumerate(told.records)}
    groups = [[position[each] for each in group] for group in linkage.clusters()]
    right, wrong = pairs_within(groups, told.person)
    return _shares(right, wrong, told.true_pairs, "own_cluster")


def block_recall(a: _Ints, b: _Ints, told: TrueList) -> float:
    """Of all true pairs, the part that stands among these candidates: no score can find the others."""
    there = told.true_pairs
    found = (told.person[a] == told.person[b]) & told.across(a, b)
    return float(found.sum() / there) if there else 0.0


def _shares(right: int, wrong: int, there: int, name: str) -> dict[str, float]:
    return {
        f"{name}_precision": right / (right + wrong) if right + wrong else 0.0,
        f"{name}_recall": right / there if there else 0.0,
        f"{name}_f1": 2 * right / (right + wrong + there) if there else 0.0,
    }
