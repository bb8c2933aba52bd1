"""The names of one person from their cells. What does not read as the name of one person holds the row."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from safeconduct.core.facts import Sex
from safeconduct.core.plain_text import plain
from safeconduct.sheets.addresses import address
from safeconduct.sheets.cells import has_arabic, line_of, relation_of, scripts_of, sex_of, words_of
from safeconduct.sheets.grid import Value
from safeconduct.sheets.member import Member, is_nobody
from safeconduct.sheets.members import Members, members_in
from safeconduct.sheets.name_words import looks_like_marked_name, looks_like_name
from safeconduct.sheets.reasons import hold
from safeconduct.sheets.told import Draft, Hold
from safeconduct.sheets.vocabulary import meanings, said

Cells = Mapping[str, list[tuple[int, Value]]]
MOST_WORDS, LONGEST_NAME = 8, 80
_NUMBER_BEFORE = re.compile(r"^\(?\d{1,3}[.)\-]+\s*")
_PLAIN_NAME = re.compile(r"[^\W\d_](?:[^\d_(),;/|:@!?\n\"=<>+*&\[\]{}–—-]|(?<! )[–—-](?! ))*")
_TWO_PARTS = re.compile(r"([^,/]+?)\s*[,/]\s*([^,/]+)")
_CHILD_OF = re.compile(
    r"(?P<name>.+?)[\s,(،]+(?:s/o|d/o|s\.o\.?|d\.o\.?|son of|daughter of|ولد|بنت|فرزند)\s+(?P<father>[^()]+?)\)?",
    re.IGNORECASE,
)
_WIFE_OF = re.compile(
    r"(?P<name>.+?)[\s,(]+(?:w/o|wife of|widow of)\s+(?P<of>[^()]+?)\)?", re.IGNORECASE
)
_TIE_OF = re.compile(r"(?P<name>[^()]+?)\s*\((?P<tie>[^()]+?) of (?P<of>[^()]+)\)", re.IGNORECASE)
FEWEST_INVERTED, MOST_INVERTED = 3, 0.6


class Held(Exception):  # noqa: N818 (a row that is held, not a fault)
    """Ends the reading of a row: it is held for a person to see."""

    def __init__(self, hold: Hold) -> None:
        self.hold = hold
        super().__init__(hold.kind)


def is_inverted(values: Iterable[Value]) -> bool:
    """Whether a column of names writes the surname first: "Karimi, Ahmad", or "KARIMI/AHMAD" as airlines do."""
    texts = [text for value in values if isinstance(value, str) and (text := line_of(value))]
    inverted = sum(parted(text) is not None for text in texts)
    return inverted >= FEWEST_INVERTED and inverted >= MOST_INVERTED * len(texts)


def parted(told: str) -> tuple[str, str] | None:
    """Two short names around a comma or a stroke."""
    match = _TWO_PARTS.fullmatch(told)
    parts = (match[1].strip(), match[2].strip()) if match else ()
    named = all(
        looks_like_name(part) and not relation_of(part) and not sex_of(part) for part in parts
    )
    return parts if len(parts) == 2 and named and len(parts[0].split()) <= 3 else None


def names_from(
    draft: Draft, cells: Cells, row: int, *, on: date, inverted: Collection[int]
) -> Members | None:
    """Set the names of a draft; what comes back are others who stand in the same cell. Raises Held.

    `inverted` are the columns that write the surname first (`is_inverted`).
    """
    others = None
    for index, value in cells.get("full_name", ()):
        told = words_of(value)
        if told is None:
            continue
        cell = address(row, index + 1)
        if not isinstance(value, str) or is_nobody(told) or plain(told) in said("somebody"):
            raise Held(hold("not a name", cell))
        told = _without_ties(draft, _NUMBER_BEFORE.sub("", told))
        if not _set_inverted(draft, told, given_last=index in inverted):
            others = _full_name(draft, told, cell, on)
    for name in ("given_name", "family_name", "father_name"):
        for index, value in cells.get(name, ()):
            told = _one_name(value, address(row, index + 1), strict=name != "father_name")
            _part_of_name(draft, name, told)
    for index, value in cells.get("native_name", ()):
        native = _one_name(value, address(row, index + 1), strict=True)
        if native:
            draft.native_name, draft.has_name = native, True
    return others


def _part_of_name(draft: Draft, name: str, told: str | None) -> None:
    """A part in Latin letters; a part in Dari letters goes to the native name, except the father's."""
    if not told:
        return
    draft.has_name = draft.has_name or name == "given_name"
    latin, native = scripts_of(told)
    if name == "father_name":
        draft.father_name = told
        return
    if latin:
        setattr(draft, name, latin)
    if native and not latin:
        draft.native_name = f"{draft.native_name} {native}" if draft.native_name else native


def _without_ties(draft: Draft, told: str) -> str:
    """The name alone of "Ahmad s/o Karim" and "Laila (wife of Omar)"; what is told with it goes to the draft."""
    if match := _CHILD_OF.fullmatch(told):
        draft.father_name = match["father"].strip()
        return match["name"].strip(" ,،")
    if match := _WIFE_OF.fullmatch(told):
        draft.sex, draft.words = Sex.FEMALE, (f"notes: wife of {match['of'].strip()}",)
        return match["name"].strip(" ,")
    if (match := _TIE_OF.fullmatch(told)) and relation_of(match["tie"]):
        draft.words = (f"notes: {match['tie']} of {match['of'].strip()}",)
        return match["name"].strip(" ,")
    return told


def _set_inverted(draft: Draft, told: str, *, given_last: bool) -> bool:
    """A surname before a comma or a stroke, where it is in capitals or its column writes all names so."""
    parts = parted(told)
    if parts is None:
        return False
    surname, given = parts
    capitals = "," in told and surname.isupper() and not given.isupper()
    if not capitals and not given_last:
        return False
    words = given.split()
    title = meanings("title").get(plain(words[-1]).strip(".")) if len(words) > 1 else None
    if title is not None:  # KARIMI/AHMAD MR
        draft.sex = draft.sex or (Sex(title) if title else None)
        given = " ".join(words[:-1])
    draft.family_name, draft.given_name, draft.has_name = surname, given, True
    return True


def _full_name(draft: Draft, told: str, cell: str, on: date) -> Members | None:
    """A whole name. With details or people behind it, it is read as a cell of members, this person first."""
    several = _speaks_of_several(told)
    if _PLAIN_NAME.fullmatch(told) and not several:
        _set_name(draft, _checked_name(told, cell))
        return None
    found = members_in(told, on) if "@" not in told else None
    if found is None or not found.people or not found.people[0].name:
        if several or not looks_like_marked_name(told) or _is_of_two(told):
            raise Held(hold("not a name", cell))
        _set_name(draft, _checked_name(told, cell))
        return None
    _from_member(draft, found.people[0])
    return Members(found.people[1:], found.more) if len(found.people) > 1 or found.more else None


def _speaks_of_several(told: str) -> bool:
    """Whether a name holds a word for many people, or joins two: "Ahmad and Laila", "Omar and family"."""
    words = {plain(word).strip(".") for word in told.split()}
    return not words.isdisjoint(said("not in a name") | said("joins people"))


def _is_of_two(told: str) -> bool:
    """Two parts of one script around a comma or a stroke: two people, or one who cannot be told from two."""
    parts = re.split(r"[,،/]", told)
    return len(parts) > 1 and len({has_arabic(part) for part in parts if part.strip()}) == 1


def _checked_name(told: str, cell: str) -> str:
    if len(told) > LONGEST_NAME or len(told.split()) > MOST_WORDS:
        raise Held(hold("not a name", cell))
    return told


def _one_name(value: Value, cell: str, *, strict: bool) -> str | None:
    """A part of a name. `strict`: what has no letters, or is an address, holds the row; else it is left out."""
    told = line_of(value)
    if told is None:
        return None
    if not strict:
        return told if any(c.isalpha() for c in told) else None
    if not isinstance(value, str) or not any(c.isalpha() for c in told) or "@" in told:
        raise Held(hold("not a name", cell))
    return _checked_name(told, cell)


def _set_name(draft: Draft, told: str) -> None:
    told = told.strip("() ") if told.startswith("(") else told
    latin, native = scripts_of(told)
    draft.has_name = True
    draft.given_name = latin or draft.given_name
    draft.native_name = native or draft.native_name
    if plain(told) in said("baby"):
        draft.baby = True


def _from_member(draft: Draft, member: Member) -> None:
    if member.name:
        _set_name(draft, member.name)
    draft.relation = draft.relation or member.relation
    draft.sex = draft.sex or member.sex
    draft.birth = draft.birth or member.birth
    draft.words += member.words
    draft.baby = draft.baby or member.baby


def draft_of(member: Member) -> Draft:
    """A member told in a cell with others, as a person."""
    draft = Draft()
    _from_member(draft, member)
    return draft
