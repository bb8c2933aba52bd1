"""A table that is ready to leave: its columns from the fixed list, its cells of their kinds and fit to be seen."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from safeconduct.core.errors import (
    CellNotOfItsKind,
    ExportCellTooLong,
    ExportColumnsUnclear,
    RaggedExport,
    TooManyExportRows,
)
from safeconduct.exports.files.columns import Column, Kind
from safeconduct.exports.files.letters import seen

# What leaves: text (dates too), a number, or None: unknown. Never an empty text.
Cell = str | int | float | None
Given = Cell | date

# Of a sheet and a cell, in every spreadsheet program in use (ECMA-376; Microsoft, "Excel specifications and limits").
MOST_ROWS = 1_048_575  # one more is the headings'
MOST_LETTERS = 32_767  # counted in UTF-16, as these programs do
MOST_DIGITS = (
    10**15
)  # a spreadsheet rounds what is longer: such a number belongs in a column of text
_ISO_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Table:
    """Columns and rows as they will be written. Make it with `table_of`, which fits what is given."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def headings(self) -> tuple[str, ...]:
        return tuple(column.heading for column in self.columns)


def table_of(columns: Sequence[Column], rows: Iterable[Sequence[Given]]) -> Table:
    """A table that is ready to leave.

    Text loses what is not seen (`letters.seen`), dates become ISO 8601 text, empty text becomes None. Raises
    ExportColumnsUnclear, RaggedExport, CellNotOfItsKind, ExportCellTooLong, TooManyExportRows.
    """
    if not columns or len({column.heading for column in columns}) < len(columns):
        raise ExportColumnsUnclear(found="one stands twice" if columns else "none was given")
    fitted = []
    for number, row in enumerate(rows, 1):
        if len(row) != len(columns):
            raise RaggedExport(row=number, found=len(row), expected=len(columns))
        fitted.append(
            tuple(_fitted(cell, column, number) for cell, column in zip(row, columns, strict=True))
        )
    if len(fitted) > MOST_ROWS:
        raise TooManyExportRows(found=len(fitted), limit=MOST_ROWS)
    return Table(tuple(columns), tuple(fitted))


def _fitted(cell: Given, column: Column, row: int) -> Cell:
    if cell is None:
        return None
    fits = {Kind.TEXT: _text, Kind.NUMBER: _number, Kind.DATE: _date}[column.kind](cell)
    if fits is None:
        raise CellNotOfItsKind(row=row, heading=column.heading, wanted=column.kind.value)
    if isinstance(fits, str) and (found := _length(fits)) > MOST_LETTERS:
        raise ExportCellTooLong(row=row, heading=column.heading, found=found, limit=MOST_LETTERS)
    return None if fits == "" else fits


def _text(cell: Given) -> Cell:
    return seen(cell) if isinstance(cell, str) else None


def _number(cell: Given) -> Cell:
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return None
    if not math.isfinite(cell) or abs(cell) >= MOST_DIGITS:
        return None
    return cell or 0  # no negative zero


def _date(cell: Given) -> Cell:
    if isinstance(cell, date) and not isinstance(cell, datetime):
        return cell.isoformat()
    if not isinstance(cell, str):
        return None
    told = seen(cell)
    return told if not told or _ISO_DATE.fullmatch(told) else None


def _length(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2
