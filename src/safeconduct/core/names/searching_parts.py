"""The distinct parts of many people's names, and which of them a typed part may be: every one is looked at.

Parts are few where people are many: 150,000 people bear some ten thousand. So a typed part is heard against all of
them, and nobody is lost to a key that one slip of the hand has changed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from inspect import unwrap

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from safeconduct.core.names.compounds import SERVANTS
from safeconduct.core.names.many_hearing import Floats, Gaps, Ints, _kinds_of, _Ways, code_points
from safeconduct.core.names.many_parts import _masks
from safeconduct.core.names.parts import ROOM_A_SOUND, token_score
from safeconduct.core.names.reading import Token
from safeconduct.core.names.sounds import SERVANT

# Not remembered: what was typed would stay long after the question, and memory would grow with every one.
scored: Callable[[Token, Token], float] = unwrap(token_score)
# Assumptions, chosen on hand-made queries (tests/core/data_search.py). Looking for somebody forgives more than
# comparing does: what is found is only shown, and the best stands first.
MEETS_FROM = 0.6
# What a beginning says, typed in the letters of the part or only sounding like it; each letter still to come takes
# a little, up to a few.
_BEGINS, _BEGINS_BY_SOUND = 0.94, 0.9
_BEGINS_FROM = 0.72
_LETTER_TO_COME, _MOST_TO_COME = 0.008, 6
_FEWEST_TO_BEGIN = 2
# Heard the same, written otherwise: those whose letters were typed stand first.
_OTHER_LETTERS = 0.995
# What is left of a whole name's score where of the person an initial alone is told.
_INITIAL_TOLD = 0.8
# So many consonants may each have that the other lacks, before a part is not listened to.
_STRANGE = 1
# Heard at least so well, a part is scored in full: endings, common names and slips then still raise or lower it.
_WORTH_SCORING = 0.45
# A slip of the hand is looked for in words of this length and more, as in `parts`.
_FEWEST_FOR_SLIP = 5


@dataclass(frozen=True, slots=True)
class MetParts:
    """Numbers of parts, each once, with their scores, 0 to 1."""

    numbers: Ints
    scores: Floats

    @classmethod
    def of(cls, scores: dict[int, float]) -> MetParts:
        numbers = np.fromiter(scores, dtype=np.int64, count=len(scores))
        return cls(numbers, np.fromiter(scores.values(), dtype=np.float64, count=len(scores)))

    def at_least(self, score: float, times: float) -> MetParts:
        """Those that score so much, times something."""
        well = self.scores >= score
        return MetParts(self.numbers[well], self.scores[well] * times)


class _Sounds:
    """What is heard in words, letter after letter, with what each letter's absence costs."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.letters, self.starts, self.lengths = code_points([part.sound for part in tokens])
        self.gaps = Gaps().of(self.letters, self.starts, self.lengths)
        self.written = np.fromiter((part.written for part in tokens), np.int64, len(tokens))
        skeletons = code_points([part.skeleton for part in tokens])
        self.masks = _masks(*skeletons)

    def costs(self, one: _Sounds, others: Ints, *, longest: int) -> tuple[Floats, Floats]:
        """What hearing the one word of `one` for each of others costs; and for the best beginning of each.

        Only the first `longest` letters are heard: beyond them the first figure says nothing.
        """
        lengths = np.minimum(self.lengths[others], longest)
        places = np.arange(int(lengths.max()))[:, None]
        at = self.starts[others] + np.minimum(places, np.maximum(lengths - 1, 0))
        letters = self.letters[at]
        gaps = self.gaps[int(one.written[0]), at]
        row = np.zeros((len(letters) + 1, len(others)))
        np.cumsum(gaps, axis=0, out=row[1:])
        ways = _Ways(
            one.letters[:, None],
            letters,
            _kinds_of(one.letters)[:, None],
            _kinds_of(letters),
            one.gaps[self.written[others]].T,
            gaps,
            row,
            row,
        )
        for step in range(len(one.letters)):
            ways.step(step)
        full: Floats = np.take_along_axis(ways.row, lengths[None], axis=0)[0]
        begun: Floats = np.where(places < lengths, ways.row[1:], np.inf).min(axis=0)
        return full, begun


class PartsKnown:
    """Distinct parts by their numbers: those of their places in `tokens`."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self._sounds = _Sounds(tokens)
        self._bare = [part.word.replace(" ", "") for part in tokens]
        self._in_order = sorted(range(len(tokens)), key=self._bare.__getitem__)
        self._begins = [self._bare[number] for number in self._in_order]
        self._long = np.flatnonzero([len(word) >= _FEWEST_FOR_SLIP - 1 for word in self._bare])
        self._long_words = [self._bare[number] for number in self._long.tolist()]
        self._families: dict[int, list[int]] = {}
        for number, part in enumerate(tokens):
            for family in part.families:
                self._families.setdefault(family, []).append(number)
        self._initials = [number for number, part in enumerate(tokens) if part.initial]
        # Initials meet what begins as they do: one of those that begin alike answers for all.
        self._beginning = [(part.script, part.sound[:1], part.word[:1]) for part in tokens]

    def met(self, part: Token, *, begun: str) -> MetParts:
        """All parts that this may be; `begun`: the letters of a beginning that it may be too, "" where it is none."""
        if not self.tokens:
            return MetParts.of({})
        if part.initial:
            return MetParts.of(self._initial(part))
        found: dict[int, float] = {}
        if len(begun) >= _FEWEST_TO_BEGIN:
            self._put_begun(found, part, begun)
        for number in self._worth_scoring(part):
            told = self.tokens[number]
            score = scored(part, told) * (_INITIAL_TOLD if told.initial else 1.0)
            if score == 1.0 and told.word != part.word:
                score = _OTHER_LETTERS
            if score >= MEETS_FROM:
                found[number] = max(score, found.get(number, 0.0))
        return MetParts.of(found)

    def _worth_scoring(self, part: Token) -> Iterable[int]:
        """Those of a common name, those one slip away, those heard alike, and initials."""
        worth = set(self._initials)
        for family in part.families:
            worth.update(self._families.get(family, ()))
        worth.update(self._slipped(part))
        heard, _ = self._heard(part, both_ways=True)
        worth.update(heard[0][heard[1] >= _WORTH_SCORING].tolist())
        return worth

    def _slipped(self, part: Token) -> Iterable[int]:
        bare = part.word.replace(" ", "")
        if len(bare) < _FEWEST_FOR_SLIP - 1 or not self._long_words:
            return ()
        slips = cdist([bare], self._long_words, scorer=OSA.distance, score_cutoff=1, dtype=np.uint8)
        near: list[int] = self._long[slips[0] <= 1].tolist()
        return near

    def _heard(
        self, part: Token, *, both_ways: bool
    ) -> tuple[tuple[Ints, Floats], tuple[Ints, Floats]]:
        """Numbers and scores of what is heard alike; of what begins alike."""
        one = _Sounds([part])
        strange = np.bitwise_count(one.masks[0] & ~self._sounds.masks) <= _STRANGE
        if both_ways:
            strange &= np.bitwise_count(self._sounds.masks & ~one.masks[0]) <= _STRANGE
        others = np.flatnonzero(strange)
        if not len(others):
            return (others, np.zeros(0)), (others, np.zeros(0))
        size = int(one.lengths[0])
        longest = int(self._sounds.lengths[others].max()) if both_ways else size + 3
        full, begun = self._sounds.costs(one, others, longest=longest)
        room = ROOM_A_SOUND * np.maximum(np.maximum(self._sounds.lengths[others], size), 3)
        room_begun = ROOM_A_SOUND * max(size, 3)
        return (others, 1 - full / room), (others, 1 - begun / room_begun)

    def _put_begun(self, found: dict[int, float], part: Token, letters: str) -> None:
        """Whatever begins with these letters, or with what is heard in them."""
        for typed in self._heard_at_the_beginning(part):
            _, (numbers, scores) = self._heard(typed, both_ways=False)
            size = len(typed.sound)
            to_come = np.clip(self._sounds.lengths[numbers] - size, 0, _MOST_TO_COME)
            scores = scores * _BEGINS_BY_SOUND - _LETTER_TO_COME * to_come
            well = scores >= _BEGINS_FROM
            found.update(zip(numbers[well].tolist(), scores[well].tolist(), strict=True))
        low = bisect_left(self._begins, letters)
        high = bisect_left(self._begins, letters + "\U0010ffff")
        for place in range(low, high):
            number = self._in_order[place]
            left = min(len(self._begins[place]) - len(letters), _MOST_TO_COME)
            found[number] = max(_BEGINS - _LETTER_TO_COME * left, found.get(number, 0.0))

    @staticmethod
    def _heard_at_the_beginning(part: Token) -> Iterable[Token]:
        """ "Abdul" that nothing follows yet begins what is heard as one letter in Abdul Rahman."""
        yield part
        if part.word in SERVANTS:
            yield Token(
                part.word, SERVANT, SERVANT, part.script, frozenset(), part.weight, False, False
            )

    def _initial(self, part: Token) -> dict[int, float]:
        """An initial fits whatever begins with it."""
        known: dict[tuple[str, str, str], float] = {}
        found: dict[int, float] = {}
        for number, beginning in enumerate(self._beginning):
            if self.tokens[number].initial:
                score = scored(part, self.tokens[number])
            else:
                if beginning not in known:
                    known[beginning] = scored(part, self.tokens[number])
                score = known[beginning]
            if score >= MEETS_FROM:
                found[number] = score
        return found
