"""`safeconduct seats` and `safeconduct homes` over plain files, as an analyst would use them."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from safeconduct.cli import safeconduct
from safeconduct.core.errors import BadTable, NoPlan, Refused

FAMILIES = """family_id,size,priority,ready_at,leave_by,place,schemes,stretchers,office,group,keep_with,decay_per_day
F1,5,50,,,Kabul,ARAP,,,,,
F2,4,10,,,Kabul,ARAP|ACRS,,,,F3,
F3,2,9,2021-08-20T12:00,,Kabul,ARAP,,,,,0.1
F4,,8,,,Kabul,ARAP,,,,,
F5,3,30,,,Herat,ARAP,,,,,
"""
DEPARTURES = """departure_id,departs_at,muster_point,seats,stretcher_spaces,schemes
D1,2021-08-20T10:00,Baron,5,,ARAP
D2,2021-08-21T10:00,Baron,6,1,
"""
REACH = "place,muster_point,hours\nKabul,Baron,2\n"
HOME_FAMILIES = "family_id,size,bedrooms,school,week\nA,4,2,2,2\nB,3,1,0,10\nC,4,2,1,1\n"
LOCALITIES = "locality_id,people,bedrooms,school\nLeeds,4,2,2\nHull,4,,0\n"
SCORES = "family_id,locality_id,score\nA,Leeds,5\nB,Leeds,4\nC,Leeds,9\nB,Hull,3\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    files = {
        "families.csv": FAMILIES,
        "departures.csv": DEPARTURES,
        "reach.csv": REACH,
        "home_families.csv": HOME_FAMILIES,
        "localities.csv": LOCALITIES,
        "scores.csv": SCORES,
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(words: str) -> Result:
    return CliRunner().invoke(safeconduct, words.split(), catch_exceptions=True)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def refusal(words: str) -> str:
    result = run(words)
    assert isinstance(result.exception, Refused), result.output
    return str(result.exception)


SEATS = "seats families.csv departures.csv -o plan.csv --seconds 5"
HOMES = "homes home_families.csv localities.csv scores.csv -o plan.csv --seconds 5"
KEYS = "objective bound gap seated_people waiting_families empty_seats status seconds".split()


def test_seats_tells_one_row_for_each_family_and_one_object(folder: Path):
    result = run(f"{SEATS} --reach reach.csv --json")
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    assert list(told) == KEYS
    assert (told["seated_people"], told["waiting_families"], told["empty_seats"]) == (11, 2, 0)
    plan = rows(folder / "plan.csv")
    assert list(plan[0]) == ["family_id", "departure_id", "reason"]
    assert [each["family_id"] for each in plan] == ["F1", "F2", "F3", "F4", "F5"]
    assert [each["departure_id"] for each in plan] == ["D1", "D2", "D2", "", ""]
    assert all(each["reason"] for each in plan)
    # F3 is kept with F2 and boards a day after the first departure, which its decay makes worth less.
    assert told["objective"] == pytest.approx(50 + 10 + 9 * 0.9)
    assert told["status"] == "best possible"


def test_seats_without_json_says_how_good_the_plan_is(folder: Path):
    result = run(f"{SEATS} --reach reach.csv")
    assert "3 of 5 families (11 people) board; 0 seats stay empty." in result.stdout
    assert "No plan could be better (proved)." in result.stdout
    assert "unreachable 1" in result.stdout


def test_seats_keeps_locks(folder: Path):
    (folder / "locks.csv").write_text("kind,family_id,departure_id\nmust,F1,D2\nnever,F2,D1\n")
    assert run(f"{SEATS} --locks locks.csv").exit_code == 0
    assert rows(folder / "plan.csv")[0]["departure_id"] == "D2"


def test_a_lock_that_cannot_hold_leaves_no_plan_and_says_which(folder: Path):
    (folder / "locks.csv").write_text("family_id,departure_id,kind\nF5,D1,must\n")
    result = run(f"{SEATS} --reach reach.csv --locks locks.csv")
    assert isinstance(result.exception, NoPlan)
    assert "family F5 must board D1 cannot hold" in str(result.exception)
    assert not (folder / "plan.csv").exists()


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("families.csv", "F1,5,", "F1,five,", "families.csv, line 2, column size: 'five'"),
        ("families.csv", "F1,5,", "F1,0,", "'0' is less than it can be"),
        ("families.csv", "F1,5,", "F1,2.5,", "'2.5' is not a whole number"),
        ("families.csv", "F1,5,50", "F1,5,nan", "'nan' is not a number"),
        (
            "families.csv",
            "F3,2,",
            "F1,2,",
            "line 4, column family_id: 'F1' stood already on line 2",
        ),
        ("families.csv", ",F3,", ",F9,", "column keep_with: it names a family that is not"),
        ("families.csv", ",0.1\n", ",1.1\n", "column decay_per_day: '1.1' is more than"),
        (
            "families.csv",
            "2021-08-20T12:00",
            "20/8/2021",
            "column ready_at: '20/8/2021' is not a time",
        ),
        ("families.csv", "2021-08-20T12:00", "2021-08-20T12:00Z", "some have none"),
        ("departures.csv", "D1,", ",", "column departure_id: the cell is empty"),
        ("departures.csv", ",seats,", ",places,", "the column seats is missing"),
    ],
)
def test_seats_refuses_what_it_cannot_read_and_says_where(folder: Path, file, old, new, words):
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")
    assert words in refusal(SEATS)


def test_columns_may_stand_in_any_order_and_strange_ones_are_noticed(folder: Path):
    (folder / "families.csv").write_text("colour,priority,family_id,size\nred,5,F1,2\n")
    result = run(f"{SEATS} --json")
    assert rows(folder / "plan.csv")[0]["departure_id"] == "D2"
    assert "columns that are not used: colour" in result.stderr
    assert json.loads(result.stdout)["seated_people"] == 2


def test_reach_told_twice_with_other_hours_is_refused(folder: Path):
    (folder / "reach.csv").write_text(f"{REACH}Kabul,Baron,3\n")
    assert "stood above with other hours" in refusal(f"{SEATS} --reach reach.csv")


def test_homes_tells_one_row_for_each_family_and_one_object(folder: Path):
    result = run(f"{HOMES} --json")
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    assert list(told) == KEYS
    assert (told["objective"], told["empty_seats"], told["waiting_families"]) == (9, 4, 2)
    plan = rows(folder / "plan.csv")
    assert list(plan[0]) == ["family_id", "locality_id", "reason"]
    assert [each["locality_id"] for each in plan] == ["", "", "Leeds"]
    assert "week" in result.stderr


def test_homes_in_batches_places_the_first_before_it_sees_the_next(folder: Path):
    (folder / "home_families.csv").write_text(HOME_FAMILIES.replace("C,4,2,1,1", "C,4,2,1,11"))
    result = run(f"{HOMES} --batches week --json")
    assert json.loads(result.stdout)["objective"] == 5
    assert [each["locality_id"] for each in rows(folder / "plan.csv")] == ["Leeds", "", ""]


def test_homes_learns_from_an_earlier_year(folder: Path):
    past_families = "".join(f"P{number},4,2,1\n" for number in range(6))
    (folder / "past.csv").write_text(f"family_id,size,bedrooms,school\n{past_families}")
    past_scores = "".join(f"P{number},Leeds,9\n" for number in range(6))
    (folder / "past_scores.csv").write_text(f"family_id,locality_id,score\n{past_scores}")
    (folder / "home_families.csv").write_text(HOME_FAMILIES.replace("C,4,2,1,1", "C,4,2,1,11"))
    past = "--past-families past.csv --past-scores past_scores.csv"
    assert run(f"{HOMES} --batches week {past}").exit_code == 0
    assert [each["locality_id"] for each in rows(folder / "plan.csv")] == ["", "", "Leeds"]
    assert run(f"{HOMES} {past}").exit_code == 2


def test_a_family_file_without_a_resource_is_refused(folder: Path):
    (folder / "home_families.csv").write_text("family_id,size,bedrooms\nA,4,2\n")
    assert "the column school is missing" in refusal(HOMES)


def test_scores_for_strangers_are_noticed_and_passed_over(folder: Path):
    (folder / "scores.csv").write_text(f"{SCORES}Z,Leeds,5\n")
    result = run(HOMES)
    assert result.exit_code == 0
    assert "1 score is of a family or locality that is not in the files" in result.stderr


def test_refusals_of_tables_exit_with_three_and_of_plans_with_five():
    assert (BadTable.exit_code, NoPlan.exit_code) == (3, 5)
