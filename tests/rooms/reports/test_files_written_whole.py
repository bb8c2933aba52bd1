"""Files are seen finished or not at all, and no cell of them runs."""

from __future__ import annotations

import csv
import errno
import os
import signal
import stat
import subprocess
import sys
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


RUN_AND_DIE = """
import os, signal, sys
from pathlib import Path
from safeconduct.reports.writing import folder_written_whole

move = Path.replace
for step in range(int(sys.argv[2])):
    if child := os.fork():
        os.waitpid(child, 0)
        continue
    moves = iter(range(step))
    def dying(path, to):
        if next(moves, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)
        return move(path, to)
    Path.replace = dying
    with folder_written_whole(Path(sys.argv[1]) / str(step), ("sheets",)) as unfinished:
        for name in ("a", "b", "sheets/a", "sheets/c"):
            (unfinished / name).write_text("new", encoding="utf-8")
    os._exit(0)
"""


def contents(folder):
    return {
        str(path.relative_to(folder)): path.read_text(encoding="utf-8")
        for path in folder.rglob("*")
        if path.is_file() and ".part-" not in str(path)
    }


def test_a_kill_at_any_step_mixes_no_two_versions_and_the_next_run_ends_it(tmp_path):
    earlier = {"a": "old", "b": "old", "sheets/a": "old"}
    new = dict.fromkeys(("a", "b", "sheets/a", "sheets/c"), "new")
    steps = len(earlier) + len(new)
    for step in range(steps + 1):
        (tmp_path / str(step) / "sheets").mkdir(parents=True)
        for name, text in earlier.items():
            (tmp_path / str(step) / name).write_text(text, encoding="utf-8")
    subprocess.run(
        [sys.executable, "-c", RUN_AND_DIE, str(tmp_path), str(steps + 1)], check=True, timeout=60
    )
    seen = [contents(tmp_path / str(step)) for step in range(steps + 1)]
    assert seen[0] == earlier
    assert seen[len(earlier)] == {}
    assert seen[steps] == new
    for step, left in enumerate(seen):
        assert len(set(left.values())) <= 1, f"two versions after {step} moves"
        with folder_written_whole(tmp_path / str(step), ("sheets",)):
            pass  # has nothing to write of its own
        assert contents(tmp_path / str(step)) == new
        assert {path.name for path in (tmp_path / str(step)).iterdir()} == {"a", "b", "sheets"}


@pytest.mark.parametrize("fails_at", range(7))
def test_a_move_that_fails_puts_all_back(tmp_path, monkeypatch, fails_at):
    earlier = {"a": "old", "b": "old", "sheets/a": "old"}
    (tmp_path / "sheets").mkdir()
    for name, text in earlier.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    move, moves = Path.replace, []

    def failing(path, to):
        moves.append(to)
        if len(moves) == fails_at + 1:
            raise OSError(errno.EACCES, os.strerror(errno.EACCES))
        return move(path, to)

    monkeypatch.setattr(Path, "replace", failing)
    with (
        pytest.raises(CannotWrite),
        folder_written_whole(tmp_path, ("sheets",)) as unfinished,
    ):
        for name in ("a", "b", "sheets/a", "sheets/c"):
            (unfinished / name).write_text("new", encoding="utf-8")
    assert contents(tmp_path) == earlier
    assert {path.name for path in tmp_path.iterdir()} == {"a", "b", "sheets"}


def test_a_folder_that_bears_the_name_of_a_file_is_left(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "kept").write_text("old", encoding="utf-8")
    with pytest.raises(CannotWrite), folder_written_whole(tmp_path) as unfinished:
        (unfinished / "a").write_text("new", encoding="utf-8")
    assert contents(tmp_path) == {"a/kept": "old"}


def test_no_other_run_writes_to_a_subfolder_meanwhile(tmp_path):
    with (
        folder_written_whole(tmp_path, ("sheets",)),
        pytest.raises(BeingWritten),
        folder_written_whole(tmp_path / "sheets"),
    ):
        raise AssertionError("both were let in")


def test_it_names_the_file_of_a_subfolder_that_was_asked_for(tmp_path):
    with (
        pytest.raises(CannotWrite) as told,
        folder_written_whole(tmp_path, ("sheets",)) as unfinished,
    ):
        (unfinished / "sheets" / "a").mkdir()
        write_csv(unfinished / "sheets" / "a", ("x",), [])
    assert told.value.where["path"] in {tmp_path / "sheets" / "a", str(tmp_path / "sheets" / "a")}


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


CELLS = st.one_of(TEXT, st.none(), st.integers(), st.floats(), st.booleans(), st.dates())


def line_by_hand(cells, *, exact):
    """RFC 4180 letter by letter: quotes only about a comma, a quote or the end of a line."""
    texts = []
    for cell in cells:
        text = "" if cell is None else str(cell)
        if isinstance(cell, str) and not exact:
            text = neutral(text)
        if any(mark in text for mark in ',"\r\n'):
            text = '"' + text.replace('"', '""') + '"'
        texts.append(text)
    return ",".join(texts) + "\r\n"


@given(st.lists(st.lists(CELLS, max_size=4), max_size=4), st.booleans())
def test_it_writes_the_bytes_that_are_written_by_hand(tmp_path_factory, rows, exact):
    path = tmp_path_factory.mktemp("written") / "table.csv"
    write_csv(path, ("a,b", "c", "=d"), rows, exact=exact)
    lines = [line_by_hand(("a,b", "c", "=d"), exact=False)]
    lines += [line_by_hand(row, exact=exact) for row in rows]
    assert path.read_bytes().decode() == "".join(lines)
    assert [csv_line(row, exact=exact) for row in rows] == lines[1:]
