"""From a folded word to what is heard, in one small alphabet that both scripts share.

The alphabet. Consonants: b p t d k g q G(gh) x(kh) S(sh) C(ch) j Z(zh) z s h f m n l r w y. Letters heard in
several ways: T(ث s/th) ð(ذ ظ z/dh) D(ض z/d) X(ښ sh/kh) J(ږ zh/g) Ź(ځ z/dz) Ś(څ s/ts). Vowels as Latin
writes them: a e i o u, and long I(ee) U(oo) E(ai) O(au). Vowels as Arabic script writes them: A(ا), W(و: w or
u/o), Y(ی: y or i/e), H(a final ه), '(ع or hamza). Compounds that are written in many ways are one letter
each: Ǎ(Abdul-), Ł(-ullah), Đ(-uddin). `hearing` knows how near two letters are.
"""

from __future__ import annotations

import re

from safeconduct.core.names.letters import ARABIC, LATIN
from safeconduct.core.names.memory import remembered

SERVANT, OF_GOD, OF_FAITH = "Ǎ", "Ł", "Đ"
COMPOUND = frozenset((SERVANT, OF_GOD, OF_FAITH))
LATIN_VOWELS = frozenset("aeiouIUEO")
WRITTEN_VOWELS = frozenset("AWYH'")
VOWELS = LATIN_VOWELS | WRITTEN_VOWELS

_ARABIC = {
    "ا": "A", "ب": "b", "پ": "p", "ت": "t", "ث": "T", "ج": "j", "چ": "C", "ح": "h", "خ": "x", "د": "d",
    "ذ": "ð", "ر": "r", "ز": "z", "ژ": "Z", "س": "s", "ش": "S", "ص": "s", "ض": "D", "ط": "t", "ظ": "ð",
    "ع": "'", "غ": "G", "ف": "f", "ق": "q", "ک": "k", "گ": "g", "ل": "l", "م": "m", "ن": "n", "و": "W",
    "ه": "h", "ی": "Y", "ء": "'", "ښ": "X", "ږ": "J", "ځ": "Ź", "څ": "Ś",
}  # fmt: skip
# Final ى of these is heard as a; keyboards for Persian write it like any other ی.
_ENDING_IN_A = frozenset(
    (
        "مصطفی",
        "مرتضی",
        "مجتبی",
        "موسی",
        "عیسی",
        "یحیی",
        "لیلی",
        "کبری",
        "صغری",
        "بشری",
        "هدی",
        "طوبی",
        "سلمی",
        "لبنی",
    )
)
_LATIN = {
    "tsch": "C", "sch": "S", "tch": "C", "dzh": "j", "kh": "x", "gh": "G", "sh": "S", "ch": "C", "zh": "Z",
    "th": "T", "dh": "ð", "ph": "f", "ck": "k", "dj": "j", "ts": "Ś", "tz": "z", "x": "ks",
    "aee": "aI", "aei": "aI", "aie": "aI", "aou": "aU", "aoo": "aU", "eea": "Ia", "iya": "ia", "iye": "ie",
    "aa": "a", "ee": "I", "ie": "I", "ii": "I", "oo": "U", "ou": "U", "uu": "U", "ai": "E", "ay": "E",
    "ei": "E", "ey": "E", "ae": "E", "au": "O", "aw": "O", "ow": "O", "ao": "O", "v": "w", "w": "w",
}  # fmt: skip
_PIECES = re.compile("|".join(sorted(_LATIN, key=len, reverse=True)) + "|.")
_DOUBLED = re.compile(r"([^aeiou])\1+")
_W_THEN_U = re.compile(r"(?<=[aeo])[wv](?:oo|ou|u)")


@remembered(65_536)
def sound_of(word: str, script: str) -> str:
    """What is heard in one folded word. Words in scripts we cannot hear stand for themselves."""
    if script == ARABIC:
        return _of_arabic(word)
    if script == LATIN:
        return _of_latin(word)
    return word


def _of_arabic(word: str) -> str:
    sounds = "".join(_ARABIC.get(letter, letter) for letter in word)
    if word in _ENDING_IN_A:
        sounds = sounds[:-1] + "A"
    if sounds[0] == "W" and len(sounds) > 1:
        sounds = "w" + sounds[1:]
    if sounds[0] == "Y" and len(sounds) > 1:
        sounds = "y" + sounds[1:]
    if len(sounds) > 2 and sounds[-1] == "h" and sounds[-2] not in WRITTEN_VOWELS:
        sounds = sounds[:-1] + "H"
    return _DOUBLED.sub(r"\1", sounds)


def _of_latin(word: str) -> str:
    word = _DOUBLED.sub(r"\1", _W_THEN_U.sub("u", word))
    heard: list[str] = []
    at = 0
    while at < len(word):
        found = _PIECES.match(word, at)
        assert found is not None  # the last alternative is any letter
        piece, end = found.group(), found.end()
        following = word[end : end + 1]
        if len(piece) == 2 and piece[1] in "yw" and following and following in "aeiou":
            # "Naweed", "Hayat": the second letter opens the next syllable.
            heard.append(_single(piece[0], word, at))
            at += 1
            continue
        heard.append(_LATIN.get(piece) or _single(piece, word, at))
        at = end
    sounds = "".join(heard)
    if len(sounds) > 2 and sounds[-1] == "h" and sounds[-2] in LATIN_VOWELS:
        sounds = sounds[:-1]
    return _DOUBLED.sub(r"\1", sounds)


def _single(letter: str, word: str, at: int) -> str:
    following = word[at + 1 : at + 2]
    if letter == "c":
        return "s" if following and following in "eiy" else "k"
    if letter == "y":
        return "y" if following and following in "aeiou" else "i"
    return letter
