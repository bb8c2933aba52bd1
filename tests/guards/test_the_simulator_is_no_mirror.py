"""The simulator is no mirror of the linkage: what it makes owes nothing to the code that will be measured on it.

A linkage that is measured on spellings made by its own rules finds what it put there. Here names are drawn from a list
of spellings gathered one by one, and no module that compares names or links people is imported on the way.
"""

from __future__ import annotations

import ast
import csv
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from importlib import resources
from pathlib import Path

import pytest

import safeconduct
from safeconduct.core.operation import Operation
from safeconduct.packs import load_caseload_model
from safeconduct.packs.caseload.records import CaseloadModel
from safeconduct.rehearsal.caseload.records import Caseload
from safeconduct.rehearsal.caseload.simulating import simulate

SOURCE = Path(safeconduct.__file__).parent
SIMULATOR = ("safeconduct.rehearsal.caseload", "safeconduct.packs.caseload")
MEASURED = ("safeconduct.core.names", "safeconduct.core.linkage")
STARTS = date(2021, 8, 13)


# --- imports -----------------------------------------------------------------------------------


def file_of(module: str) -> Path | None:
    """The file of a module of ours; None where the name is of a thing inside one."""
    path = SOURCE.joinpath(*module.split(".")[1:])
    return next(
        (each for each in (path / "__init__.py", path.with_suffix(".py")) if each.is_file()), None
    )


def imported_by(module: str) -> Iterator[str]:
    """Every module of ours that importing this one imports: what it names, wherever in it, and the packages above."""
    parts = module.split(".")
    yield from (".".join(parts[:size]) for size in range(1, len(parts)))
    path = file_of(module)
    assert path is not None, module
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{each.name}" for each in node.names)


def reached_from(starts: list[str]) -> dict[str, str]:
    """Every module of ours that these import, at whatever remove, with the one that led there."""
    reached = dict.fromkeys(starts, "")
    waiting = list(starts)
    while waiting:
        module = waiting.pop()
        for each in imported_by(module):
            if each.split(".")[0] == "safeconduct" and each not in reached and file_of(each):
                reached[each] = module
                waiting.append(each)
    return reached


def modules_in(package: str) -> list[str]:
    folder = SOURCE.joinpath(*package.split(".")[1:])
    files = [path.relative_to(SOURCE).with_suffix("").parts for path in folder.rglob("*.py")]
    return [".".join(("safeconduct", *parts)).removesuffix(".__init__") for parts in files]


def is_measured(module: str) -> bool:
    return any(module == each or module.startswith(f"{each}.") for each in MEASURED)


def test_no_module_of_the_simulator_leads_to_the_code_that_is_measured():
    starts = [module for package in SIMULATOR for module in modules_in(package)]
    assert len(starts) > 8
    reached = reached_from(starts)
    assert {module: by for module, by in reached.items() if is_measured(module)} == {}
    assert "safeconduct.core.rulebook.assess" in reached, (
        "the walk must reach far to prove anything"
    )


def test_the_walk_would_find_such_an_import():
    assert any(is_measured(module) for module in reached_from(["safeconduct.core.main_job.run"]))


RUNS = {
    "simulate": (
        "from datetime import date\n"
        "from safeconduct.packs import load, load_caseload_model\n"
        "from safeconduct.rehearsal.caseload.simulating import simulate\n"
        "operation = load('afghanistan-2021')\n"
        "model = load_caseload_model('afghanistan-2021', operation)\n"
        "simulate(model, operation, people=200, seed=3, starts=date(2021, 8, 13), days=16)\n"
    ),
    "the whole command": (
        "import sys\n"
        "from safeconduct.cli import safeconduct\n"
        "words = ['simulate', '--people', '200', '-o', sys.argv[1]]\n"
        "safeconduct.main(words, standalone_mode=False)\n"
    ),
}


@pytest.mark.parametrize("name", RUNS)
def test_no_module_that_is_measured_is_loaded_when_it_runs(name: str, tmp_path: Path):
    code = RUNS[name] + "import sys\nprint('loaded:', *sys.modules)"
    words = [sys.executable, "-c", code, str(tmp_path)]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    loaded = done.stdout.partition("loaded: ")[2].split()
    assert "safeconduct.rehearsal.caseload.simulating" in loaded
    assert [module for module in loaded if is_measured(module)] == []


# --- spellings ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def model(operation: Operation) -> CaseloadModel:
    return load_caseload_model("afghanistan-2021", operation)


@pytest.fixture(scope="module")
def spellings() -> frozenset[str]:
    """Every spelling of the list, read plainly from its file."""
    file = resources.files("safeconduct.packs") / "afghanistan_2021" / "caseload" / "names.csv"
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    listed = {
        spelling
        for row in rows
        for cell in (row["latin"], row["native"])
        for spelling in cell.split("|")
    }
    return frozenset(spelling.strip() for spelling in listed) - {""}


def names_told(caseload: Caseload) -> set[str]:
    told: set[str | None] = set()
    for each in caseload.pleas:
        told.add(each.plea.caller.name)
        for person in each.plea.household.people:
            told |= {person.given_name, person.family_name, person.father_name, person.native_name}
    return {name for name in told if name}


def is_spelled_from(name: str, spellings: frozenset[str]) -> bool:
    """Whether a name is spellings of the list, letter by letter, with a blank between them."""
    words = name.split(" ")
    reached = {0}
    for end in range(1, len(words) + 1):
        if any(" ".join(words[start:end]) in spellings for start in reached):
            reached.add(end)
    return len(words) in reached


def with_slips(model: CaseloadModel, share: float) -> CaseloadModel:
    slip = replace(model.rates["slip_of_pen"], value=share)
    return replace(model, rates={**model.rates, "slip_of_pen": slip})


def test_every_spelling_stands_letter_by_letter_in_the_list(model, operation, spellings):
    told = names_told(
        simulate(with_slips(model, 0), operation, people=3000, seed=5, starts=STARTS, days=16)
    )
    assert len(told) > 1000
    assert [name for name in sorted(told) if not is_spelled_from(name, spellings)] == []


def test_only_slips_of_the_pen_leave_the_list(model, operation, spellings):
    often = names_told(
        simulate(with_slips(model, 0.5), operation, people=1000, seed=5, starts=STARTS, days=16)
    )
    strange = [name for name in often if not is_spelled_from(name, spellings)]
    assert 0.1 < len(strange) / len(often) < 0.9
