"""What is hidden is told of and never silently read; delimited files of many encodings are read as they were meant."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from sheets_at_hand import csv_text, read

from safeconduct.core.rows import RowEnd
from safeconduct.sheets.delimited import decode, delimiter_of

Writer = Callable[..., Path]
PEOPLE = [
    ["Name", "Father's name", "Phone", "Age"],
    ["Ahmad", "Karim", "0700000001", 40],
    ["Laila", "Zia", "0700000002", 38],
]


def hide(book: openpyxl.Workbook) -> None:
    book.worksheets[0].row_dimensions[3].hidden = True
    book.worksheets[0].column_dimensions["C"].hidden = True
    book.worksheets[1].sheet_state = "veryHidden"


def test_hidden_rows_columns_and_sheets_are_held_and_told_of(workbook: Writer) -> None:
    intake = read(workbook(PEOPLE, PEOPLE, change=hide))
    assert [(row.origin.sheet, row.end, row.kind) for row in intake.rows] == [
        ("List 1", RowEnd.ACCEPTED, ""),
        ("List 1", RowEnd.QUARANTINED, "hidden row"),
        ("List 2", RowEnd.QUARANTINED, "hidden sheet"),
        ("List 2", RowEnd.QUARANTINED, "hidden sheet"),
    ]
    assert intake.pleas[0].household.people[0].phones == ()
    told = " ".join(note.sentence for note in intake.noticed)
    assert "Column C is hidden" in told
    assert "1 hidden row" in told
    assert "very hidden" in told


def test_what_is_hidden_is_read_where_it_is_asked_for(workbook: Writer) -> None:
    intake = read(workbook(PEOPLE, PEOPLE[:2], change=hide), read_hidden=True)
    assert [row.end.value for row in intake.rows] == ["accepted", "accepted", "repeated"]
    assert intake.pleas[0].household.people[0].phones == ("+93700000001",)
    assert any("was read too, as asked" in note.sentence for note in intake.noticed)


def test_a_row_filled_in_hidden_columns_only_is_held(workbook: Writer) -> None:
    rows = [*PEOPLE, [None, None, "0700000003", None]]
    intake = read(
        workbook(
            rows,
            [["x"]],
            change=lambda book: setattr(book.worksheets[0].column_dimensions["C"], "hidden", True),
        )
    )
    assert [row.kind for row in intake.rows if row.origin.sheet == "List 1"] == [
        "",
        "",
        "hidden column",
    ]


DARI = "نام,نام پدر,شماره تماس\nاحمد کریمی,کریم,۰۷۰۰۰۰۰۰۰۱\nلیلا رحیمی,زمان,۰۷۰۰۰۰۰۰۰۲\nعلی محمد,حسین علی,۰۷۰۰۰۰۰۰۰۳\n"
CP1256 = (
    DARI.replace("ی", "ي").translate(str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789")).replace("ک", "ك")
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_it_reads_dari_in_any_unicode(written: Writer, encoding: str) -> None:
    intake = read(written(DARI.encode(encoding)))
    assert intake.pleas[0].household.people[0].native_name == "احمد کریمی"
    assert len(intake.pleas) == 3


def test_it_reads_the_arabic_code_page_of_windows_and_says_it_is_a_guess(written: Writer) -> None:
    intake = read(written(CP1256.encode("cp1256")))
    assert intake.pleas[0].household.people[0].native_name == "احمد كريمي"
    assert any("cp1256, which is a guess" in note.sentence for note in intake.noticed)


def test_it_reads_the_arabic_of_iso_8859_6() -> None:
    text = "نام,ولد\nاحمد,محمد\nحسن,عباس\nنادر,طاهر\n" * 5
    assert decode(text.encode("iso8859_6")).text == text


def test_it_reads_the_western_code_page_of_windows() -> None:
    text = "Name,Town\nJosé García,Málaga\nZoë Müller,Köln\n" * 3
    assert decode(text.encode("cp1252")).text == text


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_it_finds_the_delimiter(written: Writer, delimiter: str) -> None:
    rows = [
        ["Name", "Address", "Phone"],
        ["Ahmad", "Street 4, Kabul", "0700000001"],
        ["Laila", "Herat; old town", "0700000002"],
    ]
    assert delimiter_of(csv_text(rows, delimiter).splitlines()) == delimiter
    assert read(written(csv_text(rows, delimiter))).count(RowEnd.ACCEPTED) == 2


def test_it_honours_the_line_that_names_the_delimiter(written: Writer) -> None:
    intake = read(written("sep=;\nName;Phone\nAhmad Karimi;0700000001\n"))
    assert [row.origin.row for row in intake.rows] == [3]


def test_an_open_quotation_mark_swallows_no_rows(written: Writer) -> None:
    text = "Name,Father's name,Phone\nAhmad,\"Karim,0700000001\nLaila,Zia,0700000002\nOmar,Hamid,0700000003\n"
    intake = read(written(text))
    assert [(row.end.value, row.kind) for row in intake.rows] == [
        ("quarantined", "open quotation mark"),
        ("accepted", ""),
        ("accepted", ""),
    ]


def test_a_cell_of_several_lines_is_one_cell(written: Writer) -> None:
    text = 'Name,Family members,Phone\nAhmad,"Laila, wife, 30\nOmar, son, 12",07\nZia,"Nadia (wife)",08\n'
    intake = read(written(text))
    assert [plea.household.size for plea in intake.pleas] == [3, 2]


def test_it_holds_a_row_with_more_cells_than_headings(written: Writer) -> None:
    intake = read(
        written("Name,Place,Phone\nAhmad,Street 4, Kabul,0700000001\nLaila,Herat,0700000002\n")
    )
    assert [(row.kind, row.cell) for row in intake.rows] == [("too many cells", "D2"), ("", None)]


def test_it_reads_rows_shorter_than_the_headings(written: Writer) -> None:
    assert (
        read(written("Name,Place,Phone\nAhmad Karimi\nLaila,Herat\n")).count(RowEnd.ACCEPTED) == 2
    )


def test_it_says_so_where_the_name_promises_another_format(written: Writer) -> None:
    intake = read(written("Name,Phone\nAhmad Karimi,0700000001\n", "people.xlsx"))
    assert intake.count(RowEnd.ACCEPTED) == 1
    assert any(
        "ends in .xlsx, but it is delimited text" in note.sentence for note in intake.noticed
    )
