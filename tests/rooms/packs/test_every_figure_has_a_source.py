"""Every figure of the shipped operation can be traced: to an address, or to a mark that says that there is none."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from importlib.resources import files

import pytest

from safeconduct.core.operation import Operation
from safeconduct.packs import load

FOLDER = files("safeconduct.packs") / "afghanistan_2021"
FIGURES = {
    "falls.csv": ("fell_on", "earliest_reported", "latest_reported"),
    "daily_counts.csv": ("people", "cumulative"),
    "failures.csv": ("measured",),
    "estimates.csv": ("low", "high"),
    "aircraft.csv": ("people",),
    "localities.csv": ("past_arrivals",),
    "provinces.csv": ("capital_latitude", "capital_longitude", "population_thousands"),
    "reach.csv": ("hours",),
}


@pytest.fixture(scope="module")
def operation() -> Operation:
    return load("afghanistan-2021")


def rows_of(name: str) -> Iterator[tuple[int, dict[str, str]]]:
    """The lines of a file of the pack as they are written, so that the reader cannot mend them."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as lines:
        yield from enumerate(csv.DictReader(lines), start=2)


def test_every_figure_has_an_address_and_its_day_or_is_marked_as_not_verified() -> None:
    whole_columns = {
        (row["file"], row["column"]) for _, row in rows_of("sources.csv") if row["source_url"]
    }
    untraced = []
    for name, columns in FIGURES.items():
        for line, row in rows_of(name):
            addressed = re.match(r"https?://\S+\.\S+", row["source_url"]) and row["source_date"]
            marked = row["verified"] == "no" and row["note"]
            untraced += [
                f"{name}, line {line}: {column}"
                for column in columns
                if row[column] and not (addressed or marked or (name, column) in whole_columns)
            ]
    assert untraced == []


def test_a_day_without_a_published_count_holds_no_figure_and_says_so() -> None:
    for line, row in rows_of("daily_counts.csv"):
        published = bool(row["people"] or row["cumulative"])
        assert published == bool(row["source_url"]) == (row["verified"] == "yes"), line


def test_what_one_witness_says_is_never_told_as_a_finding(operation: Operation) -> None:
    witnessed = [each for each in operation.failures if each.status.startswith("witness")]
    assert [each.code for each in witnessed] == [f"F0{number}" for number in range(1, 9)]
    assert all("witness" in each.measured for each in witnessed)
    need = next(each for each in operation.estimates if each.code == operation.need)
    assert "witness" in need.source.note
    assert "witness" in operation.assumption("need_people").sentence
    assert "witness" in operation.summary


def test_a_round_total_says_that_what_follows_from_it_is_inexact(operation: Operation) -> None:
    inexact = [count.on.day for count in operation.daily_counts if "round" in count.derived]
    assert inexact == [28]
    assert next(c for c in operation.daily_counts if c.on.day == 28).cumulative == 15_000


def test_inferred_days_and_unclear_crossings_are_marked(operation: Operation) -> None:
    inferred = {fall.pcode for fall in operation.falls if not fall.source.verified}
    assert inferred == {"AF03", "AF07", "AF10", "AF16"}
    unclear = {route.name for route in operation.routes if not route.source.verified}
    assert unclear == {"Islam Qala", "Torkham"}


def test_the_precedent_is_told_as_it_was(operation: Operation) -> None:
    syrian = operation.scheme("VPRS")
    assert (syrian.quota_people, syrian.opened_text, syrian.closed_text) == (
        20_000,
        "2014-01",
        "unknown",
    )
    assert "20,319" in syrian.note
    assert sum(int(row["past_arrivals"]) for _, row in rows_of("localities.csv")) == 20_319


def test_no_table_by_council_came_along_with_the_sums_by_region() -> None:
    council = re.compile(r"\b([ENSW](0[6-9]|10|12)|N09)[0-9]{6}\b")
    texts = [
        each.read_text(encoding="utf-8")
        for each in FOLDER.iterdir()
        if each.name.endswith((".csv", ".yaml", ".md"))
    ]
    assert len(texts) > 10
    assert not any(council.search(text) for text in texts)
