"""What a list itself teaches about the weights: EM of Fellegi and Sunter's model over the pairs that blocking found.

Splink's own EM wants pairs of one rule and leaves out the fields that rule uses; ours come from many families of keys,
and the names are weighed outside of it. So the same algorithm (Winkler 1988, "Using the EM algorithm for weight
computation in the Fellegi-Sunter model") is run here over the levels at which pairs stand, a few hundred numbers. It
begins with what the shipped figures say of each pair, so that matches and others cannot change places.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

import numpy as np
import numpy.typing as npt

from safeconduct.core.linkage.ragged import Numbers

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

_ROUNDS = 5
# Half of what is said stays as shipped: on lists of families all of what is learnt drifts to "one family".
_SHIPPED_SHARE = 0.5
# The bits of names are put into bins of this width: each is one level.
_BIN = 2.0
_MOST_BITS = 16.0
# Of the pairs that EM expects to be one, this share must be clear ones for its count of them to be believed.
SURE_FROM = 0.9
_SMOOTHING = 0.5
_LEAST_SHARE = 1e-9
# With fewer pairs than this on either side there is nothing to tell the two sides apart by.
_ENOUGH = 10.0


@dataclass(frozen=True, slots=True)
class Learnt:
    """Weights for the levels of a list: `bits` says what each field says of each pair now; `prior` in bits.

    `sure`: of the pairs expected to be one, the share that stands on the side of one.
    """

    bits: Mapping[str, Floats]
    prior: float
    sure: float

    @property
    def mark(self) -> str:
        """Names the figures: the same for the same list, to be kept beside what was weighed with them."""
        told = {name: np.unique(bits).round(6).tolist() for name, bits in self.bits.items()}
        return "+" + sha256(repr((told, round(self.prior, 6))).encode()).hexdigest()[:8]


def learn(said: Mapping[str, Floats], fixed: Floats, prior: float) -> Learnt:
    """Learn from pairs. `said`: what each learning field says of each by the shipped figures, every distinct value a
    level, 0 where it is unknown; `fixed`: what all others say, which stays as it is.
    """
    levels = {name: _levels(name, bits) for name, bits in said.items()}
    likely = _chance(np.sum([*said.values(), fixed], axis=0) + prior)
    total, learnt = fixed, dict(said)
    for _ in range(_ROUNDS):
        learnt = {name: _weights(levels[name], said[name] != 0, likely) for name in said}
        share = min(max(float(likely.mean()), _LEAST_SHARE), 1 - _LEAST_SHARE)
        total = np.sum([*learnt.values(), fixed], axis=0) + np.log2(share / (1 - share))
        likely = _chance(total)
    kept = {
        name: _SHIPPED_SHARE * said[name] + (1 - _SHIPPED_SHARE) * learnt[name] for name in said
    }
    expected = float(likely.sum())
    sure = float(likely[total >= 0].sum()) / max(expected, 1e-9)
    if min(expected, len(likely) - expected) < _ENOUGH:
        return Learnt(dict(said), prior, 0.0)
    return Learnt(kept, _prior_for(np.sum([*kept.values(), fixed], axis=0), expected), sure)


def _levels(name: str, bits: Floats) -> Numbers:
    values = np.floor(bits / _BIN) if name in ("name", "father") else np.round(bits, 6)
    level: Numbers = np.unique(values, return_inverse=True)[1]
    return level


def _weights(level: Numbers, known: Flags, likely: Floats) -> Floats:
    """log2(m/u) of each pair's level, from how likely each pair is one; 0 where the field is unknown."""
    count = int(level.max(initial=-1)) + 1
    told, chance = level[known], likely[known]
    m = np.bincount(told, chance, count) + _SMOOTHING
    u = np.bincount(told, 1 - chance, count) + _SMOOTHING
    bits = np.clip(np.log2(m / m.sum()) - np.log2(u / u.sum()), -_MOST_BITS, _MOST_BITS)
    return np.asarray(np.where(known, bits[level], 0.0))


def _prior_for(bits: Floats, expected: float) -> float:
    """The prior with which as many pairs are expected to be one, found by halving."""
    low, high = -80.0, 60.0
    for _ in range(60):
        middle = (low + high) / 2
        if float(_chance(bits + middle).sum()) < expected:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _chance(bits: Floats) -> Floats:
    return np.asarray(1 / (1 + 2.0 ** -np.clip(bits, -60, 60)))
