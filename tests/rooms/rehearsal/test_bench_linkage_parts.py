"""Every part of `bench linkage`, small and end to end: all judged alike, nothing made up where data is missing."""

from __future__ import annotations

import json
import re

import numpy as np
import pytest

from safeconduct.core.errors import BenchInputMissing
from safeconduct.packs import load
from safeconduct.rehearsal.bench import febrl, linkage_scripts, running
from safeconduct.rehearsal.bench.caseloads import PACK, whole_caseload
from safeconduct.rehearsal.bench.catalogue import GROUPS, bench_named
from safeconduct.rehearsal.bench.forms import contest_form, contest_from
from safeconduct.rehearsal.bench.kin import kin_list
from safeconduct.rehearsal.bench.optional import library
from safeconduct.rehearsal.bench.records import Contest
from safeconduct.rehearsal.bench.splink_rival import (
    Row,
    SplinkModel,
    SplinkStopped,
    splink_found,
)

pytestmark = pytest.mark.slow

PARTS = GROUPS["linkage"]


def small(name: str) -> Contest:
    bench = bench_named(name)
    try:
        return bench.contest(bench.small[0], 1)
    except BenchInputMissing as missing:
        pytest.skip(str(missing))


@pytest.mark.filterwarnings("ignore")  # what the baselines' libraries warn of is theirs to mend
@pytest.mark.parametrize("name", PARTS)
def test_a_part_measures_ours_and_says_of_every_baseline_its_figures_or_why_not(name: str):
    bench, contest = bench_named(name), small(name)
    for run in {**contest.of_ours, **contest.baselines}.values():
        shares = {key: run.measures[key] for key in bench.higher_is_better & run.measures.keys()}
        assert all(0 <= share <= 1 for share in shares.values()), shares
    assert contest.baselines or contest.not_run or contest.remarks
    assert all(
        re.search("pip install|stopped on this list", why) for why in contest.not_run.values()
    )
    compared = {key for run in contest.baselines.values() for key in run.measures}
    assert compared & bench.columns.keys() <= {*contest.ours.measures}
    form = json.loads(json.dumps(contest_form(contest), allow_nan=False))
    assert contest_from(form) == contest


def test_kin_are_of_one_family_told_by_two_pleas_and_never_one_person():
    given = kin_list(whole_caseload(load(PACK), 300, 1))
    records, person = given.told.records, given.told.person
    assert len(given.kin) > 100
    for a, b in given.kin:
        assert a < b
        assert records[a].household_id != records[b].household_id
        assert person[a] != person[b]


def test_a_slow_baseline_is_given_a_part_and_ours_the_same_part(monkeypatch: pytest.MonkeyPatch):
    if library("nomenklatura") is None:
        pytest.skip("nomenklatura is not installed")
    monkeypatch.setattr(linkage_scripts, "FEW", 10)
    contest = linkage_scripts.across_scripts(20, 1)
    assert "nomenklatura logic-v2, 10 people" in contest.baselines
    assert set(contest.parts) == {"ours, 10 people"}
    assert "10 people" in contest.remarks[0]


def test_what_is_missing_in_the_child_is_told_by_its_parent(
    monkeypatch: pytest.MonkeyPatch, tmp_path
):
    monkeypatch.setenv("SAFECONDUCT_BENCH_DATA", str(tmp_path))
    with pytest.raises(BenchInputMissing, match="opensanctions/nomenklatura"):
        running.contest_in_child("linkage-names", 10, 1)


def test_a_part_of_febrl_keeps_whole_people():
    try:
        frames = febrl.first_people(febrl.febrl4(), 100)
    except BenchInputMissing as missing:
        pytest.skip(str(missing))
    told = febrl.febrl_list(frames)
    assert len(told.records) == 100
    assert told.true_pairs == 50
    assert told.side is not None
    assert told.side.sum() == 50
    assert {record.other_id is None for record in told.records} == {False}


def people(count: int) -> list[Row]:
    """Everybody stands twice; one in five has moved between."""
    return [
        {
            "unique_id": at,
            "name": f"name {at % (count // 2) % 97}",
            "year": str(1950 + at % (count // 2) % 41),
            "town": f"town {(at % (count // 2) + (at > count // 2 and at % 5 == 0)) % 7}",
        }
        for at in range(count)
    ]


MODEL = SplinkModel(
    comparisons=lambda comparing: [
        comparing.ExactMatch(column) for column in ("name", "year", "town")
    ],
    blocks=(("name", "year"),),
    surely=(("name", "year", "town"),),
    surely_recall=0.9,
    train_on=(("name",), ("year",)),
)


def test_splink_finds_by_position_in_one_list_and_across_two():
    if library("splink") is None:
        pytest.skip("splink is not installed")
    twice = {(at, at + 200) for at in range(200)}
    rows = people(400)
    found = splink_found([rows], MODEL)
    assert set(zip(found.pairs.a.tolist(), found.pairs.b.tolist(), strict=True)) == twice
    assert found.chosen.dtype == np.bool_
    second = [{**row, "unique_id": at} for at, row in enumerate(rows[200:])]
    across = splink_found([rows[:200], second], MODEL).pairs
    assert set(zip(across.a.tolist(), across.b.tolist(), strict=True)) == twice


def test_a_list_on_which_splink_stops_is_told_as_such():
    if library("splink") is None:
        pytest.skip("splink is not installed")
    alone: list[Row] = [{"unique_id": 0, "name": "a", "year": "1", "town": "b"}]
    with pytest.raises(SplinkStopped, match="stopped on this list"):
        splink_found([alone], MODEL)
