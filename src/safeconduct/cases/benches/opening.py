"""The bench of opening: every card and all contents of an office, from its databases to what was told.

It runs in the bench's own child process, with databases of its own (see journal/bench.py).
"""

from __future__ import annotations

import importlib
import tempfile
from pathlib import Path
from typing import Final

from django.db import connections

from safeconduct.journal.bench import make_django_ready
from safeconduct.rehearsal.bench.measuring import timed
from safeconduct.rehearsal.bench.records import Bench, Contest

MADE: Final = "safeconduct.cases.benches.made"  # loaded when Django is ready
PLAIN: Final = "never sealed"


def contest(size: int, seed: int) -> Contest:
    """So many cases of seven entries on SQLite: opened whole (ours), cards alone, and had they never been sealed."""
    with tempfile.TemporaryDirectory() as folder:
        make_django_ready(Path(folder))
        work = importlib.import_module(MADE)
        work.migrate()
        by = work.somebody()
        work.make_cases(by, size, seed)
        entries, ours = timed(lambda: work.read_all(by, contents=True))
        _, cards = timed(lambda: work.read_all(by, contents=False))
        work.unseal_all(by)
        plain, unsealed = timed(lambda: work.read_plain(size))
        assert plain == entries
        connections.close_all()
    return Contest(
        size=size,
        ours=ours.with_measures(cases_a_second=size / ours.seconds),
        parts={"the cards alone": cards.with_measures(cases_a_second=size / cards.seconds)},
        baselines={PLAIN: unsealed},
    )


BENCH = Bench(
    name="cases-open",
    what="every case of an office opened from its databases, checked, and all of it read",
    unit="cases",
    sizes=(3_000, 10_000, 30_000),
    small=(20,),
    contest=contest,
    higher_is_better=frozenset({"cases_a_second"}),
    notes=(
        "Seven entries each: three persons, a caller, a story of 120 words, a place, a safe-contact rule.",
        "From SQLite files: cover, entries, the journal's word and two wrapped keys of each, checked first.",
        "The baseline reads the same tables with the text in place of the ciphertext, and checks nothing.",
    ),
)
