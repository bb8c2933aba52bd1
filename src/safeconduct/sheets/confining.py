"""A process that reads what a stranger sent: a fresh interpreter, which then gives up whatever it could do harm with.

For spreadsheets in this room and for documents in cases/papers.
"""

from __future__ import annotations

import resource
import sys
from pathlib import Path


def interpreter_for(program: str) -> list[str]:
    """The command that runs a program in a fresh interpreter; `{path!r}` in it becomes this one's sys.path.

    It is told the path, since -I and -S leave out PYTHONPATH, installed packages and the folder of a test runner.
    """
    path = [place for place in sys.path if Path(place).is_absolute()]
    return [sys.executable, "-I", "-S", "-B", "-c", program.format(path=path)]


def give_up(*, memory_bytes: int, seconds: int, open_files: int) -> None:
    """For good, in this very process: memory, processor time and open files beyond these; writing files; processes."""
    for what, most in (
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_NOFILE, open_files),
    ):
        _, hard = resource.getrlimit(what)
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (allowed, allowed))
