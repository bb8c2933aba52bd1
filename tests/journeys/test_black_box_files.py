"""The commands over files, looked at from outside: what comes back, in which order, and what is refused."""

from __future__ import annotations

import csv
import errno
import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from safeconduct.cli import safeconduct
from safeconduct.core.errors import Refused
from safeconduct.reports.writing import folder_written_whole, write_csv

PLEA = "Name,Father's name,Sex,Date of birth,Province\nNaeem Barech,Karim,M,1988-03-14,Kabul\n"


def run(*words: object) -> Result:
    return CliRunner().invoke(safeconduct, [str(word) for word in words])


def refused(done: Result, *words: str) -> bool:
    assert isinstance(done.exception, Refused), done.output
    return all(word in str(done.exception) for word in words)


def rows(path: Path) -> list[list[str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.reader(file))


def test_names_gives_back_every_line_in_its_place_and_as_it_was_given(tmp_path: Path) -> None:
    given = [
        ["Ali", "علی"],
        ["", ""],
        [" Ali ", "Ali"],
        ["a,b", 'q"q'],
        ["Ali", "علی"],
        ["", "Ali"],
    ]
    with (tmp_path / "pairs.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([["a", "b"], *given])
    assert run("names", "--pairs", tmp_path / "pairs.csv", "-o", tmp_path / "s.csv").exit_code == 0
    told = rows(tmp_path / "s.csv")[1:]
    assert [row[:2] for row in told] == given
    assert all(0 <= float(row[2]) <= 1 for row in told)


@pytest.mark.parametrize(
    ("command", "heading", "out"),
    [
        (("names", "--pairs"), "a,b,colour\nAli,Aly,red\n", "scores.csv"),
        (("link",), "person_id,colour\nP1,red\n", "pairs.csv"),
    ],
)
def test_a_column_of_no_format_is_noticed_aloud(
    tmp_path: Path, command: tuple[str, ...], heading: str, out: str
) -> None:
    (tmp_path / "in.csv").write_text(heading, encoding="utf-8")
    done = run(*command, tmp_path / "in.csv", "-o", tmp_path / out)
    assert done.exit_code == 0
    assert "colour" in done.stderr
    assert "colour" not in done.stdout


def test_link_does_not_write_its_people_over_its_pairs(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("person_id\nP1\n", encoding="utf-8")
    out = tmp_path / "out.csv"
    done = run(
        "link", tmp_path / "people.csv", "-o", out, "--people-out", tmp_path / "." / "out.csv"
    )
    assert done.exit_code == 2
    assert not out.exists()


@pytest.mark.parametrize(("told", "mend"), [("Atlantis", "Leave it out"), ("kabul", "AF01")])
def test_triage_refuses_a_province_that_the_pack_does_not_have(
    tmp_path: Path, told: str, mend: str
) -> None:
    """A place unknown to the pack would be read as a place in the country, and so answer a question."""
    case = tmp_path / "cases.jsonl"
    case.write_text(json.dumps({"case_id": "C-1", "province": told}), encoding="utf-8")
    assert refused(run("triage", case), "Line 1", "province", mend)


def test_a_sheet_that_is_not_there_is_refused_in_our_own_words(tmp_path: Path) -> None:
    brief = ("brief", tmp_path / "none.xlsx", "--pack", "afghanistan-2021", "-o", tmp_path / "out")
    done = run(*brief)
    assert refused(done, "none.xlsx")
    assert not (tmp_path / "out").exists()


def test_a_folder_is_not_a_sheet_and_a_file_is_not_a_folder(tmp_path: Path) -> None:
    sheet = tmp_path / "office.csv"
    sheet.write_text(PLEA, encoding="utf-8")
    to = ("--pack", "afghanistan-2021", "-o")
    assert refused(run("brief", tmp_path, *to, tmp_path / "out"), tmp_path.name)
    assert refused(run("brief", sheet, *to, sheet / "out"), "cannot be written")
    (tmp_path / "taken").write_text("x", encoding="utf-8")
    assert refused(run("brief", sheet, *to, tmp_path / "taken"), "cannot be written")


@pytest.mark.parametrize("option", ["--share=nan", "--seconds=nan", "--seconds=inf"])
def test_a_number_that_is_none_is_not_understood(tmp_path: Path, option: str) -> None:
    sheet = tmp_path / "office.csv"
    sheet.write_text(PLEA, encoding="utf-8")
    brief = ("brief", sheet, "--pack", "afghanistan-2021", "-o", tmp_path / "out", option)
    assert run(*brief).exit_code == 2


def test_a_full_disk_is_told_of_the_file_that_was_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    (tmp_path / "accepted.csv").write_text("as before", encoding="utf-8")
    monkeypatch.setattr(os, "fsync", full)
    with (
        pytest.raises(Refused, match="No space left") as told,
        folder_written_whole(tmp_path) as unfinished,
    ):
        write_csv(unfinished / "accepted.csv", ("a",), [("1",)])
    assert f"{tmp_path / 'accepted.csv'} cannot" in str(told.value)
    assert [each.name for each in tmp_path.iterdir()] == ["accepted.csv"]
    assert (tmp_path / "accepted.csv").read_text(encoding="utf-8") == "as before"
