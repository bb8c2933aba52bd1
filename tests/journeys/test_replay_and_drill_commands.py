"""`safeconduct replay` and `safeconduct drill`: from a pack to a page, with numbers that add up."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from safeconduct.cli import drill as drill_module, safeconduct
from safeconduct.core.errors import (
    BadScenario,
    CannotWrite,
    DayOutsideDrill,
    NoSuchFile,
    NothingToReplay,
    Refused,
    UnknownField,
    UnknownPack,
    WouldReplaceInput,
)
from safeconduct.core.operation import Operation

pytestmark = pytest.mark.slow

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
HARBOUR = EXAMPLES / "harbour-2031"
TABLES = {
    "policies.csv", "days.csv", "sensitivity.csv", "luck.csv", "ends.csv", "assumptions.csv",
}  # fmt: skip
POLICIES = ["fcfs", "fcfs-standby", "priority", "priority-standby", "planner", "planner-standby"]
CASELOAD_KEYS = {
    "people", "families", "pleas", "eligible_families", "eligible_people", "doubles_proposed", "doubles_proposed_right",
    "doubles_there", "share", "seats", "seats_per_day",
    "scenario", "bound", "hindsight_plan_priority", "hindsight_plan_people", "told_all_bound", "policies",
    "sensitivity", "luck", "assumptions", "caseload_seed", "seed", "seconds",
}  # fmt: skip


def run(*words: object) -> Result:
    return CliRunner().invoke(safeconduct, [str(word) for word in words], catch_exceptions=True)


def told(*words: object) -> dict:
    done = run(*words)
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def refusal(*words: object) -> Refused:
    done = run(*words)
    assert isinstance(done.exception, Refused), done.output
    return done.exception


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def of_caseload(path: Path, people: str) -> list[dict[str, str]]:
    return [row for row in rows(path) if row["caseload_people"] == people]


def without_seconds(value):
    """The same without what a clock told."""
    if isinstance(value, dict):
        return {name: without_seconds(each) for name, each in value.items() if name != "seconds"}
    return [without_seconds(each) for each in value] if isinstance(value, list) else value


@pytest.fixture
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the drawing, which takes longer than all the rest of a small drill."""
    monkeypatch.setattr(drill_module, "drill_html", lambda *_given, **_on: "<!doctype html>")


@pytest.fixture(scope="module")
def replayed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("replayed") / "replay"
    done = run("replay", "afghanistan-2021", "--people", 500, "--people", 300, "-o", out)
    assert done.exit_code == 0, done.output
    (out / "said.txt").write_text(done.stdout, encoding="utf-8")
    return out


@pytest.fixture(scope="module")
def replay(replayed: Path) -> dict:
    return json.loads((replayed / "replay.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def drilled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("drilled") / "drill"
    done = run(
        "drill", HARBOUR, "--people", 300, "--scenario", EXAMPLES / "bad-month.yaml", "-o", out
    )
    assert done.exit_code == 0, done.output
    (out / "said.txt").write_text(done.stdout, encoding="utf-8")
    return out


@pytest.fixture(scope="module")
def drill(drilled: Path) -> dict:
    return json.loads((drilled / "drill.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def caseloads(replay: dict, drill: dict) -> list[dict]:
    return [*replay["caseloads"], drill]


# --- what adds up ----------------------------------------------------------------------------------


def test_every_policy_stands_beside_the_bound_and_none_exceeds_it(caseloads: list[dict]):
    for caseload in caseloads:
        assert [each["policy"] for each in caseload["policies"]] == POLICIES
        assert 0 < caseload["bound"] <= caseload["told_all_bound"]
        for policy in caseload["policies"]:
            assert policy["priority_moved"] <= caseload["bound"] * (1 + 1e-9)
            share = policy["priority_moved"] / caseload["bound"]
            assert policy["share_of_bound"] == pytest.approx(share)


def test_no_family_is_split_and_every_plea_has_one_end(caseloads: list[dict]):
    for caseload in caseloads:
        for policy in caseload["policies"]:
            assert policy["families_split"] == 0
            assert policy["pleas_without_an_end"] == 0
            assert sum(policy["ends"].values()) == caseload["pleas"]
            assert sum(policy["waits"].values()) == policy["ends"]["waiting for a seat"]


def test_seats_are_boarded_given_to_standby_or_empty_day_by_day(caseloads: list[dict]):
    for caseload in caseloads:
        for policy in caseload["policies"]:
            for day in policy["days"]:
                aboard = day["boarded_people"] + day["standby_people"]
                assert day["seats"] == aboard + day["empty"]
                assert day["seats"] == caseload["seats_per_day"].get(day["on"], 0)
            assert policy["empty_seats"] == sum(day["empty"] for day in policy["days"])
            assert policy["people_moved"] == caseload["seats"] - policy["empty_seats"]
            assert len(policy["days"]) == caseload["scenario"]["days"]


def test_families_are_moved_or_left_by_band(caseloads: list[dict]):
    for caseload in caseloads:
        for policy in caseload["policies"]:
            left = policy["left_by_band"]
            assert policy["families_moved"] + sum(left.values()) == caseload["eligible_families"]
            assert left[policy["highest_band"]] == policy["highest_band_left"]


def test_the_tables_hold_what_the_summary_holds(replayed: Path, replay: dict):
    of_policy = {
        (int(row["caseload_people"]), row["policy"]): row for row in rows(replayed / "policies.csv")
    }
    ends: Counter[tuple[int, str]] = Counter()
    for row in rows(replayed / "ends.csv"):
        ends[int(row["caseload_people"]), row["policy"]] += int(row["pleas"])
    for caseload in replay["caseloads"]:
        for policy in caseload["policies"]:
            row = of_policy[caseload["people"], policy["policy"]]
            assert int(row["people_moved"]) == policy["people_moved"]
            assert float(row["bound"]) == caseload["bound"]
            assert ends[caseload["people"], policy["policy"]] == caseload["pleas"]
        many = str(caseload["people"])
        assumed = of_caseload(replayed / "assumptions.csv", many)
        names = [each["name"] for each in caseload["assumptions"]]
        assert [row["name"] for row in assumed] == names
        assert all(row["sentence"] for row in assumed)
        assert len(of_caseload(replayed / "days.csv", many)) == len(POLICIES) * 16
        rates = {float(row["no_show"]) for row in of_caseload(replayed / "sensitivity.csv", many)}
        assert rates == {each["no_show"] for each in caseload["sensitivity"]}


def test_the_first_draw_of_luck_is_the_rehearsals_own(caseloads: list[dict]):
    for caseload in caseloads:
        assert [each["seed"] for each in caseload["luck"]] == [1, 2, 3, 4, 5]
        own = caseload["luck"][0]
        assert own["bound"] == caseload["bound"]
        for policy in caseload["policies"]:
            assert own["policies"][policy["policy"]] == {
                "share_of_bound": policy["share_of_bound"], "people_moved": policy["people_moved"],
            }  # fmt: skip


def test_the_table_of_luck_and_the_screen_hold_what_the_summary_holds(replayed: Path, replay: dict):
    for caseload in replay["caseloads"]:
        of_summary = [
            (each["seed"], code, each["bound"], told["share_of_bound"], told["people_moved"])
            for each in caseload["luck"]
            for code, told in each["policies"].items()
        ]
        of_table = [
            (
                int(row["seed"]), row["policy"], float(row["bound"]), float(row["share_of_bound"]),
                int(row["people_moved"]),
            )
            for row in of_caseload(replayed / "luck.csv", str(caseload["people"]))
        ]  # fmt: skip
        assert of_table == of_summary
    said = (replayed / "said.txt").read_text(encoding="utf-8")
    assert said.count("Over 5 draws of luck the planner with standby reaches") == 2


# --- the replay ------------------------------------------------------------------------------------


def test_a_replay_tells_of_each_caseload_and_claims_no_more_than_was_published(
    replayed: Path, replay: dict, operation: Operation
):
    assert {each.name for each in replayed.iterdir()} == TABLES | {
        "replay.html", "replay.json", "said.txt",
    }  # fmt: skip
    assert replay["pack"] == operation.code
    assert (
        "Nothing is claimed of the real operation beyond the published counts" in replay["claims"]
    )
    assert [each["people"] for each in replay["caseloads"]] == [500, 300]
    assert all(each.keys() == CASELOAD_KEYS for each in replay["caseloads"])
    assert {"safeconduct", "python", "numpy", "highspy"} <= replay["versions"].keys()
    said = (replayed / "said.txt").read_text(encoding="utf-8")
    assert replay["claims"] in said
    share = "0.7 % of the operation's: this caseload's people over the published need of 75,000."
    assert share in said
    page = (replayed / "replay.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert "<script" not in page


def test_a_gap_in_the_published_counts_stays_a_gap(replay: dict, operation: Operation):
    published = {each["on"]: each for each in replay["published"]}
    assert published["2021-08-13"] == {
        "on": "2021-08-13", "people": None, "cumulative": None, "note": "no published count",
    }  # fmt: skip
    assert "split evenly over a gap" in published["2021-08-17"]["note"]
    assert published["2021-08-19"]["people"] == 963
    assert published["2021-08-19"]["note"] == ""
    counted = sum(each["people"] or 0 for each in replay["published"])
    assert counted == sum(each.people or 0 for each in operation.daily_counts)


def test_provinces_fall_on_their_days(replay: dict, operation: Operation):
    fallen = [code for day in replay["provinces_fallen"] for code in day["fell"]]
    assert sorted(fallen) == sorted(fall.pcode for fall in operation.falls)
    assert replay["provinces_fallen"][-1]["fallen"] == len(fallen)


def test_seats_are_the_packs_for_the_caseloads_share(replay: dict, operation: Operation):
    whole = sum(each.seats for each in operation.departures)
    for caseload in replay["caseloads"]:
        assert caseload["share"] == caseload["people"] / 75_000
        assert caseload["seats"] == pytest.approx(whole * caseload["share"], abs=1)
        assert sum(caseload["seats_per_day"].values()) == caseload["seats"]


def test_a_share_that_is_asked_for_and_a_rate_of_no_shows_are_kept():
    words = (
        "replay",
        "afghanistan-2021",
        "--people",
        100,
        "--share",
        0.01,
        "--no-show",
        0,
        "--json",
    )
    caseload = told(*words)["caseloads"][0]
    assert caseload["share"] == 0.01
    assert caseload["scenario"]["no_show"] == 0
    assert all(each["no_show_families"] == 0 for each in caseload["policies"])


def test_the_same_seed_tells_the_same_and_another_one_otherwise(replay: dict):
    again = told("replay", "afghanistan-2021", "--people", 300, "--json")
    assert without_seconds(again["caseloads"][0]) == without_seconds(replay["caseloads"][1])
    other = told("replay", "afghanistan-2021", "--people", 300, "--seed", 2, "--json")
    assert without_seconds(other["caseloads"][0]) != without_seconds(again["caseloads"][0])


def test_a_pack_without_departures_is_sent_to_the_drill():
    assert isinstance(refusal("replay", HARBOUR), NothingToReplay)
    assert issubclass(NothingToReplay, BadScenario)


# --- the drill -------------------------------------------------------------------------------------


def test_a_drill_tells_what_the_month_would_need(drilled: Path, drill: dict):
    assert {each.name for each in drilled.iterdir()} == TABLES | {
        "drill.html", "drill.json", "said.txt",
    }  # fmt: skip
    needs = drill["needs"]
    for name in ("seats", "seats_for_all", "caseworkers", "caseworkers_for_all", "days"):
        need = needs[name]
        assert need.keys() == {"what", "value", "given", "tried", "found"}
        assert need["value"] is None or 0 <= need["value"] <= need["tried"]
    families = needs["reachable_families"] + sum(needs["out_of_reach"].values())
    assert families == drill["eligible_families"]
    assert families + sum(needs["may_not_fly"].values()) == drill["families"]
    said = (drilled / "said.txt").read_text(encoding="utf-8")
    urgent = "Caseworkers with whom no urgent plea waits more than a day for its decision"
    assert f"{urgent}: {needs['caseworkers']['value']} (here 2)." in said
    assert "every family is at hand" in said
    assert "no forecast" in said


def test_a_drill_follows_its_scenario(drill: dict):
    scenario = drill["scenario"]
    assert (scenario["starts"], scenario["days"], scenario["caseworkers"]) == ("2031-05-05", 14, 2)
    assert scenario["no_show"] == 0.2
    assert scenario["closings"][0]["province"] == "H2"
    assert scenario["closings"][0]["on"] == "2031-05-14"
    assert drill["seats_per_day"]["2031-05-12"] == 60
    assert "2031-05-08" not in drill["seats_per_day"]
    assert drill["seats"] == 11 * 24 + 60
    first = drill["policies"][0]["days"]
    assert sum(day["pleas"] for day in first) == drill["pleas"]
    assert [day["pleas"] > 0 for day in first] == [True] * 6 + [False] * 8


@pytest.mark.usefixtures("undrawn")
def test_options_count_before_the_scenario(tmp_path: Path):
    words = (
        "drill",
        HARBOUR,
        "--people",
        60,
        "--days",
        4,
        "--seats-per-day",
        9,
        "--caseworkers",
        5,
        "--no-show",
        0,
    )
    (tmp_path / "month.yaml").write_text("days: 9\nseats: [1]\ncaseworkers: 1\nno_show: 0.5\n")
    drill = told(*words, "--scenario", tmp_path / "month.yaml", "-o", tmp_path / "out", "--json")
    scenario = drill["scenario"]
    assert list(drill["seats_per_day"].values()) == [9] * 4
    assert (scenario["days"], scenario["caseworkers"], scenario["no_show"]) == (4, 5, 0)


@pytest.mark.usefixtures("undrawn")
def test_the_shipped_pack_is_drilled_beyond_its_own_days(tmp_path: Path):
    done = run("drill", "afghanistan-2021", "--people", 60, "--days", 20, "-o", tmp_path)
    assert done.exit_code == 0, done.output
    assert "we take the ways to stay as they were" in done.stdout
    assert "seats a day: as many as the pack's departures have on average" in done.stdout
    drill = json.loads((tmp_path / "drill.json").read_text(encoding="utf-8"))
    assert max(drill["seats_per_day"]) > "2021-08-28"


# --- what is refused -------------------------------------------------------------------------------


def test_what_cannot_be_drilled_is_refused_and_nothing_is_written(tmp_path: Path):
    scenario = tmp_path / "month.yaml"
    out = tmp_path / "out"
    words = ("drill", HARBOUR, "--people", 50, "--scenario", scenario, "-o", out)
    assert isinstance(refusal(*words), NoSuchFile)
    scenario.write_text("days: 4\nseat: 3\n")
    assert isinstance(refusal(*words), UnknownField)
    scenario.write_text("days: 4\nclosings: [{on: 7, province: H1}]\n")
    assert isinstance(refusal(*words), DayOutsideDrill)
    assert isinstance(
        refusal("drill", "nowhere", "--people", 50, "--days", 3, "-o", out), UnknownPack
    )
    assert not out.exists()


def test_a_scenario_is_not_written_over(tmp_path: Path):
    scenario = tmp_path / "drill.json"
    scenario.write_text("{days: 3}")
    words = ("drill", HARBOUR, "--people", 50, "--scenario", scenario, "-o", tmp_path)
    assert isinstance(refusal(*words), WouldReplaceInput)
    assert scenario.read_text() == "{days: 3}"


@pytest.mark.parametrize(
    "words",
    [
        "drill {pack} --people 50 -o {out}",
        "drill {pack} --people 0 --days 3 -o {out}",
        "drill {pack} --people 50 --days 367 -o {out}",
        "drill {pack} --people 50 --days 3 --no-show nan -o {out}",
        "drill {pack} --people 50 --days 3 --caseworkers 0 -o {out}",
        "replay afghanistan-2021 --share 1.5",
        "replay afghanistan-2021 --people 0",
    ],
)
def test_what_was_not_understood_exits_with_2(tmp_path: Path, words: str):
    done = run(*words.format(pack=HARBOUR, out=tmp_path / "out").split())
    assert done.exit_code == 2, done.output
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_written_is_told_of(tmp_path: Path):
    (tmp_path / "file").write_text("")
    words = ("replay", "afghanistan-2021", "--people", 20, "-o", tmp_path / "file")
    assert isinstance(refusal(*words), CannotWrite)
