"""Reading plain CSV files in the public formats (docs/formats.md), with errors that name file, line
and column.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from operator import itemgetter
from pathlib import Path
from typing import TextIO

import click

from safeconduct.core.errors import (
    BadCell,
    CannotRead,
    MissingColumns,
    NoSuchFile,
    NotText,
    RepeatedColumn,
    TooManyCells,
)

# A field longer than this is a broken quote, not a value; without a limit it would swallow the
# file.
csv.field_size_limit(1_000_000)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table. `number` is the line in the file, counting the heading as 1. `cells`: one for each column,
    and an empty one for columns that are absent; `places`: of the columns, shared by all lines.
    """

    number: int
    cells: list[str]
    places: Mapping[str, int]

    def __getitem__(self, column: str) -> str:
        return self.cells[self.places.get(column, -1)]


@dataclass(frozen=True, slots=True)
class Table:
    path: Path
    columns: tuple[str, ...]
    lines: tuple[Line, ...]

    def __iter__(self) -> Iterator[Line]:
        return iter(self.lines)

    def picked(self, columns: Sequence[str]) -> Iterator[tuple[Line, tuple[str, ...]]]:
        """Each line with its cells of these columns: for lists so long that asking one by one takes time."""
        places = {column: place for place, column in enumerate(self.columns)}
        pick = itemgetter(*(places.get(column, -1) for column in columns))
        return ((line, pick(line.cells)) for line in self.lines)

    def refuse(self, line: Line, column: str, problem: str, fix: str) -> BadCell:
        """An error to raise about one cell."""
        return BadCell(path=self.path, line=line.number, column=column, problem=problem, fix=fix)


def read_table(
    path: Path,
    required: Sequence[str],
    optional: Sequence[str] = (),
    *,
    as_given: bool = False,
) -> Table:
    """Read a whole CSV file. Columns may come in any order; an absent optional column reads as
    empty cells.

    Cells are stripped of surrounding blanks; wholly blank lines are passed over. Other columns are
    kept as they are. With `as_given` cells keep their blanks and a line of empty cells is a line
    like any other (only one with nothing at all is passed over): for a format that gives back every
    line in its place.
    """
    lines: list[Line] = []
    with _opened(path) as file:
        reader = csv.reader(file, strict=True)
        try:
            columns = tuple(cell.strip() for cell in next(reader, []))
            _check_columns(path, columns, required, optional)
            places = {column: place for place, column in enumerate(columns)}
            for cells in reader:
                kept = cells if as_given else [cell.strip() for cell in cells]
                if not any(kept if not as_given else map(str.strip, cells)) and (
                    not as_given or len(cells) < 2
                ):
                    continue
                if len(cells) > len(columns):
                    raise TooManyCells(
                        path=path, line=reader.line_num, cells=len(cells), columns=len(columns)
                    )
                kept.extend([""] * (len(columns) + 1 - len(kept)))
                lines.append(Line(reader.line_num, kept, places))
        except (UnicodeDecodeError, csv.Error) as problem:
            line = getattr(reader, "line_num", 0) + 1
            raise NotText(path=path, line=line, problem=_in_words(problem)) from problem
    return Table(path, columns, tuple(lines))


def read_text(path: Path) -> str:
    """A whole text file in UTF-8. Raises NoSuchFile, CannotRead, NotText."""
    with _opened(path) as file:
        try:
            return file.read()
        except UnicodeDecodeError as problem:
            raise NotText(path=path, line=1, problem=_in_words(problem)) from problem


def tell_left_out(table: Table, known: Sequence[str]) -> None:
    """Say on standard error which columns are not of this format and were not looked at."""
    strange = [column for column in table.columns if column and column not in known]
    if strange:
        click.echo(
            f"Noticed: {table.path} has columns that are not used: {', '.join(strange)}.", err=True
        )


def _opened(path: Path) -> TextIO:
    try:
        return path.open(encoding="utf-8-sig", newline="")
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError) as problem:
        raise NoSuchFile(path=path) from problem
    except OSError as problem:
        raise CannotRead(path=path, problem=problem.strerror) from problem


def _check_columns(
    path: Path, columns: Sequence[str], required: Sequence[str], optional: Sequence[str]
) -> None:
    for column in columns:
        if column and columns.count(column) > 1:
            raise RepeatedColumn(path=path, column=column)
    missing = [column for column in required if column not in columns]
    if missing:
        strange = [column for column in columns if column not in (*required, *optional)]
        near = get_close_matches(missing[0], strange, n=1)
        nearest = f" Did you mean it by {near[0]}?" if near else ""
        raise MissingColumns(path=path, columns=_columns(missing), nearest=nearest)


def _columns(names: Sequence[str]) -> str:
    if len(names) == 1:
        return f"the column {names[0]} is"
    return f"the columns {', '.join(names[:-1])} and {names[-1]} are"


def _in_words(problem: Exception) -> str:
    return (
        "its letters are in another encoding"
        if isinstance(problem, UnicodeDecodeError)
        else str(problem)
    )
