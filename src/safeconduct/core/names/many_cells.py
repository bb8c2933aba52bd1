"""Scores of parts against parts, remembered for one table of names: each distinct two are scored once."""

from __future__ import annotations

import numpy as np

from safeconduct.core.names.many_hearing import Floats, Ints
from safeconduct.core.names.many_parts import Parts

_HALF = 32


class Cells:
    """Scores of every part of some names against every part of others."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._keys = np.empty(0, dtype=np.int64)
        self._scores = np.empty(0)

    def of(self, a: Ints, b: Ints) -> Floats:
        """Shape (n, m, pairs) of numbers of parts of shapes (n, pairs) and (m, pairs)."""
        shape = (len(a), len(b), a.shape[1])
        x = np.broadcast_to(a[:, None], shape).ravel()
        y = np.broadcast_to(b[None], shape).ravel()
        scores = np.zeros(len(x))
        # Most parts are told apart by their letters alone; only the others are looked up.
        may = np.flatnonzero(self._parts.may_score(x, y))
        x, y = x[may], y[may]
        keys, back = np.unique(np.minimum(x, y) << _HALF | np.maximum(x, y), return_inverse=True)
        scores[may] = self._scores_of(keys)[back]
        return scores.reshape(shape)

    def _scores_of(self, keys: Ints) -> Floats:
        """`keys`: sorted, each once."""
        at = np.searchsorted(self._keys, keys)
        known = at < len(self._keys)
        known[known] = self._keys[at[known]] == keys[known]
        new = keys[~known]
        if len(new):
            scores = self._parts.scores(new >> _HALF, new & (1 << _HALF) - 1)
            where = at[~known]
            self._keys = np.insert(self._keys, where, new)
            self._scores = np.insert(self._scores, where, scores)
            at = np.searchsorted(self._keys, keys)
        return self._scores[at]
