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
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from sheets.archives import as_ods, zipped
from sheets.tables import NOT_ROWS, Table, blocks_of, hand_written, read_tables

HERE = Path(__file__).resolve().parent
SHEETS = HERE.parent / "src/safeconduct/packs/afghanistan_2021/sheets"
TRUTHS = HERE.parent / "tests/rooms/sheets/data"

# --- writing them as strangers' files -----------------------------------------------


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
