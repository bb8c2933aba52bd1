"""The plain files of a rehearsal: every row, adding up, harmless to a spreadsheet program, and nobody in them."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from made_up_rehearsal import FAMILY, PLEA, made_up_rehearsal, with_luck

from safeconduct.core.operation import Assumption
from safeconduct.reports.rehearsal import tables

FILES = {
    "policies": (tables.POLICIES_COLUMNS, tables.policies_rows, 12),
    "days": (tables.DAYS_COLUMNS, tables.days_rows, 12 * 16),
    "sensitivity": (tables.SENSITIVITY_COLUMNS, tables.sensitivity_rows, 2 * 5 * 3),
    "ends": (tables.ENDS_COLUMNS, tables.ends_rows, 12 * 6),
    "assumptions": (tables.ASSUMPTIONS_COLUMNS, tables.assumptions_rows, 6),
}


@pytest.mark.parametrize("name", FILES)
def test_plain_files_hold_every_row_under_its_columns(name: str) -> None:
    columns, rows, count = FILES[name]
    whole = list(rows((made_up_rehearsal(), made_up_rehearsal(150_000))))
    assert len(whole) == count
    assert {len(row) for row in whole} == {len(columns)}
    assert {row[0] for row in whole} == {15_000, 150_000}


def test_each_draw_of_luck_has_a_line_for_each_policy() -> None:
    whole = with_luck(0.01, -0.01)
    lines = [dict(zip(tables.LUCK_COLUMNS, row, strict=True)) for row in tables.luck_rows([whole])]
    assert len(lines) == 2 * 6
    for line in lines:
        (drawn,) = [each for each in whole.luck if each.seed == line["seed"]]
        assert line["bound"] == drawn.bound
        assert line["share_of_bound"] == drawn.shares[str(line["policy"])]
        assert line["people_moved"] == drawn.people[str(line["policy"])]


def test_plain_files_add_up() -> None:
    whole = made_up_rehearsal()
    policies = {row[1]: row for row in tables.policies_rows([whole])}
    for line in tables.sensitivity_rows([whole]):
        named = dict(zip(tables.SENSITIVITY_COLUMNS, line, strict=True))
        (run,) = [each for each in whole.sensitivity if each.no_show == named["no_show"]]
        assert named["people_moved"] == run.people[str(named["policy"])]
        assert named["empty_seats"] == run.empty_seats[str(named["policy"])]
    for code, row in policies.items():
        named = dict(zip(tables.POLICIES_COLUMNS, row, strict=True))
        days = [
            dict(zip(tables.DAYS_COLUMNS, line, strict=True))
            for line in tables.days_rows([whole])
            if line[1] == code
        ]
        moved = sum(_count(day, "boarded_people") + _count(day, "standby_people") for day in days)
        assert moved == named["people_moved"]
        ends = [line[3] for line in tables.ends_rows([whole]) if line[1] == code]
        assert sum(end for end in ends if isinstance(end, int)) == whole.pleas


def _count(day: dict[str, str | int | float], name: str) -> int:
    value = day[name]
    assert isinstance(value, int)
    return value


def test_plain_files_hold_no_formula() -> None:
    whole = made_up_rehearsal()
    outcome = replace(whole.outcomes[0], ends={"=cmd()": 1})
    assumed = (Assumption(name="+a", value=-1, sentence="@sum"),)
    hostile = [replace(whole, outcomes=(outcome,), assumptions=assumed)]
    cells = [*next(tables.ends_rows(hostile)), *next(tables.assumptions_rows(hostile))]
    assert not any(re.match(r"[=+@-]", cell) for cell in cells if isinstance(cell, str))
    assert -1 in cells, "a number stays a number"


@pytest.mark.parametrize("name", FILES)
def test_plain_files_hold_no_family_and_no_plea(name: str) -> None:
    told = repr(list(FILES[name][1]([made_up_rehearsal()])))
    assert FAMILY not in told
    assert PLEA not in told
