"""From a folded word to what is heard, in one small alphabet that both scripts share.

The alphabet. Consonants: b p t d k g q G(gh) x(kh) S(sh) C(ch) j Z(zh) z s h f v m n l r w y. Letters heard in
several ways, because languages read them differently. Arabic script: ḅ(ب b/p) ḟ(ف f/v) ģ(ج j/g) T(ث s/th)
ð(ذ ظ z/dh) D(ض z/d) X(ښ sh/kh) J(ږ zh/g) Ź(ځ z/dz) Ś(څ s/ts). Latin: c(ch: tsh, sh, kh) ç(c before e or i)
ċ(c at the end) ĵ(j: j, zh, y, kh) ǵ(g before e or i) š(s or sh) ĺ(ll: l or y) ļ(l of a joined article)
ŵ(a last w: w or v) ğ.
Vowels as Latin writes them: a e i o u ö ü, and long I(ee) U(oo) E(ai) O(au). Vowels as Arabic script writes them:
A(ا), Â(ا at the beginning, which carries any vowel), W(و: w or u/o), Y(ی: y or i/e), Ỹ(ى at the end: i or a),
H(a final ه), '(ع or hamza). Compounds that are written in many ways are one letter each: Ǎ(Abdul-), Ł(-ullah),
Đ(-uddin), Ļ(the article ال). `hearing` knows how near two letters are.
"""

from __future__ import annotations

import re

from safeconduct.core.names.letters import ARABIC, LATIN
from safeconduct.core.names.memory import remembered

SERVANT, OF_GOD, OF_FAITH, ARTICLE = "Ǎ", "Ł", "Đ", "Ļ"
COMPOUND = frozenset((SERVANT, OF_GOD, OF_FAITH))
LATIN_VOWELS = frozenset("aeiouöüIUEO")
WRITTEN_VOWELS = frozenset("AÂWYỸH'")
VOWELS = LATIN_VOWELS | WRITTEN_VOWELS

_ARABIC = {
    "ا": "A", "ب": "ḅ", "پ": "p", "ت": "t", "ث": "T", "ج": "ģ", "چ": "C", "ح": "h", "خ": "x", "د": "d",
    "ذ": "ð", "ر": "r", "ز": "z", "ژ": "Z", "س": "s", "ش": "S", "ص": "s", "ض": "D", "ط": "t", "ظ": "ð",
    "ع": "'", "غ": "G", "ف": "ḟ", "ق": "q", "ک": "k", "گ": "g", "ل": "l", "م": "m", "ن": "n", "و": "W",
    "ه": "h", "ی": "Y", "ى": "Y", "ء": "'", "أ": "Â", "ښ": "X", "ږ": "J", "ځ": "Ź", "څ": "Ś",
}  # fmt: skip
_ARABIC_LETTERS = str.maketrans(_ARABIC)
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
# Arabic has no letter for ch, ts or dzh: names from elsewhere are put into two letters.
_TWO_ARABIC = (("تش", "C"), ("تس", "Ś"), ("تز", "Ś"), ("دج", "ģ"))
_LATIN = {
    "tsch": "C", "dsch": "j", "shaq": "shaq", "sch": "S", "tch": "C", "dzh": "j", "kh": "x", "gh": "G", "sh": "S",
    "ch": "c", "cz": "c", "sz": "š", "zh": "Z", "th": "T", "dh": "ð", "ph": "f", "ck": "k", "cq": "k", "pf": "f",
    "dj": "j", "ts": "Ś", "tz": "Ś", "x": "ks", "ll": "ĺ", "č": "C", "ž": "Z", "ñ": "ny", "j": "ĵ",
    "aee": "aI", "aei": "aI", "aie": "aI", "aou": "aU", "aoo": "aU", "eea": "Ia", "iya": "ia", "iye": "ie",
    "aa": "a", "ee": "I", "ie": "I", "ii": "I", "oo": "U", "ou": "U", "uu": "U", "ai": "E", "ay": "E",
    "eau": "o", "oe": "ö", "ue": "ü", "ei": "E", "ey": "E", "ae": "E", "au": "O", "aw": "O", "ow": "O", "ao": "O",
}  # fmt: skip
_PIECES = re.compile("|".join(sorted(_LATIN, key=len, reverse=True)) + "|.")
_DOUBLED = re.compile(r"([^aeiou])\1+")
# Arabic script writes a doubled consonant once: two of them have a vowel between them ("محقق").
_DOUBLED_VOWEL = re.compile(r"([AWYH'])\1+")
_DOUBLED_BUT_L = re.compile(r"([^aeioul])\1+|(l)l(?![aeiouy])|(?<![aeiouy])(?<!^)(l)l")
_W_THEN_U = re.compile(r"(?<=[aeo])[wv](?:oo|ou|u)")
_LAST_W = re.compile(r"(?<=[aeo])w$")
_I_THEN_VOWEL = re.compile(r"^i(?=[aou])")
_SLAVIC_W = re.compile(r"(?<=[aeo])w(?=[sc]k)")
_DG = re.compile("dg(?=[eiy])")
_JOINED_ARTICLE = re.compile(r"^([ae])l(?=[^aeiouylh].{2})")
_FRENCH_O = re.compile(r"eau[xt]?s?$|ault$|aux$")


@remembered(65_536)
def sound_of(word: str, script: str) -> str:
    """What is heard in one folded word. Words in scripts we cannot hear stand for themselves."""
    if script == ARABIC:
        return _of_arabic(word)
    if script == LATIN:
        return _of_latin(word)
    return word


def _of_arabic(word: str) -> str:
    sounds = word
    for two, one in _TWO_ARABIC:
        if two in sounds:
            sounds = sounds.replace(two, one)
    sounds = sounds.translate(_ARABIC_LETTERS)
    if word[-1] == "ى":
        sounds = sounds[:-1] + "Ỹ"
        word = word[:-1] + "ی"
    if word in _ENDING_IN_A:
        sounds = sounds[:-1] + "A"
    first = _AT_THE_BEGINNING.get(sounds[0])
    if first is not None and len(sounds) > 1:
        sounds = first + sounds[1:]
    if len(sounds) > 2 and word[-1] == "ه" and sounds[-2] not in "AÂWH":
        sounds = sounds[:-1] + "H"
    return _DOUBLED_VOWEL.sub(r"\1", sounds)


_AT_THE_BEGINNING = {"W": "w", "Y": "y", "A": "Â"}


def _of_latin(word: str) -> str:
    word = _DOUBLED_BUT_L.sub(r"\1\2\3", _W_THEN_U.sub("u", word))
    word = _FRENCH_O.sub("o", _LAST_W.sub("ŵ", _I_THEN_VOWEL.sub("y", word)))
    word = _JOINED_ARTICLE.sub(r"\1ļ", _SLAVIC_W.sub("v", _DG.sub("ĵ", word)))
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
        if piece == "x" and at == 0:
            heard.append("X")
        else:
            heard.append(_LATIN.get(piece) or _single(piece, word, at))
        at = end
    sounds = "".join(heard)
    if len(sounds) > 2 and sounds[-1] == "h" and sounds[-2] in LATIN_VOWELS:
        sounds = sounds[:-1]
    return _DOUBLED.sub(r"\1", sounds)


def _single(letter: str, word: str, at: int) -> str:
    following = word[at + 1 : at + 2]
    if letter == "c":
        if not following:
            return "ċ"
        return "ç" if following in "eiyöü" else "k"
    if letter == "g":
        return "ǵ" if following and following in "eiy" else "g"
    if letter == "y":
        return "y" if following and following in "aeiouöü" else "i"
    return letter
