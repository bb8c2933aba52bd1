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
_FOLDS = _ARABIC_FOLDS | _LATIN_FOLDS | _CYRILLIC
# Letters that decompose into a base and a mark, though the mark is what makes them the letter they are.
_KEEP_WHOLE = frozenset("آأإؤئۀۂۓйїӣӯёšŠşŞșȘśŚčČćĆžŽźŹżŻçÇñÑńŃğĞöÖüÜ")
_MARKED_LATIN = frozenset("ščžçñğöü")
# An ayn written as a mark, and tatweel, which only stretches a word.
_DROPPED = frozenset("'`´’‘ʼʻʾʿˈـ")
_GAPS = frozenset('-‐‑‒–—_/.,;:()[]{}|"“”«»،؛·•+*&@#!?؟=~^<>\\')
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


class _Plain(dict[int, str]):
    """Each letter as it is read: lower case, without marks, folded. A gap is a space, what is no letter is nothing.

    Worked out when a letter is first met: it holds letters, never words. 0 and 1 stay: they may be typed for o and i.
    """

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        apart = letter if letter in _KEEP_WHOLE else unicodedata.normalize("NFKD", letter)
        plain = self[code] = "".join(
            _plain_letter(folded) for one in apart for folded in one.casefold()
        )
        return plain


def _plain_letter(letter: str) -> str:
    if letter in _GAPS or letter.isspace():
        return " "
    if letter in _DROPPED or not (letter.isalpha() or letter in _LETTER_FOR_DIGIT):
        return ""
    return _FOLDS.get(letter, letter)


_PLAIN = _Plain()


# No name is longer. A paragraph in a cell for names must not cost minutes: the rest of it is not read.
_LONGEST_TEXT = 200
_LONGEST_WORD = 40


@remembered(65_536)
def words_of(text: str) -> tuple[str, ...]:
    """The folded words of a text: lower case, no marks, no digits, split at gaps and between scripts.

    A zero-width non-joiner is a gap inside a word in Persian and is read as no gap: the compounds it
    stands in are recognised by `reading`.
    """
    whole = text[:_LONGEST_TEXT]
    if not whole.isascii():
        # A zero-width non-joiner before the article stands for a space ("زین‌العابدین").
        whole = unicodedata.normalize("NFKC", whole).replace("\u200cال", " ال")
        whole = _ALEF_OF_ITS_OWN.sub("ٲ", whole)
    plain = whole.translate(_PLAIN)
    if "0" in plain or "1" in plain:
        plain = _DIGIT_INSIDE.sub(lambda found: _LETTER_FOR_DIGIT[found.group(1)], plain)
        plain = plain.replace("0", "").replace("1", "")
    if plain.isascii():
        return tuple([word[:_LONGEST_WORD] for word in plain.split()])
    return tuple(
        [word[:_LONGEST_WORD] for letters in plain.split() for word in _by_script(letters)]
    )


_ONE_SCRIPT = re.compile("[a-zščžçñğöü]+|[\u0600-\u06ff]+")


def _by_script(letters: str) -> list[str]:
    """A word whose script changes in the middle is two words (a name typed without the space)."""
    if _ONE_SCRIPT.fullmatch(letters):
        return [letters]
    parts = [letters[0]]
    for before, letter in pairwise(letters):
        if script_of(before) == script_of(letter):
            parts[-1] += letter
        else:
            parts.append(letter)
    return parts
