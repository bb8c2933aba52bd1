"""Plans, looked at from outside: a checker written from the words of docs/formats.md alone, which shares no line
with the planner, and every plan of a tiny crisis tried one by one.
"""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from safeconduct.cli import safeconduct

KEYS = (
    "objective bound gap seated_people waiting_families empty_seats status seconds".split()
)  # in this order
FAMILIES = (
    "family_id,size,priority,ready_at,leave_by,place,schemes,stretchers,keep_with,decay_per_day"
)
DEPARTURES = "departure_id,departs_at,muster_point,seats,stretcher_spaces,schemes"
FIRST_HOUR = datetime(2021, 8, 20)


def run(*words: object) -> Result:
    return CliRunner().invoke(safeconduct, [str(word) for word in words])


def written(path: Path, heading: str, rows: Sequence[Sequence[object]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([heading.split(","), *rows])
    return path


def read(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def listed(cell: str) -> set[str]:
    return set(cell.split("|")) - {""}


class Crisis:
    """FAMILIES, DEPARTURES and REACH as the page tells them."""

    def __init__(self, families: Path, departures: Path, reach: Path | None) -> None:
        self.families, self.departures = read(families), read(departures)
        self.hours = reach and {
            (row["place"], row["muster_point"]): row["hours"] for row in read(reach)
        }
        times = [row["departs_at"] for row in self.departures if row["departs_at"]]
        self.first = min(map(datetime.fromisoformat, times), default=FIRST_HOUR)

    def may(self, family: dict[str, str], departure: dict[str, str]) -> bool:
        if not (family["size"] and departure["seats"] and departure["departs_at"]):
            return False
        open_to = listed(departure["schemes"])
        if open_to and not open_to & listed(family["schemes"]):
            return False
        hours: str | None = "0"
        if self.hours is not None:
            hours = self.hours.get((family["place"], departure["muster_point"]))
        if not hours or (self.hours is not None and not family["place"]):
            return False
        leaves = datetime.fromisoformat(departure["departs_at"])
        ready = datetime.fromisoformat(family["ready_at"] or "1900-01-01")
        by = datetime.fromisoformat(family["leave_by"] or "2900-01-01")
        return ready + timedelta(hours=float(hours)) <= leaves <= by

    def worth(self, family: dict[str, str], departure: dict[str, str]) -> float:
        days = (datetime.fromisoformat(departure["departs_at"]) - self.first) / timedelta(days=1)
        decay = float(family["decay_per_day"] or 0)
        return float(family["priority"] or 0) * float((1 - decay) ** days)

    def room(self, departure: dict[str, str]) -> tuple[int, int]:
        return int(departure["seats"] or 0), int(departure["stretcher_spaces"] or 0)

    def bound_together(self) -> list[list[dict[str, str]]]:
        groups = [{family["family_id"], *listed(family["keep_with"])} for family in self.families]
        for _ in groups:
            groups = [set().union(*(other for other in groups if other & one)) for one in groups]
        some = {frozenset(group) for group in groups}
        return [[each for each in self.families if each["family_id"] in group] for group in some]

    def best(self) -> float:
        """The worth of the best of all plans, each of them tried."""
        blocks = self.bound_together()

        @cache
        def from_block(at: int, room: tuple[tuple[int, int], ...]) -> float:
            if at == len(blocks):
                return 0.0
            best = from_block(at + 1, room)
            for number, departure in enumerate(self.departures):
                if all(self.may(each, departure) for each in blocks[at]):
                    seats = room[number][0] - sum(int(each["size"]) for each in blocks[at])
                    spaces = room[number][1] - sum(
                        int(each["stretchers"] or 0) for each in blocks[at]
                    )
                    if seats >= 0 and spaces >= 0:
                        then = (*room[:number], (seats, spaces), *room[number + 1 :])
                        worth = sum(self.worth(each, departure) for each in blocks[at])
                        best = max(best, worth + from_block(at + 1, then))
            return best

        return from_block(0, tuple(map(self.room, self.departures)))

    def check(self, plan: list[dict[str, str]], figures: dict[str, Any]) -> float:
        """Everything that the page promises of a plan; its worth is returned."""
        assert [row["family_id"] for row in plan] == [each["family_id"] for each in self.families]
        assert all(row["reason"] for row in plan)
        at = {row["family_id"]: row["departure_id"] for row in plan}
        departures = {each["departure_id"]: each for each in self.departures}
        aboard = [
            (each, departures[at[each["family_id"]]])
            for each in self.families
            if at[each["family_id"]]
        ]
        assert all(self.may(family, departure) for family, departure in aboard)
        for departure in self.departures:
            here = [family for family, there in aboard if there is departure]
            seats, spaces = self.room(departure)
            assert sum(int(each["size"]) for each in here) <= seats
            assert sum(int(each["stretchers"] or 0) for each in here) <= spaces
        for block in self.bound_together():
            assert len({at[each["family_id"]] for each in block}) == 1
        worth = sum(self.worth(*pair) for pair in aboard)
        people = sum(int(family["size"]) for family, _ in aboard)
        assert list(figures) == KEYS
        assert figures["objective"] == pytest.approx(worth)
        assert worth <= figures["bound"] * (1 + 1e-9)
        gap = (
            (figures["bound"] - figures["objective"]) / figures["bound"] if figures["bound"] else 0
        )
        assert figures["gap"] == pytest.approx(gap, abs=1e-12)
        assert figures["seated_people"] == people
        assert figures["waiting_families"] == len(plan) - len(aboard)
        assert (
            figures["empty_seats"] == sum(self.room(each)[0] for each in self.departures) - people
        )
        return worth


def tiny(folder: Path, chance: random.Random) -> tuple[Path, Path, Path | None]:
    """A crisis of a few families with every kind of empty cell."""

    def hour(*of: float) -> str:
        return (FIRST_HOUR + timedelta(hours=chance.choice(of))).isoformat(timespec="minutes")

    def sometimes(cell: object, share: float = 0.5) -> object:
        return cell if chance.random() < share else ""

    count = chance.randrange(1, 8)
    families = [
        [
            f"F{number}",
            sometimes(chance.randrange(1, 7), 0.9),
            sometimes(chance.choice([0, 1, 2.5, 7, 10]), 0.9),
            sometimes(hour(0, 5, 20, 40)),
            sometimes(hour(20, 30.5, 60), 0.3),
            sometimes(chance.choice(["Kabul", "Herat"]), 0.9),
            sometimes(chance.choice(["A", "A|B", "C"])),
            sometimes(1, 0.2),
            sometimes(f"F{chance.randrange(count)}", 0.2),
            sometimes(chance.choice([0.1, 0.5, 1])),
        ]
        for number in range(count)
    ]
    departures = [
        [
            f"D{number}",
            sometimes(hour(10, 20, 30.5, 50), 0.9),
            sometimes("HKIA", 0.9),
            sometimes(chance.choice([0, 3, 5, 9]), 0.9),
            sometimes(1),
            sometimes(chance.choice(["A", "A|B"])),
        ]
        for number in range(chance.randrange(0, 4))
    ]
    reach = written(
        folder / "reach.csv",
        "place,muster_point,hours",
        [["Kabul", "HKIA", 1.5], ["Herat", "HKIA", sometimes(12)]],
    )
    return (
        written(folder / "families.csv", FAMILIES, families),
        written(folder / "departures.csv", DEPARTURES, departures),
        chance.choice([None, reach]),
    )


@pytest.mark.parametrize("seed", range(60))
def test_a_tiny_crisis_gets_the_best_of_all_its_plans(tmp_path: Path, seed: int) -> None:
    families, departures, reach = tiny(tmp_path, random.Random(seed))
    crisis = Crisis(families, departures, reach)
    out = tmp_path / "plan.csv"
    more = [] if reach is None else ["--reach", reach]
    done = run("seats", families, departures, *more, "-o", out, "--seconds", 5, "--json")
    assert done.exit_code == 0, done.output
    figures = json.loads(done.stdout)
    assert crisis.check(read(out), figures) == pytest.approx(crisis.best())
    assert figures["status"] == "best possible"


def test_a_short_time_on_a_large_crisis_is_never_worse_than_the_rule_of_thumb(
    tmp_path: Path,
) -> None:
    chance = random.Random(1)
    families = [
        [f"F{n}", size := chance.randrange(1, 9), round(chance.uniform(1, 10) * size, 2)]
        for n in range(1_500)
    ]
    departures = [[f"D{n}", f"2021-08-20T{n:02}:00", 60] for n in range(24)]
    places = (
        written(tmp_path / "families.csv", "family_id,size,priority", families),
        written(tmp_path / "departures.csv", "departure_id,departs_at,seats", departures),
    )
    done = run("seats", *places, "-o", tmp_path / "plan.csv", "--seconds", 1, "--json")
    figures = json.loads(done.stdout)
    left, thumb = [60] * 24, 0.0
    for _, size, priority in sorted(families, key=lambda row: -float(row[2]) / int(row[1])):
        roomy = left.index(max(left))
        if left[roomy] >= int(size):
            left[roomy] -= int(size)
            thumb += float(priority)
    assert figures["objective"] >= thumb * (1 - 1e-9)
    # All seats are worth the same to everybody here: the bound must see that too, and soon.
    assert figures["gap"] < 0.01


def test_homes_of_an_earlier_batch_do_not_hang_on_a_later_one(tmp_path: Path) -> None:
    chance = random.Random(5)
    families = [[f"F{n}", chance.randrange(1, 6), chance.choice([10, 9, 1])] for n in range(12)]
    scores = [[f"F{n}", f"L{m}", round(chance.random(), 3)] for n in range(12) for m in range(3)]
    localities = written(
        tmp_path / "localities.csv", "locality_id,people", [["L0", 7], ["L1", 5], ["L2", 4]]
    )
    plans = []
    for until in (1, 9, 10):
        known = [row for row in families if int(row[2]) <= until]
        ids = {row[0] for row in known}
        done = run(
            "homes",
            written(tmp_path / "families.csv", "family_id,size,week", known),
            localities,
            written(
                tmp_path / "scores.csv",
                "family_id,locality_id,score",
                [row for row in scores if row[0] in ids],
            ),
            *("--batches", "week", "--seconds", 3, "-o", tmp_path / "plan.csv"),
        )
        assert done.exit_code == 0, done.output
        plans.append({row["family_id"]: row["locality_id"] for row in read(tmp_path / "plan.csv")})
    for fewer, more in pairwise(plans):
        assert {family: more[family] for family in fewer} == fewer


@pytest.mark.parametrize(
    ("families", "reach", "where"),
    [
        ("F1,99999999999999999999,3,Kabul", "Kabul,HKIA,1", "column size"),
        ("F1,1_0,3,Kabul", "Kabul,HKIA,1", "column size"),
        ("F1,1,3,Kabul", "Kabul,HKIA,1e12", "column hours"),
    ],
)
def test_a_number_that_cannot_be_is_refused_with_its_place(
    tmp_path: Path, families: str, reach: str, where: str
) -> None:
    done = run(
        "seats",
        written(tmp_path / "f.csv", "family_id,size,priority,place", [families.split(",")]),
        written(tmp_path / "d.csv", DEPARTURES, [["D1", "2021-08-20T10:00", "HKIA", 50, "", ""]]),
        *("--reach", written(tmp_path / "r.csv", "place,muster_point,hours", [reach.split(",")])),
        *("-o", tmp_path / "plan.csv"),
    )
    assert where in str(done.exception)
    assert not (tmp_path / "plan.csv").exists()


@pytest.mark.parametrize("seconds", ["nan", "inf", "0", "-1"])
def test_a_time_that_is_none_is_not_understood(tmp_path: Path, seconds: str) -> None:
    done = run("seats", "f.csv", "d.csv", "-o", tmp_path / "plan.csv", f"--seconds={seconds}")
    assert done.exit_code == 2
