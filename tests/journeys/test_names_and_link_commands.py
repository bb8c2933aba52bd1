"""`safeconduct names` and `safeconduct link` over plain files, as docs/formats.md has them."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from safeconduct.cli import safeconduct
from safeconduct.core.errors import BadCell, MissingColumns, NamesNotGiven, SparkMissing
from safeconduct.core.names import compare

COLUMNS = (
    "person_id,household_id,office,given_name,family_name,father_name,native_name,sex,"
    "birth_date,birth_date_precision,phone,passport,tazkira,province"
)
PEOPLE = f"""{COLUMNS}
p1,h1,north,Naeem,Barech,Karim,,M,1988-03-14,day,0701234567|0707654321,O1234567,,AF01
p2,h2,south,,,کریم,نعیم بریڅ,M,1988-01-01,year,0093 70 123 4567,,,AF01
p3,h1,north,Rahim,Barech,Karim,,M,1990-07-02,day,0701234567,,,AF01
p4,h3,south,Torpekai,,,,F,,,,,,
"""


def run(*arguments: str) -> Result:
    return CliRunner().invoke(safeconduct, arguments)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def people(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    path.write_text(PEOPLE, encoding="utf-8")
    return path


# --- names ---------------------------------------------------------------------


def test_two_names_are_compared_and_the_alignment_shown() -> None:
    result = run("names", "Naeem Barech", "نعیم")
    assert result.exit_code == 0
    assert result.output.splitlines()[0] == "0.66, not the same name"
    assert "Naeem = نعیم (0.98)" in result.output
    assert "Barech missing" in result.output


def test_two_names_are_compared_into_one_json_object() -> None:
    told = json.loads(run("names", "Abdul Rahman", "عبدالرحمن", "--json").output)
    assert told["same"] is True
    assert told["score"] == compare("Abdul Rahman", "عبدالرحمن").score
    assert told["alignment"][0]["b"] == "عبدالرحمن"


def test_a_file_of_pairs_keeps_its_order_and_its_duplicates_unrounded(tmp_path: Path) -> None:
    pairs, scores = tmp_path / "pairs.csv", tmp_path / "scores.csv"
    names = [
        ("Zahra", "زهرا"),
        ("Naeem", "Rahim"),
        ("Zahra", "زهرا"),
        ("", "Naeem"),
        ("Karim", "Kareem"),
    ]
    pairs.write_text("a,b\n" + "".join(f"{a},{b}\n" for a, b in names), encoding="utf-8")
    result = run("names", "--pairs", str(pairs), "-o", str(scores), "--json")
    assert json.loads(result.stdout)["pairs"] == 5
    written = rows(scores)
    assert [(row["a"], row["b"]) for row in written] == names
    assert list(written[0]) == ["a", "b", "score", "same", "alignment"]
    assert [float(row["score"]) for row in written] == [compare(a, b).score for a, b in names]
    assert [row["same"] for row in written] == ["true", "false", "true", "false", "true"]


def test_a_file_without_the_columns_is_refused(tmp_path: Path) -> None:
    pairs = tmp_path / "pairs.csv"
    pairs.write_text("a,c\nx,y\n", encoding="utf-8")
    result = run("names", "--pairs", str(pairs), "-o", str(tmp_path / "scores.csv"))
    assert isinstance(result.exception, MissingColumns)
    assert not (tmp_path / "scores.csv").exists()


@pytest.mark.parametrize(
    "arguments", [(), ("Naeem",), ("--pairs", "x.csv"), ("-o", "x.csv", "a", "b")]
)
def test_names_says_what_it_needs(arguments: tuple[str, ...]) -> None:
    assert isinstance(run("names", *arguments).exception, NamesNotGiven)


# --- link ----------------------------------------------------------------------


def test_a_list_gives_pairs_with_reasons(people: Path, tmp_path: Path) -> None:
    result = run("link", str(people), "-o", str(tmp_path / "pairs.csv"))
    assert result.exit_code == 0
    written = rows(tmp_path / "pairs.csv")
    assert [(row["person_a"], row["person_b"], row["decision"]) for row in written] == [
        ("p1", "p2", "same")
    ]
    assert list(written[0]) == [
        "person_a",
        "person_b",
        "probability",
        "match_weight",
        "decision",
        "reasons",
    ]
    assert 0.98 <= float(written[0]["probability"]) <= 1
    assert "Naeem = نعیم" in written[0]["reasons"]


def test_everybody_is_listed_once_with_a_cluster(people: Path, tmp_path: Path) -> None:
    clusters = tmp_path / "clusters.csv"
    result = run(
        "link", str(people), "-o", str(tmp_path / "p.csv"), "--people-out", str(clusters), "--json"
    )
    told = json.loads(result.stdout)
    assert (told["people"], told["pairs"], told["same"], told["clusters"]) == (4, 1, 1, 3)
    assert [(row["person_id"], row["cluster_id"]) for row in rows(clusters)] == [
        ("p1", "p1"),
        ("p2", "p1"),
        ("p3", "p3"),
        ("p4", "p4"),
    ]


def test_all_columns_but_the_id_may_be_absent(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("person_id\np1\np2\n", encoding="utf-8")
    assert run("link", str(path), "-o", str(tmp_path / "pairs.csv")).exit_code == 0
    assert rows(tmp_path / "pairs.csv") == []


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("p9,h9,,A,,,,M,14.03.1988,day,,,,", "birth_date"),
        ("p9,h9,,A,,,,M,1988-02-30,day,,,,", "birth_date"),
        ("p9,h9,,A,,,,M,1988-02-03,about,,,,", "birth_date_precision"),
        ("p9,h9,,A,,,,man,1988-02-03,day,,,,", "sex"),
        ("p1,h9,,A,,,,M,1988-02-03,day,,,,", "person_id"),
        (",h9,,A,,,,M,1988-02-03,day,,,,", "person_id"),
    ],
)
def test_a_bad_cell_is_refused_by_file_line_and_column(
    people: Path, tmp_path: Path, line: str, column: str
) -> None:
    people.write_text(PEOPLE + line + "\n", encoding="utf-8")
    result = run("link", str(people), "-o", str(tmp_path / "pairs.csv"))
    assert isinstance(result.exception, BadCell)
    words = str(result.exception)
    assert f"people.csv, line 6, column {column}:" in words
    assert not (tmp_path / "pairs.csv").exists()


def test_where_spark_is_not_installed_it_is_said_how_to_get_it(
    people: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("pyspark", "pyspark.errors", "pyspark.sql"):
        monkeypatch.setitem(sys.modules, module, None)
    result = run("link", str(people), "-o", str(tmp_path / "pairs.csv"), "--engine", "spark")
    assert isinstance(result.exception, SparkMissing)
    assert "the package pyspark" in str(result.exception)
    assert "make spark" in str(result.exception)
    assert not (tmp_path / "pairs.csv").exists()
