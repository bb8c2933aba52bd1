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
from safeconduct.sheets.grid import Unread, Value


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
    latin, native = [], []
    for word in re.split(r"[\s/|()\[\]–—-]+", name):
        if word:
            (native if _ARABIC.search(word) else latin).append(word)
    return " ".join(latin).strip(" ,;:") or None, " ".join(native).strip(" ،؛:") or None


def _by_word(table: dict[object, str]) -> dict[str, object]:
    return {plain(word): meaning for meaning, words in table.items() for word in words.split("|")}


_SEXES = _by_word(
    {
        Sex.FEMALE: "f|female|woman|girl|lady|fem|females|w|مونث|مؤنث|زن|اناث|دختر|خانم|زنانه|ښځه|ښځینه|نجلۍ|مونثه",
        Sex.MALE: "m|male|man|boy|masc|males|gents|مذکر|مرد|ذکور|پسر|مردانه|نر|نارینه|سړی|هلک",
        Sex.OTHER: "x|other|non binary|nonbinary|non-binary|intersex",
    }
)


@lru_cache(maxsize=2_000)
def sex_of(text: str) -> Sex | None:
    """Female, male or another, by its usual words and letters."""
    found = _SEXES.get(plain(text).strip(" .()"))
    return found if isinstance(found, Sex) else None


_RELATIONS = _by_word(
    {
        Relation.PRINCIPAL: (
            "principal|principal applicant|pa|main applicant|applicant|main|self|himself|herself|head|hof|hoh|head of family|"
            "head of household|family head|lead|lead applicant|claimant|primary|primary applicant|main person|"
            "خودش|متقاضی|متقاضی اصلی|سرپرست|سرپرست فامیل|رئیس فامیل|رییس فامیل|بزرگ فامیل|اصلی|خود|خپله|د کورنۍ مشر"
        ),
        Relation.SPOUSE: (
            "wife|husband|spouse|partner|wife of pa|1st wife|first wife|2nd wife|second wife|his wife|her husband|wives|"
            "همسر|خانم|زن|شوهر|خانمش|شوهرش|همسرش|ښځه|مېړه|میړه|زوجه|خاوند|مېرمن"
        ),
        Relation.CHILD: (
            "son|daughter|child|children|kid|baby|baby son|baby daughter|infant|newborn|stepson|stepdaughter|step son|step daughter|"
            "adopted son|adopted daughter|his son|his daughter|her son|her daughter|elder son|eldest son|young son|daughters|sons|"
            "پسر|دختر|طفل|فرزند|پسرش|دخترش|اولاد|نوزاد|بچه|زوی|لور|ماشوم"
        ),
        Relation.PARENT: (
            "father|mother|parent|dad|mum|mom|his father|his mother|her mother|her father|"
            "پدر|مادر|پدرش|مادرش|پلار|مور|والد|والده"
        ),
        Relation.SIBLING: (
            "brother|sister|sibling|bro|sis|half brother|half sister|younger brother|elder brother|younger sister|elder sister|"
            "his brother|his sister|her brother|her sister|"
            "برادر|خواهر|برادرش|خواهرش|ورور|خور"
        ),
        Relation.OTHER_RELATIVE: (
            "grandson|granddaughter|grandchild|grandfather|grandmother|grandparent|uncle|aunt|aunty|auntie|nephew|niece|cousin|"
            "brother in law|sister in law|son in law|daughter in law|father in law|mother in law|in law|in laws|relative|family|"
            "other relative|other family|family member|sister's son|brother's son|brother's wife|sister's husband|"
            "نواسه|پدرکلان|مادرکلان|کاکا|ماما|عمه|خاله|خواهرزاده|برادرزاده|پسر کاکا|دختر کاکا|بچه کاکا|خسر|خشو|داماد|عروس|سنو|"
            "ایور|ینگه|ننو|یازنه|خویشاوند|اقارب|لمسی|تره|وراره|خورزه"
        ),
        Relation.NOT_RELATED: (
            "friend|colleague|co worker|neighbour|neighbor|employee|not related|none|unrelated|no relation|former colleague|"
            "دوست|همکار|همسایه|رفیق|ملګری"
        ),
    }
)
_FEMALE_WORDS = frozenset(
    plain(word)
    for word in (
        "wife|daughter|mother|mum|mom|sister|sis|stepdaughter|granddaughter|grandmother|aunt|aunty|auntie|niece|wives|daughters|"
        "herself|خانم|خانمش|زن|دختر|دخترش|مادر|مادرش|خواهر|خواهرش|عمه|خاله|عروس|سنو|ښځه|لور|مور|خور|مېرمن|زوجه|مادرکلان"
    ).split("|")
)
_MALE_WORDS = frozenset(
    plain(word)
    for word in (
        "husband|son|father|dad|brother|bro|stepson|grandson|grandfather|uncle|nephew|sons|himself|"
        "شوهر|شوهرش|پسر|پسرش|پدر|پدرش|برادر|برادرش|کاکا|ماما|داماد|زوی|پلار|ورور|پدرکلان|مېړه|میړه"
    ).split("|")
)
_NOT_LETTERS = re.compile(r"[^\w' ]+|_|\d")


@lru_cache(maxsize=5_000)
def relation_of(text: str) -> Relation | None:
    """What a person is to the principal, by the word told; None where the word is not clear."""
    told = " ".join(_NOT_LETTERS.sub(" ", plain(text).replace("’", "'")).split())
    if not told:
        return None
    for candidate in (told, told.removeprefix("his ").removeprefix("her ").removeprefix("my ")):
        found = _RELATIONS.get(candidate)
        if isinstance(found, Relation):
            return found
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
    if words[-1] in _FEMALE_WORDS:
        return Sex.FEMALE
    return Sex.MALE if words[-1] in _MALE_WORDS else None


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


_PLACE_WORDS = frozenset("province city wilayat wilaya ولایت شهر ښار velayat".split())


def _place_key(text: str) -> str:
    words = re.split(r"[\W_]+", plain(text).replace("'", "").replace("’", ""))
    kept = [word for word in words if word and plain(word) not in _PLACE_WORDS]
    return " ".join(kept)


def _spellings(province: ProvinceNames, kind: str) -> tuple[str, ...]:
    if kind == "names":
        return (province.name, province.name_dari, *province.spellings)
    # A record without towns and a capital will do.
    return (getattr(province, "capital", ""), *getattr(province, "towns", ()))


MOST_PEOPLE = 200  # of one family; a larger number is something else


@lru_cache(maxsize=5_000)
def size_in(text: str) -> int | None:
    """A number of people: "8", "۸", "8 people", "eight". None where it is not one number up to MOST_PEOPLE."""
    told = plain(text)
    numbers = re.findall(r"\d+", told)
    if len(numbers) == 1 and len(numbers[0]) <= 3:
        rest = re.sub(r"\d+(\.0+)?", " ", told)
        if all(word in _PEOPLE_WORDS for word in re.split(r"[\W_]+", rest) if word):
            size = int(numbers[0])
            return size if size <= MOST_PEOPLE else None
        return None
    if not numbers:
        words = [word for word in re.split(r"[\W_]+", told) if word and word not in _PEOPLE_WORDS]
        return NUMBER_WORDS.get(words[0]) if len(words) == 1 else None
    return None


_PEOPLE_WORDS = frozenset(
    plain(word)
    for word in "people person persons members member family in total of pax all altogether individuals souls us we are نفر تن عضو نفره کسان".split()
)
NUMBER_WORDS = {
    plain(word): number
    for number, words in enumerate(
        "one a an یک یو|two دو دوه|three سه درې|four چهار څلور|five پنج پنځه|six شش شپږ|seven هفت اووه|eight هشت اته|"
        "nine نه نهه|ten ده لس|eleven یازده|twelve دوازده|thirteen|fourteen|fifteen".split("|"),
        start=1,
    )
    for word in words.split()
}


def told_size(value: Value) -> int | None:
    """How many people a cell says; None where it does not say one number."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return int(value) if value == int(value) and 0 <= value <= MOST_PEOPLE else None
    return size_in(value) if isinstance(value, str) else None


_COUNTRIES = _by_word(
    {
        "GB": "british|uk|united kingdom|gb|gbr|great britain|england|british citizen|uk citizen|brit|scottish|welsh|english|بریتانیا|بریتانیایی|انگلستان|انگلیس",
        "AF": "afghan|afghanistan|af|afg|afghani|afghan citizen|افغان|افغانستان|افغانی|افغانی تبعه",
    }
)


def nationality_of(text: str) -> str:
    """GB or AF where it says so, else the words told."""
    found = _COUNTRIES.get(plain(text).strip(" ."))
    return found if isinstance(found, str) else text
