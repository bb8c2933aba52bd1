"""The words of one person's name, with the marks that stand in them: "Dr. Khaleel", "M. Karim", "Abdul-Rahman".

A full stop and a hyphen part people as often as they join a name. They are read only where they cannot part two.
"""

from __future__ import annotations

import re
from itertools import pairwise

from safeconduct.core.plain_text import plain
from safeconduct.sheets.vocabulary import meanings, said

MOST_WORDS, LONGEST = 6, 60  # assumption of ours: more is a sentence
_MARKS = re.compile(r"[()\"“”/|\[\]]")
# Vowel signs and the hamza above are marks of their own; an apostrophe or a zero-width non-joiner has letters about it.
_SIGNS = "\u0300-\u036f\u064b-\u0655\u0670"
_LETTERS = re.compile(rf"[^\W\d_](?:['’‘`´\u200c]?[^\W\d_]|[{_SIGNS}])*")
_HYPHENS = re.compile(r"[-\u2010\u2011]")
_OWNED = re.compile(r".*['’‘`´]s", re.IGNORECASE)  # "Omar's": of another person


def looks_like_name(text: str) -> bool:
    """One to six words of letters, none of them a figure."""
    words = text.replace(",", " ").replace("،", " ").split()
    if not (1 <= len(words) <= MOST_WORDS and len(text) <= LONGEST):
        return False
    first = True  # a title stands before the name: behind one it would begin another person
    for word in words:
        if not _is_name_word(word, first=first):
            return False
        first = first and word.endswith(".")
    return True


def looks_like_marked_name(text: str) -> bool:
    """The same with an alias or a second script in marks: Ahmad "Shah" Karimi, Laila (لیلا)."""
    return "\n" not in text and looks_like_name(" ".join(_MARKS.sub(" ", text).split()))


def begins_a_name(text: str) -> bool:
    """Whether a text starts as no surname does: with a title, or with a word that has a full stop."""
    first = text.split(maxsplit=1)[0]
    return "." in first or plain(first) in said("title") | said("shortened")


def _is_name_word(word: str, *, first: bool) -> bool:
    *shortened, last = word.split(".")
    if len(shortened) > 1 or not all(_is_shortened(part, first=first) for part in shortened):
        return False
    if not last:
        return True
    parts = _HYPHENS.split(last)
    return all(_is_of_letters(part) for part in parts) and _is_one_name(parts)


def _is_of_letters(part: str) -> bool:
    return _LETTERS.fullmatch(part) is not None and not _OWNED.fullmatch(part)


def _is_shortened(part: str, *, first: bool) -> bool:
    """What may have a full stop behind it: a capital alone, "Mohd", and before a name "Dr". "Ali." ends a person."""
    if len(part) == 1:
        return part.isalpha() and not part.islower()
    where = meanings("shortened").get(plain(part))
    return where == "anywhere" or (where == "before a name" and first)


def _is_one_name(parts: list[str]) -> bool:
    """Whether each hyphen joins what is never said alone: "Abdul-Rahman", "Zia-ul-Haq", and not "Laila-Omar"."""
    joined = [meanings("joins a name").get(plain(part)) for part in parts]
    return all(
        before in {"both", "what follows"} or after in {"both", "what is before"}
        for before, after in pairwise(joined)
    )
