"""What may become a table that leaves, and what is refused."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from safeconduct.core.errors import (
    CellNotOfItsKind,
    ExportCellTooLong,
    ExportColumnsUnclear,
    RaggedExport,
    TooManyExportRows,
    UnknownExportColumn,
)
from safeconduct.exports.files import table as tables
from safeconduct.exports.files.columns import COLUMNS, Column, Kind, Part, columns_named
from safeconduct.exports.files.table import Given, table_of

CODE, SIZE, BORN = columns_named(["case_code", "household_size", "birth_date"])


def cell(column: Column, given: Given) -> object:
    return table_of([column], [[given]]).rows[0][0]


def test_columns_come_from_a_fixed_list() -> None:
    with pytest.raises(UnknownExportColumn, match="Column 2 of this export") as refused:
        columns_named(["case_code", "story of Zarvesh"])
    assert "Zarvesh" not in str(refused.value)


@pytest.mark.parametrize("names", [[], ["band", "band"]])
def test_no_column_or_one_twice_is_refused(names: list[str]) -> None:
    with pytest.raises(ExportColumnsUnclear):
        columns_named(names)
    with pytest.raises(ExportColumnsUnclear):
        table_of([CODE] * (2 if names else 0), [])


def test_each_column_has_a_name_and_a_heading_of_its_own_and_is_wide_enough() -> None:
    assert len({column.name for column in COLUMNS}) == len(COLUMNS)
    assert len({column.heading for column in COLUMNS}) == len(COLUMNS)
    assert all(column.width >= max(8, len(column.heading) - 2) for column in COLUMNS)


def test_a_cover_names_nobody() -> None:
    covers = {column.name for column in COLUMNS if column.part is Part.COVER}
    assert covers == {"case_code", "band", "household_size", "province", "schemes", "next_due"}


def test_unknown_stays_unknown_and_is_never_an_empty_text_or_zero() -> None:
    assert [cell(column, None) for column in (CODE, SIZE, BORN)] == [None, None, None]
    assert cell(CODE, " \u200b ") is None
    assert cell(SIZE, 0) == 0


@pytest.mark.parametrize("told", ["1984", "1984-03", "1984-03-20"])
def test_a_date_is_told_as_far_as_it_is_known(told: str) -> None:
    assert cell(BORN, told) == told
    assert cell(BORN, date(1984, 3, 20)) == "1984-03-20"


@pytest.mark.parametrize(
    ("column", "given"),
    [
        (CODE, 5),
        (CODE, True),
        (CODE, date(1984, 3, 20)),
        (SIZE, "5"),
        (SIZE, True),
        (SIZE, float("nan")),
        (SIZE, float("inf")),
        (SIZE, 10**15),
        (BORN, "20 March 1984"),
        (BORN, "84"),
        (BORN, "۱۳۶۳"),
        (BORN, 1984),
        (BORN, datetime(1984, 3, 20, tzinfo=UTC)),
    ],
)
def test_a_cell_that_is_not_of_its_kind_is_refused(column: Column, given: Given) -> None:
    with pytest.raises(CellNotOfItsKind, match=f"Row 1, column {column.heading}") as refused:
        cell(column, given)
    assert str(given) not in str(refused.value).replace("Row 1", "")


def test_a_row_with_a_cell_too_few_is_refused() -> None:
    with pytest.raises(RaggedExport, match="Row 2 of this export has 1 cells"):
        table_of([CODE, SIZE], [["K7", 5], ["M2"]])


def test_a_text_that_a_program_would_cut_is_refused() -> None:
    assert cell(CODE, "x" * 32_767)
    with pytest.raises(ExportCellTooLong, match="32768 characters"):
        cell(CODE, "x" * 32_768)
    with pytest.raises(ExportCellTooLong):  # two of UTF-16 each, as spreadsheet programs count
        cell(CODE, "\U00010140" * 16_384)


def test_rows_that_a_sheet_would_leave_out_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MOST_ROWS", 2)
    with pytest.raises(TooManyExportRows, match="has 3 rows"):
        table_of([CODE], [["a"], ["b"], ["c"]])


def test_kinds_are_told_in_words() -> None:
    assert [kind.value for kind in Kind] == ["text", "a number", "a date"]
