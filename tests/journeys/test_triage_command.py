"""`safeconduct triage` over a file of cases."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from safeconduct.cli.triage import triage
from safeconduct.core.errors import BadFacts, CasesNotText, NotACase, RepeatedCase

pytestmark = pytest.mark.slow

CASES = """\
{"case_id": "C-1", "people": [{"relation": "principal", "sex": "M", "age": 34, "facts": \
{"occupation": "interpreter", "employer": "uk_forces", "employment": "direct"}}]}

{"case_id": "C-2"}
{"case_id": "C-3", "size": 3, "facts": {"threat": "searched_for"}}
"""


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    path = tmp_path / "cases.jsonl"
    path.write_text(CASES, encoding="utf-8")
    return path


def run(*arguments: object) -> str:
    done = CliRunner().invoke(triage, [str(each) for each in arguments], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def test_it_writes_one_line_for_every_case_in_their_order(cases: Path) -> None:
    rows = list(csv.DictReader(run(cases).splitlines()))
    assert list(rows[0]) == ["case_id", "band", "priority", "schemes", "reasons", "missing"]
    assert [row["case_id"] for row in rows] == ["C-1", "C-2", "C-3"]
    assert [row["band"] for row in rows] == ["urgent", "not assessed", "emergency"]
    assert [float(row["priority"]) for row in rows] == [9, 1, 81]
    assert "ARAP-2=yes" in rows[0]["schemes"].split("|")
    assert "ARAP-2=unknown" in rows[1]["schemes"].split("|")
    assert "ARAP-2 yes: He worked as an interpreter" in rows[0]["reasons"]
    assert "dismissed" in rows[0]["missing"].split("|")
    assert len(rows[1]["reasons"].split("|")) == 1 + len(rows[1]["schemes"].split("|"))


def test_it_writes_a_file_and_tells_a_summary_as_json(cases: Path, tmp_path: Path) -> None:
    out = tmp_path / "assessed.csv"
    told = json.loads(run(cases, "--pack", "afghanistan-2021", "-o", out, "--json"))
    assert (told["cases"], told["people"]) == (3, 4)
    assert told["bands"]["emergency"] == 1
    assert told["on"] == "2021-08-20"  # the pack's own day, whatever day it is
    assert len(list(csv.DictReader(out.read_text(encoding="utf-8").splitlines()))) == 3


def test_it_tells_everything_as_one_json_object(cases: Path) -> None:
    told = json.loads(run(cases, "--json", "--on", "2022-02-01"))
    first = told["assessments"][0]
    scheme = {each["scheme"]: each for each in first["schemes"]}
    assert scheme["LOTR"]["outcome"] == "no"
    assert "closed on 28 August 2021" in scheme["LOTR"]["reasons"][0]["sentence"]
    assert scheme["ARAP-2"]["reasons"][0]["source"].startswith("https://")
    assert first["missing"][0]["question"].endswith("?")
    assert told["on"] == "2022-02-01"


def test_it_uses_the_day_it_is_given(cases: Path) -> None:
    day_before = run(cases, "--on", "2021-08-17")
    assert "ACRS=" not in day_before
    assert "ACRS=" in run(cases, "--on", "2021-08-18")


@pytest.mark.parametrize(
    ("text", "error", "says"),
    [
        ("{}", BadFacts, "Line 1"),
        ('{"case_id": "C"}\n{"case_id": "C"}', RepeatedCase, "already on line 1"),
        ('{"case_id": "C", "case_id": "D"}', NotACase, "stands 2 times"),
        ('{"case_id": "C"', NotACase, "Line 1"),
        ("[" * 100_000, NotACase, "Line 1"),
        ('{"case_id": "C", "size": 1' + "0" * 5000 + "}", NotACase, "Line 1"),
    ],
)
def test_a_file_with_a_fault_is_refused_whole_and_leaves_nothing(
    tmp_path: Path, text: str, error: type[BadFacts], says: str
) -> None:
    path, out = tmp_path / "cases.jsonl", tmp_path / "out.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(error, match=says):
        run(path, "-o", out)
    assert not out.exists()


def test_a_file_that_is_not_there_or_not_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CasesNotText, match="no such file"):
        run(tmp_path / "nothing.jsonl")
    (tmp_path / "other.jsonl").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CasesNotText, match="not UTF-8"):
        run(tmp_path / "other.jsonl")


def test_an_empty_file_gives_a_heading_and_no_lines(tmp_path: Path) -> None:
    path = tmp_path / "empty.jsonl"
    path.write_text("", encoding="utf-8")
    assert run(path).splitlines() == ["case_id,band,priority,schemes,reasons,missing"]
    assert json.loads(run(path, "--json"))["cases"] == 0


def test_a_case_id_comes_back_letter_by_letter(tmp_path: Path) -> None:
    path, out = tmp_path / "cases.jsonl", tmp_path / "out.csv"
    path.write_text('{"case_id": "-17"}\n{"case_id": "=A,1"}\n', encoding="utf-8")
    run(path, "-o", out)
    for text in (out.read_text(encoding="utf-8"), run(path)):
        assert [row["case_id"] for row in csv.DictReader(text.splitlines())] == ["-17", "=A,1"]
