"""A canary traces a leaked list to its export, and points at nobody."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, strategies as st

from safeconduct.core.codes import read_code, spelt
from safeconduct.core.errors import CanaryKeyTooShort, CanaryLikeAFamily, CanaryWithoutCode
from safeconduct.exports.files import canary as canaries
from safeconduct.exports.files.canary import Canary, canary, whose, with_canary
from safeconduct.exports.files.columns import COLUMNS, columns_named
from safeconduct.exports.files.letters import guarded
from safeconduct.exports.files.scanning import scan
from safeconduct.exports.files.table import Table, table_of
from safeconduct.exports.files.writing import as_csv, as_xlsx

KEY = bytes(range(32))
ANOTHER_KEY = bytes(range(1, 33))
NAMED = columns_named(["case_code", "full_name", "household_size", "phones"])
CODES = ["3M2P4K7QX", "8K7Q4MX2P", "Q4MX2PK7B", "Z00000000"]


def families(codes: list[str] = CODES) -> Table:
    return table_of(NAMED, [[code, f"Family {code[:2]}", 4, None] for code in codes])


def of(export_id: str, **also: object) -> Canary:
    return canary(COLUMNS, export_id=export_id, key=KEY, **also)  # type: ignore[arg-type]


def test_it_is_the_same_each_time_and_another_in_each_export() -> None:
    assert of("E1") == of("E1")
    assert len({of(f"E{number}").row for number in range(500)}) == 500
    assert of("E1").row != of("E1", attempt=1).row
    assert of("E1").row != canary(COLUMNS, export_id="E1", key=ANOTHER_KEY).row


@given(st.text(max_size=20), st.integers(0, 5))
def test_it_does_no_harm(export_id: str, attempt: int) -> None:
    cells = dict(of(export_id, attempt=attempt).cells)
    assert re.fullmatch(r"\+44(7700900|2079460)\d{3}", str(cells["phones"]))
    assert cells["band"] == "not assessed"
    assert cells["household_size"] == 1
    for column in ("schemes", "passport", "tazkira", "place", "needs", "decision", "next_due"):
        assert cells[column] is None
    assert re.fullmatch(r"19\d\d", str(cells["birth_date"]))
    assert read_code(str(cells["case_code"]), 8) == cells["case_code"], "its check sign is right"


def test_it_stands_among_the_rows_and_nothing_in_the_file_marks_it() -> None:
    table, drawn = with_canary(families(), export_id="E1", key=KEY)
    assert sorted(table.rows, key=str) == sorted([*families().rows, drawn.row], key=str)
    codes = [row[0] for row in table.rows]
    assert codes == sorted(codes, key=str), "in its place where rows are in order"
    assert len({len(str(code)) for code in codes}) == 1
    for data in (as_xlsx(table), as_csv(table)):
        assert scan(data, table) == []
        assert b"E1" not in data
        assert b"canary" not in data.lower()


def test_its_code_is_spelt_as_the_others_are() -> None:
    table, drawn = with_canary(families([spelt(code) for code in CODES]), export_id="E1", key=KEY)
    assert re.fullmatch(r"\w{4}-\w{4}-\w", str(drawn.row[0]))
    assert table.rows


def test_it_stands_anywhere_where_rows_are_in_no_order() -> None:
    unordered = families(list(reversed(CODES)))
    places = set()
    for number in range(40):
        table, drawn = with_canary(unordered, export_id=f"E{number}", key=KEY)
        places.add(table.rows.index(drawn.row))
    assert len(places) > 3


def test_a_leaked_row_is_traced_to_its_export() -> None:
    candidates = [of(f"E{number}") for number in range(300)]
    for number in (0, 17, 299):
        row = candidates[number].row
        assert whose(row, candidates) == candidates[number]
        assert whose(list(reversed(row)), candidates) == candidates[number]


def test_a_row_is_traced_from_its_name_and_telephone_when_its_code_was_taken_out() -> None:
    candidates = [of(f"E{number}") for number in range(50)]
    cells = dict(candidates[7].cells)
    copied = [str(cells["full_name"]).upper(), "0" + str(cells["phones"])[3:]]
    assert whose(copied, candidates) == candidates[7]


def test_a_row_is_traced_as_it_stands_in_a_csv_file() -> None:
    candidates = [of(f"E{number}") for number in range(50)]
    copied = [guarded(str(cell)) if cell else "" for cell in candidates[3].row[-14:]]
    assert whose(copied, candidates) == candidates[3]
    code = spelt(str(dict(candidates[4].cells)["case_code"])).lower()
    assert whose([code], candidates) == candidates[4]


def test_a_row_of_a_family_is_no_canary() -> None:
    candidates = [of(f"E{number}") for number in range(300)]
    for row in families().rows:
        assert whose(row, candidates) is None
    phone = dict(candidates[0].cells)["phones"]
    assert whose(["3M2P4K7QX", "Family 3M", phone], candidates) is None, "one mark is chance"
    assert whose([], candidates) is None


def test_no_export_is_named_where_two_fit_equally() -> None:
    twins = [of("E1"), Canary("E2", 0, 8, of("E1").cells)]
    assert whose(of("E1").row, twins) is None


def test_it_never_resembles_a_family_of_the_list() -> None:
    first = canary(NAMED, export_id="E1", key=KEY)
    own = dict(first.cells)
    bearer = str(own["full_name"]).split(" ", maxsplit=1)[1]
    for told in (
        [["3M2P4K7QX", f"Anybody {bearer}", 4, None]],
        [["3M2P4K7QX", None, 4, own["phones"]]],
    ):
        _, drawn = with_canary(table_of(NAMED, told), export_id="E1", key=KEY)
        assert drawn.attempt > 0
        assert drawn == canary(NAMED, export_id="E1", key=KEY, attempt=drawn.attempt)


def test_it_never_resembles_others_that_the_office_knows() -> None:
    first = dict(canary(NAMED, export_id="E1", key=KEY).cells)
    _, drawn = with_canary(families(), export_id="E1", key=KEY, others=[str(first["case_code"])])
    assert drawn.attempt > 0


def test_none_is_written_where_each_resembles_somebody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(canaries, "TRIES", 1)
    first = dict(canary(NAMED, export_id="E1", key=KEY).cells)
    with pytest.raises(CanaryLikeAFamily):
        with_canary(families(), export_id="E1", key=KEY, others=[str(first["full_name"])])


def test_it_is_made_again_from_what_is_kept_with_the_export() -> None:
    longer = families([f"{code}AB" for code in CODES])
    _, drawn = with_canary(longer, export_id="E1", key=KEY)
    assert len(str(drawn.row[0])) == 11
    again = canary(
        NAMED, export_id="E1", key=KEY, attempt=drawn.attempt, code_letters=drawn.code_letters
    )
    assert again == drawn
    assert again.row[1:] == canary(NAMED, export_id="E1", key=KEY).row[1:]


def test_a_short_key_is_refused() -> None:
    with pytest.raises(CanaryKeyTooShort):
        canary(NAMED, export_id="E1", key=b"short")


def test_an_export_without_codes_cannot_be_traced_and_is_refused() -> None:
    with pytest.raises(CanaryWithoutCode, match="column Case"):
        canary(columns_named(["band"]), export_id="E1", key=KEY)
    with pytest.raises(CanaryWithoutCode):
        with_canary(table_of(columns_named(["band"]), [["urgent"]]), export_id="E1", key=KEY)


def test_an_empty_list_has_one_too() -> None:
    table, drawn = with_canary(families([]), export_id="E1", key=KEY)
    assert table.rows == (drawn.row,)
