"""The benches of sheets, names and linkage, small and end to end, and what their inputs and baselines promise."""

from __future__ import annotations

import random
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, strategies as st
from rapidfuzz.distance import JaroWinkler

from safeconduct.core.dates import UncertainDate
from safeconduct.core.facts import Source
from safeconduct.core.linkage import LinkRecord
from safeconduct.core.operation import Operation
from safeconduct.packs.caseload.records import SpelledName
from safeconduct.rehearsal.bench import linkage_people, names, optional, people_rivals, sheets
from safeconduct.rehearsal.bench.catalogue import BENCHES, ONLY_WHEN_NAMED, bench_named
from safeconduct.rehearsal.bench.made_names import labelled_pairs
from safeconduct.rehearsal.bench.plain_linkage import prepared, scored, seconds_estimated
from safeconduct.rehearsal.bench.told_people import told_people
from safeconduct.rehearsal.bench.transliterating import anyascii
from safeconduct.rehearsal.bench.workbook import write_workbook

pytestmark = pytest.mark.slow


def a_name(kind: str, latin: str, native: str = "") -> SpelledName:
    spellings = tuple(latin.split("|"))
    return SpelledName(
        name=spellings[0].lower(),
        kind=kind,
        weight=1.0,
        latin=spellings,
        native=tuple(filter(None, native.split("|"))),
        source=Source(url=None, verified=False),
    )


NAMES = (
    a_name("given_m", "Karim|Kareem", "کریم"),
    a_name("given_m", "Yusuf|Yousof", "یوسف"),
    a_name("given_m", "Naeem|Naim"),
    a_name("given_f", "Zahra|Zohra", "زهرا"),
    a_name("given_f", "Maryam|Mariam", "مریم"),
    a_name("family", "Noori|Nuri", "نوری"),
    a_name("family", "Ahmadi|Ahmedi", "احمدی"),
    a_name("family", "Popal", "پوپل"),
)
WRITTEN = {spelling: name for name in NAMES for spelling in (*name.latin, *name.native)}


def without(monkeypatch: pytest.MonkeyPatch, absent: str) -> None:
    """As if this library were not installed."""
    found = optional.importlib.import_module

    def only_others(name: str) -> object:
        if name == absent:
            raise ImportError(name)
        return found(name)

    monkeypatch.setattr(optional.importlib, "import_module", only_others)


# --- pairs of names -----------------------------------------------------------------


def test_half_of_the_pairs_are_one_name_and_the_same_seed_makes_the_same_pairs():
    pairs = list(labelled_pairs(NAMES, 60, random.Random(3)))
    assert pairs == list(labelled_pairs(NAMES, 60, random.Random(3)))
    assert pairs != list(labelled_pairs(NAMES, 60, random.Random(4)))
    assert sum(pair.same for pair in pairs) == 30


@given(st.integers(0, 10_000))
def test_the_label_of_a_pair_is_true_of_what_is_written(seed: int):
    for pair in labelled_pairs(NAMES, 12, random.Random(seed)):
        one, two = ([WRITTEN[word] for word in text.split()] for text in (pair.a, pair.b))
        assert (one == two) is pair.same


# --- the baselines -------------------------------------------------------------------


def a_person(number: int, given: str, family: str, year: int | None, home: str) -> LinkRecord:
    return LinkRecord(
        person_id=f"P{number}",
        household_id=home,
        given_name=given,
        family_name=family,
        birth=None if year is None else UncertainDate.of_year(year),
    )


given_names = st.sampled_from(["Karim", "Kareem", "Karima", "Zahra", "Zohra"])
family_names = st.sampled_from(["Noori", "Nuri", "Ahmadi"])
people = st.lists(
    st.tuples(
        given_names, family_names, st.sampled_from([None, 1990, 1991]), st.sampled_from("ABC")
    ),
    max_size=12,
)


@given(people)
def test_the_plain_linkage_finds_what_its_blocks_and_scores_say(
    told: list[tuple[str, str, int | None, str]],
):
    records = [a_person(number, *each) for number, each in enumerate(told)]
    found = scored(prepared(records, str.casefold))
    expected = {}
    for (a, one), (b, two) in combinations(enumerate(told), 2):
        names_of = [f"{each[0]} {each[1]}".casefold() for each in (one, two)]
        alike = JaroWinkler.similarity(*names_of)
        by_year = one[2] is not None and one[2] == two[2] and one[0][0] == two[0][0]
        by_letters = one[0][:3] == two[0][:3] and one[1][:3] == two[1][:3]
        if one[3] == two[3] or not (by_year or by_letters) or alike < 0.85:
            continue
        near = one[2] is None or two[2] is None or one[2] != two[2]
        score = 0.8 * alike + 0.2 * (0.5 if near else 1.0)
        if score >= 0.89:
            expected[a, b] = score
    assert {
        (int(a), int(b)): pytest.approx(float(score), abs=1e-6)
        for a, b, score in zip(found.a, found.b, found.score, strict=True)
    } == expected


def test_its_time_is_estimated_by_what_is_left_to_compare():
    records = [a_person(number, "Karim", "Noori", 1990, f"H{number}") for number in range(40)]
    given = prepared(records, str.casefold)
    moments = iter([0.0, 2.0])
    # Two blocks of 40: 780 comparisons each. The first took two seconds.
    assert given.comparisons == 1560
    assert seconds_estimated(given, lambda: next(moments), sample=780) == pytest.approx(4.0)


def test_a_library_that_is_there_writes_dari_in_latin_letters():
    to_latin = anyascii()
    assert to_latin is not None
    assert to_latin("کریم Noori").isascii()


# --- a workbook -------------------------------------------------------------------------


def test_a_workbook_holds_what_was_written(tmp_path: Path):
    path = tmp_path / "list.xlsx"
    rows = [
        ("Name", "Size", None, "Note"),
        ("Karim <&> کریم", 4, "", " two  spaces "),
        ("", 0, None, None),
    ]
    write_workbook(path, rows)
    book = optional.library("openpyxl").load_workbook(path, read_only=True)
    read = [tuple(row) for row in book.active.iter_rows(max_col=4, values_only=True)]
    book.close()
    assert read == [
        ("Name", "Size", None, "Note"),
        ("Karim <&> کریم", 4, None, " two  spaces "),
        (None, 0, None, None),
    ]


# --- each bench, small --------------------------------------------------------------------


def test_the_names_bench_measures_both_sides():
    contest = names.contest(300, 1)
    told = contest.baselines["Jaro-Winkler on anyascii"].measures
    assert contest.ours.measures.keys() == told.keys() <= names.BENCH.higher_is_better
    assert all(0 <= share <= 1 for run in (contest.ours.measures, told) for share in run.values())
    assert contest.ours.measures["best_f1"] > 0.8


def test_the_names_bench_says_how_to_get_a_library_that_is_missing(monkeypatch: pytest.MonkeyPatch):
    without(monkeypatch, "anyascii")
    contest = names.contest(50, 1)
    assert contest.not_run["Jaro-Winkler on anyascii"].endswith("pip install anyascii")
    assert "Jaro-Winkler on anyascii" not in contest.baselines


def test_the_sheets_bench_reads_every_row_and_both_read_the_same_cells():
    contest = sheets.contest(120, 1)
    told = contest.ours.measures
    assert told["accepted"] + told["quarantined"] + told["repeated"] == 120
    assert told["accepted"] > 100
    assert set(contest.parts) == {"ours, cells only"}
    assert set(contest.baselines) == {"openpyxl"}


def test_the_sheets_bench_runs_without_openpyxl_and_says_so(monkeypatch: pytest.MonkeyPatch):
    without(monkeypatch, "openpyxl")
    contest = sheets.contest(20, 1)
    assert contest.baselines == {}
    assert contest.not_run["openpyxl"].endswith("pip install openpyxl")


def test_the_sheet_has_thirty_columns(operation: Operation):
    rows = list(sheets._rows(operation, 5, 1))
    assert len(rows) == 6
    assert {len(row) for row in rows} == {30}


def test_the_linkage_bench_judges_all_by_the_same_truth():
    contest = linkage_people.contest(600, 1)
    ours, plain = contest.ours.measures, contest.baselines["Jaro-Winkler in blocks"].measures
    assert ours["true_pairs"] > 20
    assert ours["own_recall"] <= ours["with_review_recall"] <= 1
    assert 0 < plain["best_f1"] <= 1
    assert {"recall_at_99_precision", "best_f1"} <= ours.keys() & plain.keys()


def test_a_baseline_that_would_take_too_long_is_not_run_and_says_its_estimate(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(people_rivals, "LONGEST", 0.0)
    contest = linkage_people.contest(200, 1)
    assert "Jaro-Winkler in blocks" not in contest.baselines
    assert "(estimated)" in contest.not_run["Jaro-Winkler in blocks"]


def test_the_list_has_as_many_records_as_were_asked_for_and_knows_who_is_who(operation: Operation):
    told = told_people(operation, 500, 2)
    assert len(told.records) == 500 == len(told.truth)
    pairs = combinations((record.person_id for record in told.records), 2)
    assert told.true_pairs == sum(told.same(one, two) for one, two in pairs)


@pytest.mark.parametrize("name", BENCHES)
def test_every_bench_of_the_catalogue_is_there_under_its_name_with_three_sizes(name: str):
    bench = bench_named(name)
    assert bench.name == name
    assert len(bench.sizes) >= 3 or name in ONLY_WHEN_NAMED or bench.is_gathered
    assert list(bench.sizes) == sorted(bench.sizes)
    assert max(bench.small) < min(bench.sizes)
