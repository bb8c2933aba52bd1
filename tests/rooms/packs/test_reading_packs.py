"""Values that know where they were written: nothing guessed, nothing unfolded, empty is unknown."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from safeconduct.core.errors import BadPack, MissingField, NotADate, NotANumber, UnknownField
from safeconduct.packs.located import Located
from safeconduct.packs.reading import read_csv, read_yaml


def yaml_of(tmp_path: Path, text: str) -> Located:
    file = tmp_path / "some.yaml"
    file.write_text(text, encoding="utf-8")
    return read_yaml(file)


def text_at(text: str, line: int = 7) -> Located:
    return Located(value=text, file="x.yaml", line=line, key_line=line, label="opened")


def test_norway_an_exponent_and_a_date_stay_the_texts_they_are(tmp_path: Path) -> None:
    entry = yaml_of(tmp_path, "a: NO\nb: 1e5\nc: 2021-08-15\nd: 007\ne: null\n")
    assert {name: value.text() for name, value in entry.pairs()} == {
        "a": "NO",
        "b": "1e5",
        "c": "2021-08-15",
        "d": "007",
        "e": "null",
    }


def test_every_value_knows_its_line_in_lists_and_folded_texts_too(tmp_path: Path) -> None:
    entry = yaml_of(tmp_path, "# a note\nfirst: >\n  one\n  two\nsecond:\n  - a\n  - {deep: b}\n")
    fields = entry.fields(("first", "second"))
    assert (fields["first"].text(), fields["first"].key_line) == ("one two", 2)
    one, two = fields["second"].items()
    assert (one.line, two.line, two.fields(["deep"])["deep"].line) == (6, 7, 7)


def test_an_empty_value_is_unknown_and_never_an_empty_text(tmp_path: Path) -> None:
    fields = yaml_of(tmp_path, "a:\nb: ''\nc: x\n").fields(("a", "b", "c", "d"))
    assert fields.get("a") is fields.get("b") is fields.get("d") is None
    assert "c" in fields
    assert "a" not in fields
    assert fields.date("a") is None
    with pytest.raises(MissingField, match="needs 'b'"):
        fields["b"]


def test_a_required_field_is_asked_for_before_anything_is_made_of_the_entry(tmp_path: Path) -> None:
    with pytest.raises(MissingField, match=r"some\.yaml, line 1: a scheme needs 'b'"):
        yaml_of(tmp_path, "a: x\n").fields(("a", "b"), required=("b",), of="a scheme")


def test_an_unknown_field_far_from_all_others_gets_the_list_of_them(tmp_path: Path) -> None:
    with pytest.raises(UnknownField, match="The fields are: closed, opened"):
        yaml_of(tmp_path, "zzz: 1\n").fields(("opened", "closed"))


def test_a_csv_cell_may_hold_commas_quotes_and_lines_and_rows_keep_their_lines(
    tmp_path: Path,
) -> None:
    file = tmp_path / "some.csv"
    file.write_text('\ufeffa,b\n"x, ""y""\nz",1\n\n,2\n', encoding="utf-8")
    first, second = read_csv(file, ("a", "b"))
    assert (first["a"].text(), first.entry.line) == ('x, "y"\nz', 2)
    assert (second.get("a"), second["b"].whole(), second.entry.line) == (None, 2, 5)


def test_a_blank_file_has_no_rows(tmp_path: Path) -> None:
    file = tmp_path / "some.csv"
    file.write_text("\n\n", encoding="utf-8")
    assert read_csv(file, ("a",), required=("a",)) == ()


@settings(max_examples=60, deadline=None)
@given(st.dates())
def test_a_day_written_whole_is_read_back(day: date) -> None:
    assert text_at(day.isoformat()).date() == day


@pytest.mark.parametrize("written", ["2021-02-30", "15/08/2021", "20210815", "2021-8-15", "soon"])
def test_what_is_not_a_day_is_refused_with_its_line(written: str) -> None:
    with pytest.raises(NotADate, match=r"x\.yaml, line 7: opened: .* is not a date"):
        text_at(written).date()


@pytest.mark.parametrize("written", ["nan", "inf", "1e5", "0x10", "1_000", "--1", "", "٣"])
def test_what_is_not_digits_is_not_a_number(written: str) -> None:
    with pytest.raises(NotANumber):
        text_at(written).number()


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.sampled_from("ab:-[]{}&*!|>'\"#\n \t,?%@`~0"), max_size=40))
def test_any_text_is_read_or_refused_and_never_breaks_the_reader(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    file = tmp_path_factory.getbasetemp() / "any.yaml"
    file.write_text(text, encoding="utf-8")
    for read in (read_yaml, lambda path: read_csv(path, ("a", "b"))):
        try:
            read(file)
        except BadPack as refused:
            assert "any.yaml" in str(refused)  # noqa: PT017 (both ends are right)
