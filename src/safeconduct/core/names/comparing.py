"""Two names side by side: which part meets which, how well, and what is missing.

The score is a weighed share: what agrees, against what agrees, contradicts and is missing. Contradiction
weighs in full; a part that only one name has weighs a quarter, because many Afghan people have no family name
and many forms leave parts out. Weights come from rarity: sharing "Mohammad" says little.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, zip_longest

from rapidfuzz.distance import OSA

from safeconduct.core.names.hearing import distance
from safeconduct.core.names.letters import ARABIC, LATIN
from safeconduct.core.names.reading import Token, read, together
from safeconduct.core.names.sounds import COMPOUND, SERVANT, VOWELS

# Assumptions, chosen on hand-made pairs (tests/core/data_names.py).
SAME_FROM = 0.8
MEETS_FROM = 0.7
MISSING_COUNTS = 0.22
# Parts that contradict, but nearly agree, keep this share of their nearness: it orders what is far apart.
NEAR_COUNTS = 0.4
OUT_OF_ORDER = 0.02
_ONE_SLIP = 0.86
_ONE_SLIP_IN_SHORT = 0.78
_INITIAL_FITS = 0.85
_SEX_ENDING = 0.45
# People mistake the middle of a name more often than its first consonant.
_OTHER_BEGINNING = 0.8
# Salman bin Muhammad and Muhammad bin Salman are father and son.
_PARENT_FOR_CHILD = 0.6
# A common part that contradicts says no less than another: Ahmad is not Mahmud, however many bear both.
_CONTRADICTS_AT_LEAST = 0.75
_OTHER_COMMON_NAME = 0.6


@dataclass(frozen=True, slots=True)
class Aligned:
    """Two parts that were set against each other; None: the other name has no such part.

    `how`: "same", "sounds alike", "initial", "written together", "contradicts" or "missing".
    """

    a_token: str | None
    b_token: str | None
    score: float
    how: str

    def __str__(self) -> str:
        if self.a_token is None or self.b_token is None:
            return f"{self.a_token or self.b_token} missing"
        return f"{self.a_token} {'≠' if self.how == 'contradicts' else '='} {self.b_token} ({self.score:.2f})"


@dataclass(frozen=True, slots=True)
class NameMatch:
    """How well two names agree. `rarity` is the summed weight of the parts that agree: how much agreeing says."""

    score: float
    same: bool
    alignment: tuple[Aligned, ...]
    rarity: float

    @property
    def text(self) -> str:
        """The alignment as a person reads it: "naeem = نعیم (0.97); barech missing"."""
        return "; ".join(str(part) for part in self.alignment)


@lru_cache(maxsize=2_000_000)
def token_score(a: Token, b: Token) -> float:
    """How far two parts are the same name, 0 to 1. Symmetric; 1 for the same spelling."""
    if a.sound == b.sound and a.script == b.script:
        return 1.0
    if a.initial or b.initial:
        return _initial_score(a, b)
    if a.families and b.families:
        if a.families & b.families:
            return 0.98
        return min(_OTHER_COMMON_NAME, _heard_score(a, b))
    return _heard_score(a, b)


def _initial_score(a: Token, b: Token) -> float:
    if a.script != b.script and not (a.sound[0] in VOWELS and b.sound[0] in VOWELS):
        return (
            _INITIAL_FITS
            if distance(a.sound[0], b.sound[0], a_written=a.written, b_written=b.written) < 0.2
            else 0
        )
    return _INITIAL_FITS if a.sound[0] == b.sound[0] or a.word[0] == b.word[0] else 0.0


def _heard_score(a: Token, b: Token) -> float:
    longest = max(len(a.skeleton), len(b.skeleton))
    if OSA.distance(a.skeleton, b.skeleton, score_cutoff=longest // 2) > longest // 2:
        return 0.0
    if (b.sound, b.script) < (a.sound, a.script):
        a, b = b, a
    cost = distance(a.sound, b.sound, a_written=a.written, b_written=b.written)
    room = 0.36 * max(len(a.sound), len(b.sound), 3)
    score = max(0.0, 1.0 - cost / room)
    if _ends_in_vowel(a) != _ends_in_vowel(b) and a.skeleton[-1:] == b.skeleton[-1:]:
        score *= _SEX_ENDING
    if a.skeleton.lstrip(SERVANT)[:1] != b.skeleton.lstrip(SERVANT)[:1]:
        score *= _OTHER_BEGINNING
    if a.script == b.script and cost > 0:
        score = max(score, _slip_score(a, b))
    return min(score, 0.99 if a.script == b.script else 1.0)


def _slip_score(a: Token, b: Token) -> float:
    """One slip of the hand in a long word keeps the name, unless it puts one vowel for another or touches an end."""
    if a.script not in (LATIN, ARABIC) or a.word[0] != b.word[0]:
        return 0.0
    shorter, longer = sorted((a.word.replace(" ", ""), b.word.replace(" ", "")), key=len)
    if len(shorter) < 5 or OSA.distance(shorter, longer, score_cutoff=1) > 1:
        return 0.0
    exchanged = len(shorter) == len(longer) and sorted(shorter) == sorted(longer)
    if not exchanged:
        if a.skeleton == b.skeleton and len(shorter) == len(longer):
            return 0.0
        if _ends_in_vowel(a) != _ends_in_vowel(b):
            return 0.0
    return _ONE_SLIP if len(longer) > 6 else _ONE_SLIP_IN_SHORT


def _ends_in_vowel(token: Token) -> bool:
    """A heard a or e at the end: in these languages most often the mark of a woman's name."""
    return token.sound[-1] in "aeHA" and token.sound[-1] not in COMPOUND


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two read names set against each other: which parts met, which stayed alone, and the score."""

    score: float
    met: tuple[tuple[Token, Token, float, bool], ...]
    lone_a: tuple[Token, ...]
    lone_b: tuple[Token, ...]
    rarity: float


def compare(a: str, b: str) -> NameMatch:
    """How well two written names agree, in any of the scripts, whatever the order of their parts.

    A name without letters agrees with nothing (score 0): unknown is not the same. Symmetric but for the
    sides of the alignment.
    """
    meeting = meet(a, b)
    aligned = [
        Aligned(_shown(x), _shown(y), score, _how(x, y, score, joined))
        for x, y, score, joined in meeting.met
    ]
    for x, y in zip_longest(meeting.lone_a, meeting.lone_b):
        if x is not None and y is not None:
            aligned.append(Aligned(_shown(x), _shown(y), token_score(x, y), "contradicts"))
        else:
            a_only, b_only = (_shown(part) if part else None for part in (x, y))
            aligned.append(Aligned(a_only, b_only, 0.0, "missing"))
    return NameMatch(meeting.score, meeting.score >= SAME_FROM, tuple(aligned), meeting.rarity)


def meet(a: str, b: str) -> Meeting:
    """The alignment that `compare` tells, as tokens: for engines that weigh the parts themselves."""
    parts_a, parts_b = read(a), read(b)
    if _order_key(parts_b) < _order_key(parts_a):
        turned = _met(parts_b, parts_a)
        met = tuple((y, x, score, joined) for x, y, score, joined in turned.met)
        return Meeting(turned.score, met, turned.lone_b, turned.lone_a, turned.rarity)
    return _met(parts_a, parts_b)


def _order_key(parts: tuple[Token, ...]) -> list[tuple[str, str]]:
    return [(part.sound, part.word) for part in parts]


def _shown(part: Token) -> str:
    return part.word.title() if part.script == LATIN else part.word


def _how(x: Token, y: Token, score: float, joined: bool) -> str:
    if x.initial or y.initial:
        return "initial"
    if joined:
        return "written together"
    return "same" if score == 1.0 else "sounds alike"


def _met(a: tuple[Token, ...], b: tuple[Token, ...]) -> Meeting:
    if not a or not b:
        return Meeting(0.0, (), a, b, 0.0)
    met = _best_first(a, b)
    left_a = _left(len(a), [i for i, _, _ in met])
    left_b = _left(len(b), [j for _, j, _ in met])
    joined: list[tuple[Token, Token, float, bool]] = []
    if left_a and len(a) > 1:
        _join(a, b, met, left_a, left_b, joined)
    if left_b and len(b) > 1:
        turned = [(j, i, score) for i, j, score in met]
        others: list[tuple[Token, Token, float, bool]] = []
        _join(b, a, turned, left_b, left_a, others)
        if others:
            met = [(i, j, score) for j, i, score in turned]
            joined.extend((x, y, score, True) for y, x, score, _ in others)
    return _weighed(a, b, met, joined, left_a, left_b)


def _left(count: int, used: list[int]) -> list[int]:
    return [i for i in range(count) if i not in used]


def _best_first(a: tuple[Token, ...], b: tuple[Token, ...]) -> list[tuple[int, int, float]]:
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


def _join(
    a: tuple[Token, ...],
    b: tuple[Token, ...],
    met: list[tuple[int, int, float]],
    left_a: list[int],
    left_b: list[int],
    joined: list[tuple[Token, Token, float, bool]],
) -> None:
    """Two neighbours of `a` that `b` writes as one word ("Noor Zai", "Noorzai")."""
    partner = {i: (j, score) for i, j, score in met}
    for i in range(len(a) - 1):
        one, two = a[i], a[i + 1]
        held = [partner[k] for k in (i, i + 1) if k in partner]
        if len(held) == 2 or one.initial or two.initial or one.script != two.script:
            continue
        for j in (held[0][0],) if held else tuple(left_b):
            if len(b[j].sound) <= len(one.sound) or b[j].skeleton[:1] != one.skeleton[:1]:
                continue
            whole = together(one, two)
            score = token_score(whole, b[j])
            if score >= MEETS_FROM and (not held or score > held[0][1]):
                met[:] = [meeting for meeting in met if meeting[0] not in (i, i + 1)]
                left_a[:] = [k for k in left_a if k not in (i, i + 1)]
                left_b[:] = [k for k in left_b if k != j]
                joined.append((whole, b[j], score, True))
                return


def _weighed(
    a: tuple[Token, ...],
    b: tuple[Token, ...],
    met: list[tuple[int, int, float]],
    joined: list[tuple[Token, Token, float, bool]],
    left_a: list[int],
    left_b: list[int],
) -> Meeting:
    pairs = [(a[i], b[j], score, False) for i, j, score in met] + joined
    agreed = contradicted = 0.0
    for x, y, score, _ in pairs:
        weight = (x.weight + y.weight) / 2
        agreed += weight * score
        contradicted += weight * (1 - score)
    rarity = agreed
    lone_a, lone_b = [a[i] for i in left_a], [b[j] for j in left_b]
    alone_a, alone_b = sum(x.weight for x in lone_a), sum(y.weight for y in lone_b)
    missing = abs(alone_a - alone_b)
    against = min(_contradiction(lone_a), _contradiction(lone_b)) if lone_a and lone_b else 0.0
    if against:
        nearness = NEAR_COUNTS * max(token_score(x, y) for x in lone_a for y in lone_b)
        agreed += against * nearness
        contradicted += against * (1 - nearness)
    whole = agreed + contradicted + MISSING_COUNTS * missing
    score = agreed / whole if agreed else 0.0
    if any(two[1] < one[1] for one, two in pairwise(met)):
        score *= 1 - OUT_OF_ORDER
        if any(x.parent for x in a) and any(y.parent for y in b):
            if any(x.parent != y.parent for x, y, _, _ in pairs):
                score *= _PARENT_FOR_CHILD
    return Meeting(score, tuple(pairs), tuple(lone_a), tuple(lone_b), rarity)


def _contradiction(lone: list[Token]) -> float:
    return sum(
        max(x.weight, _CONTRADICTS_AT_LEAST) if x.weight > 0.25 else x.weight for x in lone
    )
