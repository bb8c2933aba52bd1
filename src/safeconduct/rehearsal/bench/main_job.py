"""The bench of the whole main job: offices' sheets to a brief, by the command a user runs, in a process of its own."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from safeconduct.packs import load
from safeconduct.rehearsal.bench.caseloads import PACK, whole_caseload
from safeconduct.rehearsal.bench.measuring import peak_mb_of_children, timed
from safeconduct.rehearsal.bench.records import Bench, Contest
from safeconduct.rehearsal.caseload.sheets import OfficeSheet, office_sheets

# What of summary.json is kept as a measure.
KEPT = (
    "rows_read", "rows_accepted", "rows_quarantined", "rows_repeated", "pleas_without_an_end",
    "households", "people", "doubles_proposed", "seat_gap", "home_gap",
)  # fmt: skip


def contest(size: int, seed: int) -> Contest:
    """The sheets of all offices that were told of `size` people, each written in the manner of its office."""
    operation = load(PACK)
    sheets = office_sheets(whole_caseload(operation, size, seed), operation)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = [_written(sheet, folder) for sheet in sheets]
        summary, run = timed(lambda: _brief(paths, folder / "brief"), rounds=1)
    # The work is done by the command's own processes: the largest of them counts, not this one.
    ours = replace(run, peak_mb=peak_mb_of_children(), rise_mb=0.0)
    measures = {name: float(str(summary[name])) for name in KEPT}
    return Contest(size=size, ours=ours.with_measures(sheets=len(paths), **measures))


def _written(sheet: OfficeSheet, folder: Path) -> Path:
    path = folder / sheet.file
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(sheet.layout.headings)
        writer.writerows(sheet.rows())
    return path


def _brief(sheets: Sequence[Path], out: Path) -> Mapping[str, object]:
    """What `safeconduct brief` tells of these sheets. What it says of a failure goes to standard error."""
    words = [sys.executable, "-m", "safeconduct.cli", "brief", *map(str, sheets)]
    words += ["--pack", PACK, "-o", str(out), "--json"]
    done = subprocess.run(words, stdout=subprocess.PIPE, text=True, check=True)  # noqa: S603 (ourselves)
    summary = json.loads(done.stdout)
    assert isinstance(summary, dict)
    return summary


BENCH = Bench(
    name="main-job",
    what="offices' sheets to a brief: read, assessed, compared, seats and homes planned, page written",
    unit="people",
    sizes=(5_000, 50_000, 150_000),
    small=(40,),
    contest=contest,
    higher_is_better=frozenset({"rows_accepted"}),
    notes=(
        "A size counts people in truth; several offices write down the same family, so that there are more rows.",
        "Memory at the peak is that of the largest process of the command; the child that reads sheets is another.",
        "The two planners have 60 seconds together, the command's default, and stop once their plan is proved best.",
        "There is no baseline: we know of no other program that does this job.",
    ),
)
