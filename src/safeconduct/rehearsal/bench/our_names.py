"""Our own comparing of names as the benches of names call it: one door, for one pair or for a million."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from safeconduct.core.names.many import NameTable


def our_scores(texts: Sequence[str], a: Sequence[int], b: Sequence[int]) -> list[float]:
    """The score of each pair of positions (a, b) in `texts`: that of `compare`, worked out for all at once."""
    table = NameTable(texts)
    found = table.scores(np.asarray(a, dtype=np.int64), np.asarray(b, dtype=np.int64))
    scores: list[float] = found.score.tolist()
    return scores
