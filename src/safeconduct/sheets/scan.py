"""A streaming look at the XML of a workbook before its reader touches it.

It finds what the reader does not tell (hidden rows and columns, merged ranges, formulas without a saved result, error
cells) and refuses what would kill the reader: one filled cell in the far corner makes it ask for the whole rectangle.
Documents that declare entities are refused; no spreadsheet program writes them.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from dataclasses import dataclass, field
from xml.parsers import expat

from safeconduct.core.errors import SheetBroken, SheetFarCell, SheetUnsafe
from safeconduct.sheets.addresses import address, column_number, split_address
from safeconduct.sheets.limits import Limits

Span = tuple[int, int]
Box = tuple[int, int, int, int]
DIGITS = "0123456789"
LOWEST_ROW, NARROWEST_COLUMN = 2.0, 0.3  # points; letters
_SIZE = re.compile(r"\d{1,6}(\.\d{1,20})?", re.ASCII)


@dataclass(slots=True)
class SheetScan:
    """What a look at one sheet found. Rows and columns count from 1; spans and boxes include both ends."""

    last_row: int = 0
    last_column: int = 0
    hidden_rows: list[Span] = field(default_factory=list)
    hidden_columns: list[Span] = field(default_factory=list)
    merges: list[Box] = field(default_factory=list)
    pending: list[Span] = field(default_factory=list)
    errors: list[Span] = field(default_factory=list)
    texts: dict[Span, str] = field(
        default_factory=dict
    )  # of cells whose text the reader would lose


@dataclass(frozen=True, slots=True)
class Place:
    """Where a scan is, for the words of a refusal."""

    file: str
    sheet: str
    limits: Limits

    def check(self, row: int, column: int) -> None:
        if row > self.limits.rows or column > self.limits.columns:
            raise SheetFarCell(
                file=self.file,
                sheet=self.sheet,
                cell=address(row, column),
                rows=self.limits.rows,
                columns=self.limits.columns,
            )


def guarded_parser(file: str) -> expat.XMLParserType:
    """An XML parser that refuses document types, and with them every kind of entity."""
    parser = expat.ParserCreate()

    def refuse(*_: object) -> None:
        raise SheetUnsafe(file=file, what="it declares entities")

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    return parser


def stream(parser: expat.XMLParserType, package: zipfile.ZipFile, part: str, file: str) -> None:
    """Send one part of a package through a parser. Raises SheetBroken where it is malformed."""
    try:
        with package.open(part) as opened:
            parser.ParseFile(opened)
    except (expat.ExpatError, zipfile.BadZipFile, zlib.error) as error:
        raise SheetBroken(file=file, what="a part of it cannot be read") from error
    except (KeyError, EOFError, ValueError, OSError, NotImplementedError) as error:
        raise SheetBroken(file=file, what="a part of it is missing") from error


def scan_worksheet(package: zipfile.ZipFile, part: str, place: Place) -> SheetScan:
    """Look through one worksheet of an .xlsx. Raises SheetFarCell, SheetBroken, SheetUnsafe."""
    found = SheetScan()
    parser = guarded_parser(place.file)
    scanner = _WorksheetScanner(found, place, parser)
    parser.StartElementHandler = scanner.start
    stream(parser, package, part, place.file)
    return found


class _WorksheetScanner:
    """The place in the sheet while it streams by. A class, because a handler is called millions of times."""

    __slots__ = ("column", "formula", "found", "parser", "place", "row", "row_text", "rows")

    def __init__(self, found: SheetScan, place: Place, parser: expat.XMLParserType) -> None:
        self.found, self.place, self.parser = found, place, parser
        self.row = self.column = 0
        self.row_text = ""
        self.rows: set[int] = set()
        self.formula = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if ":" in name:  # a prefix is legal and rare
            name = name.rpartition(":")[2]
        if name == "c":
            self.cell(attributes)
        elif name in {"v", "is"}:
            if self.row > self.found.last_row or self.column > self.found.last_column:
                self.fill()
            if self.formula:
                self.parser.CharacterDataHandler = self.result
        elif name == "row":
            self.begin_row(attributes)
        elif name == "f":
            self.formula = True
            self.fill()
            self.found.pending.append((self.row, self.column))
        elif name == "col":
            _note_column(self.found, attributes)
        elif name == "mergeCell":
            _note_merge(self.found, attributes.get("ref", ""))

    def cell(self, attributes: dict[str, str]) -> None:
        if self.formula:
            self.formula = False
            self.parser.CharacterDataHandler = None
        reference = attributes.get("r")
        if reference is None:
            self.column += 1
        else:
            stem = reference.rstrip(DIGITS)
            if reference == stem + self.row_text:
                self.column = column_number(stem) or self.column + 1
            else:  # a cell may name a row of its own
                self.row, self.column = split_address(reference) or (self.row, self.column + 1)
        if attributes.get("t") == "e":
            self.found.errors.append((self.row, self.column))

    def begin_row(self, attributes: dict[str, str]) -> None:
        self.row = _number(attributes.get("r"), self.row + 1)
        self.row_text, self.column = str(self.row), 0
        if self.row in self.rows:
            raise SheetBroken(file=self.place.file, what="a row stands in it twice")
        self.rows.add(self.row)
        if _is_on(attributes.get("hidden")) or is_flat(attributes.get("ht"), LOWEST_ROW):
            self.found.hidden_rows.append((self.row, self.row))

    def fill(self) -> None:
        self.place.check(self.row, self.column)
        self.found.last_row = max(self.found.last_row, self.row)
        self.found.last_column = max(self.found.last_column, self.column)

    def result(self, text: str) -> None:
        """A formula has a saved result after all."""
        if text.strip() and self.found.pending[-1:] == [(self.row, self.column)]:
            self.found.pending.pop()


def _note_column(found: SheetScan, attributes: dict[str, str]) -> None:
    if _is_on(attributes.get("hidden")) or is_flat(attributes.get("width"), NARROWEST_COLUMN):
        first = _number(attributes.get("min"), 1)
        found.hidden_columns.append((first, _number(attributes.get("max"), first)))


def _note_merge(found: SheetScan, reference: str) -> None:
    first, _, last = reference.partition(":")
    corner, opposite = split_address(first), split_address(last)
    if corner and opposite:
        found.merges.append((*corner, *opposite))


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else otherwise


def is_flat(size: str | None, least: float) -> bool:
    """Whether a row or column is too small for anybody to see what is in it: as good as hidden."""
    number = _SIZE.match(size or "")
    return number is not None and float(number[0]) < least


def _is_on(text: str | None) -> bool:
    return text in {"1", "true"}
