"""The bench of cold starts: a small office's list linked by a process that has only just begun."""

from __future__ import annotations

import csv
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from safeconduct.core.linkage.records import SAME
from safeconduct.packs import load
from safeconduct.rehearsal.bench.caseloads import PACK
from safeconduct.rehearsal.bench.cold_lists import pickled, read_pairs, write_people
from safeconduct.rehearsal.bench.measuring import peak_mb_of_children, timed
from safeconduct.rehearsal.bench.optional import how_to_get, library
from safeconduct.rehearsal.bench.people_rivals import SPLINK
from safeconduct.rehearsal.bench.plain_linkage import Scored
from safeconduct.rehearsal.bench.records import Bench, Contest, Run
from safeconduct.rehearsal.bench.told_people import told_people
from safeconduct.rehearsal.bench.transliterating import either
from safeconduct.rehearsal.bench.true_lists import TrueList, line_judged, pairs_judged, true_list

_CHILD = "safeconduct.rehearsal.bench.cold_child"


def contest(size: int, seed: int) -> Contest:
    """A list of `size` records; every contestant is a new process from its start to its end."""
    made = told_people(load(PACK), size, seed)
    told = true_list(made.records, made.truth)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_people(folder / "people.csv", told.records)
        pickled(folder / "people", told.records)
        ours = _by_child("ours", folder, told)
        parts = {"ours, the whole command": _by_command(folder, told)}
        baselines, not_run = _splink(folder, told)
    return Contest(size=size, ours=ours, parts=parts, baselines=baselines, not_run=not_run)


def _splink(folder: Path, told: TrueList) -> tuple[dict[str, Run], dict[str, str]]:
    missing = [each for each in ("splink", "anyascii") if library(each) is None]
    if "splink" in missing or either() is None:
        return {}, {SPLINK: how_to_get(missing[0])}
    try:
        return {SPLINK: _by_child("splink", folder, told)}, {}
    except subprocess.CalledProcessError as stopped:
        return {}, {SPLINK: str(stopped.stderr).strip().rpartition("\n")[2]}


def _by_child(who: str, folder: Path, told: TrueList) -> Run:
    """Start, import, link, and the pairs with their scores in a file."""
    out = folder / f"{who}.pairs"
    run = _process("-m", _CHILD, who, str(folder / "people"), str(out))
    pairs, own = read_pairs(out)
    return run.with_measures(**pairs_judged(pairs, told), **line_judged(pairs, own, told))


def _by_command(folder: Path, told: TrueList) -> Run:
    """`safeconduct link`, from its table to its table with all reasons."""
    out = folder / "pairs.csv"
    run = _process("-m", "safeconduct.cli", "link", str(folder / "people.csv"), "-o", str(out))
    pairs, own = pairs_of_command(out, told)
    return run.with_measures(**pairs_judged(pairs, told), **line_judged(pairs, own, told))


def pairs_of_command(path: Path, told: TrueList) -> tuple[Scored, npt.NDArray[np.bool_]]:
    """What `safeconduct link` wrote, by position; what it proposes as the same stands first."""
    position = {record.person_id: at for at, record in enumerate(told.records)}
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    own = np.asarray([row["decision"] == SAME for row in rows], dtype=np.bool_)
    bits = np.asarray([float(row["match_weight"]) for row in rows], dtype=np.float64)
    a, b = (
        np.asarray([position[row[side]] for row in rows], dtype=np.int64)
        for side in ("person_a", "person_b")
    )
    return Scored(a, b, bits + 1e6 * own), own


def _process(*words: str) -> Run:
    """The quickest of a few starts is not chosen: the median is. What it says of a failure is on standard error."""

    def work() -> None:
        command = [sys.executable, *words]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 (ourselves)
        if done.returncode:
            sys.stderr.write(done.stderr)
            done.check_returncode()

    _, run = timed(work)
    return replace(run, peak_mb=peak_mb_of_children(), rise_mb=0.0)


BENCH = Bench(
    name="linkage-cold",
    what="a small list, linked by a process that has only just begun",
    unit="people",
    sizes=(100, 300, 1_000),
    small=(60,),
    contest=contest,
    higher_is_better=frozenset(
        {
            "own_precision", "own_recall", "own_f1", "best_f1", "precision_at_best_f1", "recall_at_best_f1",
            "recall_at_95_precision", "recall_at_99_precision",
        }
    ),
    columns={
        "own_precision": "P own",
        "own_recall": "R own",
        "own_f1": "F1 own",
        "best_f1": "best F1",
    },
    notes=(
        "Development figures on a simulated list, small: at 300 people some 130 pairs are true.",
        "Seconds count from the start of Python to its end, imports and all. What the disk holds was read before.",
        "Ours: find_pairs with reasons. The whole command reads a table and writes one.",
        "Splink learns its weights on the same few people. The best F1 is chosen with the truth in hand, ours too.",
        "Peak MB: of the largest child process so far.",
    ),
)  # fmt: skip
