"""The bench of a member's day: a page of the list, a case opened, somebody looked for; each as its whole page.

It runs in the bench's own child process, with databases of its own (see journal/bench.py).
"""

from __future__ import annotations

import importlib
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from typing import Any, Final

import dj_database_url
from django.db import connections

from safeconduct.journal.bench import make_django_ready, new_postgresql
from safeconduct.rehearsal.bench.measuring import (
    cpu_seconds_so_far,
    peak_mb,
    seconds_now,
    timed,
)
from safeconduct.rehearsal.bench.records import Bench, Contest, Run

MADE: Final = "safeconduct.desk.benches.made"  # loaded when Django is ready
BEFORE: Final = "the list's lines, all covers loaded and sorted"
PLAIN: Final = "a search by LIKE in a table in clear"
_CASE, _SEARCH, _READY = "a case opened", "a search", "the search's index made"
_ON_POSTGRESQL: Final = "{what}, PostgreSQL"


def contest(size: int, seed: int) -> Contest:
    """The same office on SQLite (ours) and on PostgreSQL where one answers."""
    with tempfile.TemporaryDirectory() as folder:
        make_django_ready(Path(folder))
        ours, parts, baselines = _day(size, seed)
        with new_postgresql() as main, new_postgresql() as keys:
            if main is None or keys is None:
                missing = {_ON_POSTGRESQL.format(what=BEFORE): "no PostgreSQL answers"}
                return Contest(
                    size=size, ours=ours, parts=parts, baselines=baselines, not_run=missing
                )
            both: dict[str, Any] = {
                "default": dict(dj_database_url.parse(main)),
                "keys": dict(dj_database_url.parse(keys)),
            }
            connections.settings = connections.configure_settings(both)
            for alias in both:
                connections[alias] = connections.create_connection(alias)
            there, there_too, beside = _day(size, seed)
            connections.close_all()
    there_too = {"the list": there, **there_too}
    parts |= {_ON_POSTGRESQL.format(what=what): run for what, run in there_too.items()}
    baselines[_ON_POSTGRESQL.format(what=BEFORE)] = beside[BEFORE]
    return Contest(size=size, ours=ours, parts=parts, baselines=baselines)


def _day(size: int, seed: int) -> tuple[Run, dict[str, Run], dict[str, Run]]:
    work = importlib.import_module(MADE)
    by = work.office(size, seed)
    client = work.browser(by)
    index, making = timed(lambda: work.ready(by), rounds=1)
    queries = work.queries_of(index, seed)
    ours = _asked(work.looks_at_the_list(by, client))
    parts = {
        _CASE: _asked(work.looks_at_cases(by, client, seed)),
        _SEARCH: _asked(work.searches(client, queries)),
        _READY: making,
    }
    table = work.plain_table(index)
    baselines = {
        BEFORE: _asked([partial(work.all_covers_sorted, by)] * 5),
        PLAIN: _asked([partial(work.sought_plainly, table, each) for each in queries]),
    }
    work.leave()
    connections.close_all()
    return ours, parts, baselines


def _asked(looks: Sequence[Callable[[], object]]) -> Run:
    """Every one once, after one that is not counted: nobody pays for what is loaded but once."""
    looks[0]()
    took, spent = [], []
    for look in looks:
        had_spent, began = cpu_seconds_so_far(), seconds_now()
        look()
        took.append(seconds_now() - began)
        spent.append(cpu_seconds_so_far() - had_spent)
    run = Run(seconds=median(took), cpu_seconds=median(spent), peak_mb=peak_mb(), rounds=len(took))
    return run.with_measures(
        p95_seconds=_p95(took), longest_seconds=max(took), p95_cpu_seconds=_p95(spent)
    )


def _p95(values: Sequence[float]) -> float:
    return quantiles(values, n=20, method="inclusive")[-1]


BENCH = Bench(
    name="desk",
    what="a page of the list (ours), a case opened, a search: the whole page as it is sent",
    unit="people",
    sizes=(1_000, 15_000, 150_000),
    small=(60,),
    contest=contest,
    columns={
        "p95_seconds": "p95",
        "longest_seconds": "longest",
        "p95_cpu_seconds": "p95 of CPU",
    },
    notes=(
        "An office of twenty members, families of a simulated caseload, sealed; from SQLite files and from PostgreSQL.",
        "seconds: of the median page, through every gate to its last letter, one request at a time.",
        "The list: its beginning, middle and end, and narrowed in the ways of a day; every look is journalled.",
        "The plain ways make no page, write no line and ask for no access; LIKE finds one spelling in one script.",
    ),
)
