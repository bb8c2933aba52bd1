"""The linkage unit: two encodings side by side, without the key. Out come pairs of numbers and a band, no score."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import log10

import numpy as np
import numpy.typing as npt

from safeconduct.core.errors import RoundsDiffer, SameEncoding
from safeconduct.core.linkage.across.files import EncodingFile

SURE, LIKELY, POSSIBLE = "sure", "likely", "possible"
# Bands from these scores on, for lists of two thousand. ASSUMPTION, set on simulated lists: what each band held true
# is measured in rehearsal/bench/across and told in docs/across.md.
BANDS = ((SURE, 0.75), (LIKELY, 0.57), (POSSIBLE, 0.5))
# In lists ten times as long there are more namesakes, and a band begins this much higher.
_HIGHER_PER_TENFOLD = 0.1
_OF_THE_BANDS = 2_000
_MOST_HIGHER = 0.2
# Rows compared at a time: a table of 8 x 20,000 words stays within the processor's own memory (of 1 to 64, the
# fastest measured).
_ROWS = 8

Codes = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]
# What is being done, and how much of it is done (0 to 1).
Progress = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class MatchedNumbers:
    """Two numbers that may stand for one person. The band is all that is told of how much they resemble."""

    number_a: str
    number_b: str
    band: str


def compare_encodings(
    a: EncodingFile, b: EncodingFile, progress: Progress = lambda _what, _share: None
) -> tuple[MatchedNumbers, ...]:
    """Pairs that are each other's best, strongest band first, then in the order of a. Each number is in one at most.

    Scores stay here: who sees how much every two codes resemble can search for the people behind them.
    Raises RoundsDiffer and SameEncoding.
    """
    _refuse_unlike(a, b)
    at_a, at_b, scores = best_pairs(
        a.codes, b.codes, folds=a.folds, noise=a.noise, progress=progress
    )
    people = max(len(a.numbers), len(b.numbers))
    found: dict[str, list[MatchedNumbers]] = {band: [] for band, _ in BANDS}
    for one, two, score in zip(at_a, at_b, scores, strict=True):
        band = band_of(float(score), people)
        if band is not None:
            found[band].append(MatchedNumbers(a.numbers[one], b.numbers[two], band))
    return tuple(pair for band, _ in BANDS for pair in found[band])


def band_of(score: float, people: int) -> str | None:
    """The band of a score between lists of which the longer holds `people`; None below all bands."""
    higher = _HIGHER_PER_TENFOLD * log10(max(people, 1) / _OF_THE_BANDS)
    higher = min(_MOST_HIGHER, max(0.0, higher))
    return next((band for band, least in BANDS if score >= least + higher), None)


def best_pairs(
    codes_a: Codes,
    codes_b: Codes,
    *,
    folds: int,
    noise: float,
    progress: Progress = lambda _what, _share: None,
) -> tuple[Numbers, Numbers, Floats]:
    """Positions in both lists of those that are each other's best, and the score of each pair.

    The score is the estimated share of what two people have in common, 0 to 1, plus its distance to the next best of
    either: a namesake of many is less sure than the only one of a rare name, though both resemble as much.
    """
    best_a, best_b = _best_of_both(codes_a, codes_b, progress)
    each = np.arange(len(codes_a))
    mutual = each[best_b.place[best_a.place] == each]
    partner = best_a.place[mutual]
    next_best = np.minimum(best_a.next_unlike[mutual], best_b.next_unlike[partner])
    length = codes_a.shape[1] * 8
    best, next_ = (
        in_common(unlike, length, folds=folds, noise=noise)
        for unlike in (best_a.unlike[mutual], next_best)
    )
    return mutual, partner, best + (best - next_)


def in_common(unlike: Numbers, length: int, *, folds: int, noise: float) -> Floats:
    """The share of two people's grams that is common to both, 0 to 1, estimated from the bits in which codes differ.

    Codes agree in 1/2 + common^folds / 2 of their bits; noise on both sides shrinks what lies above 1/2 by
    (1 - 2 noise) squared.
    """
    above = (1 - 2 * unlike / length) / (1 - 2 * noise) ** 2
    shares: Floats = np.clip(above, 0.0, 1.0) ** (1 / folds)
    return shares


@dataclass(frozen=True, slots=True)
class _Best:
    """For each row of one list: the place of its best in the other, in how many bits they differ, and the next best."""

    place: Numbers
    unlike: Numbers
    next_unlike: Numbers


def _best_of_both(codes_a: Codes, codes_b: Codes, progress: Progress) -> tuple[_Best, _Best]:
    """The best and the next best of every row and every column, in one pass over the table of differences."""
    words_a = np.ascontiguousarray(codes_a).view(np.uint64)
    columns = np.ascontiguousarray(np.ascontiguousarray(codes_b).view(np.uint64).T)
    most = codes_a.shape[1] * 8
    of_a = [np.full(len(codes_a), most, np.int64) for _ in range(3)]
    of_b = [np.full(len(codes_b), most, np.int64) for _ in range(3)]
    of_b[0][:] = 0
    every = np.arange(len(codes_b))
    words = np.empty((_ROWS, len(codes_b)), np.uint64)
    counts = np.empty((_ROWS, len(codes_b)), np.uint8)
    for start in range(0, len(words_a), _ROWS):
        rows = words_a[start : start + _ROWS]
        unlike = np.zeros((len(rows), len(codes_b)), np.uint16)
        both, ones = words[: len(rows)], counts[: len(rows)]
        for word, column in zip(rows.T, columns, strict=True):
            np.bitwise_xor(word[:, None], column[None, :], out=both)
            np.bitwise_count(both, out=ones)
            np.add(unlike, ones, out=unlike)
        # Columns first: what is the best of a row is struck out after.
        place = unlike.argmin(axis=0)
        least = unlike[place, every].astype(np.int64)
        second = _least_without(unlike.T, place)
        better = least < of_b[1]
        of_b[2] = np.where(better, np.minimum(of_b[1], second), np.minimum(of_b[2], least))
        of_b[0] = np.where(better, place + start, of_b[0])
        of_b[1] = np.minimum(of_b[1], least)
        at = slice(start, start + len(rows))
        of_a[0][at] = unlike.argmin(axis=1)
        of_a[1][at] = unlike[np.arange(len(rows)), of_a[0][at]]
        of_a[2][at] = _least_without(unlike, of_a[0][at])
        progress("Comparing", (start + len(rows)) / len(words_a))
    # One alone in a list has no next best: none can be nearer than chance, half of the bits.
    chance = most // 2
    return (
        _Best(of_a[0], of_a[1], np.minimum(of_a[2], chance)),
        _Best(of_b[0], of_b[1], np.minimum(of_b[2], chance)),
    )


def _least_without(unlike: npt.NDArray[np.uint16], place: Numbers) -> Numbers:
    """The least of each row without its entry at `place`; more than any where there is no other."""
    rows = np.arange(len(unlike))
    kept = unlike[rows, place]
    unlike[rows, place] = np.iinfo(np.uint16).max
    least: Numbers = unlike.min(axis=1).astype(np.int64)
    unlike[rows, place] = kept
    return least


def _refuse_unlike(a: EncodingFile, b: EncodingFile) -> None:
    if a.file_id == b.file_id:
        raise SameEncoding(file=a.file_id)
    agreed = (
        ("round", a.round_id, b.round_id),
        ("key (the key checks differ)", a.check, b.check),
        ("edition of reading names", a.edition, b.edition),
        ("length of codes", a.length, b.length),
        ("number of folds", a.folds, b.folds),
        ("share of noise", a.noise, b.noise),
    )
    for what, one, two in agreed:
        if one != two:
            raise RoundsDiffer(what=what, one=one, two=two)
