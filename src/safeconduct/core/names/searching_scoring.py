"""How well people fit what was typed: everybody on a shelf at once, and then one by one with the reasons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from safeconduct.core.names.comparing import _shown
from safeconduct.core.names.many_hearing import Bools, Floats, Ints
from safeconduct.core.names.meeting import MISSING_COUNTS, OUT_OF_ORDER
from safeconduct.core.names.reading import Token
from safeconduct.core.names.searching_parts import MetParts
from safeconduct.core.names.searching_query import Asked, Query
from safeconduct.core.names.searching_records import (
    BEGINS,
    CODE,
    FATHER,
    INITIAL,
    NAME,
    TOGETHER,
    WHOLE,
    Hit,
    Matched,
)
from safeconduct.core.names.searching_shelf import Shelf

# Assumptions, chosen on hand-made queries (tests/core/data_search.py).
# Who fits less is not shown.
FOUND_FROM = 0.4
# A name that is the father's is found too, after those who bear it; and the other way round where it was typed as one.
_FATHERS_NAME, _NO_FATHERS_NAME = 0.9, 0.88
# What a person's further names take: one looks for a part of a name, and the rest is no contradiction.
_UNTYPED_COUNTS = 0.02
# A part of a number beside a name; and what is left of a name's score where the number is not theirs.
_A_NUMBER_SAYS, _NOT_THEIR_NUMBER = 0.6, 0.5
# Typed neighbours as one meet from here on, and a little less than apart.
_JOINED_FROM, _JOINED_TAKES = 0.7, 0.98
# Sums in another order may differ in their last digits: equal scores must be equal on every shelf.
_ROUNDED_TO = 6


# A score, places of what was typed and places of what is told.
_Pair = tuple[float, tuple[int, ...], tuple[int, ...]]


@dataclass(slots=True)
class _Heard:
    """What a typed part met on one shelf: the score of each part's number, and of neighbours that are it together."""

    parts: dict[int, float]
    apart: dict[tuple[int, int], float]
    own: float
    father: float


class Fitting:
    """One query held against one shelf: `scores` of the rows that fit, the best first, rows as they stand."""

    def __init__(self, shelf: Shelf, alive: Bools, query: Query) -> None:
        self._shelf, self._query = shelf, query
        self._heard: list[_Heard] = []
        self._joined: list[tuple[int, _Heard]] = []
        self._by_number = _by_number(shelf, query)
        score = self._of_names()
        for row, matched in self._by_number.items():
            whole = matched.how == WHOLE or matched.what == CODE or not query.parts
            score[row] = (
                matched.score
                if whole
                else (_A_NUMBER_SAYS * matched.score + (1 - _A_NUMBER_SAYS) * score[row])
            )
        if query.parts and (query.pieces or query.whole):
            # A number was typed too, and is not theirs.
            others = np.ones(len(score), dtype=bool)
            others[list(self._by_number)] = False
            score[others] *= _NOT_THEIR_NUMBER
        fits = np.flatnonzero((score >= FOUND_FROM) & alive)
        rounded = np.round(score[fits], _ROUNDED_TO)
        order = np.argsort(-rounded, kind="stable")
        self.rows: Ints = fits[order]
        self.scores: Floats = rounded[order]

    def ranked(self) -> Iterator[tuple[float, str, int]]:
        """(minus the score, key, row) of all who fit, in order."""
        keys = self._shelf.rows.keys
        for begin in range(0, len(self.rows), 1000):
            some = slice(begin, begin + 1000)
            for row, score in zip(
                self.rows[some].tolist(), self.scores[some].tolist(), strict=True
            ):
                yield -score, keys[row], row

    def group_of(self, row: int) -> str:
        return self._shelf.rows.groups[row]

    def hit(self, row: int, score: float) -> Hit:
        """One who fits, with what met what. `score` may fall: a part of a name meets one typed part only."""
        number = self._by_number.get(row)
        matched, of_names = self._aligned(row)
        if number is not None:
            matched = [number, *matched]
        elif not (self._query.pieces or self._query.whole):
            score = min(score, of_names)
        group, key = self._shelf.rows.groups[row], self._shelf.rows.keys[row]
        return Hit(group, key, round(score, _ROUNDED_TO), tuple(matched))

    def _of_names(self) -> Floats:
        """Everybody's score by what was typed of names."""
        shelf, parts = self._shelf, self._query.parts
        best = [self._best(part) for part in parts]
        for at, token in self._query.joined:
            self._join(best, at, token)
        agreed, contradicted, lone, fathers, met_weight = np.zeros((5, len(shelf)))
        for part, score in zip(parts, best, strict=True):
            met = score > 0
            agreed += part.weight * score
            contradicted += np.where(met, part.weight * (1 - score), 0.0)
            met_weight += np.where(met, part.weight, 0.0)
            alone = fathers if part.of_father else lone
            alone += np.where(met, 0.0, part.weight)
        rest = np.maximum(0.0, shelf.own_weight - met_weight)
        denied = np.where(shelf.father_told, fathers, 0.0)
        return _weighed(np.stack((agreed, contradicted, lone, rest, denied, fathers)))

    def _best(self, part: Asked) -> Floats:
        met = self._shelf.parts.met(part.token, begun=part.begun)
        heard = _heard(met, part)
        self._heard.append(heard)
        return self._best_heard(heard, met, part.token, 1.0)

    def _best_heard(self, heard: _Heard, met: MetParts, token: Token, times: float) -> Floats:
        """Everybody's best score for a part, also where they write it as two; that is taken so many times."""
        best = self._shelf.best_of(met, own=heard.own, father=heard.father)
        if not token.initial:
            for rows, one, two, score in self._shelf.written_apart(token):
                heard.apart[one, two] = score * times
                best[rows] = np.maximum(best[rows], score * times)
        return best

    def _join(self, best: list[Floats], at: int, token: Token) -> None:
        """Two typed neighbours that people bear as one part, or with the space elsewhere: where that says more."""
        parts = self._query.parts
        one, two = parts[at].weight, parts[at + 1].weight
        begun = token.word.replace(" ", "") if parts[at + 1].begun else ""
        met = self._shelf.parts.met(token, begun=begun).at_least(_JOINED_FROM, _JOINED_TAKES)
        heard = _heard(met, parts[at])
        self._joined.append((at, heard))
        score = self._best_heard(heard, met, token, _JOINED_TAKES)
        more = score * (one + two) > best[at] * one + best[at + 1] * two
        best[at][more] = best[at + 1][more] = score[more]

    def _aligned(self, row: int) -> tuple[list[Matched], float]:
        """What met what, and the score that it comes to; with typed neighbours as one only where that says more."""
        codes = self._shelf.codes_of(row)
        pairs = sorted(self._pairs(codes), key=lambda pair: (-pair[0] * len(pair[1]), *pair[1:]))
        single = [pair for pair in pairs if len(pair[1]) == 1]
        found = self._taken(row, codes, single)
        if len(single) < len(pairs):
            found = max(found, self._taken(row, codes, pairs), key=lambda each: each[1])
        return found

    def _taken(
        self, row: int, codes: list[int], pairs: Sequence[_Pair]
    ) -> tuple[list[Matched], float]:
        """The best pairs of parts first, each part once, as `meeting` does it."""
        parts, tokens = self._query.parts, self._shelf.rows.tokens
        typed_left, told_left = set(range(len(parts))), set(range(len(codes)))
        taken = []
        for score, typed, told in pairs:
            if typed_left.issuperset(typed) and told_left.issuperset(told):
                typed_left.difference_update(typed)
                told_left.difference_update(told)
                taken.append((typed, told, score))
        taken.sort()
        agreed = contradicted = met = 0.0
        matched = []
        for typed, told, score in taken:
            weight = sum(parts[at].weight for at in typed)
            agreed += weight * score
            contradicted += weight * (1 - score)
            met += weight
            one = [parts[at].token for at in typed]
            two = [tokens[codes[at] >> 1] for at in told]
            what = FATHER if codes[told[0]] & 1 else NAME
            matched.append(Matched(what, _how(one, two), _told(one), _told(two), score))
        lone, fathers = (
            sum(parts[at].weight for at in typed_left if parts[at].of_father is of_father)
            for of_father in (False, True)
        )
        rest = max(0.0, float(self._shelf.own_weight[row]) - met)
        against = fathers if self._shelf.father_told[row] else 0.0
        figures = np.array([agreed, contradicted, lone, rest, against, fathers])
        score = float(_weighed(figures[:, None])[0])
        own = [told for _, told, _ in taken if not codes[told[0]] & 1]
        in_order = all(one < two for one, two in pairwise(own))
        return matched, score if in_order else score * (1 - OUT_OF_ORDER)

    def _pairs(self, codes: list[int]) -> Iterator[_Pair]:
        """All that met."""
        every: list[tuple[tuple[int, ...], _Heard]] = [
            ((at,), heard) for at, heard in enumerate(self._heard)
        ]
        every += [((at, at + 1), heard) for at, heard in self._joined]
        told = [place for place, code in enumerate(codes) if code >= 0]
        own = [place for place in told if not codes[place] & 1]
        for typed, heard in every:
            for place in told:
                score = heard.parts.get(codes[place] >> 1)
                if score:
                    yield score * (heard.father if codes[place] & 1 else heard.own), typed, (place,)
            for one, two in pairwise(own) if heard.apart else ():
                score = heard.apart.get((codes[one] >> 1, codes[two] >> 1))
                if score:
                    yield score, typed, (one, two)


def _weighed(figures: Floats) -> Floats:
    """As `meeting` weighs, but what was not typed hardly counts: what both have beside contradicts, what only one has
    is missing. Six figures: what agreed and contradicted where parts met, what was typed and met nothing, the rest of
    the person's name; and of what was typed of a father and met nothing, that where one is told, and all (law 8).
    """
    agreed, contradicted, lone, rest, denied, fathers = figures
    against = np.minimum(lone, rest)
    missing = lone - against + fathers - denied
    missing = MISSING_COUNTS * missing + _UNTYPED_COUNTS * (rest - against)
    whole = agreed + contradicted + against + denied + missing
    score: Floats = np.divide(agreed, whole, out=np.zeros(len(whole)), where=agreed > 0)
    return score


def _heard(met: MetParts, part: Asked) -> _Heard:
    parts = dict(zip(met.numbers.tolist(), met.scores.tolist(), strict=True))
    # After the father's name the family's may follow.
    own = _NO_FATHERS_NAME if part.token.parent else 1.0
    father = 1.0 if part.of_father else _FATHERS_NAME
    return _Heard(parts, {}, own, father)


def _by_number(shelf: Shelf, query: Query) -> dict[int, Matched]:
    """What number of whom is the best of those that were typed."""
    best: dict[int, Matched] = {}
    looked = [(form, shelf.numbers.whole(form)) for form in query.whole]
    looked += [(piece, shelf.numbers.part(piece)) for piece in query.pieces]
    for typed, found in looked:
        for (form, kind, row), how, score in found:
            if row not in best or score > best[row].score:
                best[row] = Matched(kind, how, typed, form, score)
    for group, share in shelf.groups_of_code(query.code) if query.code else ():
        for row in shelf.groups[group]:
            how = WHOLE if share == 1.0 else BEGINS
            best[row] = Matched(CODE, how, query.code, group, (1 + share) / 2)
    return best


def _how(typed: list[Token], told: list[Token]) -> str:
    if len(typed) > 1 or len(told) > 1:
        return TOGETHER
    one, two = typed[0], told[0]
    if one.initial or two.initial:
        return INITIAL
    begins = two.word.startswith(one.word) and len(two.word) > len(one.word)
    return BEGINS if begins else WHOLE


def _told(parts: list[Token]) -> str:
    return " ".join(map(_shown, parts))
