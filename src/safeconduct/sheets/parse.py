"""From the bytes of a file to messages of plain values. This is what runs in the child process.

Messages, in order, each safe to write as JSON: for every sheet {"sheet", "state", ...} and then, in batches,
{"rows": [[number, cells]]}, blank rows left out; {"noticed", "sheet"} anywhere; {"done": true} last. A cell is null, a
text, a number, true or false, ["d", "1990-02-03"] for a day, or ["?", why] for what cannot be taken as a value.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from math import isfinite
from typing import Any

from safeconduct.core.errors import SheetTooManyCells
from safeconduct.sheets import delimited
from safeconduct.sheets.container import Kind, kind_of
from safeconduct.sheets.limits import Limits
from safeconduct.sheets.scan import Place
from safeconduct.sheets.workbook import read_workbook

Message = dict[str, Any]
BATCH = 200


def parse(data: bytes, file: str, limits: Limits) -> Iterator[Message]:
    """The messages of one file. Raises the errors of BadSheet that container, scan, workbook and delimited raise."""
    kind = kind_of(data, file, limits)
    if kind is Kind.TEXT:
        yield from _text(data, file, limits)
    else:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if suffix := _other_suffix(file, (".csv", ".tsv", ".txt")):
                said = f"Its name ends in {suffix}, but it is a workbook, and was read as such."
                yield {"noticed": said, "sheet": ""}
            for sheet in read_workbook(data, package, kind, file, limits):
                if isinstance(sheet, str):
                    yield {"noticed": sheet, "sheet": ""}
                    continue
                yield sheet.heading()
                yield from _batches(sheet.rows(), limits)
    yield {"done": True}


def _text(data: bytes, file: str, limits: Limits) -> Iterator[Message]:
    read = delimited.decode(data)
    delimiter = delimited.delimiter_of(read.text.splitlines()[:200])
    yield {"sheet": "", "state": "visible", "delimited": True}
    yield from _batches(_records(read.text, delimiter, file, limits), limits)
    if not read.certain:
        yield {
            "noticed": f"Its letters were read as {read.encoding}, which is a guess: "
            "if names look wrong, save the sheet as .xlsx or as CSV in UTF-8.",
            "sheet": "",
        }
    if suffix := _other_suffix(file, (".xlsx", ".xlsm", ".xls", ".ods")):
        yield {
            "noticed": f"Its name ends in {suffix}, but it is delimited text, and was read as such.",
            "sheet": "",
        }
    if "\0" in read.text:
        yield {
            "noticed": "It held empty bytes between its letters, which were left out.",
            "sheet": "",
        }


def _other_suffix(file: str, suffixes: tuple[str, ...]) -> str:
    """The ending of a name that promises another format, or nothing."""
    return next((suffix for suffix in suffixes if file.lower().endswith(suffix)), "")


def _records(
    text: str, delimiter: str, file: str, limits: Limits
) -> Iterator[tuple[int, list[Any]]]:
    place = Place(file, "", limits)
    total = 0
    for number, record in enumerate(delimited.records(text, delimiter, file), start=1):
        cells: list[Any] = list(record.cells)
        if record.at is not None:
            cells[record.at] = ["?", record.fault]
        while cells and isinstance(cells[-1], str) and not cells[-1].strip():
            cells.pop()
        if cells:
            place.check(number, len(cells))
            total += len(cells)
            if total > limits.cells:
                raise SheetTooManyCells(file=file, cells=total, limit=limits.cells)
            yield number, cells


def _batches(rows: Iterator[tuple[int, list[Any]]], limits: Limits) -> Iterator[Message]:
    batch: list[list[Any]] = []
    for number, cells in rows:
        plain = [
            _plain(cell, limits.cell_text) if cell.__class__ is not int else cell for cell in cells
        ]
        while plain and plain[-1] is None:
            plain.pop()
        if plain:
            batch.append([number, plain])
        if len(batch) == BATCH:
            yield {"rows": batch}
            batch = []
    if batch:
        yield {"rows": batch}


def _plain(cell: Any, longest: int) -> Any:  # noqa: PLR0911 (one line for each kind of value)
    """A value as JSON can hold it."""
    if cell.__class__ is str:
        if not cell or cell.isspace():
            return None
        return cell if len(cell) <= longest else ["?", "too long"]
    if cell.__class__ is float:
        if not isfinite(cell):
            return ["?", "error"]
        return int(cell) if cell.is_integer() and abs(cell) < 1e15 else cell
    if cell is None or isinstance(cell, bool | list):
        return cell
    if isinstance(cell, datetime):
        return ["d", cell.date().isoformat()]
    if isinstance(cell, date):
        return ["d", cell.isoformat()]
    return str(cell)
