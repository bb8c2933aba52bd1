"""The bench of an import: offices' sheets to sealed cases, each assessed, and compared with all others.

It runs in the bench's own child process, with databases of its own (see journal/bench.py).
"""

from __future__ import annotations

import csv
import importlib
import io
import tempfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Final

from django.db import connections

from safeconduct.core.operation import Operation
from safeconduct.journal.bench import make_django_ready
from safeconduct.packs import load
from safeconduct.rehearsal.bench.caseloads import PACK, whole_caseload
from safeconduct.rehearsal.bench.measuring import timed
from safeconduct.rehearsal.bench.records import Bench, Contest
from safeconduct.rehearsal.caseload.sheets import office_sheets

WORK: Final = "safeconduct.flow.benches.importing_work"  # loaded when Django is ready
IN_MEMORY: Final = "read, assessed and compared, nothing kept"


def contest(size: int, seed: int) -> Contest:
    """`size` rows of several offices' sheets, a delivery each, on SQLite; then the same in memory alone."""
    operation = load(PACK)
    sheets = dict(_sheets(operation, size, seed))
    with tempfile.TemporaryDirectory() as folder:
        make_django_ready(Path(folder))
        work = importlib.import_module(WORK)
        by = work.office()
        _, taking = timed(lambda: work.take(by, sheets), rounds=1)
        _, importing = timed(lambda: work.import_all(by), rounds=1)
        _, comparing = timed(lambda: work.compare(by), rounds=1)
        told = work.counted(by)
        _, memory = timed(lambda: work.in_memory(sheets), rounds=1)
        connections.close_all()
    whole = taking.with_measures(**told)
    ours = type(whole)(
        seconds=taking.seconds + importing.seconds + comparing.seconds,
        cpu_seconds=taking.cpu_seconds + importing.cpu_seconds + comparing.cpu_seconds,
        peak_mb=max(taking.peak_mb, importing.peak_mb, comparing.peak_mb),
        measures={**told, "sheets": float(len(sheets))},
    )
    parts = {
        "taken, sealed and read for the preview": taking,
        "read again, assessed, cases opened and sealed": importing,
        "every card opened and compared": comparing,
    }
    return Contest(size=size, ours=ours, parts=parts, baselines={IN_MEMORY: memory})


def _sheets(operation: Operation, size: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """So many rows in all, from as many offices as it takes."""
    left = size
    for sheet in office_sheets(whole_caseload(operation, size, seed), operation):
        rows = list(islice(sheet.rows(), left))
        left -= len(rows)
        text = io.StringIO(newline="")
        writer = csv.writer(text)
        writer.writerow(sheet.layout.headings)
        writer.writerows(rows)
        yield sheet.file, text.getvalue().encode()
        if not left:
            return


BENCH = Bench(
    name="office-import",
    what="offices' sheets into sealed cases, each assessed, and compared with all others",
    unit="rows",
    sizes=(1_000, 15_000, 150_000),
    small=(30,),
    contest=contest,
    higher_is_better=frozenset({"accepted", "cases"}),
    notes=(
        (
            "On SQLite files, each commit on the disk. The jobs run in this process, one after the other; a desk gives "
            "each to a process of its own, which takes a second or two more."
        ),
        "Each sheet is a delivery: taken, sealed, read for its preview, then read again and imported.",
        "The baseline reads the same sheets, assesses and compares them in memory, and keeps nothing.",
    ),
)
