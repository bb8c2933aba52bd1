"""Each size of a bench in a fresh child process, so that its peak of memory is its own."""

from __future__ import annotations

import json
import subprocess
import sys

from safeconduct.core.errors import BenchInputMissing, BenchStopped
from safeconduct.rehearsal.bench.forms import contest_from
from safeconduct.rehearsal.bench.records import Contest

CHILD = "safeconduct.rehearsal.bench.child"


def contest_in_child(name: str, size: int, seed: int) -> Contest:
    """One bench at one size, ours and the baselines in one process of their own.

    Raises BenchStopped where that process ends without its figures (what it said of its end is on standard error),
    BenchInputMissing where there is nothing to measure.
    """
    words = [sys.executable, "-m", CHILD, name, str(size), str(seed)]
    done = subprocess.run(words, stdout=subprocess.PIPE, text=True, check=False)  # noqa: S603 (ourselves)
    if done.returncode != 0:
        raise BenchStopped(name=name, size=size, code=done.returncode)
    form = json.loads(done.stdout.splitlines()[-1])
    if "missing" in form:
        raise BenchInputMissing(**form["missing"])
    return contest_from(form)
