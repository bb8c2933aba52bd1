"""`safeconduct simulate`: a caseload whose files every other command reads, and the truth that they do not hold."""

from __future__ import annotations

import csv
import json
from collections import Counter
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from safeconduct.cli import safeconduct, simulate as simulate_module
from safeconduct.core.errors import CannotWrite, Refused, SheetsOfAnother, UnknownPack

pytestmark = pytest.mark.slow

FILES = {
    "people.csv", "cases.jsonl", "truth_people.csv", "truth_families.csv", "truth_pleas.csv",
    "distributions.csv", "caseload.json", "sheets",
}  # fmt: skip
HARBOUR = Path(__file__).parents[2] / "docs" / "examples" / "harbour-2031"


def run(*words: object) -> Result:
    return CliRunner().invoke(safeconduct, [str(word) for word in words], catch_exceptions=True)


def made(out: Path, *words: object) -> Path:
    done = run("simulate", "-o", out, *words)
    assert done.exit_code == 0, done.output
    return out


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def digests(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def caseload(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("simulated") / "caseload", "--people", 300, "--seed", 7)


# --- what is written -----------------------------------------------------------------------------


def test_it_writes_a_caseload_and_the_truth_beside_it(caseload: Path):
    assert {path.name for path in caseload.iterdir()} == FILES
    told = json.loads((caseload / "caseload.json").read_text(encoding="utf-8"))
    assert (told["pack"], told["seed"], told["people"]) == ("afghanistan-2021", 7, 300)
    assert (told["first_day"], told["days"], told["truth_on"]) == ("2021-08-13", 16, "2021-08-20")
    assert told["families"] == len(rows(caseload / "truth_families.csv"))
    assert told["pleas"] == len(rows(caseload / "truth_pleas.csv"))
    assert told["people_told"] == len(rows(caseload / "people.csv"))
    assert told["sheets"] == len(list((caseload / "sheets").iterdir()))
    assert "fictional" in told["what"]


def test_without_a_folder_each_caseload_has_one_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    for seed in (1, 2):
        assert run("simulate", "--people", 20, "--seed", seed).exit_code == 0
    assert {path.name for path in (tmp_path / "build").iterdir()} == {
        "caseload-20-1",
        "caseload-20-2",
    }


def test_people_in_truth_are_as_many_as_were_asked_for(caseload: Path):
    assert sum(int(row["size"]) for row in rows(caseload / "truth_families.csv")) == 300


def test_everything_told_has_its_truth(caseload: Path):
    families = {row["family_id"] for row in rows(caseload / "truth_families.csv")}
    pleas = {row["plea_id"]: row["family_id"] for row in rows(caseload / "truth_pleas.csv")}
    truth = {row["person_id"]: row["true_family_id"] for row in rows(caseload / "truth_people.csv")}
    people = rows(caseload / "people.csv")
    assert set(pleas.values()) <= families
    assert [row["person_id"] for row in people] == list(truth)
    assert all(pleas[row["household_id"]] == truth[row["person_id"]] for row in people)
    counted = Counter(pleas.values())
    for row in rows(caseload / "truth_families.csv"):
        assert int(row["pleas"]) == counted[row["family_id"]]
        assert row["band"] in {"emergency", "urgent", "priority", "routine", "not assessed"}


def test_what_the_engines_read_does_not_hold_the_truth(caseload: Path):
    true = {row["true_person_id"] for row in rows(caseload / "truth_people.csv")}
    true |= {row["family_id"] for row in rows(caseload / "truth_families.csv")}
    for name in ("people.csv", "cases.jsonl"):
        words = set((caseload / name).read_text(encoding="utf-8").replace('"', ",").split(","))
        assert words & true == set()


def test_every_distribution_has_its_source_or_is_called_an_assumption(caseload: Path):
    drawn = rows(caseload / "distributions.csv")
    kinds = {"distribution", "rate", "profile", "arrivals", "name", "in the code"}
    assert {row["kind"] for row in drawn} == kinds
    for row in drawn:
        assert row["source"] == "assumption" or row["source"].startswith("http"), row
        assert row["source"] != "assumption" or row["verified"] == "no", row
        assert float(row["value"]) >= 0


def test_it_says_in_words_what_was_made_and_that_everybody_is_fictional(tmp_path: Path):
    done = run("simulate", "--people", 20, "-o", tmp_path / "out")
    assert done.stdout.startswith("20 people in ")
    assert "Everybody here is fictional" in done.stdout


def test_it_prints_the_same_object_as_it_writes(tmp_path: Path):
    done = run("simulate", "--people", 20, "-o", tmp_path / "out", "--json")
    written = json.loads((tmp_path / "out" / "caseload.json").read_text(encoding="utf-8"))
    assert json.loads(done.stdout) == written


# --- read by the other commands --------------------------------------------------------------------


def test_link_reads_its_people(caseload: Path, tmp_path: Path):
    done = run("link", caseload / "people.csv", "-o", tmp_path / "pairs.csv", "--json")
    assert done.exit_code == 0, done.output
    assert done.stderr == "", "a column is noticed that link does not have"
    told = json.loads(done.stdout)
    assert told["people"] == len(rows(caseload / "people.csv"))
    assert told["same"] > 0


def test_triage_reads_its_cases(caseload: Path, tmp_path: Path):
    done = run("triage", caseload / "cases.jsonl", "-o", tmp_path / "assessed.csv", "--json")
    assert done.exit_code == 0, done.output
    cases = [row["case_id"] for row in rows(tmp_path / "assessed.csv")]
    assert cases == [row["plea_id"] for row in rows(caseload / "truth_pleas.csv")]


@pytest.mark.slow
def test_brief_reads_its_sheets_and_holds_few_rows_back(caseload: Path, tmp_path: Path):
    sheets = sorted((caseload / "sheets").iterdir())
    out = tmp_path / "brief"
    done = run("brief", *sheets, "--pack", "afghanistan-2021", "-o", out, "--seconds", 5, "--json")
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert told["rows_accepted"] >= 0.95 * told["rows_read"]
    assert told["pleas_without_an_end"] == 0
    pleas = len(rows(caseload / "truth_pleas.csv"))
    assert told["households"] == pytest.approx(pleas, rel=0.05)


# --- again, and otherwise ----------------------------------------------------------------------------


def test_the_same_seed_gives_the_same_files_byte_for_byte(caseload: Path, tmp_path: Path):
    again = made(tmp_path / "again", "--people", 300, "--seed", 7)
    assert digests(again) == digests(caseload)


def test_it_may_be_written_again_into_its_own_folder(tmp_path: Path):
    out = made(tmp_path / "out", "--people", 30)
    before = digests(out)
    assert digests(made(out, "--people", 30)) == before


def test_another_seed_gives_another_caseload(caseload: Path, tmp_path: Path):
    other, same = digests(made(tmp_path / "other", "--people", 300, "--seed", 8)), digests(caseload)
    alike = {name for name in other if other[name] == same.get(name)}
    assert alike == {"distributions.csv"}


def test_days_and_the_first_day_are_as_asked(tmp_path: Path):
    out = made(tmp_path / "out", "--people", 60, "--on", "2021-08-20", "--days", 3)
    days = {row["received_on"] for row in rows(out / "truth_pleas.csv")}
    assert days <= {"2021-08-20", "2021-08-21", "2021-08-22"}
    assert len(days) > 1


def test_it_makes_a_caseload_of_a_pack_of_ones_own(tmp_path: Path):
    out = made(tmp_path / "out", "--people", 40, "--pack", HARBOUR)
    assert {row["source"] for row in rows(out / "distributions.csv")} == {"assumption"}
    words = ("--pack", HARBOUR, "--on", "2031-06-01", "-o", tmp_path / "assessed.csv")
    done = run("triage", out / "cases.jsonl", *words)
    assert done.exit_code == 0, done.output


# --- refused -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--people", "0"], "0 is not in the range"),
        (["--people", "many"], "is not a valid integer"),
        ([], "--people"),
        (["--people", "10", "--on", "2021-02-30"], "does not match the format"),
        (["--people", "10", "--days", "0"], "0 is not in the range"),
        (["--people", "10", "--on", "2021-09-01"], "say with --days how long it lasts"),
    ],
)
def test_what_cannot_be_simulated_is_refused_and_leaves_nothing(words, says, tmp_path: Path):
    done = run("simulate", "-o", tmp_path / "out", *words)
    assert done.exit_code == 2
    assert says in done.stderr
    assert not (tmp_path / "out").exists()


def refused(error: type[Refused], *words: object) -> Refused:
    done = run("simulate", *words)
    assert isinstance(done.exception, error), done.output
    return done.exception


def test_a_pack_that_is_not_there_is_refused(tmp_path: Path):
    refused(UnknownPack, "--people", 10, "--pack", "atlantis-2031", "-o", tmp_path / "out")


def test_a_folder_with_sheets_of_another_caseload_is_refused_and_stays_as_it_was(tmp_path: Path):
    out = made(tmp_path / "out", "--people", 30)
    (out / "sheets" / "another-office.csv").write_text("Name\nNaeem\n", encoding="utf-8")
    before = digests(out)
    refusal = refused(SheetsOfAnother, "--people", 30, "--seed", 2, "-o", out)
    assert str(out / "sheets") in str(refusal)
    assert digests(out) == before


def failing(_caseload: object) -> object:
    raise CannotWrite(path=Path("people.csv"), problem="No space left on device")


@pytest.mark.parametrize("step", ["case_lines", "people_rows"])
def test_files_appear_whole_or_not_at_all(
    step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    out = made(tmp_path / "out", "--people", 30)
    before = digests(out)
    monkeypatch.setattr(simulate_module.files, step, failing)
    refused(CannotWrite, "--people", 30, "--days", 2, "-o", out)
    assert digests(out) == before
    refused(CannotWrite, "--people", 30, "-o", tmp_path / "new")
    assert digests(tmp_path / "new") == {}
