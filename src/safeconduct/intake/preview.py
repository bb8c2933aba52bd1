"""What is shown of a delivery before it is imported: its columns, the first pleas, what is held and why.

Made once when it is read, sealed with the delivery, and cut down to what names nobody when the import is done.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from itertools import islice
from typing import Any, Final, TypeVar

from safeconduct.core.facts import Caller, Origin, Person, Plea
from safeconduct.core.rows import ColumnRead, RowEnd
from safeconduct.intake.assessing import Assess
from safeconduct.intake.held import BESIDE, SENTENCES
from safeconduct.intake.reading import Reading
from safeconduct.intake.sealing import as_json

T = TypeVar("T")
Spot = tuple[str, str, str]  # file, sheet, letters of the column
EXAMPLES: Final = 3
FIRST_PLEAS: Final = 30
FIRST_HELD: Final = 200
FIRST_REPEATED: Final = 500
_LONGEST: Final = 120


@dataclass(slots=True, kw_only=True)
class Preview:
    """Plain values only, as they stand in JSON.

    `columns`: file, sheet, column, heading, field, confidence (0 to 1), because, examples.
    `pleas`: number, rows, people ([name, birth, relation]), size, province, place, caller, band, reason.
    `held`: number, row, cell, reason, kind, cells ([heading, text]). `repeated`: row, same_as.
    `reasons`: how many rows are held for each, by the sentence that says what to do.
    `refused`: [code, words] where nothing could be read.
    """

    columns: list[dict[str, Any]] = field(default_factory=list)
    noticed: list[dict[str, str]] = field(default_factory=list)
    pleas: list[dict[str, Any]] = field(default_factory=list)
    held: list[dict[str, Any]] = field(default_factory=list)
    repeated: list[list[str]] = field(default_factory=list)
    reasons: dict[str, int] = field(default_factory=dict)
    bands: dict[str, int] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)

    def to_bytes(self) -> bytes:
        return as_json(asdict(self))

    @classmethod
    def from_bytes(cls, plain: bytes) -> Preview:
        return cls(**json.loads(plain)) if plain else cls()

    def without_people(self) -> Preview:
        """Once imported: people stand in their cases, and held rows in the quarantine."""
        columns = [{**each, "examples": []} for each in self.columns]
        return Preview(
            columns=columns, noticed=self.noticed, repeated=self.repeated, reasons=self.reasons
        )


def preview_of(reading: Reading, assess: Assess) -> Preview:
    """Of what was read. The band is told of the pleas that are shown, and of no other: those are assessed later."""
    intake = reading.intake
    examples, stands = _examples(reading), _unknown_headings(reading)
    first = [_plea(number, plea, assess) for number, plea in _some(reading.pleas(), FIRST_PLEAS)]
    repeated = [row for row in intake.rows if row.end is RowEnd.REPEATED]
    return Preview(
        columns=[_column(each, examples, stands) for each in intake.columns],
        noticed=[asdict(each) for each in intake.noticed],
        pleas=first,
        held=list(_some(_held(reading), FIRST_HELD)),
        repeated=[[str(row.origin), str(row.same_as)] for row in repeated[:FIRST_REPEATED]],
        reasons=dict(_reasons(reading).most_common()),
        bands=dict(Counter(each["band"] for each in first if each["band"])),
    )


def _reasons(reading: Reading) -> Counter[str]:
    reasons = Counter(row.reason for _, row in reading.held())
    if reading.beside:
        reasons[SENTENCES[BESIDE]] = len(reading.beside)
    return reasons


def _held(reading: Reading) -> Iterator[dict[str, Any]]:
    """Every row that would be held, with its words."""

    def told(number: int, origin: Origin, cell: str, kind: str, reason: str) -> dict[str, Any]:
        cells = [[heading, _short(text)] for heading, text in reading.cells(origin)]
        where = {"number": number, "row": str(origin), "cell": cell}
        return {**where, "reason": reason, "kind": kind, "cells": cells}

    for number, row in reading.held():
        yield told(number, row.origin, row.cell or "", row.kind, row.reason)
    for number, rows in reading.parted():
        yield from (told(number, origin, "", BESIDE, SENTENCES[BESIDE]) for origin in rows)


def taken_for(columns: Sequence[ColumnRead], *, file: str, sheet: str) -> Mapping[str, str]:
    """Heading: what the column was taken for, of one sheet."""
    return {
        each.heading or each.column: each.field
        for each in columns
        if each.field and (each.file, each.sheet) == (file, sheet)
    }


def _examples(reading: Reading) -> Mapping[tuple[str, str, str], list[str]]:
    """Of each heading of each sheet, the first texts that differ."""
    found: defaultdict[tuple[str, str, str], list[str]] = defaultdict(list)
    seen: Counter[tuple[str, str]] = Counter()
    for origin in reading.kept:
        here = (origin.file, origin.sheet)
        seen[here] += 1
        if seen[here] > FIRST_PLEAS * 10:
            continue
        for heading, text in reading.cells(origin):
            told = found[*here, heading]
            if len(told) < EXAMPLES and (short := _short(text)) not in told:
                told.append(short)
    return found


def _column(
    column: ColumnRead,
    examples: Mapping[tuple[str, str, str], list[str]],
    stands: Mapping[Spot, str],
) -> dict[str, Any]:
    here = (column.file, column.sheet)
    heading = column.heading or stands.get((*here, column.column), "")
    shown = examples.get((*here, heading or column.column), [])
    return {**asdict(column), "heading": heading, "examples": shown}


def _unknown_headings(reading: Reading) -> dict[Spot, str]:
    """What stands above columns that the reading knew no heading of: its cells are kept under these words.

    Told only where it is sure: one row fills all of them, and there are as many as there are such columns.
    """
    found: dict[Spot, str] = {}
    columns: defaultdict[tuple[str, str], list[ColumnRead]] = defaultdict(list)
    for each in reading.intake.columns:
        columns[each.file, each.sheet].append(each)
    for origin in islice(reading.kept, FIRST_PLEAS * 10):
        here = (origin.file, origin.sheet)
        known = {each.heading for each in columns[here] if each.heading}
        blank = [each for each in columns[here] if not each.heading]
        strange = [heading for heading, _ in reading.cells(origin) if heading not in known]
        if blank and len(strange) == len(blank):
            for column, heading in zip(blank, strange, strict=True):
                found.setdefault((*here, column.column), heading)
    return found


def places(origins: Sequence[Origin]) -> list[str]:
    """Where rows stand, those below each other told together: "cases.xlsx, sheet Cases, rows 6 to 12"."""
    runs: list[tuple[Origin, int]] = []  # the first of each run, and its last row
    for origin in origins:
        if runs and origin == replace(runs[-1][0], row=runs[-1][1] + 1):
            runs[-1] = (runs[-1][0], origin.row)
        else:
            runs.append((origin, origin.row))
    return [str(first) if first.row == last else _run(first, last) for first, last in runs]


def _run(first: Origin, last: int) -> str:
    sheet = f", sheet {first.sheet}" if first.sheet else ""
    return f"{first.file}{sheet}, rows {first.row} to {last}"


def _plea(number: int, plea: Plea, assess: Assess) -> dict[str, Any]:
    household = plea.household
    assessed = assess(household)
    reasons = assessed.entry.reasons if assessed else ()
    return {
        "number": number,
        "rows": places(plea.origins),
        "people": [_person(person) for person in household.people],
        "size": household.size,
        "province": household.province or "",
        "place": _short(household.place or ""),
        "caller": _caller(plea.caller),
        "band": assessed.band if assessed else "",
        "reason": reasons[0] if reasons else "",
    }


def _person(person: Person) -> list[str]:
    parts = [part for part in (person.given_name, person.family_name) if part]
    name = " ".join(parts) or person.native_name or ""
    return [name, str(person.birth or ""), str(person.relation or "")]


def _caller(caller: Caller) -> str:
    return ", ".join(part for part in (caller.name, caller.relation, *caller.phones) if part)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]} …"


def _some(found: Iterator[T], most: int) -> Iterator[T]:
    yield from islice(found, most)
