"""How well scores tell true pairs from false ones. Everywhere a pair counts as proposed from some score upwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

_Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Ladder:
    """One rung for each distinct score, highest first: from that score upwards, so many true and false pairs."""

    scores: _Floats
    true: npt.NDArray[np.int64]
    false: npt.NDArray[np.int64]


def ladder_of(
    scores: Sequence[float] | _Floats, truth: Sequence[bool] | npt.NDArray[np.bool_]
) -> Ladder:
    """Scores and, beside each, whether the pair is truly the same. Equal scores stand or fall together."""
    values, same = np.asarray(scores, dtype=np.float64), np.asarray(truth, dtype=np.bool_)
    order = np.argsort(-values, kind="stable")
    values, same = values[order], same[order]
    last = np.flatnonzero(np.append(values[1:] != values[:-1], True)[: len(values)])
    true = np.cumsum(same, dtype=np.int64)
    false = np.cumsum(~same, dtype=np.int64)
    return Ladder(values[last], true[last], false[last])


def recall_at_false_share(ladder: Ladder, share: float) -> float:
    """Of the true pairs, the part that is proposed where at most `share` of the false ones are."""
    if not len(ladder.true) or not ladder.true[-1]:
        return 0.0
    allowed = ladder.false <= share * ladder.false[-1]
    return float(ladder.true[allowed].max(initial=0) / ladder.true[-1])


def recall_at_precision(ladder: Ladder, precision: float, true_pairs: int) -> float:
    """Of all `true_pairs`, those never compared too, the part proposed where the proposals are that precise."""
    reached = ladder.true >= precision * (ladder.true + ladder.false)
    return float(ladder.true[reached].max(initial=0) / true_pairs) if true_pairs else 0.0


def hit_at_1(scores: _Floats) -> float:
    """Of the rows, the part whose own (the diagonal) scores highest of its row.

    `scores` has as many rows as columns, of which the n-th of each is one name. Where k share the highest score, that
    counts 1 / k: what a draw among them would give.
    """
    if not len(scores):
        return 0.0
    best = scores.max(axis=1)
    tied = (scores == best[:, None]).sum(axis=1)
    return float(((np.diagonal(scores) == best) / tied).mean())


@dataclass(frozen=True, slots=True, kw_only=True)
class Best:
    """The score with the best F1, chosen with the truth in hand: as kind to a method as can be."""

    f1: float
    precision: float
    recall: float
    score: float


def best_f1(ladder: Ladder, true_pairs: int) -> Best:
    """The best F1 over all scores, recall reckoned over all `true_pairs`."""
    if not true_pairs or not len(ladder.true):
        return Best(f1=0.0, precision=0.0, recall=0.0, score=1.0)
    f1 = 2 * ladder.true / (ladder.true + ladder.false + true_pairs)
    at = int(np.argmax(f1))
    true, false = int(ladder.true[at]), int(ladder.false[at])
    return Best(
        f1=float(f1[at]),
        precision=true / (true + false),
        recall=true / true_pairs,
        score=float(ladder.scores[at]),
    )
