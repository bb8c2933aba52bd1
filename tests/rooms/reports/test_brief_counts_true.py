"""What the brief counts: pleas and rows that are none, households that may be eligible, and a word for every why."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from inspect import getsource
from types import ModuleType

import pytest
from made_up_job import made_up_job

from safeconduct.core.allocation import eligibility, home_reasons, seat_reasons
from safeconduct.core.answers import Answer
from safeconduct.core.main_job import MainJob, plans, run
from safeconduct.core.main_job.records import NO_PLEA
from safeconduct.core.rulebook.rules import Band
from safeconduct.reports.brief import funnel
from safeconduct.reports.brief.quarantine import KINDS
from safeconduct.reports.brief.whys import WHYS
from safeconduct.reports.parts import Figure
from safeconduct.sheets.reasons import SENTENCES

pytestmark = pytest.mark.usefixtures("plain_figures")


def _steps(job: MainJob) -> dict[str, str]:
    (figure,) = [block for block in funnel.section(job).blocks if isinstance(block, Figure)]
    return {str(row[0]): str(row[1]) for row in figure.table.rows}


def _lead(job: MainJob) -> str:
    return str(getattr(funnel.section(job).blocks[0], "text", ""))


def test_notes_totals_and_headings_again_are_no_pleas() -> None:
    job = made_up_job(60)
    as_people = replace(job, held=tuple(replace(each, kind="no name") for each in job.held))
    with_notes = replace(
        job,
        held=tuple(
            replace(h, kind="note" if at < 2 else "no name") for at, h in enumerate(job.held)
        ),
    )
    assert as_people.pleas == len(job.intake.pleas) + len(job.held)
    assert with_notes.pleas == as_people.pleas - 2
    assert "2 rows more are held that are no plea" in _lead(with_notes)
    assert "no plea:" not in _lead(as_people)
    assert _steps(with_notes)["Pleas"] == str(with_notes.pleas)


def test_a_row_above_the_headings_may_be_a_plea_since_it_may_be_a_person() -> None:
    assert "may be a person" in SENTENCES["above the headings"]
    assert "above the headings" not in NO_PLEA


def test_every_kind_of_held_row_has_words_and_those_that_are_no_plea_are_kinds() -> None:
    assert KINDS.keys() == SENTENCES.keys() | {"bad date"}
    assert SENTENCES.keys() >= NO_PLEA


def test_a_household_that_is_eligible_but_not_assessed_may_be_eligible() -> None:
    job = made_up_job(80)
    yes = [cover for cover in job.covers if cover.assessment.schemes_with(Answer.YES)]
    before = _steps(job)["May be eligible"]
    assert before == str(len(yes))
    unknown = replace(yes[0].assessment, band=Band.NOT_ASSESSED)
    covers = tuple(replace(c, assessment=unknown) if c is yes[0] else c for c in job.covers)
    assert _steps(replace(job, covers=covers))["May be eligible"] == before


def _whys(module: ModuleType) -> Iterator[str]:
    """The short names for why that a module's code gives: as `why`, or to the functions that make a row of them."""
    for node in ast.walk(ast.parse(getsource(module))):
        given: list[ast.expr] = []
        if isinstance(node, ast.Call):
            given = [word.value for word in node.keywords if word.arg == "why"]
            if isinstance(node.func, ast.Name) and node.func.id in {"_waits", "_row"}:
                given += node.args[2:3]
        elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "why":
            given = [node.value]
        elif isinstance(node, ast.FunctionDef) and node.name == "_weighed":
            tuples = (each.value for each in ast.walk(node) if isinstance(each, ast.Return))
            given = [each.elts[0] for each in tuples if isinstance(each, ast.Tuple)]
        for each in given:
            values = [each.body, each.orelse] if isinstance(each, ast.IfExp) else [each]
            yield from (str(v.value) for v in values if isinstance(v, ast.Constant))


def test_every_why_that_a_planner_gives_has_words_and_no_other_has() -> None:
    found = set(eligibility.RULES)
    for module in (seat_reasons, home_reasons, plans, run):
        whys = set(_whys(module))
        assert whys, f"{module.__name__} gives reasons"
        found |= whys
    assert found == WHYS.keys()
