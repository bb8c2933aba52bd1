"""The cells of one person to a draft of that person. A cell that cannot be read holds the row; nothing is guessed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from safeconduct.core.dates import (
    DateProblem,
    DateProblemKind,
    UncertainDate,
    parse_age,
    parse_date,
)
from safeconduct.core.dates.problem import OLDEST
from safeconduct.core.facts import Sex
from safeconduct.core.identifiers import phones_in
from safeconduct.core.plain_text import plain
from safeconduct.sheets.addresses import address
from safeconduct.sheets.cells import (
    clean,
    line_of,
    nationality_of,
    relation_of,
    scripts_of,
    sex_by_relation,
    sex_of,
    words_of,
)
from safeconduct.sheets.content import looks_like_marked_name, looks_like_name
from safeconduct.sheets.fields import PERSON_WORDS
from safeconduct.sheets.grid import Unread, Value
from safeconduct.sheets.members import Member, Members, baby_birth, members_in
from safeconduct.sheets.reasons import hold, hold_date
from safeconduct.sheets.told import Draft, Hold
from safeconduct.sheets.vocabulary import said

Cells = Mapping[str, list[tuple[int, Value]]]
BirthCell = tuple[
    object, bool, bool | None
]  # the value, whether of a column of ages, whether day first
BirthTold = tuple[UncertainDate | DateProblem | None, str]  # what was read, and a remark to count
MOST_WORDS, LONGEST_NAME = 8, 80
_NUMBER_BEFORE = re.compile(r"^\(?\d{1,3}[.)\-]+\s*")
_PLAIN_NAME = re.compile(r"[^\W\d_][^\d_(),;/|:@!?\n\"=<>+*\[\]{}]*")


@dataclass(slots=True)
class Reading:
    """What the reading of a sheet needs and counts: the day, each column's way of dates, what was noticed."""

    on: date
    day_first: Mapping[int, bool | None] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    births: dict[BirthCell, BirthTold] = field(default_factory=dict)


class Held(Exception):  # noqa: N818 (a row that is held, not a fault)
    """Ends the reading of a row: it is held for a person to see."""

    def __init__(self, hold: Hold) -> None:
        self.hold = hold
        super().__init__(hold.kind)


def person_from(cells: Cells, reading: Reading, row: int) -> tuple[Draft, Members | None]:
    """One person, and others that stand in the same name cell. Raises Held."""
    draft = Draft()
    others = _names(draft, cells, reading, row)
    _birth(draft, cells, reading, row)
    for _, value in cells.get("sex", ()):
        draft.sex = _sex(value, reading) or draft.sex
    for _, value in cells.get("relation", ()):
        _relation(draft, value, reading)
    draft.phones = phones(cells.get("phone", ()), reading)
    _documents(draft, cells)
    for _, value in cells.get("nationality", ()):
        told = line_of(value)
        draft.nationality = nationality_of(told) if told else None
    draft.words = told_in_words(cells, PERSON_WORDS)
    return draft, others


def told_in_words(cells: Cells, contexts: Mapping[str, str]) -> tuple[str, ...]:
    """The free words of some fields, each after the context of its column."""
    return tuple(
        f"{context}: {told}"
        for name, context in contexts.items()
        for _, value in cells.get(name, ())
        if (told := words_of(value))
    )


# --- names -----------------------------------------------------------------------


def _names(draft: Draft, cells: Cells, reading: Reading, row: int) -> Members | None:
    others = None
    for index, value in cells.get("full_name", ()):
        others = _full_name(draft, value, reading, address(row, index + 1))
    for name in ("given_name", "family_name", "father_name"):
        for index, value in cells.get(name, ()):
            _part_of_name(
                draft, name, _one_name(value, address(row, index + 1), strict=name != "father_name")
            )
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


def _full_name(draft: Draft, value: Value, reading: Reading, cell: str) -> Members | None:
    """A whole name. With details or people behind it, it is read as a cell of members, this person first."""
    told = words_of(value)
    if told is None:
        return None
    if isinstance(value, str) and _PLAIN_NAME.fullmatch(told):
        _set_name(draft, _checked_name(told, cell))
        return None
    surname, comma, given = told.partition(",")
    if comma and _is_surname_first(surname, given):
        draft.family_name, draft.given_name, draft.has_name = surname.strip(), given.strip(), True
        return None
    told = _NUMBER_BEFORE.sub("", told)
    found = members_in(told, reading.on) if isinstance(value, str) and "@" not in told else None
    if found is None or not found.people or not found.people[0].name:
        if looks_like_marked_name(told):
            _set_name(draft, _checked_name(told, cell))
            return None
        raise Held(hold("not a name", cell))
    _from_member(draft, found.people[0])
    return Members(found.people[1:], found.more) if len(found.people) > 1 or found.more else None


def _is_surname_first(surname: str, given: str) -> bool:
    parts = (surname.strip(), given.strip())
    return (
        "," not in given
        and all(part and _PLAIN_NAME.fullmatch(part) and looks_like_name(part) for part in parts)
        and not any(relation_of(part) or sex_of(part) for part in parts)
        and len(parts[0].split()) <= 2
        and parts[0].isupper()
        and not parts[1].isupper()
    )


def _checked_name(told: str, cell: str) -> str:
    if len(told) > LONGEST_NAME or len(told.split()) > MOST_WORDS:
        raise Held(hold("not a name", cell))
    return told


def _one_name(value: Value, cell: str, *, strict: bool) -> str | None:
    told = line_of(value)
    if told is None:
        return None
    if strict and (not isinstance(value, str) or not any(c.isalpha() for c in told) or "@" in told):
        raise Held(hold("not a name", cell))
    return (
        _checked_name(told, cell) if strict else (told if any(c.isalpha() for c in told) else None)
    )


def _set_name(draft: Draft, told: str) -> None:
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


# --- the rest ----------------------------------------------------------------------


def _birth(draft: Draft, cells: Cells, reading: Reading, row: int) -> None:
    """A date of birth; the age only where no date is told."""
    for name in ("birth", "age"):
        for index, value in cells.get(name, ()):
            if draft.birth is None:
                draft.birth = _birth_told(value, name == "age", index, reading, row)
    if draft.baby and draft.birth is None:
        draft.birth = baby_birth(reading.on)


def _birth_told(
    value: Value, is_age: bool, index: int, reading: Reading, row: int
) -> UncertainDate | None:
    if isinstance(value, bool | Unread) or value is None:
        return None
    if isinstance(value, str):
        value = clean(value)
    day_first = reading.day_first.get(index)
    key = (value, is_age, day_first)
    if key not in reading.births:
        if len(reading.births) > 200_000:
            reading.births.clear()
        reading.births[key] = _read_birth(value, is_age, day_first, reading.on)
    told, remark = reading.births[key]
    if remark:
        reading.counts[remark] += 1
    if isinstance(told, DateProblem):
        raise Held(hold_date(told.text, address(row, index + 1)))
    return told


def _read_birth(
    value: str | float | date, is_age: bool, day_first: bool | None, on: date
) -> BirthTold:
    """A birth as told, and a remark to count where the way it was told is worth one."""
    if isinstance(value, str):
        text = plain(value)
        if text in said("baby"):
            return baby_birth(on), ""
        if text in said("vague age"):
            return None, "vague age"
        if not is_age and text.isdigit() and len(text) <= 3:
            value = int(text)
    if not is_age and isinstance(value, int | float) and 0 <= value <= OLDEST:
        # Nobody writes a year of birth as two digits alone: a small number among dates is an age.
        return parse_age(value, on=on), "age among dates"
    if is_age and not isinstance(value, str):
        return parse_age(value, on=on), ""
    told = parse_date(value, on=on, day_first=day_first)
    if isinstance(told, DateProblem) and told.kind in {
        DateProblemKind.AMBIGUOUS,
        DateProblemKind.NOT_A_DATE,
    }:
        age = parse_age(value, on=on)  # "about 60"
        if isinstance(age, UncertainDate):
            return age, "" if is_age else "age among dates"
    return told, ""


def _sex(value: Value, reading: Reading) -> Sex | None:
    told = line_of(value)
    if told is None:
        return None
    found = sex_of(told)
    if found is None:
        reading.counts["unread sex"] += 1
    return found


def _relation(draft: Draft, value: Value, reading: Reading) -> None:
    told = line_of(value)
    if told is None:
        return
    draft.relation = relation_of(told) or draft.relation
    draft.sex = draft.sex or sex_by_relation(told)
    if draft.relation is None:
        reading.counts["unread relation"] += 1
    if plain(told) in said("baby"):
        draft.baby = True


def phones(cells: list[tuple[int, Value]] | tuple[()], reading: Reading) -> tuple[str, ...]:
    """Every number of the cells, each once. A cell without a readable number is counted, never held against anybody."""
    found: list[str] = []
    for _, value in cells:
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            continue
        numbers = phones_in(value)
        if not numbers and words_of(value):
            reading.counts["unread phone"] += 1
        found.extend(numbers)
    return tuple(dict.fromkeys(found))


def _documents(draft: Draft, cells: Cells) -> None:
    for name in ("passport", "tazkira"):
        for _, value in cells.get(name, ()):
            setattr(draft, name, line_of(value))
    for _, value in cells.get("document", ()):
        told = line_of(value)
        if told and any("a" <= c.lower() <= "z" for c in told) and not draft.passport:
            draft.passport = told
        elif told and not draft.tazkira:
            draft.tazkira = told
