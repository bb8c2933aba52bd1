"""The sheets of an .xlsx or .ods: scanned first, then read by calamine, the one importer of which is this module."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from safeconduct.core.errors import (
    SheetBroken,
    SheetLocked,
    SheetTooManyCells,
    SheetTooManySheets,
    SheetUnsafe,
)
from safeconduct.sheets.container import Kind
from safeconduct.sheets.limits import Limits
from safeconduct.sheets.scan import Place, SheetScan, guarded_parser, scan_worksheet, stream
from safeconduct.sheets.scan_ods import scan_content

STATES = {"Visible": "visible", "Hidden": "hidden", "VeryHidden": "very hidden"}


@dataclass(slots=True)
class Sheet:
    """One sheet: what the scan found, and a way to its cells."""

    name: str
    state: str
    scan: SheetScan
    source: Any  # a calamine sheet

    def heading(self) -> dict[str, Any]:
        scan = self.scan
        return {
            "sheet": self.name,
            "state": self.state,
            "hidden_rows": _within(scan.hidden_rows, scan.last_row),
            "hidden_columns": _within(scan.hidden_columns, scan.last_column),
            "merges": [
                box for box in scan.merges if box[0] <= scan.last_row and box[1] <= scan.last_column
            ],
        }

    def rows(self) -> Iterator[tuple[int, list[Any]]]:
        """Rows that hold anything, numbered as the program shows them."""
        marks: dict[int, dict[int, str]] = {}
        for why, places in (("formula", self.scan.pending), ("error", self.scan.errors)):
            for row, column in places:
                marks.setdefault(row, {})[column] = why
        texts: dict[int, dict[int, str]] = {}
        for (row, column), text in self.scan.texts.items():
            texts.setdefault(row, {})[column] = text
        values = self.source.to_python(skip_empty_area=False) if self.source is not None else []
        for number, cells in enumerate(values, start=1):
            if number in texts:
                _put(cells, texts[number])
            if number in marks:
                _mark(cells, marks.pop(number))
            yield number, cells
        for number in sorted(marks):  # rows with nothing but formulas never worked out
            cells = []
            _mark(cells, marks[number])
            yield number, cells


def _put(cells: list[Any], texts: dict[int, str]) -> None:
    for column, text in texts.items():
        while len(cells) < column:
            cells.append(None)
        cells[column - 1] = text


def _mark(cells: list[Any], marks: dict[int, str]) -> None:
    for column, why in marks.items():
        while len(cells) < column:
            cells.append(None)
        if cells[column - 1] in {None, ""}:
            cells[column - 1] = ["?", why]


def _within(spans: list[tuple[int, int]], last: int) -> list[tuple[int, int]]:
    return [(first, min(end, last)) for first, end in spans if first <= last]


def read_workbook(
    data: bytes, package: zipfile.ZipFile, kind: Kind, file: str, limits: Limits
) -> Iterator[Sheet | str]:
    """Every sheet in order, hidden ones too, and sentences for the sender in between.

    Raises SheetBroken, SheetLocked, SheetFarCell, SheetTooManyCells, SheetTooManySheets, SheetUnsafe.
    """
    scans = _scan(package, kind, file, limits)
    spanned = sum(scan.last_row * scan.last_column for scan in scans.values())
    if spanned > limits.cells:
        raise SheetTooManyCells(file=file, cells=spanned, limit=limits.cells)
    names = {part.filename.lower() for part in package.infolist()}
    if any(name.endswith("vbaproject.bin") for name in names) or any(
        name.startswith("basic/") for name in names
    ):
        yield "It holds macros. They were not run."
    if any("comments" in name for name in names):
        yield "It holds comments attached to cells. They were not read."
    yield from _sheets(data, scans, file)


def _scan(package: zipfile.ZipFile, kind: Kind, file: str, limits: Limits) -> dict[str, SheetScan]:
    if kind is Kind.ODS:
        scans = scan_content(package, "content.xml", file, limits).sheets
        _check_count(len(scans), file, limits)
        return scans
    scans = {}
    parts = _worksheets(package, file)
    _check_count(len(parts), file, limits)
    for name, part in parts:
        scans[name] = scan_worksheet(package, part, Place(file, name, limits))
    return scans


def _check_count(count: int, file: str, limits: Limits) -> None:
    if count > limits.sheets:
        raise SheetTooManySheets(file=file, count=count, what="sheets", limit=limits.sheets)


def _worksheets(package: zipfile.ZipFile, file: str) -> list[tuple[str, str]]:
    """Name and part of every sheet, and every worksheet part that no sheet names (the reader may still open it)."""
    by_lowered = {part.filename.lower(): part.filename for part in package.infolist()}
    main = _main_part(package, by_lowered, file)
    folder, name = posixpath.split(main)
    links = _links(package, by_lowered.get(f"{folder}/_rels/{name}.rels", ""), folder, file)
    named: list[tuple[str, str]] = []

    def sheet(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "sheet":
            link = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            named.append((attributes.get("name", ""), links.get(link, ("", ""))[1]))

    parser = guarded_parser(file)
    parser.StartElementHandler = sheet
    stream(parser, package, by_lowered.get(main, main), file)
    if len({name for name, _ in named}) < len(named):
        raise SheetUnsafe(file=file, what="two of its sheets have the same name")
    found = [
        (name, by_lowered[part])
        for name, part in named
        if part.endswith(".xml") and part in by_lowered
    ]
    seen = {part for _, part in found}
    strays = [
        part
        for low, part in by_lowered.items()
        if "/worksheets/" in f"/{low}" and low.endswith(".xml") and part not in seen
    ]
    return found + [(part, part) for part in strays]


def _main_part(package: zipfile.ZipFile, by_lowered: dict[str, str], file: str) -> str:
    """The part that holds the list of sheets. The package says which; a decoy of the usual name is not looked at."""
    links = _links(package, by_lowered.get("_rels/.rels", ""), "", file)
    told = [part for kind, part in links.values() if kind.endswith("/officeDocument")]
    return told[0] if told else "xl/workbook.xml"


def _links(
    package: zipfile.ZipFile, part: str, folder: str, file: str
) -> dict[str, tuple[str, str]]:
    """The relationships that a part tells: by id, their kind and the part they lead to, in lower case."""
    links: dict[str, tuple[str, str]] = {}

    def relationship(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "Relationship":
            target = attributes.get("Target", "")
            path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/").lower()
            links[attributes.get("Id", "")] = (attributes.get("Type", ""), path)

    if part:
        parser = guarded_parser(file)
        parser.StartElementHandler = relationship
        stream(parser, package, part, file)
    return links


def _sheets(data: bytes, scans: dict[str, SheetScan], file: str) -> Iterator[Sheet | str]:
    import python_calamine as calamine  # noqa: PLC0415 (loads only in the process that reads)

    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        for about in book.sheets_metadata:
            state = STATES.get(str(about.visible).rpartition(".")[2], "hidden")
            if str(about.typ).rpartition(".")[2] != "WorkSheet":
                yield "It holds a sheet that is no table (of a chart or of macros). It was not read."
            else:
                if about.name not in scans:  # not looked at, so its hidden rows are not known
                    raise SheetUnsafe(file=file, what="it is not clear which sheets it holds")
                yield Sheet(
                    name=about.name,
                    state=state,
                    scan=scans[about.name],
                    source=book.get_sheet_by_name(about.name),
                )
    except calamine.PasswordError as error:
        raise SheetLocked(file=file) from error
    except calamine.CalamineError as error:
        raise SheetBroken(file=file, what="its sheets cannot be opened") from error
