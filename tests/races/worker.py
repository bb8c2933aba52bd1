"""One process of a race: `python worker.py FILE FUNCTION ARGUMENTS`. Says "ready", waits for a line, then works.

The last line of standard output is the function's answer as JSON; what the function prints before stands above it.
With RACE_KILL_AT=n in the environment it kills itself (-9) at the n-th moment of its work (kills.py).
"""

from __future__ import annotations

import importlib.util
import itertools
import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper


def main() -> None:
    file, name, arguments = sys.argv[1:]
    django.setup()
    spec = importlib.util.spec_from_file_location(Path(file).stem, file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    print("ready", flush=True)
    sys.stdin.readline()
    if last := int(os.environ.get("RACE_KILL_AT", "0")):
        kill_at(last)
    print(json.dumps(getattr(module, name)(*json.loads(arguments))), flush=True)


def kill_at(last: int) -> None:
    """Moments are: before each statement, and before and after each commit, of either database."""
    moments = itertools.count(1)

    def moment() -> None:
        if next(moments) == last:
            os.kill(os.getpid(), signal.SIGKILL)

    def statement(execute: Callable[..., Any], *told: Any) -> Any:
        moment()
        return execute(*told)

    for connection in connections.all():
        connection.execute_wrappers.append(statement)
    commit = BaseDatabaseWrapper._commit

    def committed(connection: BaseDatabaseWrapper) -> None:
        moment()
        commit(connection)
        moment()

    BaseDatabaseWrapper._commit = committed  # type: ignore[method-assign]


if __name__ == "__main__":
    main()
