"""Writes the six fictional sheets of the shipped operation, and their truths, from the hand-written tables beside it.

    .venv/bin/python scripts/make_sheets.py            writes into the checkout
    .venv/bin/python scripts/make_sheets.py --to DIR   writes DIR/sheets and DIR/truths

The same tables give the same bytes, always: fixed times, nothing compressed.
How a table is written: scripts/sheets/README.md.
"""

from __future__ import annotations

import argparse
import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from pathlib import Path
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

HERE = Path(__file__).resolve().parent
SHEETS = HERE.parent / "src/safeconduct/packs/afghanistan_2021/sheets"
TRUTHS = HERE.parent / "tests/rooms/sheets/data"

Cell = str | int | float | date | None

# Rows that are no data: the truths leave them out.
NOT_ROWS = frozenset({"title", "heading", "blank"})
ENDS = {"": "accepted", "accepted": "accepted", "repeat": "repeated"}


@dataclass(frozen=True)
class Marks:
    """What a hand wrote after ##: how the row must end, and the name by which other tables speak of it."""

    word: str = ""
    people: int = 1
    name: str = ""

    @property
    def end(self) -> str:
        return ENDS.get(self.word, "quarantined")

    @property
    def kind(self) -> str:
        return self.word if self.end == "quarantined" else ""


@dataclass(frozen=True)
class Line:
    """One row as written in the file; `copies` (of .ods) holds the marks of each row it stands for."""

    number: int
    cells: tuple[Cell, ...]
    copies: tuple[Marks, ...]
    household: str = ""
    block: int | None = None

    @property
    def hidden(self) -> bool:
        return self.copies[0].word == "hidden row"


@dataclass
class Table:
    name: str
    options: dict[str, str]
    lines: list[Line] = field(default_factory=list)
    blocks: list[tuple[Cell, ...]] = field(default_factory=list)

    @property
    def next_row(self) -> int:
        return self.lines[-1].number + len(self.lines[-1].copies) if self.lines else 1

    @property
    def width(self) -> int:
        return max(len(line.cells) for line in self.lines)


# --- reading the hand-written tables ---------------------------------------------


def cell(text: str) -> Cell:
    text = text.strip(" ")
    kind, _, rest = text.partition(":")
    if kind == "n" and rest.isdecimal():
        return int(rest)
    if kind == "f" and rest.isdecimal():
        return float(rest)
    if kind == "d" and re.fullmatch(r"\d{4}-\d\d-\d\d", rest):
        return date.fromisoformat(rest)
    return text.replace("\\n", "\n").replace("¦", "|") or None


def cells(text: str) -> tuple[Cell, ...]:
    return tuple(cell(part) for part in text.split("|"))


def marks(text: str) -> Marks:
    people, name, words = 1, "", []
    for token in text.split():
        if token.startswith("&"):
            name = token[1:]
        elif token.isdecimal():
            people = int(token)
        elif not token.startswith("told="):
            words.append(token)
    return Marks(word=" ".join(words), people=people, name=name)


def options_of(parts: list[str]) -> dict[str, str]:
    return {name: value or "yes" for name, _, value in (part.partition("=") for part in parts)}


def read_tables(stem: str) -> list[Table]:
    tables: list[Table] = []
    household, block = "", None
    for text in (HERE / "sheets" / f"{stem}.txt").read_text(encoding="utf-8").splitlines():
        if not text or text.startswith("#"):
            continue
        if text.startswith("== "):
            name, *options = text[3:].split(";")
            tables.append(Table(name, options_of(options)))
            household, block = "", None
        elif text.startswith("@ "):
            household, _, above = (part.strip() for part in text[2:].partition(">"))
            if above:
                tables[-1].blocks.append(cells(above))
                block = len(tables[-1].blocks) - 1
        else:
            tables[-1].lines.append(read_line(tables[-1], text, household, block))
    return tables


def read_line(table: Table, text: str, household: str, block: int | None) -> Line:
    """`^` and `--` begin a row outside the blocks; `*2` a row that stands for two."""
    body, *after = re.split(r" ## |^## ", text)
    outside = body.startswith(("^", "-- "))
    body = re.sub(r"^(\^|--) ?", "", body)
    times = re.match(r"\*(\d+) ?", body)
    if times:
        body = body[times.end() :]
        after = after * int(times[1]) if len(after) == 1 else after
    copies = tuple(marks(words) for words in after) or (Marks(),)
    left = () if outside or block is None else table.blocks[block]
    return Line(
        number=table.next_row,
        cells=(*left, *cells(body)),
        copies=copies,
        household="" if outside else household,
        block=None if outside else block,
    )


def blocks_of(table: Table) -> Iterator[tuple[int, int]]:
    """First and last row of every run of rows under one merged caller or case."""
    for number, run in groupby(table.lines, key=lambda line: line.block):
        lines = list(run)
        if number is not None:
            yield lines[0].number, lines[-1].number + len(lines[-1].copies) - 1


# --- writing them as strangers' files -----------------------------------------------


def zipped(parts: Iterable[tuple[str, bytes]]) -> bytes:
    """Stored, not compressed, at a fixed time: the bytes do not hang on the machine that writes them."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts:
            entry = zipfile.ZipInfo(name, date_time=(2021, 8, 20, 12, 0, 0))
            entry.create_system = 3
            archive.writestr(entry, content)
    return out.getvalue()


def as_xlsx(tables: list[Table]) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = "a fictional office"
    book.properties.created = datetime(2021, 8, 20, 12, 0, 0)  # noqa: DTZ001 (openpyxl wants it bare)
    for table in tables:
        fill(book.create_sheet(table.name), table)
    raw = io.BytesIO()
    book.save(raw)
    with zipfile.ZipFile(raw) as archive:
        return zipped((name, without_time(archive.read(name))) for name in archive.namelist())


def without_time(part: bytes) -> bytes:
    """openpyxl writes the moment of saving; this is the one place where it stands."""
    stamp = rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)"
    return re.sub(stamp, rb"\g<1>2021-08-20T12:00:00Z\g<2>", part)


def fill(sheet: Worksheet, table: Table) -> None:
    for line in table.lines:
        for column, value in enumerate(line.cells, start=1):
            written = sheet.cell(line.number, column)
            written.value = value
            if isinstance(value, str):
                written.data_type = "s"  # a text that begins with "=" stays a text
            elif isinstance(value, date):
                written.number_format = "dd/mm/yyyy"
        sheet.row_dimensions[line.number].hidden = line.hidden
        if line.copies[0].word == "note" and line.block is None and line.cells[0]:
            last = get_column_letter(table.width)
            sheet.merge_cells(f"A{line.number}:{last}{line.number}")
    merge_blocks(sheet, table)
    for area in filter(None, table.options.get("merge", "").split(",")):
        sheet.merge_cells(area)
    if "hide" in table.options:
        sheet.column_dimensions[table.options["hide"]].hidden = True
    if "hidden" in table.options:
        sheet.sheet_state = "hidden"
    sheet.sheet_view.rightToLeft = "rtl" in table.options


def merge_blocks(sheet: Worksheet, table: Table) -> None:
    for first, last in blocks_of(table):
        for column in range(1, len(table.blocks[0]) + 1):
            for row in range(first + 1, last + 1):
                sheet.cell(row, column).value = None
            if last > first:
                letter = get_column_letter(column)
                sheet.merge_cells(f"{letter}{first}:{letter}{last}")


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


def as_volunteers_csv(tables: list[Table]) -> bytes:
    """Semicolons, a byte order mark, every row as wide as the widest: a shared sheet sent out by its office program."""
    width = tables[0].width
    out = io.StringIO()
    rows = csv.writer(out, delimiter=";", lineterminator="\r\n")
    for line in tables[0].lines:
        rows.writerow([value or "" for value in line.cells] + [""] * (width - len(line.cells)))
    return out.getvalue().encode("utf-8-sig")


def as_teachers_csv(tables: list[Table]) -> bytes:
    """Tabs, Windows' Arabic, rows as long as they happen to be."""
    return "".join(
        "\t".join(str(value or "") for value in line.cells) + "\r\n" for line in tables[0].lines
    ).encode("cp1256")


FILES: dict[str, Callable[[list[Table]], bytes]] = {
    "constituency_office.xlsx": as_xlsx,
    "volunteers_shared.csv": as_volunteers_csv,
    "dari_list.xlsx": as_xlsx,
    "charity_referrals.ods": as_ods,
    "english_teachers_cp1256.csv": as_teachers_csv,
    "embassy_guards.xlsx": as_xlsx,
}


# --- the truths -----------------------------------------------------------------------


@dataclass(frozen=True)
class Place:
    file: str
    sheet: str
    row: int


def truth_rows(file: str, tables: list[Table], places: dict[str, Place]) -> Iterator[list[object]]:
    for table in tables:
        sheet = "" if file.endswith(".csv") else table.name
        for line in table.lines:
            for number, mark in enumerate(line.copies, start=line.number):
                if mark.name:
                    assert mark.name not in places, mark.name
                    places[mark.name] = Place(file, sheet, number)
                if mark.word in NOT_ROWS:
                    continue
                taken = mark.end == "accepted"
                household = line.household or mark.name or f"{file[0]}-row{number}"
                yield [
                    sheet,
                    number,
                    mark.end,
                    mark.kind,
                    household if taken else "",
                    mark.people * taken,
                ]


def hand_written(stem: str) -> Iterator[list[str]]:
    for text in (HERE / "sheets" / f"{stem}.txt").read_text(encoding="utf-8").splitlines():
        if text and not text.startswith("#"):
            yield text.split("|")


def told_people(places: dict[str, Place]) -> Iterator[list[object]]:
    for name, *expected in hand_written("people"):
        place = places[name]
        yield [place.file, place.sheet, place.row, *expected]


def told_doubles(places: dict[str, Place]) -> Iterator[list[object]]:
    for verdict, level, a, b, why in hand_written("doubles"):
        one, other = places[a], places[b]
        yield [
            verdict,
            level,
            one.file,
            one.sheet,
            one.row,
            other.file,
            other.sheet,
            other.row,
            why,
        ]


TRUTH_HEAD = "sheet,row,end,kind,household,people"
PEOPLE_HEAD = (
    "file,sheet,row,given,family,father,born_earliest,born_latest,sex,province,phone,told_size"
)
DOUBLES_HEAD = "verdict,compared,file_a,sheet_a,row_a,file_b,sheet_b,row_b,why"


def write_csv(path: Path, head: str, rows: Iterable[list[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(head.split(","))
        writer.writerows(rows)


def write_all(sheets: Path, truths: Path) -> None:
    places: dict[str, Place] = {}
    for folder in (sheets, truths):
        folder.mkdir(parents=True, exist_ok=True)
    for file, write in FILES.items():
        stem = file.partition(".")[0]
        tables = read_tables(stem)
        (sheets / file).write_bytes(write(tables))
        write_csv(truths / f"{stem}.truth.csv", TRUTH_HEAD, truth_rows(file, tables, places))
    write_csv(truths / "people.truth.csv", PEOPLE_HEAD, told_people(places))
    write_csv(truths / "doubles.truth.csv", DOUBLES_HEAD, told_doubles(places))


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--to", type=Path, help="write DIR/sheets and DIR/truths instead")
    to = asked.parse_args().to
    write_all(*((to / "sheets", to / "truths") if to else (SHEETS, TRUTHS)))


if __name__ == "__main__":
    main()
