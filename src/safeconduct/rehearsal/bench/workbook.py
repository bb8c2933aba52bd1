"""A plain .xlsx workbook, written quickly: one sheet of texts and whole numbers, as spreadsheet programs store them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

Cell = str | int | None

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KIND}.worksheet+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_KIND}.sharedStrings+xml"/>'
        "</Types>"
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="List" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    ),
}


def write_workbook(path: Path, rows: Iterable[Sequence[Cell]]) -> None:
    """Write the rows, in order, from A1. Texts are shared strings, as in files that people save; None is no cell."""
    texts: dict[str, int] = {}
    with ZipFile(path, "w", ZIP_DEFLATED, compresslevel=1) as parts:
        for name, content in _PARTS.items():
            parts.writestr(name, _HEAD + content)
        with parts.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write(f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetData>'.encode())
            for number, row in enumerate(rows, start=1):
                cells = "".join(_cells(row, number, texts))
                sheet.write(f'<row r="{number}">{cells}</row>'.encode())
            sheet.write(b"</sheetData></worksheet>")
        with parts.open("xl/sharedStrings.xml", "w") as shared:
            shared.write(f'{_HEAD}<sst xmlns="{_MAIN}" uniqueCount="{len(texts)}">'.encode())
            for text in texts:
                shared.write(f'<si><t xml:space="preserve">{escape(text)}</t></si>'.encode())
            shared.write(b"</sst>")


def _cells(row: Sequence[Cell], number: int, texts: dict[str, int]) -> Iterator[str]:
    for at, value in enumerate(row):
        if value is None or value == "":
            continue
        place = f"{_letters(at)}{number}"
        if isinstance(value, int):
            yield f'<c r="{place}"><v>{value}</v></c>'
        else:
            yield f'<c r="{place}" t="s"><v>{texts.setdefault(value, len(texts))}</v></c>'


def _letters(at: int) -> str:
    """The letters of a column, counted from 0. Of up to 702 columns, which is ZZ."""
    tens, ones = divmod(at, 26)
    return (chr(64 + tens) if tens else "") + chr(65 + ones)
