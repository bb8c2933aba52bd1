"""Law 1 on sheets: whatever is in a file, each of its rows ends once; nothing but a clear refusal stops it."""

from __future__ import annotations

import csv
import io
import tempfile
from datetime import date
from pathlib import Path

import openpyxl
from hypothesis import given, settings, strategies as st
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from sheets_at_hand import csv_text, read

from safeconduct.core.errors import BadSheet
from safeconduct.core.rows import Intake, RowEnd

HEADINGS = [
    "No.",
    "Name",
    "Surname",
    "Father's name",
    "DOB",
    "Age",
    "Gender",
    "Phone",
    "Relationship",
    "Case ref",
    "Family members",
    "Family size",
    "Province",
    "Caller",
    "Notes",
    "نام",
    "تاریخ تولد",
    "Wife name",
    "Child 1 age",
    "Total",
    "",
]
VALUES = [
    "Ahmad Karimi",
    "Laila",
    "KARIMI, Omar",
    "baby",
    "31/02/1990",
    "1990",
    "1369/5/12",
    "12",
    "about 40",
    "son",
    "principal",
    "M",
    "F",
    "0700 123 456",
    "Total",
    "TOTAL: 12",
    "n/a",
    "-",
    "Kabul",
    "هرات",
    "لیلا کریمی",
    "1. Omar, son, 3\n2. Zia, son, 1",
    "wife and 3 children",
    "C-001",
    "C-002",
    '=HYPERLINK("x")',
    "\u202eevil",
    "a\x00b",
    "+",
    "0",
    "x" * 200,
]

cells = st.one_of(
    st.none(),
    st.sampled_from(VALUES),
    st.sampled_from(HEADINGS),
    st.text(max_size=12),
    st.integers(-5, 10**12),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.dates(date(1900, 3, 1), date(2100, 1, 1)),
)
headed = st.lists(st.sampled_from(HEADINGS), min_size=1, max_size=8)
grids = st.builds(
    lambda titles, head, body: [*titles, head, *body],
    st.lists(st.lists(cells, max_size=3), max_size=2),
    headed,
    st.lists(st.lists(cells, max_size=9), max_size=12),
)


def ends_add_up(intake: Intake) -> bool:
    places = [row.origin for row in intake.rows]
    counted = sum(intake.count(end) for end in RowEnd)
    kept = {origin for plea in intake.pleas for origin in plea.origins}
    accepted = {row.origin for row in intake.rows if row.end is RowEnd.ACCEPTED}
    return len(places) == len(set(places)) == counted and kept == accepted


@given(grids)
@settings(max_examples=150, deadline=None)
def test_it_ends_every_row_of_any_delimited_file_once(rows: list[list[object]]) -> None:
    text = csv_text(rows)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "any.csv"
        path.write_bytes(text.encode("utf-8"))
        try:
            intake = read(path)
        except BadSheet:
            return
    assert ends_add_up(intake)
    below = [row for row in intake.rows if row.end is not RowEnd.QUARANTINED or row.reason]
    assert len(below) == len(intake.rows)


@given(
    st.lists(st.lists(cells, max_size=6), max_size=10), st.sets(st.integers(1, 12)), st.booleans()
)
@settings(max_examples=40, deadline=None)
def test_it_ends_every_row_of_any_workbook_once(
    rows: list[list[object]], hidden: set[int], read_hidden: bool
) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append([ILLEGAL_CHARACTERS_RE.sub("", v) if isinstance(v, str) else v for v in row])
    for number in hidden:
        sheet.row_dimensions[number].hidden = True
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "any.xlsx"
        book.save(path)
        try:
            intake = read(path, read_hidden=read_hidden)
        except BadSheet:
            return
    assert ends_add_up(intake)


@given(st.lists(st.lists(st.sampled_from(VALUES), min_size=3, max_size=3), min_size=1, max_size=10))
@settings(max_examples=60, deadline=None)
def test_it_leaves_out_no_row_below_known_headings(body: list[list[str]]) -> None:
    rows = [["Name", "Father's name", "Phone"], *body]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "any.csv"
        path.write_bytes(csv_text(rows).encode("utf-8"))
        intake = read(path)
    records = list(csv.reader(io.StringIO(csv_text(rows), newline="")))
    assert [row.origin.row for row in intake.rows] == list(range(2, len(records) + 1))


@given(st.binary(max_size=400))
@settings(max_examples=150, deadline=None)
def test_it_reads_or_refuses_any_bytes(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "any.xlsx"
        path.write_bytes(data)
        try:
            intake = read(path)
        except BadSheet:
            return
    assert ends_add_up(intake)
