"""Which rows are one family. By the sheet's own signs only, in this order; unknown ties are not guessed (law 8).

1. A reference of the case or family that comes again, is merged, or stands on the first row of each family only.
2. One row per family: members in a cell, or a size told in most rows and no relation told in any.
3. A caller who comes again, is merged, or stands on the first row only: the caller's people travel together
   until told otherwise.
4. Relations to a principal: each principal begins a family.
5. Blank rows between blocks of rows.
6. None of these: each row is a household of its own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field

from safeconduct.core.plain_text import plain
from safeconduct.sheets.told import Told

FILLED_DOWN = (
    0.2  # share of blank cells in a column that is written on the first row of each family only
)
MOST_OF_ONE_WORD = 25  # rows
_DISTINCT = re.compile(r"(?=.*[^\W\d])(?=.*\d).{4,}|\d{5,}")


@dataclass(slots=True)
class Grouping:
    """The family of each row, as a key, and sentences for the sender where something was assumed."""

    keys: list[Hashable]
    sentences: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Shape:
    """What a sheet has columns for, as far as grouping goes."""

    sheet: tuple[str, str]
    members: bool = False
    told_size: bool = False
    relation: bool = False
    caller: bool = False
    numbered: bool = False
    sure_reference: bool = True  # its heading says so and no more: "Ref", not "ARAP ref"


def group_rows(rows: Sequence[Told], shape: Shape) -> Grouping:
    """The family of each row. `rows` are the people's rows of one sheet in order, held ones too."""
    for sign in (_by_reference, _by_row, _by_caller, _by_number, _by_relation, _by_blocks):
        found = sign(rows, shape)
        if found is not None:
            return found
    return Grouping([(shape.sheet, told.origin.row) for told in rows])


def _by_reference(rows: Sequence[Told], shape: Shape) -> Grouping | None:
    values = [told.reference for told in rows]
    # One row per family: a blank reference is one not given yet.
    down = values if shape.members or not shape.sure_reference else _filled_down(rows, values)
    for told, value in zip(rows, down, strict=True):
        told.reference = value
    counted = Counter(_key(value) for value in down if value)
    if not counted or any(_is_crowd(key, count) for key, count in counted.items()):
        return None
    if max(counted.values()) == 1 and not shape.members:
        # Every row has one of its own: numbers of persons where relations are told, else of families.
        related = any(told.relation_word and not told.begins for told in rows)
        if related or shape.caller:
            return None
    keys: list[Hashable] = [
        _reference_key(value, shape) if value else (shape.sheet, "row", told.origin.row)
        for told, value in zip(rows, down, strict=True)
    ]
    return Grouping(keys, _said_down(values, down, "reference of the family"))


def _is_crowd(key: str, count: int) -> bool:
    """A word that more rows share than a family has people: a group of another kind, such as a scheme."""
    return count > MOST_OF_ONE_WORD and not any(letter.isdigit() for letter in key)


def _reference_key(value: str, shape: Shape) -> Hashable:
    """A reference such as CO-0017 is one family in every sheet of its file; a bare 17 only within its own sheet."""
    key = _key(value)
    return (shape.sheet[0], key) if _DISTINCT.fullmatch(key) else (shape.sheet, key)


def _by_row(rows: Sequence[Told], shape: Shape) -> Grouping | None:
    families = shape.members or (
        shape.told_size
        and not any(told.relation_word for told in rows)
        and sum(told.told_size is not None for told in rows) >= 0.6 * len(rows)
    )
    return Grouping([(shape.sheet, told.origin.row) for told in rows]) if families else None


def _by_caller(rows: Sequence[Told], shape: Shape) -> Grouping | None:
    if not shape.caller:
        return None
    values = [told.caller_name for told in rows]
    down = _filled_down(rows, values)
    for told, value in zip(rows, down, strict=True):
        told.caller_name = value
    counted = Counter(_key(value) for value in down if value)
    crowds = {key for key, count in counted.items() if count > MOST_OF_ONE_WORD}
    keys: list[Hashable] = [
        (shape.sheet, "caller", _key(value))
        if value and _key(value) not in crowds
        else (shape.sheet, told.origin.row)
        for told, value in zip(rows, down, strict=True)
    ]
    sentences = _said_down(values, down, "caller")
    if crowds:
        sentences.append(
            f"A caller who stands on more than {MOST_OF_ONE_WORD} rows was taken to ask for many families, "
            "and each row for one of its own; give each family a reference to join them."
        )
    if any(count > 1 for count in Counter(keys).values()):
        sentences.append(
            "The people of one caller were taken as one family, because the sheet has no finer reference; "
            "give each family a reference to part them."
        )
    return Grouping(keys, sentences)


def _by_number(rows: Sequence[Told], shape: Shape) -> Grouping | None:
    """A running number that stands on the first row of each family only, or on each of its rows."""
    values = [told.row_number for told in rows]
    down = _filled_down(rows, values)
    if not shape.numbered or not any(values):
        return None
    runs = sum(1 for at in range(1, len(down)) if down[at] and down[at] == down[at - 1])
    if runs == 0 or not values[0]:
        return None
    block, keys = 0, []
    for at, value in enumerate(down):
        block += at > 0 and value != down[at - 1]
        keys.append((shape.sheet, "number", block))
    return Grouping(list(keys), _said_down(values, down, "number of the family"))


def _by_relation(rows: Sequence[Told], shape: Shape) -> Grouping | None:
    """Each principal begins a family; so does a blank relation where the others are told, and a gap of blank rows."""
    if not shape.relation or shape.caller:
        return None
    words = sum(bool(told.relation_word) for told in rows)
    principals = any(told.begins for told in rows)
    if words < 0.3 * len(rows):
        return None
    block, keys = 0, []
    for at, told in enumerate(rows):
        begins = told.begins if principals else not told.relation_word
        gap = at > 0 and told.after_blank
        block += begins or gap
        keys.append((shape.sheet, "principal", block))
    return Grouping(list(keys))


def _by_blocks(rows: Sequence[Told], shape: Shape) -> Grouping | None:
    """Blank rows between families: at least two blocks, and most of more than one row."""
    block, keys = 0, []
    for at, told in enumerate(rows):
        block += at > 0 and told.after_blank
        keys.append((shape.sheet, "block", block))
    sizes = list(Counter(keys).values())
    if len(sizes) < 2 or sum(size > 1 for size in sizes) * 2 <= len(sizes):
        return None
    return Grouping(
        list(keys),
        [
            "Rows between blank rows were taken as one family, because the sheet has no other sign of families."
        ],
    )


def _filled_down(rows: Sequence[Told], values: Sequence[str | None]) -> list[str | None]:
    """A value that stands on the first row of each family goes for the blank rows below it, not over a blank row."""
    blanks = sum(value is None for value in values)
    if not values or not values[0] or blanks < FILLED_DOWN * len(values):
        return list(values)
    down: list[str | None] = []
    for told, value in zip(rows, values, strict=True):
        own = told.after_blank or told.begins or told.told_size or told.lists
        down.append(value or (None if own or not down else down[-1]))
    return down


def _said_down(values: Sequence[str | None], down: Sequence[str | None], what: str) -> list[str]:
    filled = sum(
        value is None and below is not None for value, below in zip(values, down, strict=True)
    )
    if not filled:
        return []
    return [
        f"The {what} was taken to the rows below it in {filled} {'row' if filled == 1 else 'rows'} where it is blank."
    ]


def _key(value: str | None) -> str:
    return " ".join(plain(value).split()) if value else ""
