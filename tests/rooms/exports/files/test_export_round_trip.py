"""Any table, of any text, is read back by other programs exactly as the scanner promises."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest
import python_calamine
from hypothesis import given
from tables_at_hand import A_TABLE, ANY_TEXT, parts_of, tables

from safeconduct.exports.files.letters import guarded, seen, unguarded
from safeconduct.exports.files.scanning import scan
from safeconduct.exports.files.scanning.cell_text import begins_formula, unfit
from safeconduct.exports.files.table import Cell, Table
from safeconduct.exports.files.writing import as_csv, as_xlsx

Rows = list[tuple[object, ...]]


def due(table: Table) -> Rows:
    return [table.headings, *table.rows]


def by_openpyxl(data: bytes) -> tuple[list[str], Rows, set[str]]:
    workbook = openpyxl.load_workbook(io.BytesIO(data))
    sheet = workbook.worksheets[0]
    types = {
        cell.data_type for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)
    }
    return workbook.sheetnames, [tuple(row) for row in sheet.values], types


def by_calamine(data: bytes) -> tuple[list[str], Rows]:
    workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    rows = workbook.get_sheet_by_index(0).to_python(skip_empty_area=False)
    return workbook.sheet_names, [
        tuple(None if cell == "" else cell for cell in row) for row in rows
    ]


def padded(rows: Rows, table: Table) -> Rows:
    """With the empty cells at the end and the empty rows at the end, which readers leave out."""
    wide = [(*row, *[None] * (len(table.columns) - len(row))) for row in rows]
    return wide + [(None,) * len(table.columns)] * (len(table.rows) + 1 - len(wide))


@given(tables())
def test_any_table_is_read_back_from_a_workbook_by_openpyxl(table: Table) -> None:
    names, rows, types = by_openpyxl(as_xlsx(table))
    assert names == ["List"]
    assert padded(rows, table) == due(table)
    assert types <= {"s", "inlineStr"}, "text was taken for a formula or an error"


@given(tables())
def test_any_table_is_read_back_from_a_workbook_by_calamine(table: Table) -> None:
    names, rows = by_calamine(as_xlsx(table))
    assert names == ["List"]
    assert padded(rows, table) == due(table)


@given(tables())
def test_any_table_is_read_back_from_csv(table: Table) -> None:
    text = as_csv(table).decode("utf-8")
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    shown = [tuple("" if cell is None else str(cell) for cell in row) for row in due(table)]
    given_back = [
        tuple(
            told if isinstance(cell, int | float) else unguarded(told)
            for told, cell in zip(row, wanted, strict=True)
        )
        for row, wanted in zip(rows, due(table), strict=True)
    ]
    assert given_back == shown
    assert text.count("\r\n") == len(table.rows) + 1 == len(text.split("\n")) - 1


@given(tables())
def test_the_scanner_passes_what_the_writer_writes(table: Table) -> None:
    assert scan(as_xlsx(table), table) == []
    assert scan(as_csv(table), table) == []


@given(tables())
def test_no_cell_of_csv_begins_a_formula_in_any_country(table: Table) -> None:
    text = as_csv(table).decode()
    for row, wanted in zip(
        csv.reader(io.StringIO(text, newline="")), due(table), strict=True
    ):  # parted by commas, and by semicolons
        for told, cell in zip(row, wanted, strict=True):
            assert isinstance(cell, int | float) or not begins_formula(told)


@given(ANY_TEXT)
def test_what_is_made_fit_to_be_seen_is_fit_and_stays_as_it_is(text: str) -> None:
    once = seen(text)
    assert unfit(once) is None
    assert seen(once) == once


@given(ANY_TEXT)
def test_a_guard_is_taken_away_again_without_loss(text: str) -> None:
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize(
    ("text", "leaves"),
    [
        ("ann\u202egpj.exe", "anngpj.exe"),
        ("a\u200bb\u2060c\ufeff", "abc"),
        ("two\r\nlines", "two lines"),
        ("می\u200cخواهم", "می\u200cخواهم"),  # misspelt without its joiner
        ("a\u200cb", "ab"),
        ("x\U000e0041\ufe0f", "x"),
        ("half \ud800", "half \ufffd"),
        ("۱۳۹۹ \u0600۱", "۱۳۹۹ \u0600۱"),
        ("_x0041_", "_ x0041_"),
    ],
)
def test_only_letters_that_are_seen_leave(text: str, leaves: str) -> None:
    assert seen(text) == leaves


def test_two_writings_of_one_table_do_not_differ() -> None:
    assert as_xlsx(A_TABLE) == as_xlsx(A_TABLE)
    assert as_csv(A_TABLE) == as_csv(A_TABLE)


def test_a_workbook_has_the_six_parts_it_needs_and_no_other() -> None:
    assert sorted(parts_of(as_xlsx(A_TABLE))) == [
        "[Content_Types].xml",
        "_rels/.rels",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
        "xl/workbook.xml",
        "xl/worksheets/sheet1.xml",
    ]


def test_zeros_in_front_and_large_numbers_of_documents_stay() -> None:
    cells: tuple[Cell, ...] = A_TABLE.rows[0]
    _, rows, _ = by_openpyxl(as_xlsx(A_TABLE))
    assert rows[1] == cells
