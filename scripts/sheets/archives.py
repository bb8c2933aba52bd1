"""Files that are archives: stored at a fixed time, and .ods written part by part (no library writes it here)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from xml.sax.saxutils import escape

from sheets.tables import Cell, Line, Table, blocks_of


def zipped(parts: Iterable[tuple[str, bytes]]) -> bytes:
    """Stored, not compressed, at a fixed time: the bytes do not hang on the machine that writes them."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts:
            entry = zipfile.ZipInfo(name, date_time=(2021, 8, 20, 12, 0, 0))
            entry.create_system = 3
            archive.writestr(entry, content)
    return out.getvalue()


ODS_NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in (("office", "office"), ("table", "table"), ("text", "text"))
)
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
ODS_MANIFEST = f"""<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">
<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS_TYPE}"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
</manifest:manifest>
"""


def as_ods(tables: list[Table]) -> bytes:
    body = "".join(
        ods_table(table, hide) for table, hide in zip(tables, ("collapse", "filter"), strict=True)
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-content {ODS_NAMES} office:version="1.2">'
        f"<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>\n"
    )
    return zipped(
        [
            ("mimetype", ODS_TYPE.encode()),
            ("META-INF/manifest.xml", ODS_MANIFEST.encode()),
            ("content.xml", content.encode()),
        ]
    )


def ods_table(table: Table, hide: str) -> str:
    spans = {first: last - first + 1 for first, last in blocks_of(table)}
    left = len(table.blocks[0]) if table.blocks else 0
    rows = "".join(ods_row(line, hide, spans.get(line.number), left) for line in table.lines)
    rest = 1_048_576 - table.next_row + 1
    return (
        f'\n<table:table table:name="{escape(table.name)}">'
        f'<table:table-column table:number-columns-repeated="{table.width}"/>{rows}'
        f'\n<table:table-row table:number-rows-repeated="{rest}">'
        '<table:table-cell table:number-columns-repeated="1024"/></table:table-row></table:table>'
    )


def ods_row(line: Line, hide: str, span: int | None, left: int) -> str:
    about = f' table:visibility="{hide}"' if line.hidden else ""
    if len(line.copies) > 1:
        about += f' table:number-rows-repeated="{len(line.copies)}"'
    written = [
        ods_cell(value, covered=line.block is not None and span is None, span=span or 1)
        if column < left and line.block is not None
        else ods_cell(value)
        for column, value in enumerate(line.cells)
    ]
    return f"\n<table:table-row{about}>{''.join(ods_runs(written))}</table:table-row>"


def ods_runs(written: list[str]) -> Iterator[str]:
    """Empty cells beside each other are written once, with a count: as office programs do."""
    for text, run in groupby(written):
        count = len(list(run))
        if text == "<table:table-cell/>" and count > 1:
            yield f'<table:table-cell table:number-columns-repeated="{count}"/>'
        else:
            yield text * count


def ods_cell(value: Cell, *, covered: bool = False, span: int = 1) -> str:
    if covered:
        return "<table:covered-table-cell/>"
    if value is None:
        return "<table:table-cell/>"
    about = (
        f' table:number-columns-spanned="1" table:number-rows-spanned="{span}"' if span > 1 else ""
    )
    if isinstance(value, date):
        about += f' office:value-type="date" office:date-value="{value.isoformat()}"'
        shown = f"{value:%d/%m/%Y}"
    elif isinstance(value, str):
        about += ' office:value-type="string"'
        shown = value
    else:
        about += f' office:value-type="float" office:value="{value}"'
        shown = str(value)
    return f"<table:table-cell{about}><text:p>{escape(shown)}</text:p></table:table-cell>"
