"""A sheet as it came back from the reading process: cells, and what is hidden or merged."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from safeconduct.core.facts import Origin
from safeconduct.core.rows import Noticed
from safeconduct.sheets.addresses import letters
from safeconduct.sheets.fields import Field
from safeconduct.sheets.parse import Message


@dataclass(frozen=True, slots=True)
class Unread:
    """A cell that holds something, but no value that can be taken. `why` is a key of `reasons.SENTENCES`."""

    why: str


Value = str | int | float | bool | date | Unread | None


@dataclass(frozen=True, slots=True)
class Line:
    """One row that is not blank, numbered as the spreadsheet shows it. `cells[0]` is column A."""

    number: int
    cells: list[Value]

    def cell(self, index: int) -> Value:
        return self.cells[index] if index < len(self.cells) else None

    def filled(self) -> Iterator[int]:
        return (index for index, value in enumerate(self.cells) if value is not None)


class Known(NamedTuple):
    """What a column is by its format and not by guess: its field (None: left unread), and why.

    `aside`: nobody told what is in it, or it says again what another column says.
    """

    field: Field | None
    because: str
    aside: bool = False


@dataclass(frozen=True, slots=True)
class FromForm:
    """What is known of a sheet because the server of a form wrote it (kobo.py).

    `headings` are the first and last row of its headings. `known` are columns from 0. `families` has the family of
    every row below the headings, by its number; a row that is not in it belongs to no submission of the file.
    `repeat`: the rows are people (or things) of a submission, which stands in another sheet.
    """

    headings: tuple[int, int]
    known: Mapping[int, Known]
    families: Mapping[int, Hashable]
    repeat: bool = False


@dataclass(slots=True)
class Grid:
    """One sheet. `name` is empty for a delimited file. Hidden columns count from 0 here, as cells do; rows from 1."""

    file: str
    name: str
    state: str = "visible"
    delimited: bool = False
    lines: list[Line] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    form: FromForm | None = None

    def origin(self, row: int) -> Origin:
        return Origin(self.file, self.name, row)

    def visible(self) -> Iterator[Line]:
        return (line for line in self.lines if line.number not in self.hidden_rows)

    @property
    def width(self) -> int:
        return max((len(line.cells) for line in self.lines), default=0)


def grids_from(messages: Iterable[Message], file: str) -> tuple[list[Grid], list[Noticed]]:
    """The sheets of one file, in their order, and what the reading process noticed."""
    grids: list[Grid] = []
    noticed: list[Noticed] = []
    for message in messages:
        if "rows" in message:
            grids[-1].lines.extend(
                Line(number, _values(cells)) for number, cells in message["rows"]
            )
        elif "sheet" in message and "noticed" not in message:
            grids.append(_begun(message, file))
        elif "noticed" in message:
            noticed.append(Noticed(file=file, sheet=message["sheet"], sentence=message["noticed"]))
    return grids, noticed


def _begun(message: Message, file: str) -> Grid:
    return Grid(
        file=file,
        name=message["sheet"],
        state=message["state"],
        delimited=message.get("delimited", False),
        hidden_rows={n for a, b in message.get("hidden_rows", ()) for n in range(a, b + 1)},
        hidden_columns={
            n - 1 for a, b in message.get("hidden_columns", ()) for n in range(a, b + 1)
        },
        merges=[(a, b, c, d) for a, b, c, d in message.get("merges", ())],
    )


def _values(cells: list[Any]) -> list[Value]:
    for at, value in enumerate(cells):
        if value.__class__ is list:
            kind, told = value
            cells[at] = date.fromisoformat(told) if kind == "d" else Unread(told)
    return cells


def column_list(indexes: Iterable[int]) -> str:
    """Columns by their letters, as a sentence holds them: "B, D and F"."""
    names = [letters(index + 1) for index in sorted(indexes)]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
