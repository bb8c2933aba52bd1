"""The bench of writing: notes into cases, sealed, beside the same rows never sealed, on both databases.

It runs in the bench's own child process, with databases of its own (see journal/bench.py).
"""

from __future__ import annotations

import importlib
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import dj_database_url
from django.db import connections

from safeconduct.journal.bench import make_django_ready, new_postgresql
from safeconduct.rehearsal.bench.measuring import timed
from safeconduct.rehearsal.bench.records import Bench, Contest, Run

MADE: Final = "safeconduct.cases.benches.made"  # loaded when Django is ready
PLAIN: Final = "never sealed, {database}"
SEALED: Final = "sealed, {database}"
_CASES_WRITTEN_IN: Final = 20


def contest(size: int, seed: int) -> Contest:
    """So many notes, each a transaction of its own, on SQLite (ours) and on PostgreSQL where one answers."""
    with tempfile.TemporaryDirectory() as folder:
        make_django_ready(Path(folder))
        ours, plain = _written(size, seed)
        baselines = {PLAIN.format(database="SQLite"): plain}
        with new_postgresql() as main, new_postgresql() as keys:
            if main is None or keys is None:
                not_run = {PLAIN.format(database="PostgreSQL"): "no PostgreSQL answers"}
                return Contest(size=size, ours=ours, baselines=baselines, not_run=not_run)
            both: dict[str, Any] = {
                "default": dict(dj_database_url.parse(main)),
                "keys": dict(dj_database_url.parse(keys)),
            }
            connections.settings = connections.configure_settings(both)
            for alias in both:
                connections[alias] = connections.create_connection(alias)
            theirs, plain = _written(size, seed)
    return Contest(
        size=size,
        ours=ours,
        parts={SEALED.format(database="PostgreSQL"): theirs},
        baselines={**baselines, PLAIN.format(database="PostgreSQL"): plain},
    )


def _written(size: int, seed: int) -> tuple[Run, Run]:
    work = importlib.import_module(MADE)
    work.migrate()
    cases = work.one_case_each(work.somebody(), 2 * _CASES_WRITTEN_IN, seed)
    sealed, plain = cases[:_CASES_WRITTEN_IN], cases[_CASES_WRITTEN_IN:]
    ours = _rated(lambda: work.write_sealed(sealed, size), size)
    unsealed = _rated(lambda: work.write_plainly(plain, size), size)
    connections.close_all()
    return ours, unsealed


def _rated(work: Callable[[], None], size: int) -> Run:
    _, run = timed(work, rounds=1)
    return run.with_measures(writes_a_second=size / run.seconds)


BENCH = Bench(
    name="cases-write",
    what="notes written into cases, each a transaction of its own, on SQLite (ours) and PostgreSQL",
    unit="notes",
    sizes=(300, 1_000, 3_000),
    small=(20,),
    contest=contest,
    higher_is_better=frozenset({"writes_a_second"}),
    notes=(
        "Into twenty cases in turn, which grow: before each write the case is opened and all of it checked.",
        "The baseline writes the same rows with the same journal line: no key, no seal, nothing checked.",
        "Every commit reaches the disk: seconds are those of this disk.",
    ),
)
