"""The bench of sheets: an office's list of thirty columns read into pleas. Beside openpyxl, which reads cells."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

from safeconduct.core.operation import Operation
from safeconduct.core.rows import Intake, RowEnd
from safeconduct.packs import load
from safeconduct.rehearsal.bench.caseloads import PACK
from safeconduct.rehearsal.bench.measuring import peak_mb_of_children, timed
from safeconduct.rehearsal.bench.optional import how_to_get, library
from safeconduct.rehearsal.bench.records import Bench, Contest, Run
from safeconduct.rehearsal.bench.told_people import pleas_of
from safeconduct.rehearsal.bench.workbook import Cell, write_workbook
from safeconduct.rehearsal.caseload.layouts import RELATIVES
from safeconduct.sheets.grid import grids_from
from safeconduct.sheets.limits import Limits
from safeconduct.sheets.process import read_in_child
from safeconduct.sheets.reading import read_sheets

COLUMNS = 30
BASELINE = "openpyxl"
CELLS_ONLY = "ours, cells only"
# Columns that only the office itself understands: every list has some, and they must be read past.
_OWN = (
    "Entered by", "Team", "Last edited", "Folder", "Colour", "Batch", "Flag", "Tab", "Source list", "Checked",
)  # fmt: skip


def contest(size: int, seed: int) -> Contest:
    """A workbook of `size` rows below its headings."""
    operation = load(PACK)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "office.xlsx"
        write_workbook(path, _rows(operation, size, seed))
        intake, ours = timed(lambda: _whole(path, operation))
        child = peak_mb_of_children()
        told, cells = timed(lambda: _cells(path))
        baselines, not_run = _openpyxl(path, told)
    ends = {end.value: float(intake.count(end)) for end in RowEnd}
    return Contest(
        size=size,
        ours=ours.with_measures(**ends, child_peak_mb=child),
        parts={CELLS_ONLY: cells.with_measures(filled_cells=told, child_peak_mb=child)},
        baselines=baselines,
        not_run=not_run,
    )


def _rows(operation: Operation, size: int, seed: int) -> Iterator[Sequence[Cell]]:
    """The list of an office that writes down every person of every plea, and columns of its own to make thirty."""
    places = {province.pcode: province for province in operation.provinces}
    own = _OWN[: COLUMNS - len(RELATIVES.headings)]
    yield (*RELATIVES.headings, *own)
    rows = (
        row for each in pleas_of(operation, size, seed) for row in RELATIVES.rows(each.plea, places)
    )
    for number, row in enumerate(islice(rows, size)):
        yield (*row, *(f"{heading[0]}{number % (7 + at)}" for at, heading in enumerate(own)))


def _whole(path: Path, operation: Operation) -> Intake:
    return read_sheets([path], on=operation.starts, provinces=operation.provinces)


def _cells(path: Path) -> int:
    """Our own way as far as openpyxl goes: the cells, read in a child process and handed over. How many there are."""
    grids, _ = grids_from(read_in_child(path, Limits()), path.name)
    return sum(cell is not None for grid in grids for line in grid.lines for cell in line.cells)


def _openpyxl(path: Path, cells: int) -> tuple[Mapping[str, Run], Mapping[str, str]]:
    openpyxl = library("openpyxl")
    if openpyxl is None:
        return {}, {BASELINE: how_to_get("openpyxl")}

    def work() -> int:
        book = openpyxl.load_workbook(path, read_only=True)
        try:
            rows = book.active.iter_rows(values_only=True)
            return sum(cell is not None for row in rows for cell in row)
        finally:
            book.close()

    found, run = timed(work)
    # Both have read the same: else their seconds could not be set side by side.
    assert found == cells
    return {BASELINE: run}, {}


BENCH = Bench(
    name="sheets",
    what="an .xlsx list of thirty columns read into pleas, every row with its end",
    unit="rows",
    sizes=(15_000, 50_000, 150_000),
    small=(400,),
    contest=contest,
    notes=(
        "The rows are of a simulated caseload, as an office that writes down every person would keep them.",
        "openpyxl (read_only) hands over cells and nothing else, in this process; ours, cells only, does as much,",
        "but in a child process under limits. Ours is all of it: columns known, cells understood, rows accounted for.",
        "Memory at the peak is that of this process; child_peak_mb that of the child, which lives beside it.",
    ),
)
