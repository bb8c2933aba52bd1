"""Headings in English, Dari and Pashto, and the field each speaks of. Their words are data: headings.csv, whose.csv."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from safeconduct.core.plain_text import plain
from safeconduct.sheets.cells import has_arabic
from safeconduct.sheets.fields import PERSON_FIELDS, Field
from safeconduct.sheets.vocabulary import listed, said

UNREAD = "unread"  # a heading we know, of a column that is not taken (place of birth, caseworker)
EXACT, NEARLY_EXACT, LEAST = 0.95, 0.9, 0.5
LONGEST = 10  # words that tell something: more is a sentence, not a heading
YOU = "you"  # whoever fills in a form: the caller, or the person, as the other columns tell (columns.py)
_GLUED = re.compile(r"(?<=[a-z])(?=\d)")  # Child1_DOB
_NOT_WORD = re.compile(r"[^\w]+|_+")
_ASIDE = re.compile(r"\([^()]*\)")
_PARTS = re.compile(r"[/\n|()\[\]:–—]+|\s-\s")
_STEPS, _DASHES = re.compile(r"/|::|\."), re.compile(r"\s+(?:-|–|—|>+)\s+|:\s+")
_PATH = re.compile(r"(?:[a-z0-9_-]+(?:/|::|\.))+[a-z0-9_-]+")
_CALLER_FIELDS = {
    "full_name": "caller_name",
    "given_name": "caller_name",
    "phone": "caller_phone",
    "email": "caller_email",
    "relation": "caller_relation",
    "place": "caller_town",
    "province": "caller_town",
}


class Heading(NamedTuple):
    """What a heading was taken for. `field` may be UNREAD: known, and not taken."""

    field: Field
    confidence: float

    @property
    def is_exact(self) -> bool:
        return self.confidence >= NEARLY_EXACT


def heading_words(text: str) -> tuple[str, ...]:
    """The words of a heading in plain form: no case, no marks, no "the", one form of each letter."""
    text = _GLUED.sub(" ", plain(text).replace("#", " no ").replace("’", "'"))
    return tuple(word for word in _NOT_WORD.split(text) if word and word != "the")


@lru_cache(maxsize=20_000)
def recognise(text: str) -> Heading | None:
    """The field a heading speaks of, or None. A heading in two languages is read in both.

    A question is read up to its question mark, a path of a form's groups ("family/member_1/name") from its end.
    """
    if "?" in text:
        asked, _, rest = _ASIDE.sub(" ", text).partition("?")
        return recognise(asked) or recognise(rest.replace("?", " "))
    whole = _recognise_words(heading_words(text))
    if whole and whole.is_exact:
        return whole
    path = _PATH.fullmatch(text) is not None
    *groups, last = (_STEPS if path else _DASHES).split(text)
    under = field_of_group(" ".join(groups), last) if groups else None
    if under and (path or under.is_exact):
        return under
    parts = [part for side in _PARTS.split(text) for part in _by_script(side)]
    sides = [_recognise_words(heading_words(part)) for part in parts] if len(parts) > 1 else []
    best = max((h for h in [whole, *sides] if h), key=lambda h: h.confidence, default=None)
    if best and best is not whole:
        return Heading(best.field, round(best.confidence - 0.05, 2))
    return best


def _by_script(text: str) -> list[str]:
    """The Latin and the Dari or Pashto words of a heading, apart."""
    words = text.split()
    sides = [
        [word for word in words if has_arabic(word)],
        [word for word in words if not has_arabic(word)],
    ]
    return [" ".join(side) for side in sides if side]


def whose(words: tuple[str, ...]) -> str | None:
    """Of whom a group of columns speaks: "caller", "main", "spouse", "child2"; None where it does not say."""
    number = "".join(next((word for word in words if word.isdigit() and len(word) <= 2), ""))
    for size in range(min(len(words), 4), 0, -1):
        for at in range(len(words) - size, -1, -1):
            who = _whose_table().get(words[at : at + size])
            if who in {"caller", YOU}:
                return who
            if who == "main":
                return f"member{int(number)}" if number else who
            if who is not None:
                return f"{who}{int(number)}" if number else who
    return None


def field_of_group(top: str, bottom: str) -> Heading | None:
    """Two header rows: "Applicant" over "Name". The lower names the field, the upper whose it is."""
    under = recognise(bottom) if bottom else None
    if under is None:
        return recognise(f"{top} {bottom}".strip())
    who = whose(heading_words(top)) if top else None
    if not who or under.field.who or under.field.name == UNREAD:
        return under
    return _of(under, who)


def _recognise_words(words: tuple[str, ...]) -> Heading | None:
    if not words or sum(word not in said("small in headings") for word in words) > LONGEST:
        return None
    if (name := _table().get(words)) is not None:
        return Heading(Field(name), EXACT)
    digits = tuple(word for word in words if not word.isdigit())
    number = len(digits) < len(words)
    if number and digits in _table() and whose(words) is None:
        return Heading(Field(_table()[digits]), 0.9)
    if number and _table().get(digits) in {"members", "full_name"}:
        who = whose(words)
        if who and who not in {"main", "caller", YOU}:
            return Heading(Field("full_name", who), 0.9)  # "Dependant 2"
    if words[0] in _TIES and (who := whose(words[1:])):
        return _of(Heading(Field("relation"), 0.85), who)
    return _recognise_within(words)


_TIES = frozenset(plain(word) for word in "relation relationship kinship نسبت قرابت رابطه".split())


_CODES = frozenset("id ids ref reference code no number num".split())
_NAMES = frozenset(plain(word) for word in "name names نام اسم نوم".split())


def _recognise_within(words: tuple[str, ...]) -> Heading | None:
    """The longest known phrase within a longer heading; of equals the last, which is what it is a heading of."""
    for size in range(min(len(words), 6), 0, -1):
        for at in range(len(words) - size, -1, -1):
            name = _table().get(words[at : at + size])
            if name is None:
                continue
            rest = words[:at] + words[at + size :]
            telling = [
                word
                for word in rest
                if word not in said("small in headings") and not word.isdigit()
            ]
            if size == 1 and (
                len(telling) > 3
                or words[at] in (said("small in headings") | said("alone in headings"))
            ):
                continue
            if name in {"birth", "age", "relation"} and (named := _NAMES & set(telling)):
                # "Spouse name & DOB": a name with details behind it.
                name = "full_name" if "names" not in named else "members"
            if size == 1 and words[at] in _NAMES and telling:
                other = _recognise_within(tuple(word for word in telling if word != words[at]))
                if other and other.field.name in {"employer", "place", "province", UNREAD}:
                    return other  # "Organisation name"
            share = size / (size + len(telling))
            found = Heading(Field(name), round(LEAST + 0.4 * share, 2))
            if name != "father_name" and not said("someone else").isdisjoint(rest):
                return Heading(Field(UNREAD), found.confidence)
            if name in {"full_name", "members"} and not _CODES.isdisjoint(rest):
                return Heading(Field(UNREAD), found.confidence)  # "Individual ID"
            who = whose(rest)
            return _of(found, who) if who else found
    who = whose(words)
    if who and who not in {"main", "caller", YOU} and len(words) <= 2:
        return Heading(Field("full_name", who), 0.7)
    return None


def _of(heading: Heading, who: str) -> Heading:
    name, confidence = heading.field.name, max(heading.confidence, 0.8)
    if who == "caller":
        return Heading(of_caller(name), confidence)
    if who == "main" or name not in PERSON_FIELDS:
        return heading
    return Heading(Field(name, who), confidence)


def of_caller(name: str) -> Field:
    """The field of the caller for one of a person; UNREAD where nothing of the kind is taken of callers."""
    return Field(_CALLER_FIELDS.get(name, UNREAD if name in PERSON_FIELDS else name))


@cache
def _table() -> dict[tuple[str, ...], str]:
    """Every known phrase in plain words, with its field. The first field to claim a phrase keeps it."""
    return _phrases("headings.csv", "field")


@cache
def _whose_table() -> dict[tuple[str, ...], str]:
    return _phrases("whose.csv", "who")


def _phrases(name: str, column: str) -> dict[tuple[str, ...], str]:
    table: dict[tuple[str, ...], str] = {}
    for row in listed(name):
        for phrase in row["words"].split("|"):
            words = heading_words(phrase)
            if words:
                table.setdefault(words, row[column])
    return table
