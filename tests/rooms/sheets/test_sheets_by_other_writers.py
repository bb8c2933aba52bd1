"""Workbooks as other programs write them: what is hidden by size is hidden, and no text is lost or read twice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sheets_at_hand import read
from sheets_by_hand import ods, text_cell, worksheet, xlsx

from safeconduct.core.errors import SheetBroken, SheetUnsafe
from safeconduct.core.rows import Intake, RowEnd

Writer = Callable[..., Path]


def row(*texts: str, attributes: str = "") -> str:
    return f"<row {attributes}>{''.join(text_cell(text, '') for text in texts)}</row>"


def ods_row(*texts: str, attributes: str = "") -> str:
    cells = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
        for text in texts
    )
    return f"<table:table-row {attributes}>{cells}</table:table-row>"


def hidden(intake: Intake) -> list[int]:
    return [one.origin.row for one in intake.rows if one.kind == "hidden row"]


HEAD = row("Name", "Phone")
ODS_HEAD = ods_row("Name", "Phone")


@pytest.mark.parametrize("height", ["0", "0.0", "0.75"])
def test_a_row_too_low_to_be_seen_is_hidden(written: Writer, height: str) -> None:
    low = row("Ahmad Karimi", "0700111001", attributes=f'ht="{height}" customHeight="1"')
    data = HEAD + low + row("Laila Safi", "0700111002", attributes='ht="15"')
    assert hidden(read(written(xlsx(worksheet(data)), "low.xlsx"))) == [2]


@pytest.mark.parametrize("width", ["0", "0.0"])
def test_a_column_too_narrow_to_be_seen_is_hidden(written: Writer, width: str) -> None:
    sheet = worksheet(HEAD + row("Ahmad Karimi", "0700111001")).replace(
        "<sheetData>", f'<cols><col min="2" max="2" width="{width}"/></cols><sheetData>'
    )
    intake = read(written(xlsx(sheet), "narrow.xlsx"))
    assert [column.column for column in intake.columns] == ["A"]
    assert any("Column B is hidden" in told.sentence for told in intake.noticed)


def test_a_row_too_low_to_be_seen_is_hidden_in_an_ods_too(written: Writer) -> None:
    styles = (
        '<style:style style:name="flat" style:family="table-row">'
        '<style:table-row-properties style:row-height="0.01cm"/></style:style>'
        '<style:style style:name="usual" style:family="table-row">'
        '<style:table-row-properties style:row-height="0.45cm"/></style:style>'
    )
    table = (
        ODS_HEAD
        + ods_row("Ahmad Karimi", "0700111001", attributes='table:style-name="flat"')
        + ods_row("Laila Safi", "0700111002", attributes='table:style-name="usual"')
    )
    assert hidden(read(written(ods(table, styles=styles), "low.ods"))) == [2]


def test_a_row_that_stands_in_a_sheet_twice_is_refused(written: Writer) -> None:
    """The reader would keep one of the two and lose the other without a word."""
    data = HEAD + row("Ahmad", "1", attributes='r="3"') + row("Zia", "2", attributes='r="3"')
    with pytest.raises(SheetBroken):
        read(written(xlsx(worksheet(data)), "twice.xlsx"))


def test_a_table_inside_a_cell_is_refused(written: Writer) -> None:
    """The reader would end the sheet at the end of the inner table, and lose all below."""
    inner = '<table:table table:name="inner">' + ods_row("Omar") + "</table:table>"
    cell = f'<table:table-cell office:value-type="string"><text:p>Ahmad</text:p>{inner}</table:table-cell>'
    table = f"{ODS_HEAD}<table:table-row>{cell}</table:table-row>{ods_row('Laila', '0700111002')}"
    with pytest.raises(SheetUnsafe):
        read(written(ods(table), "inner.ods"))


def test_two_sheets_of_one_name_are_refused(written: Writer) -> None:
    again = f'<table:table table:name="List">{ODS_HEAD}{ods_row("Zia", "1")}</table:table>'
    with pytest.raises(SheetUnsafe, match="same name"):
        read(written(ods(ODS_HEAD + ods_row("Ahmad", "1"), more=again), "again.ods"))


def test_a_text_of_no_kind_is_read(written: Writer) -> None:
    """Some writers leave out the kind of a cell; the reader takes such cells for empty."""
    bare = "<table:table-cell><text:p>Ahmad Karimi</text:p></table:table-cell>"
    table = f"{ODS_HEAD}<table:table-row>{bare}</table:table-row>{ods_row('Laila', '0700111002')}"
    intake = read(written(ods(table), "bare.ods"))
    people = [plea.household.people[0].given_name for plea in intake.pleas]
    assert people == ["Ahmad Karimi", "Laila"]


def test_a_line_break_inside_a_paragraph_parts_two_people(written: Writer) -> None:
    table = ods_row("Name", "Family members") + ods_row(
        "Ahmad", "Laila, wife, 30<text:line-break/>Omar, son, 9"
    )
    (plea,) = read(written(ods(table), "break.ods")).pleas
    assert [person.given_name for person in plea.household.people] == ["Ahmad", "Laila", "Omar"]


def test_a_solar_hijri_day_typed_as_a_date_is_read_as_such(written: Writer) -> None:
    born = '<table:table-cell office:value-type="date" office:date-value="1366-12-21"/>'
    name = '<table:table-cell office:value-type="string"><text:p>Ahmad</text:p></table:table-cell>'
    table = ods_row("Name", "DOB") + f"<table:table-row>{name}{born}</table:table-row>"
    (plea,) = read(written(ods(table), "hijri.ods")).pleas
    birth = plea.household.people[0].birth
    assert birth is not None
    assert birth.earliest.isoformat() == "1988-03-11"


def test_a_text_in_two_fonts_is_one_name(written: Writer) -> None:
    runs = '<r><t xml:space="preserve">Ahmad </t></r><r><t>Karimi</t></r>'
    cells = f'<c t="inlineStr"><is>{runs}</is></c><c><v>700111001</v></c>'
    intake = read(written(xlsx(worksheet(f"{HEAD}<row>{cells}</row>")), "rich.xlsx"))
    (person,) = intake.pleas[0].household.people
    assert (person.given_name, person.phones) == ("Ahmad Karimi", ("+93700111001",))
    assert intake.count(RowEnd.ACCEPTED) == 1
