"""An office's figures from plain rows: everybody is counted once, and nothing that is stuck is left out."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given, strategies as st
from tests.cast import AT
from tests.shipped import shipped

from safeconduct.cases.counting import Counted
from safeconduct.cases.models import Band, State
from safeconduct.reports.office import ages, funnel, provinces, stuck
from safeconduct.reports.office.caseload import Caseload, people_in

OPERATION = shipped()
MEMBERS = {"ALICE": "alice", "BOB": "bob"}


def cover(code: str = "C1", **told: Any) -> Counted:
    plain: dict[str, Any] = {
        "code": code,
        "owner": "ALICE",
        "state": State.OPEN.value,
        "band": Band.URGENT.value,
        "size": 4,
        "province": "AF01",
        "schemes": ["ARAP"],
        "next_due": AT.date(),
        "opened_at": AT,
        "changed_at": AT,
    }
    return Counted(**{**plain, **told})


def caseload(*covers: Counted, **told: Any) -> Caseload:
    return Caseload(covers=covers, at=AT, handles=MEMBERS, **told)


covers = st.builds(
    cover,
    code=st.uuids().map(str),
    owner=st.sampled_from([None, "ALICE", "BOB", "LEFT"]),
    state=st.sampled_from(State.values),
    band=st.sampled_from(Band.values),
    size=st.none() | st.integers(1, 30),
    province=st.sampled_from(["", "AF01", "AF02", "XX99"]),
    schemes=st.sampled_from([[], ["ARAP"]]),
    next_due=st.none() | st.dates(date(2021, 7, 1), date(2021, 9, 30)),
    opened_at=st.integers(0, 60).map(lambda days: AT - timedelta(days=days)),
    changed_at=st.integers(0, 60).map(lambda days: AT - timedelta(days=days)),
)


@given(st.lists(covers, max_size=30, unique_by=lambda each: each.code))
def test_everybody_is_counted_once(made: list[Counted]):
    told = caseload(*made)
    there = provinces.map_on(told, OPERATION, AT.date())
    assert sum(tile.families for tile in there.tiles) + there.unknown == len(told.open)
    assert sum(row.total for row in ages.rows(told)) == len(told.open)
    assert sum(load.cases for load in stuck.loads(told)) == len(told.open)


@given(st.lists(covers, max_size=30, unique_by=lambda each: each.code))
def test_a_step_is_never_wider_than_the_families(made: list[Counted]):
    told = caseload(*made, ends={"attached": len(made), "quarantined": 3}, without_an_end=2)
    for step in funnel.steps(told):
        assert 0 <= step.part <= 1
    families = [step.count for step in funnel.steps(told)][2:]
    assert max(families, default=0) == len(made)


def test_who_is_of_nobody_or_of_somebody_who_left_waits_for_a_person():
    told = caseload(cover("A", owner=None), cover("B", owner="LEFT"), cover("C"))
    first = stuck.stops(told)[0]
    assert (str(first.name), first.cases) == ("nobody looks after them", 2)
    assert {load.handle: load.cases for load in stuck.loads(told)} == {"": 2, "alice": 1}


def test_what_is_due_today_is_not_overdue_yet():
    late = cover("A", next_due=AT.date() - timedelta(days=1))
    told = caseload(late, cover("B"), cover("C", next_due=None))
    assert {stop.filter: stop.cases for stop in stuck.stops(told)} == {
        "due=overdue": 1,
        "due=none": 1,
    }


def test_a_closed_case_is_stuck_nowhere():
    told = caseload(cover(owner=None, state=State.CLOSED.value, next_due=None))
    assert stuck.stops(told) == []
    assert ages.rows(told) == []


def test_the_map_shows_what_had_fallen_by_the_day():
    told = caseload(cover())
    before = provinces.map_on(told, OPERATION, date(2021, 8, 1))
    after = provinces.map_on(told, OPERATION, date(2021, 8, 31))
    assert before.fallen < after.fallen
    kabul = next(tile for tile in after.tiles if tile.province.pcode == "AF01")
    assert kabul.fallen
    assert kabul.shade == provinces.SHADES - 1


def test_a_household_that_nobody_counted_is_somebody():
    assert people_in([cover(size=None), cover("B", size=3)]) == 4


def test_pleas_without_an_end_are_said_first():
    told = caseload(ends={"": 2, "quarantined": 3, "attached": 5}, without_an_end=3)
    step = funnel.steps(told)[1]
    assert step.count == 7
    assert step.others[0].startswith("3 pleas have no end")
