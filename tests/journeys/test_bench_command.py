"""`safeconduct bench` end to end: a small run, printed, kept, and compared with the one before."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from safeconduct.cli import bench, safeconduct
from safeconduct.core.errors import BenchStopped
from safeconduct.rehearsal.bench.catalogue import GROUPS
from safeconduct.rehearsal.bench.gathered import VARIABLE
from safeconduct.rehearsal.bench.records import Contest, Run

pytestmark = pytest.mark.slow


def run(*words: str | Path) -> Result:
    done = CliRunner().invoke(safeconduct, ["bench", *map(str, words)])
    assert done.exit_code == 0, done.output
    return done


def test_a_run_is_kept_and_the_next_is_compared_with_it(tmp_path: Path):
    kept = tmp_path / "kept"
    first = json.loads(run("names", "--size", 60, "--kept", kept, "--keep", "--json").stdout)
    assert first["seed"] == 1
    assert first["machine"]["cores"] >= 1
    (names,) = first["benches"]
    assert names["since"] is None
    assert [each["size"] for each in names["runs"]] == [60]
    file = json.loads((kept / "names.json").read_text(encoding="utf-8"))
    assert {**names, "since": ...} == {**file["benches"][0], "since": ...}

    second = run("names", "--size", 60, "--kept", kept, "--keep").stdout
    assert f"Since the kept run of {first['made_on']}" in second
    assert sorted(path.name for path in kept.iterdir()) == [
        f"names-{first['made_on']}.json",
        "names.json",
    ]


def test_the_sizes_asked_for_are_run_smallest_first_and_once(tmp_path: Path):
    told = run("names", "--size", 40, "--size", 20, "--size", 40, "--kept", tmp_path, "--json")
    (names,) = json.loads(told.stdout)["benches"]
    assert [each["size"] for each in names["runs"]] == [20, 40]


def test_without_keep_nothing_is_written(tmp_path: Path):
    said = run("names", "--size", 20, "--kept", tmp_path).stdout
    assert "No kept run to compare with." in said
    assert list(tmp_path.iterdir()) == []


def test_a_size_that_stops_loses_no_other_and_ends_with_a_code_of_its_own(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    def stops_at_forty(name: str, size: int, seed: int) -> Contest:
        if size == 40:
            raise BenchStopped(name=name, size=size, code=-9)
        return Contest(size=size, ours=Run(seconds=1.0, peak_mb=1.0))

    monkeypatch.setattr(bench, "contest_in_child", stops_at_forty)
    words = ["bench", "names", "--size", "20", "--size", "40", "--kept", str(tmp_path), "--json"]
    done = CliRunner().invoke(safeconduct, words)
    assert done.exit_code == 1
    (names,) = json.loads(done.stdout)["benches"]
    assert [each["size"] for each in names["runs"]] == [20]
    assert names["stopped"]["40"].startswith("SC620: The bench names stopped at size 40")


def made_up(name: str, size: int, seed: int) -> Contest:
    return Contest(size=size, ours=Run(seconds=1.0, peak_mb=1.0))


def names_of(told: Result) -> list[str]:
    return [each["name"] for each in json.loads(told.stdout)["benches"]]


def test_linkage_is_all_its_parts_or_those_that_are_not_skipped(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    monkeypatch.setattr(bench, "contest_in_child", made_up)
    every = names_of(run("linkage", "--kept", tmp_path, "--json"))
    assert every == list(GROUPS["linkage"])
    told = run("linkage", "--skip", "linkage-people", "--kept", tmp_path, "--json")
    assert names_of(told) == [name for name in every if name != "linkage-people"]
    assert names_of(run("linkage", "--size", 60, "--kept", tmp_path, "--json")) == [
        "linkage-people"
    ]


def test_data_that_is_not_there_is_said_aloud_and_is_no_fault(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    monkeypatch.setenv(
        VARIABLE, ""
    )  # the command sets it for its children: it must not outlive this test
    words = ["linkage-historical", "--size", 50, "--kept", tmp_path, "--data", tmp_path]
    (told,) = json.loads(run(*words, "--json").stdout)["benches"]
    assert (told["runs"], told["stopped"]) == ([], {})
    assert told["absent"]["50"].startswith("SC622: historical_50k.parquet is not there")
    assert "50 records: NO FIGURES. SC622" in run(*words).stdout


@pytest.mark.parametrize("words", [["no-such-bench"], ["names", "--size", "0"]])
def test_what_is_not_understood_is_refused(words: list[str]):
    assert CliRunner().invoke(safeconduct, ["bench", *words]).exit_code == 2
