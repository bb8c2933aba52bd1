"""The same look for an OpenDocument sheet: one content.xml, whose rows and cells may be repeated a million times."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, field

from safeconduct.core.errors import SheetBroken, SheetUnsafe
from safeconduct.sheets.limits import Limits
from safeconduct.sheets.scan import (
    LOWEST_ROW,
    Place,
    SheetScan,
    guarded_parser,
    is_flat,
    stream,
)

HIDDEN = {"collapse", "filter"}
CELLS = {"table-cell", "covered-table-cell"}
SKIPPED = {"annotation", "shapes", "tracked-changes", "forms"}
KINDS = {"office:value-type", "table:formula"}
SIZES = {"table-row-properties": "row-height", "table-column-properties": "column-width"}
POINTS = {"in": 72.0, "cm": 28.35, "mm": 2.835, "pt": 1.0, "pc": 12.0, "px": 0.75}
MOST_KEPT = 10_000  # copies of one text


@dataclass(slots=True)
class OdsScan:
    """The look at every sheet of a document, in its order, by name."""

    sheets: dict[str, SheetScan] = field(default_factory=dict)


def scan_content(package: zipfile.ZipFile, part: str, file: str, limits: Limits) -> OdsScan:
    """Look through content.xml. Raises SheetFarCell, SheetBroken, SheetUnsafe."""
    scanner = _Scanner(file, limits)
    parser = guarded_parser(file)
    parser.StartElementHandler = scanner.start
    parser.EndElementHandler = scanner.end
    parser.CharacterDataHandler = scanner.said
    stream(parser, package, part, file)
    return scanner.scan


class _Scanner:
    """The place in the document while it streams by.

    Cells whose text the reader would lose or run together (no kind told, or a line break inside a paragraph) are
    kept in `texts`.
    """

    def __init__(self, file: str, limits: Limits) -> None:
        self.scan = OdsScan()
        self.file, self.limits = file, limits
        self.found = SheetScan()
        self.place = Place(file, "", limits)
        self.row = self.column = self.column_seen = 0
        self.row_times = self.cell_times = 1
        self.cell_attributes: dict[str, str] = {}
        self.filled = False
        self.hidden_groups = 0
        self.groups: list[bool] = []
        self.skipping = 0
        self.tables = 0
        self.style = ""
        self.flat: set[str] = set()  # styles of rows and columns too small to be seen
        self.text: list[str] = []
        self.broken = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if name in SKIPPED or self.skipping:
            self.skipping += 1
        elif name in CELLS:
            self.begin_cell(attributes)
        elif name == "p":
            self.text.append("\n" if self.filled and self.text else "")
            self.filled = True
        elif name == "line-break":
            self.text.append("\n")
            self.broken = True
        elif name in {"s", "tab"}:
            self.text.append(" ")
        elif name == "table-row":
            self.begin_row(attributes)
        elif name == "table-column":
            self.note_column(attributes)
        elif name in {"table-row-group", "table-column-group"}:
            self.groups.append(attributes.get("table:display") == "false")
            self.hidden_groups += self.groups[-1]
        elif name == "table":
            self.begin_sheet(attributes.get("table:name", ""))
        elif name == "style":
            self.style = attributes.get("style:name", "")
        elif name in SIZES:
            self.note_size(attributes.get(f"style:{SIZES[name]}"))

    def end(self, name: str) -> None:
        name = name.rpartition(":")[2]
        if self.skipping:
            self.skipping -= 1
        elif name in CELLS:
            self.end_cell()
        elif name == "table-row":
            self.row += self.row_times - 1
        elif name in {"table-row-group", "table-column-group"}:
            self.hidden_groups -= self.groups.pop()
        elif name == "table":
            self.tables -= 1

    def said(self, text: str) -> None:
        if not self.skipping:
            self.text.append(text)

    def note_size(self, size: str | None) -> None:
        unit = (size or "").lstrip("0123456789.")
        if unit in POINTS and is_flat(size, LOWEST_ROW / POINTS[unit]):
            self.flat.add(self.style)

    def begin_sheet(self, name: str) -> None:
        self.tables += 1
        if self.tables > 1:
            raise SheetUnsafe(file=self.file, what="a table stands inside a cell")
        if name in self.scan.sheets:
            raise SheetUnsafe(file=self.file, what="two of its sheets have the same name")
        self.found = self.scan.sheets.setdefault(name, SheetScan())
        self.place = Place(self.file, name, self.limits)
        self.row = self.column = self.column_seen = 0

    def begin_row(self, attributes: dict[str, str]) -> None:
        self.row, self.column = self.row + 1, 0
        self.row_times = _times(attributes.get("table:number-rows-repeated"))
        if self.is_hidden(attributes):
            self.found.hidden_rows.append((self.row, self.row + self.row_times - 1))

    def note_column(self, attributes: dict[str, str]) -> None:
        times = _times(attributes.get("table:number-columns-repeated"))
        if self.is_hidden(attributes):
            self.found.hidden_columns.append((self.column_seen + 1, self.column_seen + times))
        self.column_seen += times

    def is_hidden(self, attributes: dict[str, str]) -> bool:
        return (
            attributes.get("table:visibility") in HIDDEN
            or self.hidden_groups > 0
            or attributes.get("table:style-name") in self.flat
        )

    def begin_cell(self, attributes: dict[str, str]) -> None:
        self.column += 1
        self.cell_attributes = attributes
        self.cell_times = _times(attributes.get("table:number-columns-repeated"))
        self.filled = "office:value-type" in attributes
        self.text, self.broken = [], False

    def end_cell(self) -> None:
        attributes, found = self.cell_attributes, self.found
        last_row, last_column = self.row + self.row_times - 1, self.column + self.cell_times - 1
        down = _times(attributes.get("table:number-rows-spanned"))
        across = _times(attributes.get("table:number-columns-spanned"))
        if down > 1 or across > 1:
            found.merges.append(
                (self.row, self.column, self.row + down - 1, self.column + across - 1)
            )
        if "table:formula" in attributes and not self.filled:
            found.pending.append((self.row, self.column))
            self.filled = True
        if attributes.get("calcext:value-type") == "error":
            found.errors.append((self.row, self.column))
        if self.broken or (self.filled and not KINDS & attributes.keys()):
            self.keep_text(last_row, last_column)
        if self.filled:
            self.place.check(last_row, last_column)
            found.last_row = max(found.last_row, last_row)
            found.last_column = max(found.last_column, last_column)
        self.column = last_column
        self.filled = False

    def keep_text(self, last_row: int, last_column: int) -> None:
        text = "".join(self.text)
        if not text.strip():
            return
        if (last_row - self.row + 1) * (last_column - self.column + 1) > MOST_KEPT:
            raise SheetBroken(file=self.file, what="texts of no kind fill it")
        for row in range(self.row, last_row + 1):
            for column in range(self.column, last_column + 1):
                self.found.texts[row, column] = text


def _times(text: str | None) -> int:
    """How often something is repeated; a number too long to be one is as large as any limit needs."""
    if not text or not (text.isascii() and text.isdigit()):
        return 1
    return min(int(text[:10]), 2_000_000_000) or 1
