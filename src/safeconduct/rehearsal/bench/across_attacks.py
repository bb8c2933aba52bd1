"""What a curious linkage unit may try, on simulated people: patterns by frequency, and graph matching.

Both are our own, simple versions of published attacks, and the attacker is helped with the truth. That they find
little does not prove that nobody finds more. Sources of patterns: Niedermeyer, Steinmetzer, Kroll and Schnell 2014;
Kroll and Steinmetzer 2015; Christen, Vidanage, Ranbaduge and Schnell 2018. Of graphs: Vidanage, Christen, Ranbaduge
and Schnell 2020.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from safeconduct.core.linkage.across.grams import Grams
from safeconduct.rehearsal.bench.across_lists import Bits

Floats = npt.NDArray[np.float64]
Table = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.int64]

# --- patterns by frequency ---------------------------------------------------

_NAMES_JUDGED = 10
_MOST_GROUPS = 80
# Positions that nearly always, or nearly never, hold a one tell of no common name.
_LEAST_FREQUENCY = 0.03
_FEWEST_COLUMNS = 3
_THRESHOLDS = (0.05, 0.1, 0.2, 0.3, 0.5, 0.7)
_HELD_FROM = (0.75, 0.9)


def names_in_patterns(bits: Bits, truth: Sequence[Grams]) -> float:
    """How clearly the holders of a common name stand out by positions that go together: 0 not at all, 1 wholly.

    It is the mean over the ten commonest names of the best pattern's (share of holders that show it, less share of
    others that do). `bits` (a row each) are all that the attacker sees. Which pattern is which name the attacker is
    told, which published attacks find by frequencies: so this is the most that they could get.
    """
    counts = Counter(gram for grams in truth for gram in grams if _is_name(gram))
    names = [name for name, _ in counts.most_common(_NAMES_JUDGED)]
    held = np.asarray([[name in grams for grams in truth] for name in names], np.bool_)
    best = np.zeros(len(names))
    for threshold in _THRESHOLDS:
        for group in _groups(bits, threshold):
            agree = _agreeing(bits, group)
            for held_from in _HELD_FROM:
                shown = agree >= held_from
                right = (held & shown).sum(axis=1) / np.maximum(held.sum(axis=1), 1)
                wrong = (~held & shown).sum(axis=1) / np.maximum((~held).sum(axis=1), 1)
                best = np.maximum(best, right - wrong)
    return float(best.mean())


def _is_name(gram: str) -> bool:
    return gram.startswith("own ") and len(gram.split()) == 2


def _groups(bits: Bits, threshold: float) -> list[list[tuple[int, int]]]:
    """Groups of (position, the bit that belongs to it), whose bits go together in the list."""
    share = bits.mean(axis=0)
    telling = np.flatnonzero((share > _LEAST_FREQUENCY) & (share < 1 - _LEAST_FREQUENCY))
    centred = bits[:, telling].astype(np.float32) - share[telling].astype(np.float32)
    centred /= np.linalg.norm(centred, axis=0)
    alike = centred.T @ centred
    np.fill_diagonal(alike, 0)
    near = np.abs(alike) >= threshold
    groups: list[list[tuple[int, int]]] = []
    while len(groups) < _MOST_GROUPS:
        seed = int(near.sum(axis=1).argmax())
        members = np.flatnonzero(near[seed])
        if len(members) + 1 < _FEWEST_COLUMNS:
            break
        # The rarer value of the seed is taken for the one that a name makes.
        own = int(share[telling[seed]] < 0.5)
        group = [(int(telling[seed]), own)]
        group += [(int(telling[at]), own if alike[seed, at] > 0 else 1 - own) for at in members]
        groups.append(group)
        taken = [seed, *members]
        near[taken, :] = False
        near[:, taken] = False
    return groups


def _agreeing(bits: Bits, group: Sequence[tuple[int, int]]) -> Floats:
    values = np.asarray([value for _, value in group], np.uint8)
    return np.asarray((bits[:, [place for place, _ in group]] == values).mean(axis=1))


# --- graph matching -------------------------------------------------------------

_QUANTILES = np.concatenate([np.linspace(0.5, 0.9, 5), np.linspace(0.92, 1.0, 9)])
_ROUNDS = 12
_FEWEST_SEEDS = 20


def matched_by_graph(
    encoded: Table | Floats, plain: Table | Floats, known: Sequence[tuple[int, int]] = ()
) -> Numbers:
    """For each encoded person the place of the likeliest of a plain list, by who resembles whom and how much.

    `encoded`, `plain`: how much every two resemble, of the encoded list and of the attacker's own (square). First by
    what each row looks like, then again and again by resemblance to those whom the last round was surest of.
    `known`: places (encoded, plain) of people whom the attacker knows beforehand; then he begins with those.
    """
    known_a, known_b = (np.asarray([pair[side] for pair in known], np.int64) for side in (0, 1))
    far = _unlike_rows(_looks(encoded), _looks(plain))
    if known:
        far = _far(encoded, plain, known_a, known_b)
    for turn in range(_ROUNDS):
        best, back = far.argmin(axis=1), far.argmin(axis=0)
        mutual = np.flatnonzero(back[best] == np.arange(len(best)))
        nearest = np.partition(far[mutual], 1, axis=1)
        surest = mutual[np.argsort(nearest[:, 0] - nearest[:, 1])]
        share = min(1.0, 0.3 + 0.1 * turn) if not known else min(1.0, 0.1 + 0.08 * turn)
        seeds = surest[: max(_FEWEST_SEEDS, int(len(surest) * share))]
        theirs = np.concatenate([known_b, best[seeds]])
        far = _far(encoded, plain, np.concatenate([known_a, seeds]), theirs)
    return np.asarray(far.argmin(axis=1), np.int64)


def _far(encoded: Table | Floats, plain: Table | Floats, ours: Numbers, theirs: Numbers) -> Floats:
    """How unlike two people are by whom they resemble among those taken for known."""
    common = _standard_rows(encoded[:, ours]) @ _standard_rows(plain[:, theirs]).T
    return np.asarray(1.0 - common, np.float64)


def _looks(table: Table | Floats) -> Floats:
    """What a row looks like: quantiles of its resemblances, and those of the rows near it and near them."""
    others = table.astype(np.float64)
    np.fill_diagonal(others, np.nan)
    own = np.nanquantile(others, _QUANTILES, axis=1).T
    weights = np.nan_to_num(others, nan=0.0).clip(0) ** 6 + 1e-12
    weights /= weights.sum(axis=1, keepdims=True)
    near = weights @ own
    looks = np.concatenate([own, near, weights @ near], axis=1)
    return np.asarray((looks - looks.mean(axis=0)) / (looks.std(axis=0) + 1e-9))


def _unlike_rows(one: Floats, two: Floats) -> Floats:
    squares = (one**2).sum(axis=1)[:, None] + (two**2).sum(axis=1)[None, :]
    return np.asarray(squares - 2 * one @ two.T)


def _standard_rows(table: Table | Floats) -> Table:
    """Columns brought to one scale, then rows to one length, so that a product is a correlation."""
    scaled = (table - table.mean(axis=0)) / (table.std(axis=0) + 1e-9)
    return np.asarray(scaled / (np.linalg.norm(scaled, axis=1, keepdims=True) + 1e-9), np.float32)
