"""Two parts of names side by side: one score, from what is heard, how it is spelled and which slips keep a name."""

from __future__ import annotations

from rapidfuzz.distance import OSA

from safeconduct.core.names.hearing import distance, swap_cost
from safeconduct.core.names.letters import ARABIC, LATIN
from safeconduct.core.names.memory import remembered
from safeconduct.core.names.reading import Token
from safeconduct.core.names.sounds import ARTICLE, SERVANT, VOWELS

# Assumptions, chosen on hand-made pairs (tests/core/data_names.py).
# So much may the way from one word to the other cost for each sound before nothing of its score is left.
ROOM_A_SOUND = 0.36
_ONE_SLIP = 0.86
_ONE_SLIP_IN_SHORT = 0.78
_INITIAL_FITS = 0.85
_SEX_ENDING = 0.45
_SILENT_E = 0.92
# How much of the score stays, by what the two parts end in.
ENDINGS_MEET = {
    (x, y): _SEX_ENDING
    if "a" in (x, y) and {x, y} & {"", "vowel"}
    else _SILENT_E
    if {x, y} == {"e", ""}
    else 1.0
    for x in ("a", "e", "vowel", "")
    for y in ("a", "e", "vowel", "")
}
# Two first consonants that cost at most this are written for one another.
ALIKE_AT_MOST = 0.2
# People mistake the middle of a name more often than its first consonant.
_OTHER_BEGINNING = 0.8
# Two spellings of one common name (core/names/common); two common names that sound alike at most.
_SAME_COMMON_NAME = 0.98
_OTHER_COMMON_NAME = 0.6


@remembered(2_000_000)
def token_score(a: Token, b: Token) -> float:
    """How far two parts are the same name, 0 to 1. Symmetric; 1 for the same spelling."""
    if a.sound == b.sound and a.script == b.script:
        return 1.0
    if a.initial or b.initial:
        return _initial_score(a, b)
    if a.families and b.families:
        if a.families & b.families:
            return _SAME_COMMON_NAME
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
    most = longest // 2 + 1
    if longest > 2 and OSA.distance(a.skeleton, b.skeleton, score_cutoff=most) > most:
        return 0.0
    if (b.sound, b.script) < (a.sound, a.script):
        a, b = b, a
    cost = distance(a.sound, b.sound, a_written=a.written, b_written=b.written)
    room = ROOM_A_SOUND * max(len(a.sound), len(b.sound), 3)
    score = max(0.0, 1.0 - cost / room)
    if a.skeleton[-1:] == b.skeleton[-1:]:
        score *= ENDINGS_MEET[ending(a.sound), ending(b.sound)]
    if not _begin_alike(onset(a.sound), onset(b.sound)):
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
        if ENDINGS_MEET[ending(a.sound), ending(b.sound)] < 1.0:
            return 0.0
    return _ONE_SLIP if len(longer) > 6 else _ONE_SLIP_IN_SHORT


def _begin_alike(x: str, y: str) -> bool:
    return x == y or (x != "" and y != "" and swap_cost(x, y) <= ALIKE_AT_MOST)


_NO_BEGINNING = VOWELS | frozenset(("h", "w", "y", "v", "ļ", SERVANT, ARTICLE))


def onset(sound: str) -> str:
    """The first consonant heard in a part, but for those that are often silent or a vowel; "" where there is none."""
    return next((letter for letter in sound if letter not in _NO_BEGINNING), "")


def ending(sound: str) -> str:
    """What a part ends in: "a" (often the mark of a woman's name), "e" (the same mark or silent), "vowel", or ""."""
    last = sound[-1]
    if last in "aHA":
        return "a"
    if last in "eEỸ'h":
        return "e"
    return "vowel" if last in VOWELS else ""
