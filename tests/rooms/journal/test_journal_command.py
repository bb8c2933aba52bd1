"""`safeconduct journal`: what it tells, what it refuses, and with which exit code."""

from __future__ import annotations

import csv
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.db import connection, transaction

from safeconduct.cli import main, safeconduct
from safeconduct.cli.journal import COLUMNS
from safeconduct.core.errors import (
    HeadUnclear,
    HeldHeadDiffers,
    JournalUnguarded,
    LineNotAsWritten,
    NoDeployment,
)
from safeconduct.journal.actions import Actor, write_line
from safeconduct.journal.append_only import to_allow_changes
from safeconduct.journal.chain import hash_of
from safeconduct.journal.deeds import Deed
from safeconduct.journal.heads import HeldHead, head_now
from safeconduct.journal.models import Line

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

AT = datetime(2021, 8, 15, 6, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _a_deployment(settings, tmp_path: Path) -> None:
    settings.HOME = tmp_path / "home"
    settings.HOME.mkdir()
    (settings.HOME / "server.key").write_text("made up", encoding="utf-8")


@pytest.fixture
def three_lines() -> None:
    for number in range(1, 4):
        with transaction.atomic():
            write_line(
                Deed.CASE_SEEN,
                by=Actor("M1", "O1"),
                at=AT,
                about=f"K{number}",
                facts={"count": number},
            )


def run(*words: str) -> Result:
    return CliRunner().invoke(safeconduct, ["journal", *words])


def harm(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        for each in to_allow_changes(connection.vendor):
            cursor.execute(each)
        cursor.execute(statement, values)


def test_a_journal_that_holds_is_told_so(three_lines):
    told = run("verify")
    assert told.exit_code == 0
    assert "The journal holds: 3 lines" in told.output
    assert "2021-08-15 06:00:00 UTC" in told.output
    assert "Only a head that is held elsewhere" in told.output


def test_an_empty_journal_holds_and_its_head_is_nothing():
    assert "nothing was written yet" in run("verify").output
    assert run("head").output.startswith("0:00000000-")


def test_the_head_as_printed_is_read_from_a_file_and_as_typed(three_lines, tmp_path: Path):
    printed = run("head").output
    held = tmp_path / "heads.txt"
    held.write_text(printed, encoding="utf-8")
    typed = printed.splitlines()[0]
    assert len(typed) == len("3:") + 64 + 7
    told = run("verify", "--head", str(held), "--head", typed, "--head", typed.replace("-", ""))
    assert told.exit_code == 0, told.exception
    assert "with 3 given here" in told.output
    assert "Only a head" not in told.output


def test_a_head_of_another_journal_is_refused(three_lines):
    told = run("verify", "--head", str(HeldHead(2, bytes(32), "")))
    assert isinstance(told.exception, HeldHeadDiffers)


@pytest.mark.parametrize("content", [b"", b"no head", b"\xff\xfe\x00"])
def test_a_file_without_a_head_is_refused_by_its_name(three_lines, tmp_path: Path, content: bytes):
    path = tmp_path / "heads.txt"
    path.write_bytes(content)
    told = run("verify", "--head", str(path))
    assert isinstance(told.exception, HeadUnclear)
    assert "heads.txt" in str(told.exception)


def test_what_was_typed_is_not_quoted(three_lines):
    told = run("verify", "--head", "Rahimi")
    assert isinstance(told.exception, HeadUnclear)
    assert "Rahimi" not in str(told.exception)


def test_a_changed_line_ends_with_a_number_and_exit_code_3(three_lines, monkeypatch, capsys):
    harm("UPDATE journal_line SET about = 'K9' WHERE number = 2")
    assert isinstance(run("verify").exception, LineNotAsWritten)
    monkeypatch.setattr(sys, "argv", ["safeconduct", "journal", "verify"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 3
    assert capsys.readouterr().err.startswith(
        "SC721: Line 2 of the journal is not as it was written"
    )


def test_a_journal_written_anew_agrees_with_itself_and_not_with_a_held_head(three_lines):
    held = head_now()
    row = Line.objects.filter(number=3).values().get()
    row.pop("hash")
    row["about"] = "K9"
    before = bytes(Line.objects.get(number=2).hash)
    anew = hash_of(before, row)
    harm("UPDATE journal_line SET about = 'K9', hash = %s WHERE number = 3", anew)
    harm("UPDATE journal_head SET hash = %s", anew)
    told = run("verify", "--head", str(held))
    assert isinstance(told.exception, HeldHeadDiffers)
    assert isinstance(run("verify").exception, JournalUnguarded)


def test_the_table_holds_every_line_and_the_journal_says_that_it_was_written(
    three_lines, tmp_path: Path
):
    out = tmp_path / "journal.csv"
    told = run("export", "-o", str(out))
    assert told.exit_code == 0, told.exception
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == COLUMNS
    assert [row["about"] for row in rows] == ["K1", "K2", "K3"]
    assert [row["facts"] for row in rows] == [f'{{"count": {n}}}' for n in (1, 2, 3)]
    assert rows[2]["hash"] == bytes(Line.objects.get(number=3).hash).hex()
    last = Line.objects.latest("number")
    assert (last.deed, last.facts) == ("journal seen", {"lines": 3})


def test_where_nothing_was_deployed_it_says_so(settings, tmp_path: Path):
    settings.HOME = tmp_path / "nothing"
    assert isinstance(run("verify").exception, NoDeployment)
