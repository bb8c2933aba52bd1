"""A table to the bytes of a file: CSV, or a workbook with nothing in it but one sheet that is seen.

The workbook is written by hand, for libraries add themes, dates, names of programs and other company. Dates and
numbers of documents are text in it: no program moves a date by a day or rounds a number. No two writings of one
table differ.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from xml.sax.saxutils import escape

from safeconduct.exports.files.letters import guarded
from safeconduct.exports.files.table import Cell, Table

SHEET_NAME = "List"
EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first time a ZIP file can tell: none
SQUEEZE = 6

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"

CONTENT_TYPES = (
    f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
    "</Types>"
)
PACKAGE_LINKS = (
    f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    "</Relationships>"
)
WORKBOOK = (
    f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
    f'<sheets><sheet name="{SHEET_NAME}" sheetId="1" r:id="rId1"/></sheets>'
    "</workbook>"
)
WORKBOOK_LINKS = (
    f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    "</Relationships>"
)
# Style 0 is for numbers, 1 for text ("@": also when somebody edits it, it becomes no formula), 2 for headings.
STYLES = (
    f'{_XML}<styleSheet xmlns="{_MAIN}">'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)


def as_csv(table: Table) -> bytes:
    """The table as CSV (RFC 4180): UTF-8 without a byte order mark, every cell in quotes, lines ending in CRLF.

    Text that could begin a formula has an apostrophe before it; `letters.unguarded` takes it away again.
    """
    lines = [_csv_line(table.headings), *map(_csv_line, table.rows)]
    return "".join(lines).encode()


def _csv_line(cells: tuple[Cell, ...]) -> str:
    return ",".join(map(_csv_cell, cells)) + "\r\n"


def _csv_cell(cell: Cell) -> str:
    if cell is None:
        return '""'
    if not isinstance(cell, str):
        return f'"{cell}"'
    return '"' + guarded(cell).replace('"', '""') + '"'


def as_xlsx(table: Table) -> bytes:
    """The table as a workbook of one sheet (ECMA-376), its text in the cells themselves."""
    parts = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": PACKAGE_LINKS,
        "xl/workbook.xml": WORKBOOK,
        "xl/_rels/workbook.xml.rels": WORKBOOK_LINKS,
        "xl/styles.xml": STYLES,
        "xl/worksheets/sheet1.xml": "".join(_sheet(table)),
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for name, text in parts.items():
            part = zipfile.ZipInfo(name, EARLIEST)
            part.create_system = 0  # tells nothing of the machine
            package.writestr(part, text.encode(), zipfile.ZIP_DEFLATED, SQUEEZE)
    return file.getvalue()


def _sheet(table: Table) -> Iterator[str]:
    yield f'{_XML}<worksheet xmlns="{_MAIN}"><cols>'
    for number, column in enumerate(table.columns, 1):
        yield f'<col min="{number}" max="{number}" width="{column.width}" customWidth="1"/>'
    yield "</cols><sheetData>"
    letters = [_letters(number) for number in range(1, len(table.columns) + 1)]
    yield from _sheet_row(1, table.headings, letters, "2")
    for number, row in enumerate(table.rows, 2):
        yield from _sheet_row(number, row, letters, "1")
    yield "</sheetData></worksheet>"


def _sheet_row(
    number: int, cells: tuple[Cell, ...], letters: list[str], style: str
) -> Iterator[str]:
    if all(cell is None for cell in cells):
        yield f'<row r="{number}"/>'
        return
    yield f'<row r="{number}">'
    for letter, cell in zip(letters, cells, strict=True):
        if isinstance(cell, str):
            yield (
                f'<c r="{letter}{number}" s="{style}" t="inlineStr"><is><t>{escape(cell)}</t></is></c>'
            )
        elif cell is not None:
            yield f'<c r="{letter}{number}" s="0"><v>{cell!r}</v></c>'
    yield "</row>"


def _letters(column: int) -> str:
    text = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        text = chr(ord("A") + rest) + text
    return text
