"""No byte of a file may be changed, added or taken away without being found: there is no room to hide anything in."""

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st
from tables_at_hand import A_TABLE, SHEET, STYLES, WORKBOOK, packed, parts_of, tables

from safeconduct.exports.files.scanning import scan, scan_csv, scan_html, scan_xlsx
from safeconduct.exports.files.subject import Record, Section, as_page
from safeconduct.exports.files.table import Table
from safeconduct.exports.files.writing import as_csv, as_xlsx

RECORD = Record(
    title="What we hold of you",
    unknown="not known",
    introduction=("Keep this page where nobody else reads it.",),
    sections=(Section("People", (("Name", "Zarvesh\nزرویش"), ("Born", None))),),
)
CHANGES = st.sampled_from(["changed", "added", "taken away", "said twice"])


def spoilt(data: bytes, change: str, place: int, value: int) -> bytes:
    place %= len(data)
    if change == "changed":
        return data[:place] + bytes([data[place] ^ (value or 1)]) + data[place + 1 :]
    if change == "added":
        return data[:place] + bytes([value]) + data[place:]
    if change == "taken away":
        return data[:place] + data[place + 1 :]
    return data[:place] + data[place : place + value + 1] * 2 + data[place + value + 1 :]


@given(tables(), CHANGES, st.integers(0, 1 << 20), st.integers(0, 255))
def test_no_byte_of_a_workbook(table: Table, change: str, place: int, value: int) -> None:
    data = as_xlsx(table)
    sin = spoilt(data, change, place, value)
    assert sin == data or scan_xlsx(sin, table)


@given(
    st.sampled_from([SHEET, WORKBOOK, STYLES, "[Content_Types].xml", "xl/_rels/workbook.xml.rels"]),
    CHANGES,
    st.integers(0, 1 << 20),
    st.integers(0, 255),
)
def test_no_byte_within_a_part_of_a_workbook(
    part: str, change: str, place: int, value: int
) -> None:
    parts = parts_of(as_xlsx(A_TABLE))
    sin = spoilt(parts[part], change, place, value)
    assert sin == parts[part] or scan_xlsx(packed({**parts, part: sin}), A_TABLE)


@given(tables(), CHANGES, st.integers(0, 1 << 20), st.integers(0, 255))
def test_no_byte_of_a_csv_file(table: Table, change: str, place: int, value: int) -> None:
    data = as_csv(table)
    sin = spoilt(data, change, place, value)
    assert sin == data or scan_csv(sin, table)


@given(CHANGES, st.integers(0, 1 << 20), st.integers(0, 255))
@settings(max_examples=300)
def test_no_byte_of_a_page_but_in_its_style(change: str, place: int, value: int) -> None:
    data = as_page(RECORD, language="en", direction="ltr")
    # Before its head a page tells its language and direction: any that are well told may stand there.
    head, end, body = (data.index(each) for each in (b"<head>", b"<style>", b"</style>"))
    place = head + place % (len(data) - head)
    if end <= place < body or (change == "said twice" and place < body and place + value >= end):
        return  # styles are held to a list of rules that hide nothing, not to one wording
    sin = spoilt(data, change, place, value)
    assert sin == data or scan_html(sin, RECORD)


@given(st.binary(max_size=200))
def test_a_scan_never_breaks_on_any_bytes(data: bytes) -> None:
    assert scan(data, A_TABLE)
    assert scan_xlsx(b"PK\x03\x04" + data, A_TABLE)
    assert scan_html(data, RECORD)


@pytest.mark.parametrize("bit", range(8))
def test_no_bit_of_one_workbook(bit: int) -> None:
    data = as_xlsx(A_TABLE)
    unseen = [
        at
        for at in range(
            bit % 4, len(data), 4
        )  # every bit of every fourth byte; all of them take seconds
        if not scan_xlsx(data[:at] + bytes([data[at] ^ 1 << bit]) + data[at + 1 :], A_TABLE)
    ]
    assert unseen == []
