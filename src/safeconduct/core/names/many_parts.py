"""`parts.token_score` for many pairs of parts at once; most of them are told apart by their letters alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from safeconduct.core.names.letters import ARABIC, LATIN
from safeconduct.core.names.many_hearing import Bools, Floats, Gaps, Ints, Words, code_points
from safeconduct.core.names.meeting import _contradiction
from safeconduct.core.names.parts import (
    _OTHER_BEGINNING,
    _OTHER_COMMON_NAME,
    _SAME_COMMON_NAME,
    ENDINGS_MEET,
    ROOM_A_SOUND,
    _begin_alike,
    _slip_score,
    ending,
    onset,
    token_score,
)
from safeconduct.core.names.reading import Token

Masks = npt.NDArray[np.uint64]
_ENDINGS = ("a", "e", "vowel", "")
_ENDINGS_MEET = np.array([[ENDINGS_MEET[x, y] for y in _ENDINGS] for x in _ENDINGS])


class Parts:
    """Parts of names in arrays, by their numbers."""

    def __init__(self, tokens: Sequence[Token], gaps: Gaps) -> None:
        self.tokens = tokens
        written = _each(tokens, lambda part: part.written)
        self.words = Words([part.sound for part in tokens], written, gaps)
        skeletons = [part.skeleton for part in tokens]
        self._skeletons = np.array(skeletons, dtype=object)
        letters, starts, self.skeleton_lengths = code_points(skeletons)
        self.masks = _masks(letters, starts, self.skeleton_lengths)
        self.first = _letter_at(letters, starts, self.skeleton_lengths, 0)
        self.last = _letter_at(letters, starts, self.skeleton_lengths, -1)
        self.onsets = [onset(part.sound) for part in tokens]
        self.onset = numbered(self.onsets)
        self.ending = np.array([_ENDINGS.index(ending(part.sound)) for part in tokens], np.int64)
        self.same = numbered([part.script + " " + part.sound for part in tokens])
        self._rank = ranks([(part.sound, part.script) for part in tokens])
        self.script = numbered([part.script for part in tokens])
        self.initial = _each(tokens, lambda part: part.initial)
        self.weight = np.array([part.weight for part in tokens])
        self.contradicts = _contradictions(tokens, self.weight)
        self.parent = _each(tokens, lambda part: part.parent)
        self.families = _families(tokens)
        self.common = self.families[:, 0] >= 0
        self.slips = _each(tokens, lambda part: part.script in (LATIN, ARABIC))
        self.word_first = numbered([part.word[:1] for part in tokens])
        self.bare = np.array([part.word.replace(" ", "") for part in tokens], dtype=object)
        self.bare_lengths = np.array([len(word) for word in self.bare], dtype=np.int64)

    def scores(self, x: Ints, y: Ints) -> Floats:
        """`token_score` of each pair of numbers, pair by pair."""
        scores = np.zeros(len(x))
        rest = np.flatnonzero(self.may_score(x, y))
        a, b = x[rest], y[rest]
        same = self.same[a] == self.same[b]
        scores[rest[same]] = 1.0
        short = (self.initial[a] | self.initial[b]) & ~same
        for at in rest[short].tolist():
            scores[at] = token_score(self.tokens[x[at]], self.tokens[y[at]])
        rest = rest[~same & ~short]
        both = self.common[x[rest]] & self.common[y[rest]]
        shared = both.copy()
        shared[both] = self._share_a_family(x[rest[both]], y[rest[both]])
        scores[rest[shared]] = _SAME_COMMON_NAME
        rest, both = rest[~shared], both[~shared]
        heard = self._heard(x[rest], y[rest])
        scores[rest] = np.where(both, np.minimum(_OTHER_COMMON_NAME, heard), heard)
        return scores

    @staticmethod
    def room(length_a: Ints, length_b: Ints) -> Floats:
        """What two words of so many sounds may cost until they score 0."""
        room: Floats = ROOM_A_SOUND * np.maximum(np.maximum(length_a, length_b), 3)
        return room

    def may_score(self, x: Ints, y: Ints) -> Bools:
        """False where two parts surely score 0: too many letters of the one's skeleton are not in the other's."""
        may: Bools = self._near(x, y)
        may |= self.initial[x] | self.initial[y]
        may |= self.common[x] & self.common[y]
        return may

    def _near(self, x: Ints, y: Ints) -> Bools:
        """As many slips as letters that the other lacks are needed at least: is that within `parts`' cutoff?"""
        one, two = self.masks[x], self.masks[y]
        room = _most_slips(np.maximum(self.skeleton_lengths[x], self.skeleton_lengths[y]))
        near: Bools = np.bitwise_count(one & ~two) <= room
        near &= np.bitwise_count(two & ~one) <= room
        return near

    def _share_a_family(self, x: Ints, y: Ints) -> Bools:
        shared = np.zeros(len(x), dtype=bool)
        for one in self.families.T:
            for two in self.families.T:
                shared |= (one[x] == two[y]) & (one[x] >= 0)
        return shared

    def _heard(self, x: Ints, y: Ints) -> Floats:
        """`parts._heard_score`."""
        scores = np.zeros(len(x))
        rest = np.flatnonzero(self._near(x, y))
        rest = rest[self._within_cutoff(x[rest], y[rest])]
        a, b = self._in_order(x[rest], y[rest])
        room = self.room(self.words.lengths[a], self.words.lengths[b])
        costs = self.words.distances(a, b)
        heard = np.maximum(0.0, 1.0 - costs / room)
        meet = _ENDINGS_MEET[self.ending[a], self.ending[b]]
        heard *= np.where(self.last[a] == self.last[b], meet, 1.0)
        heard[~self._begin_alike(a, b)] *= _OTHER_BEGINNING
        one_script = self.script[a] == self.script[b]
        self._with_slips(a, b, one_script & (costs > 0), heard)
        scores[rest] = np.minimum(heard, np.where(one_script, 0.99, 1.0))
        return scores

    def _begin_alike(self, x: Ints, y: Ints) -> Bools:
        _, first, back = np.unique(
            self.onset[x] << 32 | self.onset[y], return_index=True, return_inverse=True
        )
        alike = [
            _begin_alike(self.onsets[one], self.onsets[two])
            for one, two in zip(x[first].tolist(), y[first].tolist(), strict=True)
        ]
        return np.array(alike, dtype=bool)[back]

    def _within_cutoff(self, x: Ints, y: Ints) -> Bools:
        one, two = (self._skeletons[side].tolist() for side in (x, y))
        slips = cpdist(one, two, scorer=OSA.distance, dtype=np.int64)
        longest = np.maximum(self.skeleton_lengths[x], self.skeleton_lengths[y])
        within: Bools = slips <= _most_slips(longest)
        return within

    def _in_order(self, x: Ints, y: Ints) -> tuple[Ints, Ints]:
        """Each two turned as `parts` turns them, so that sums come out equal to the last digit."""
        turned = self._rank[y] < self._rank[x]
        return np.where(turned, y, x), np.where(turned, x, y)

    def _with_slips(self, x: Ints, y: Ints, asked: Bools, heard: Floats) -> None:
        """Raise to `_slip_score` where one slip tells two words apart."""
        one, two = self.bare_lengths[x], self.bare_lengths[y]
        asked = asked & self.slips[x] & (self.word_first[x] == self.word_first[y])
        asked &= (np.minimum(one, two) >= 5) & (np.abs(one - two) <= 1)
        at = np.flatnonzero(asked)
        words = (self.bare[side[at]].tolist() for side in (x, y))
        slips = cpdist(*words, scorer=OSA.distance, score_cutoff=1, dtype=np.int64)
        for near in at[slips <= 1].tolist():
            slipped = _slip_score(self.tokens[x[near]], self.tokens[y[near]])
            heard[near] = max(heard[near], slipped)


def _contradictions(tokens: Sequence[Token], weight: Floats) -> Floats:
    """What each part says where it contradicts: by its weight alone."""
    _, first, back = np.unique(weight, return_index=True, return_inverse=True)
    return np.array([_contradiction((tokens[at],)) for at in first.tolist()])[back]


def _most_slips(longest: Ints) -> Ints:
    """How many slips in a skeleton of so many consonants `parts` allows."""
    most: Ints = np.where(longest > 2, longest // 2 + 1, longest)
    return most


def _each(tokens: Sequence[Token], tell: Callable[[Token], bool]) -> Bools:
    return np.fromiter(map(tell, tokens), dtype=bool, count=len(tokens))


def ranks(keys: Sequence[tuple[str, str]]) -> Ints:
    """The place of each key in their order; equal ones share it."""
    place = {key: at for at, key in enumerate(sorted(set(keys)))}
    return np.array([place[key] for key in keys], dtype=np.int64)


def numbered(texts: Sequence[str]) -> Ints:
    """Equal texts have equal numbers."""
    number: dict[str, int] = {}
    return np.array([number.setdefault(text, len(number)) for text in texts], dtype=np.int64)


def _letter_at(letters: npt.NDArray[np.uint32], starts: Ints, lengths: Ints, place: int) -> Ints:
    """The first (0) or last (-1) letter of each word; 0 for a word without letters."""
    if not len(letters):
        return np.zeros(len(starts), dtype=np.int64)
    at = starts if place == 0 else starts + lengths - 1
    inside = np.clip(at, 0, len(letters) - 1)
    found: Ints = np.where(lengths > 0, letters[inside], 0).astype(np.int64)
    return found


def _masks(letters: npt.NDArray[np.uint32], starts: Ints, lengths: Ints) -> Masks:
    """The letters of each word as bits; two letters may share one, which only makes words look nearer."""
    masks = np.zeros(len(starts), dtype=np.uint64)
    bits = np.left_shift(np.uint64(1), letters.astype(np.uint64) % np.uint64(64))
    filled = lengths > 0
    if filled.any():
        masks[filled] = np.bitwise_or.reduceat(bits, starts[filled])
    return masks


def _families(tokens: Sequence[Token]) -> npt.NDArray[np.int32]:
    """Shape (parts, most families of one part), filled up with -1."""
    most = max((len(part.families) for part in tokens), default=0)
    table = np.full((len(tokens), max(most, 1)), -1, dtype=np.int32)
    for at, part in enumerate(tokens):
        for place, family in enumerate(sorted(part.families)):
            table[at, place] = family
    return table
