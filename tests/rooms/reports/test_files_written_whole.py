"""Files are seen finished or not at all, and no cell of them runs."""

from __future__ import annotations

import csv
import os
import signal
import stat
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from safeconduct.core.errors import BeingWritten, CannotWrite
from safeconduct.core.plain_text import neutral
from safeconduct.reports.writing import (
    csv_line,
    folder_written_whole,
    write_csv,
    written_whole,
)

TEXT = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=20)


def test_it_leaves_the_earlier_file_when_the_writing_stops(tmp_path):
    path = tmp_path / "plan.csv"
    path.write_text("earlier", encoding="utf-8")
    with pytest.raises(KeyboardInterrupt), written_whole(path) as file:
        file.write("half")
        raise KeyboardInterrupt
    assert path.read_text(encoding="utf-8") == "earlier"
    assert [each.name for each in tmp_path.iterdir()] == ["plan.csv"]


def test_it_leaves_a_folder_as_it_was_when_the_writing_stops(tmp_path):
    with pytest.raises(KeyboardInterrupt), folder_written_whole(tmp_path / "out") as unfinished:
        (unfinished / "brief.html").write_text("half", encoding="utf-8")
        raise KeyboardInterrupt
    assert list((tmp_path / "out").iterdir()) == []


def test_it_lets_no_second_run_write_to_the_same_folder(tmp_path):
    with (
        folder_written_whole(tmp_path),
        pytest.raises(BeingWritten),
        folder_written_whole(tmp_path),
    ):
        raise AssertionError("both were let in")
    with folder_written_whole(tmp_path):
        pass


def test_it_clears_what_a_killed_run_left(tmp_path):
    (tmp_path / ".part-killed").mkdir()
    (tmp_path / ".part-killed" / "brief.html").write_text("half", encoding="utf-8")
    with folder_written_whole(tmp_path) as unfinished:
        (unfinished / "brief.html").write_text("whole", encoding="utf-8")
    assert [path.name for path in tmp_path.iterdir()] == ["brief.html"]


def test_it_hears_ctrl_c_only_when_all_files_have_moved(tmp_path, monkeypatch, request):
    moved = []
    move = Path.replace

    def pressed(path, to):
        os.kill(os.getpid(), signal.SIGINT)
        moved.append(to.name)
        return move(path, to)

    monkeypatch.setattr(Path, "replace", pressed)
    # A test that runs in the background of a shell inherits a Ctrl-C that nobody hears.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    request.addfinalizer(lambda: signal.signal(signal.SIGINT, before))
    with pytest.raises(KeyboardInterrupt), folder_written_whole(tmp_path / "out") as unfinished:
        for name in ("a", "b", "c"):
            (unfinished / name).write_text("whole", encoding="utf-8")
    assert moved == ["a", "b", "c"]


def test_it_says_why_a_place_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(CannotWrite), written_whole(tmp_path / "file" / "plan.csv"):
        pass


def test_it_lets_nobody_else_read_what_it_writes(tmp_path):
    write_csv(tmp_path / "plan.csv", ("a",), [("b",)])
    assert stat.S_IMODE((tmp_path / "plan.csv").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "told", ["=HYPERLINK(1)", "+93700000001", "-1+1", "@SUM(A1)", "\tx", "\rx"]
)
def test_it_writes_no_cell_that_a_spreadsheet_would_run(told):
    assert neutral(told).startswith("'")


@given(TEXT)
def test_it_makes_a_cell_neutral_once(told):
    assert neutral(neutral(told)) == neutral(told)


@given(st.lists(TEXT, min_size=1, max_size=5))
def test_it_writes_csv_that_reads_back_as_it_was(cells):
    line = csv_line(cells, exact=True)
    (read,) = csv.reader([line], strict=True) if cells != [""] else [[""]]
    assert read == cells


def test_it_keeps_ids_letter_by_letter_where_they_must_join_back(tmp_path):
    write_csv(tmp_path / "plan.csv", ("family_id",), [("-17",)], exact=True)
    assert (tmp_path / "plan.csv").read_bytes() == b"family_id\r\n-17\r\n"
