"""The scanner finds each sin that is planted in a CSV file."""

from __future__ import annotations

import pytest
from tables_at_hand import A_TABLE, told

from safeconduct.exports.files.columns import columns_named
from safeconduct.exports.files.scanning import scan_csv
from safeconduct.exports.files.table import table_of
from safeconduct.exports.files.writing import as_csv

CLEAN = as_csv(A_TABLE)


def sinful(old: bytes, new: bytes) -> str:
    assert old in CLEAN, "this test plants nothing"
    return told(CLEAN.replace(old, new, 1))


def test_it_finds_nothing_in_a_file_without_sin() -> None:
    assert scan_csv(CLEAN, A_TABLE) == []
    assert CLEAN.startswith(b'"Case","People","Name","Born","Telephones"\r\n')


def test_a_number_and_a_telephone_are_told_apart() -> None:
    table = table_of(columns_named(["household_size", "phones"]), [[-5, "+447700900123"]])
    assert as_csv(table).splitlines()[1] == b'"-5","\'+447700900123"'
    assert scan_csv(as_csv(table), table) == []


def test_a_byte_order_mark() -> None:
    assert "byte order mark" in told(b"\xef\xbb\xbf" + CLEAN)


def test_another_encoding() -> None:
    assert "is not UTF-8" in told(CLEAN.decode().encode("cp1256", "replace") + b"\xff")
    assert "byte order mark" in told(CLEAN.decode().encode("utf-16"))


def test_a_nul() -> None:
    found = sinful(b"1984", b"1984\0")
    assert "The file holds a NUL" in found
    assert "Line 2, cell 4 is not fit to leave: it holds a NUL" in found


def test_a_letter_spelt_by_its_number() -> None:
    assert "spells a letter by its number" in sinful(b"1984", b"_x0041_")


def test_a_cell_that_begins_a_formula() -> None:
    assert "Line 2, cell 4 begins as a formula" in sinful(b'"1984"', b'"=1984"')


@pytest.mark.parametrize("cell", ["\t=1", " +1", "＝1", "x;@1", "-1", '""=1'])
def test_a_cell_that_begins_a_formula_in_some_program(cell: str) -> None:
    assert "begins as a formula" in sinful(b'"1984"', f'"{cell}"'.encode())


def test_a_guard_that_was_taken_away() -> None:
    assert "begins as a formula" in sinful(b'"\'+447700900123"', b'"+447700900123"')


def test_a_guard_where_none_belongs() -> None:
    assert "Line 2, cell 1 is not what the table holds" in sinful(b'"K7', b"\"'K7")


def test_a_line_more() -> None:
    assert "has 5 lines, where 4 are expected" in told(CLEAN + b'"","","","",""\r\n')


def test_a_line_less() -> None:
    assert "has 3 lines" in told(b"\r\n".join(CLEAN.split(b"\r\n")[:3]) + b"\r\n")


def test_a_line_twice_and_one_left_out() -> None:
    lines = CLEAN.split(b"\r\n")
    assert "is not what the table holds" in told(b"\r\n".join([*lines[:2], lines[1], *lines[3:]]))


def test_a_cell_more() -> None:
    assert "Line 2 has 6 cells, where 5 are expected" in sinful(b'"1984"', b'"1984",""')


def test_an_empty_line_at_the_end() -> None:
    assert "bytes stand behind its end" in told(CLEAN + b"\r\n")


def test_bytes_behind_the_end() -> None:
    assert "bytes stand behind its end" in told(CLEAN + b"more")


@pytest.mark.parametrize(
    ("old", "new"), [(b"\r\n", b"\n"), (b'"K7Q4MX2PD"', b"K7Q4MX2PD"), (b'",', b'" ,')]
)
def test_another_way_to_write_it(old: bytes, new: bytes) -> None:
    assert "is not written as cells in quotation marks" in sinful(old, new)


def test_a_last_line_without_its_end() -> None:
    assert told(CLEAN[:-2])
    assert "does not end as a line ends" in told(CLEAN + b'"x",')


@pytest.mark.parametrize("letter", ["\u202e", "\u200b", "\u2066", "\ufe0f", "\U000e0041", "\x07"])
def test_a_letter_that_is_not_seen(letter: str) -> None:
    assert "a letter that is not seen" in sinful(b"Zarvesh", f"Zar{letter}vesh".encode())


@pytest.mark.parametrize("space", ["\u00a0", "\u2009", "\r\n", "\u2028"])
def test_a_space_that_is_none(space: str) -> None:
    assert "a line break or an unusual space" in sinful(b"Zarvesh ", f"Zarvesh{space}".encode())


def test_two_spaces() -> None:
    assert "spaces at its ends or in a row" in sinful(b"Zarvesh ", b"Zarvesh  ")


def test_a_value_that_is_not_the_tables() -> None:
    found = sinful(b"1984", b"1985")
    assert "Line 2, cell 4 is not what the table holds" in found
    assert "1985" not in found
