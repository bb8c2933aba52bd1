"""The child process of one contest: `python -m ...bench.child NAME SIZE SEED`, answering JSON on standard output."""

from __future__ import annotations

import json
import sys

from safeconduct.core.errors import BenchInputMissing
from safeconduct.rehearsal.bench.catalogue import bench_named
from safeconduct.rehearsal.bench.forms import contest_form


def main() -> None:
    name, size, seed = sys.argv[1:]
    try:
        form = contest_form(bench_named(name).contest(int(size), int(seed)))
    except BenchInputMissing as refusal:
        form = {"missing": refusal.where}
    told = json.dumps(form, allow_nan=False)
    # On a line of its own: an engine may have said something of itself before.
    print(f"\n{told}")


if __name__ == "__main__":
    main()
