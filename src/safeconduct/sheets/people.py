"""The cells of one person to a draft of that person. A cell that cannot be read holds the row; nothing is guessed."""

from __future__ import annotations

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
    sex_by_relation,
    sex_of,
    words_of,
)
from safeconduct.sheets.counted import number_word
from safeconduct.sheets.fields import PERSON_WORDS
from safeconduct.sheets.grid import Unread, Value
from safeconduct.sheets.member import baby_birth
from safeconduct.sheets.members import Members
from safeconduct.sheets.names import Cells, Held, names_from
from safeconduct.sheets.reasons import hold_date
from safeconduct.sheets.told import Draft
from safeconduct.sheets.vocabulary import said

BirthCell = tuple[
    object, bool, bool | None
]  # the value, whether of a column of ages, whether day first
BirthTold = tuple[UncertainDate | DateProblem | None, str]  # what was read, and a remark to count


@dataclass(slots=True)
class Reading:
    """What the reading of a sheet needs and counts: the day, each column's way of dates, what was noticed."""

    on: date
    day_first: Mapping[int, bool | None] = field(default_factory=dict)
    inverted: frozenset[int] = frozenset()  # columns of names that write the surname first
    counts: Counter[str] = field(default_factory=Counter)
    births: dict[BirthCell, BirthTold] = field(default_factory=dict)


def person_from(cells: Cells, reading: Reading, row: int) -> tuple[Draft, Members | None]:
    """One person, and others that stand in the same name cell. Raises Held."""
    draft = Draft()
    others = names_from(draft, cells, row, on=reading.on, inverted=reading.inverted)
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
    draft.words += told_in_words(cells, PERSON_WORDS)
    return draft, others


def told_in_words(cells: Cells, contexts: Mapping[str, str]) -> tuple[str, ...]:
    """The free words of some fields, each after the context of its column."""
    return tuple(
        f"{context}: {told}"
        for name, context in contexts.items()
        for _, value in cells.get(name, ())
        if (told := words_of(value))
    )


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
        if is_age and (number := number_word(text)) is not None:
            value = number
        elif not is_age and text.isdecimal() and len(text) <= 3:
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
