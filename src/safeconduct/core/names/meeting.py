"""Two names side by side: which part meets which, which stay alone, and the score of the whole.

The score is a weighed share: what agrees, against what agrees, contradicts and is missing. Contradiction
weighs in full; a part that only one name has weighs a quarter, because many Afghan people have no family name
and many forms leave parts out. Weights come from rarity: sharing "Mohammad" says little.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from safeconduct.core.names.memory import remembered
from safeconduct.core.names.parts import token_score
from safeconduct.core.names.reading import Token, read, together

# Assumptions, chosen on hand-made pairs (tests/core/data_names.py).
MEETS_FROM = 0.7
MISSING_COUNTS = 0.26
# The same in `Meeting.fit`.
UNTOLD_COUNTS = 0.22
# Parts that contradict, but nearly agree, keep this share of their nearness: it orders what is far apart.
NEAR_COUNTS = 0.65
# What a whole part that contradicts takes from the score, however long the names are that agree beside it.
CONTRADICTION_TAKES = 0.2
# How many parts of two names may be written as two words in one and as one word in the other.
MOST_JOINED = 3
# Where parts are missing, agreeing on little says less: one common name of a longer name is shared by many.
SCARCE_BELOW = 1.2
SCARCE_COUNTS = 0.25
OUT_OF_ORDER = 0.02
# "N. N." fits too many names to be one of them.
ONLY_INITIALS = 0.6
# A common part that contradicts says no less than another: Ahmad is not Mahmud, however many bear both.
_CONTRADICTS_AT_LEAST = 0.85
_TITLE_AT_MOST = 0.25
# Salman bin Muhammad and Muhammad bin Salman are father and son.
_PARENT_FOR_CHILD = 0.6

Parts = tuple[Token, ...]
# The two parts, their score, and whether one of them was written as two words.
Met = tuple[Token, Token, float, bool]


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two read names set against each other. `rarity`: the summed weight of the parts that met.

    `score` orders: what is missing and what is common make two names less sure to be one. `fit` asks only whether
    they could be one person's: what one of them leaves out hardly tells.
    """

    score: float
    fit: float
    met: tuple[Met, ...]
    lone_a: Parts
    lone_b: Parts
    rarity: float


@dataclass(slots=True)
class _Side:
    """One of the names while its parts find theirs: `partner` gives the other's part and the score, by position."""

    parts: Parts
    partner: dict[int, tuple[int, float]]

    @property
    def alone(self) -> list[int]:
        return [at for at in range(len(self.parts)) if at not in self.partner]


def meet(a: str, b: str) -> Meeting:
    """Align two written names. Symmetric but for the sides; a name without letters meets nothing (score 0)."""
    parts_a, parts_b = read(a), read(b)
    if _order(parts_b) < _order(parts_a):
        turned = _met(parts_b, parts_a)
        met = tuple((y, x, score, joined) for x, y, score, joined in turned.met)
        return Meeting(turned.score, turned.fit, met, turned.lone_b, turned.lone_a, turned.rarity)
    return _met(parts_a, parts_b)


@remembered(262_144)
def _order(parts: Parts) -> tuple[tuple[str, str], ...]:
    """Which of two names comes first, so that both ways round give the same."""
    return tuple((part.sound, part.word) for part in parts)


def _met(a: Parts, b: Parts) -> Meeting:
    if not a or not b:
        return Meeting(0.0, 0.0, (), a, b, 0.0)
    pairs = _best_first(a, b)
    in_order = all(one[1] < two[1] for one, two in pairwise(pairs))
    if len(pairs) == len(a) == len(b):
        return _weighed(a, b, [(a[i], b[j], s, False) for i, j, s in pairs], ((), ()), in_order)
    if not pairs and len(a) == len(b) == 1:
        return _weighed(a, b, [], (a, b), in_order)
    side_a = _Side(a, {i: (j, score) for i, j, score in pairs})
    side_b = _Side(b, {j: (i, score) for i, j, score in pairs})
    joined: list[Met] = []
    for _ in range(MOST_JOINED):
        found = _joined(side_a, side_b) or [
            (x, y, score, True) for y, x, score, _ in _joined(side_b, side_a)
        ]
        if not found:
            break
        joined += found
    met = [(a[i], b[j], score, False) for i, (j, score) in sorted(side_a.partner.items()) if j >= 0]
    lone = tuple([a[i] for i in side_a.alone]), tuple([b[j] for j in side_b.alone])
    return _weighed(a, b, met + joined, lone, in_order)


def _best_first(a: Parts, b: Parts) -> list[tuple[int, int, float]]:
    """The best pairs of parts, each part once. Greedy: names are short, and near-ties are rare."""
    found = []
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            score = token_score(x, y)
            if score >= MEETS_FROM:
                found.append((-score, -(x.weight + y.weight), abs(i - j), i, j))
    if not found:
        return []
    found.sort()
    used_a: set[int] = set()
    used_b: set[int] = set()
    met = []
    for negative, _, _, i, j in found:
        if i not in used_a and j not in used_b:
            used_a.add(i)
            used_b.add(j)
            met.append((i, j, -negative))
    met.sort()
    return met


_TAKEN = (-1, 0.0)


def _joined(split: _Side, whole: _Side) -> list[Met]:
    """Two neighbours of one name that the other writes as one word ("Noor Zai", "Noorzai"); marks them as taken."""
    free = whole.alone
    for i in range(len(split.parts) - 1):
        one, two = split.parts[i], split.parts[i + 1]
        held = [split.partner[at] for at in (i, i + 1) if at in split.partner]
        if (
            len(held) == 2
            or _TAKEN in held
            or one.initial
            or two.initial
            or one.script != two.script
        ):
            continue
        for j in (held[0][0],) if held else free:
            other = whole.parts[j]
            if len(other.skeleton) < len(one.skeleton) or other.skeleton[:1] != one.skeleton[:1]:
                continue
            both = together(one, two)
            score = token_score(both, other)
            if score >= MEETS_FROM and (not held or score > held[0][1]):
                split.partner[i] = split.partner[i + 1] = whole.partner[j] = _TAKEN
                return [(both, other, score, True)]
    return []


def _weighed(
    a: Parts, b: Parts, met: list[Met], lone: tuple[Parts, Parts], in_order: bool
) -> Meeting:
    lone_a, lone_b = lone
    agreed = contradicted = missing = against = 0.0
    for x, y, score, _ in met:
        weight = (x.weight + y.weight) / 2
        agreed += weight * score
        contradicted += weight * (1 - score)
    rarity = agreed
    if lone_a and lone_b:
        against = min(_contradiction(lone_a), _contradiction(lone_b))
        nearness = NEAR_COUNTS * max(token_score(x, y) for x in lone_a for y in lone_b)
        agreed += against * nearness
        against *= 1 - nearness
    if lone_a or lone_b:
        missing = abs(sum(x.weight for x in lone_a) - sum(y.weight for y in lone_b))
    whole = agreed + contradicted + against + MISSING_COUNTS * missing
    known = agreed + contradicted + against + UNTOLD_COUNTS * missing
    turned = _turned(a, b, met, in_order)
    fit = agreed / known * turned if agreed else 0.0
    score = agreed / whole * (1 - CONTRADICTION_TAKES * min(1.0, against)) if agreed else 0.0
    if missing and rarity < SCARCE_BELOW:
        score *= 1 - SCARCE_COUNTS * min(1.0, missing) * (1 - rarity / SCARCE_BELOW)
    if met and all(x.initial != y.initial for x, y, _, _ in met):
        score *= ONLY_INITIALS
    return Meeting(score * turned, fit, tuple(met), lone_a, lone_b, rarity)


def _turned(a: Parts, b: Parts, met: list[Met], in_order: bool) -> float:
    """What is left of a score where parts do not stand in one order."""
    if in_order:
        return 1.0
    left = 1 - OUT_OF_ORDER
    return left * _PARENT_FOR_CHILD if _child_and_parent(a, b, met) else left


def _contradiction(lone: Parts) -> float:
    return sum(
        max(x.weight, _CONTRADICTS_AT_LEAST) if x.weight > _TITLE_AT_MOST else x.weight
        for x in lone
    )


def _child_and_parent(a: Parts, b: Parts, met: list[Met]) -> bool:
    """Both names say whose child they name, and one's parent meets the other's child."""
    if not (any(x.parent for x in a) and any(y.parent for y in b)):
        return False
    return any(x.parent != y.parent for x, y, _, _ in met)
