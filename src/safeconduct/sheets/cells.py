"""One cell to one value: text without marks that are not seen, sex, relation, province, size. Unknown is None."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Protocol

from safeconduct.core.facts import Relation, Sex
from safeconduct.core.plain_text import plain, says_unknown
from safeconduct.sheets import counted
from safeconduct.sheets.grid import Unread, Value
from safeconduct.sheets.vocabulary import meanings, said


class ProvinceNames(Protocol):
    """Any record of a province that tells its code and names (core/operation.Province does)."""

    @property
    def pcode(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def name_dari(self) -> str: ...
    @property
    def spellings(self) -> tuple[str, ...]: ...


_SPACES = re.compile(r"[ \t\xa0\u2000-\u200a\u202f\u3000]+")
_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
# U+200C, the zero-width non-joiner, is part of how Dari is spelt and stays inside of words.
_UNSEEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200d-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\u00ad]"
)


def has_unseen(text: str) -> bool:
    """Whether a text holds control characters or marks that are not seen."""
    return _UNSEEN.search(text) is not None


@lru_cache(maxsize=50_000)
def clean(text: str) -> str:
    """A text as a person sees it: marks that are not seen are left out, spaces are single, lines stay lines."""
    text = _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n"))
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return "\n".join(
        line for piece in text.split("\n") if (line := _SPACES.sub(" ", piece).strip(" \u200c"))
    )


def words_of(value: Value) -> str | None:
    """A cell as text, or None where it is empty or says that nothing is known."""
    if value is None or isinstance(value, Unread):
        return None
    if isinstance(value, str):
        text = clean(value)
        return None if says_unknown(text) else text
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.isoformat() if isinstance(value, date) else str(value)


def line_of(value: Value) -> str | None:
    """The same on one line, for names and numbers."""
    text = words_of(value)
    return " ".join(text.split("\n")) if text else None


def has_arabic(text: str) -> bool:
    """Whether any letter is of the script of Dari and Pashto."""
    return _ARABIC.search(text) is not None


def scripts_of(name: str) -> tuple[str | None, str | None]:
    """A name in two scripts as its Latin and its Dari or Pashto part."""
    if not _ARABIC.search(name):
        return name, None
    if not _LATIN.search(name):
        return None, name
    latin: list[str] = []
    native: list[str] = []
    for word in re.split(r"[\s/|()\[\]–—-]+", name):
        if word:
            (native if _ARABIC.search(word) else latin).append(word)
    return " ".join(latin).strip(" ,;:") or None, " ".join(native).strip(" ،؛:") or None


@lru_cache(maxsize=2_000)
def sex_of(text: str) -> Sex | None:
    """Female, male or another, by its usual words and letters."""
    found = meanings("sex").get(plain(text).strip(" .()"))
    return Sex(found) if found else None


_NOT_LETTERS = re.compile(r"[^\w' ]+|_|\d")


@lru_cache(maxsize=5_000)
def relation_of(text: str) -> Relation | None:
    """What a person is to the principal, by the word told; None where the word is not clear."""
    told = " ".join(_NOT_LETTERS.sub(" ", plain(text).replace("’", "'")).split())
    if not told:
        return None
    for candidate in (told, told.removeprefix("his ").removeprefix("her ").removeprefix("my ")):
        found = meanings("relation").get(candidate)
        if found:
            return Relation(found)
    for ending in (
        " of principal",
        " of applicant",
        " of pa",
        " of main applicant",
        " of head",
        " متقاضی",
    ):
        if told.endswith(ending):
            return relation_of(told.removesuffix(ending))
    return None


@lru_cache(maxsize=5_000)
def sex_by_relation(text: str) -> Sex | None:
    """A daughter is told to be female: the word says so. "Child" says nothing."""
    words = _NOT_LETTERS.sub(" ", plain(text)).split()
    if "law" in words or not words or len(words) > 3:
        return None
    if words[-1] in said("female relation"):
        return Sex.FEMALE
    return Sex.MALE if words[-1] in said("male relation") else None


def forget() -> None:
    """Forget the texts kept for speed: they are of strangers' sheets, and the process may live long."""
    for remembering in (clean, sex_of, relation_of, sex_by_relation):
        remembering.cache_clear()
    counted.forget()


class Provinces:
    """Provinces by every spelling of their names, their capitals and well-known towns."""

    def __init__(self, provinces: Sequence[ProvinceNames]) -> None:
        self._by_name: dict[str, str] = {}
        for kind in ("names", "towns"):
            for province in provinces:
                for spelling in _spellings(province, kind):
                    self._by_name.setdefault(_place_key(spelling), province.pcode)
        self._by_name.pop("", None)
        self._found: dict[str, str | None] = {}

    def find(self, text: str) -> str | None:
        """The code of the one province a text names; None where it names none or several."""
        if text not in self._found:
            if len(self._found) > 100_000:
                self._found.clear()
            self._found[text] = self._look_up(text)
        return self._found[text]

    def is_named(self, text: str) -> bool:
        """Whether the whole of a text is the name of a province, or of a town known to be in it."""
        return _place_key(text) in self._by_name

    def _look_up(self, text: str) -> str | None:
        whole = self._by_name.get(_place_key(text))
        if whole:
            return whole
        words = _place_key(text).split()
        if len(words) > 40:
            return None
        found = [
            self._by_name[phrase]
            for size in (3, 2, 1)
            for at in range(len(words) - size + 1)
            if (phrase := " ".join(words[at : at + size])) in self._by_name
        ]
        return found[0] if len(set(found)) == 1 else None


def _place_key(text: str) -> str:
    words = re.split(r"[\W_]+", plain(text).replace("'", "").replace("’", ""))
    kept = [word for word in words if word and word not in said("beside a place")]
    return " ".join(kept)


def _spellings(province: ProvinceNames, kind: str) -> tuple[str, ...]:
    if kind == "names":
        return (province.name, province.name_dari, *province.spellings)
    # A record without towns and a capital will do.
    return (getattr(province, "capital", ""), *getattr(province, "towns", ()))


def nationality_of(text: str) -> str:
    """GB or AF where it says so, else the words told."""
    return meanings("country").get(plain(text).strip(" ."), text)
