"""Letters of four ways of writing made comparable: Arabic script (Arabic, Dari, Pashto, Urdu), Latin, Cyrillic, others.

Nothing here knows what a name is. A word comes out in lower case, without marks, with the letters that
writers use for one another folded into one; `sounds` then turns the word into what is heard.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

from safeconduct.core.names.memory import remembered

ARABIC = "arabic"
LATIN = "latin"
OTHER = "other"

# Letters written for one another by different keyboards. Letters that sound differently in one of the
# languages stay apart here (ښ ږ ځ څ, ض ذ ث): `sounds` lets each be heard in several ways.
_ARABIC_FOLDS = {
    "ي": "ی", "ې": "ی", "ۍ": "ی", "ے": "ی", "ێ": "ی", "ۓ": "ی", "ئ": "ء", "ؤ": "و", "ۆ": "و",
    "ۇ": "و", "ۋ": "و", "ۅ": "و", "ك": "ک", "ڪ": "ک", "ګ": "گ", "ڭ": "گ", "ة": "ه", "ۀ": "ه", "ۂ": "ه",
    "ہ": "ه", "ھ": "ه", "ە": "ه", "ۃ": "ه", "أ": "ا", "إ": "ا", "ٱ": "ا", "آ": "ا", "ټ": "ت", "ٹ": "ت",
    "ډ": "د", "ڈ": "د", "ړ": "ر", "ڑ": "ر", "ڕ": "ر", "ڼ": "ن", "ں": "ن", "ڵ": "ل", "ڤ": "و", "ڠ": "غ",
    "ٲ": "أ",
}  # fmt: skip
_LATIN_FOLDS = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ð": "d", "þ": "th", "ł": "l", "đ": "d", "ı": "i", "ə": "a",
    "ħ": "h", "ŋ": "n", "ş": "š", "ș": "š", "ś": "š", "ć": "č", "ź": "ž", "ż": "ž", "ń": "ñ",
}  # fmt: skip
# Tajik is Persian in Cyrillic; Russian spellings of Afghan names stand in older documents.
_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "ғ": "gh", "д": "d", "е": "e", "ё": "yo", "ж": "zh", "з": "z",
    "и": "i", "ӣ": "i", "й": "y", "к": "k", "қ": "q", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p",
    "р": "r", "с": "s", "т": "t", "у": "u", "ӯ": "u", "ф": "f", "х": "kh", "ҳ": "h", "ц": "ts", "ч": "ch",
    "ҷ": "j", "ш": "sh", "щ": "sh", "ъ": "", "ы": "i", "ь": "", "э": "e", "ю": "yu", "я": "ya", "і": "i",
    "ї": "yi", "є": "ye", "ґ": "g",
}  # fmt: skip
_FOLDS = str.maketrans(_ARABIC_FOLDS | _LATIN_FOLDS | _CYRILLIC)
# Letters that decompose into a base and a mark, though the mark is what makes them the letter they are.
_KEEP_WHOLE = frozenset("آأإؤئۀۂۓйїӣӯёšŠşŞșȘśŚčČćĆžŽźŹżŻçÇñÑńŃğĞöÖüÜ")
_MARKED_LATIN = frozenset("ščžçñğöü")
_AYNS = re.compile("['`´’‘ʼʻʾʿˈ]")
_GAPS = re.compile(r"[\s\-‐‑‒–—_/.,;:()\[\]{}|\"“”«»،؛·•+*&@#!?؟=~^<>\\]+")
# The article is written with a bare alef: an alef with a mark before ل belongs to the name ("ألبرت").
_ALEF_OF_ITS_OWN = re.compile("(?<![^\\W_])[أإآ](?=ل)")
_DIGIT_INSIDE = re.compile(r"(?<=[^\W\d_])([01])(?=[^\W\d_])")
_LETTER_FOR_DIGIT = {"0": "o", "1": "i"}


def script_of(word: str) -> str:
    """The script of a folded word, by its first letter."""
    for letter in word:
        if "a" <= letter <= "z" or letter in _MARKED_LATIN:
            return LATIN
        if "\u0600" <= letter <= "\u06ff":
            return ARABIC
    return OTHER


def _taken_apart(text: str) -> str:
    """Letters and their marks as characters of their own; tatweel, which only stretches a word, is dropped."""
    if text.isascii():
        return text
    parts = (
        letter if letter in _KEEP_WHOLE else unicodedata.normalize("NFKD", letter)
        for letter in text
    )
    return "".join(parts).replace("ـ", "")


# No name is longer. A paragraph in a cell for names must not cost minutes: the rest of it is not read.
_LONGEST_TEXT = 200
_LONGEST_WORD = 40


@remembered(65_536)
def words_of(text: str) -> tuple[str, ...]:
    """The folded words of a text: lower case, no marks, no digits, split at gaps and between scripts.

    A zero-width non-joiner is a gap inside a word in Persian and is read as no gap: the compounds it
    stands in are recognised by `reading`.
    """
    whole = unicodedata.normalize("NFKC", text[:_LONGEST_TEXT])
    # A zero-width non-joiner before the article stands for a space ("زین‌العابدین").
    plain = _AYNS.sub("", _taken_apart(whole.replace("\u200cال", " ال")).casefold())
    plain = _ALEF_OF_ITS_OWN.sub("ٲ", plain).translate(_FOLDS)
    plain = _DIGIT_INSIDE.sub(lambda found: _LETTER_FOR_DIGIT[found.group(1)], plain)
    words: list[str] = []
    for piece in _GAPS.split(plain):
        # Marks, joiners and digits are no letters.
        letters = "".join(letter for letter in piece if letter.isalpha())
        if letters:
            words.extend(word[:_LONGEST_WORD] for word in _by_script(letters))
    return tuple(words)


def _by_script(letters: str) -> list[str]:
    """A word whose script changes in the middle is two words (a name typed without the space)."""
    if letters.isascii():
        return [letters]
    parts = [letters[0]]
    for before, letter in pairwise(letters):
        if script_of(before) == script_of(letter):
            parts[-1] += letter
        else:
            parts.append(letter)
    return parts
