"""Which column is which: by headings in three languages, by what the cells look like, and as a person corrects it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from sheets_at_hand import read

from safeconduct.core.errors import SheetMappingWrong
from safeconduct.core.rows import Intake, RowEnd
from safeconduct.sheets.fields import FIELDS, field_from
from safeconduct.sheets.headings import recognise
from safeconduct.sheets.mapping import load_mapping, save_mapping

Writer = Callable[..., Path]


def fields(intake: Intake) -> dict[str, str | None]:
    return {column.column: column.field for column in intake.columns}


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Name", "full_name"),
        ("Father's Name", "father_name"),
        ("D.O.B.", "birth"),
        ("Date of birth or age", "age"),
        ("Passport No.", "passport"),
        ("Phone (Afghanistan)", "phone"),
        ("نام", "full_name"),
        ("تخلص", "family_name"),
        ("نام پدر", "father_name"),
        ("تاريخ تولد", "birth"),  # with the Arabic letter that Windows typed
        ("شماره تماس", "phone"),
        ("تعداد اعضای فامیل", "told_size"),
        ("د پلار نوم", "father_name"),
        ("Name / نام", "full_name"),
        ("نام Name", "full_name"),
        ("Constituent's phone", "caller_phone"),
        ("Relationship to UK constituent", "caller_relation"),
        ("Wife name", "spouse.full_name"),
        ("Child 2 DOB", "child2.birth"),
        ("Place of birth", "unread"),
        ("Father's occupation", "unread"),
    ],
)
def test_it_knows_a_heading(heading: str, field: str) -> None:
    found = recognise(heading)
    assert found is not None
    assert str(found.field) == field


@pytest.mark.parametrize(
    "text",
    ["", "Ahmad Karimi", "0700 000 001", "Please ring Jo before you change anything in this list"],
)
def test_it_takes_no_heading_from_other_words(text: str) -> None:
    found = recognise(text)
    assert found is None or found.confidence < 0.9


def test_every_field_of_the_headings_is_one_that_is_known() -> None:
    for word in (
        "Notes",
        "Email",
        "Nationality",
        "WhatsApp",
        "Employer",
        "Village",
        "Status",
        "Date received",
    ):
        found = recognise(word)
        assert found is not None
        assert found.field.name in FIELDS


def test_it_finds_headings_below_titles(written: Writer) -> None:
    rows = [
        ["Office of somebody"],
        ["As of 20 August"],
        [],
        ["Name", "Phone"],
        ["Ahmad Karimi", "0700000001"],
    ]
    intake = read(written(rows))
    assert [row.origin.row for row in intake.rows] == [5]


def test_data_that_reads_like_headings_is_no_heading(written: Writer) -> None:
    """Without headings, "principal" and "no" in the first row must not cost that row."""
    rows = [
        ["Ahmad Karimi", "principal", "no", "M"],
        ["Laila Karimi", "wife", "no", "F"],
        ["Zia Safi", "principal", "no", "M"],
        ["Nadia Safi", "wife", "yes", "F"],
    ]
    intake = read(written(rows))
    assert [row.origin.row for row in intake.rows] == [1, 2, 3, 4]


def test_a_person_above_the_headings_is_held_and_not_taken_for_a_title(written: Writer) -> None:
    rows = [
        ["Ahmad Karimi", "Karim", "0700000001", "Kabul"],
        ["Name", "Father's name", "Phone", "Province"],
        ["Laila Safi", "Zia", "0700000002", "Herat"],
    ]
    intake = read(written(rows))
    assert [(row.origin.row, row.kind) for row in intake.rows] == [
        (1, "above the headings"),
        (3, ""),
    ]


def test_it_joins_two_rows_of_headings(workbook: Writer) -> None:
    def merge(book: openpyxl.Workbook) -> None:
        book.worksheets[0].merge_cells("A1:B1")
        book.worksheets[0].merge_cells("C1:D1")

    rows = [
        ["Caller", None, "Applicant", None, "Notes"],
        ["Name", "Phone", "Name", "DOB", None],
        ["Jo", "07700900100", "Ahmad", 1980, "x"],
    ]
    intake = read(workbook(rows, change=merge))
    assert list(fields(intake).values()) == [
        "caller_name",
        "caller_phone",
        "full_name",
        "birth",
        "notes",
    ]
    assert any("Rows 1 and 2" in told.sentence for told in intake.noticed)


def test_it_recognises_columns_without_headings_by_their_cells(written: Writer) -> None:
    rows = [
        ["Ahmad Karimi", "M", "0700000001", "Kabul"],
        ["Laila Safi", "F", "0700000002", "Herat"],
        ["Zia Noori", "M", "0700000003", "Balkh"],
    ]
    intake = read(written(rows))
    assert list(fields(intake).values()) == ["full_name", "sex", "phone", "province"]
    assert intake.count(RowEnd.ACCEPTED) == 3
    assert max(column.confidence for column in intake.columns) < 0.7


def test_ages_under_a_heading_of_birth_are_ages(workbook: Writer) -> None:
    rows = [
        ["Name", "Date of birth"],
        ["Ahmad", 40],
        ["Laila", 38],
        ["Zia", 9],
    ]
    intake = read(workbook(rows))
    assert fields(intake)["B"] == "age"
    birth = intake.pleas[0].household.people[0].birth
    assert birth is not None
    assert birth.earliest.year == 1980


def test_it_says_why_a_column_was_taken_for_what_it_is(written: Writer) -> None:
    rows = [
        ["Name", "Phone"],
        ["Ahmad Karimi", "0700000001"],
        ["Laila", "0700000002"],
        ["Zia", "0700000003"],
    ]
    because = {column.field: column.because for column in read(written(rows)).columns}
    assert because["phone"] == "Its heading says so, and 100% of its cells look like it."


def test_it_holds_every_row_of_a_sheet_without_names(written: Writer) -> None:
    intake = read(written([["Item", "Price"], ["Tents", "12"], ["Blankets", "7"]]))
    assert {row.kind for row in intake.rows} == {"no name column"}
    assert len(intake.rows) == 3


# --- the mapping ------------------------------------------------------------------------


def test_a_mapping_can_be_saved_corrected_and_given_back(written: Writer) -> None:
    path = written(
        [
            ["Ad Soyad", "Baba", "Telefon"],
            ["Ahmad Karimi", "Karim", "0700000001"],
            ["Laila Safi", "Zia", "0700000002"],
        ]
    )
    text = save_mapping(read(path))
    corrected = "\n".join(
        line.replace(f",{column},,,", f",{column},,{field},").replace(
            f",{column},,phone,", f",{column},,{field},"
        )
        for line in text.splitlines()
        for column, field in [
            (
                line.split(",")[2],
                {"A": "full_name", "B": "father_name", "C": "phone"}.get(line.split(",")[2], ""),
            )
        ]
    )
    intake = read(path, mapping=load_mapping(corrected))
    assert fields(intake) == {"A": "full_name", "B": "father_name", "C": "phone"}
    assert {column.confidence for column in intake.columns} == {1.0}
    assert "Ahmad Karimi" in [plea.household.people[0].given_name for plea in intake.pleas]


def test_a_column_left_empty_in_the_mapping_is_left_unread(written: Writer) -> None:
    path = written([["Name", "Phone"], ["Ahmad Karimi", "0700000001"]])
    intake = read(path, mapping=load_mapping("file,sheet,column,field\nlist.csv,,B,\n"))
    assert fields(intake) == {"A": "full_name", "B": None}


def test_it_asks_whether_a_misspelt_field_was_meant_to_be_another() -> None:
    with pytest.raises(SheetMappingWrong, match=r"line 2.*Did you mean father_name"):
        load_mapping("file,sheet,column,field\nlist.csv,,B,fathername\n")


def test_it_says_which_column_a_mapping_lacks() -> None:
    with pytest.raises(SheetMappingWrong, match="no column field"):
        load_mapping("file,sheet,column\nlist.csv,,B\n")


def test_a_field_of_somebody_else_is_written_with_a_dot() -> None:
    assert str(field_from("spouse.birth")) == "spouse.birth"
    assert field_from("dog.birth") is None
    assert field_from("spouse.told_size") is None
