"""Seconds and memory of one piece of work, measured in this process."""

from __future__ import annotations

import gc
import resource
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from statistics import median
from typing import TypeVar

from safeconduct.rehearsal.bench.records import Run

_Result = TypeVar("_Result")
_KB_IN_MB = 1024.0

# Under a second one round says little: so many are run, and the median counts.
SHORT = 1.0
ROUNDS = 3


def seconds_now() -> float:
    """The bench's door to the clock: seconds since some moment, for differences alone."""
    return time.perf_counter()


def cpu_seconds_so_far() -> float:
    """What processors have spent on this process and on its children that have ended."""
    told = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in told)


def timed(
    work: Callable[[], _Result],
    *,
    clock: Callable[[], float] = seconds_now,
    before: Callable[[], object] | None = None,
    rounds: int = ROUNDS,
) -> tuple[_Result, Run]:
    """Do `work` and say what it cost. One that takes under a second is done `rounds` times.

    `before` is called, untimed, ahead of each round: to forget what an earlier round remembered. The peak of memory
    is that of the first round; the result is the last round's.
    """
    took: list[float] = []
    spent: list[float] = []
    held, peak = 0.0, 0.0
    while not took or (took[0] < SHORT and len(took) < rounds):
        if before is not None:
            before()
        gc.collect()
        if not took:
            held = peak_mb_from_here()
        had_spent = cpu_seconds_so_far()
        began = clock()
        result = work()
        took.append(clock() - began)
        spent.append(cpu_seconds_so_far() - had_spent)
        if len(took) == 1:
            peak = peak_mb()
    run = Run(
        seconds=median(took),
        cpu_seconds=median(spent),
        peak_mb=peak,
        rise_mb=max(0.0, peak - held),
        rounds=len(took),
    )
    return result, run


def peak_mb() -> float:
    """The most memory this process has held since the peak was last set back, in MB (resident)."""
    with suppress(OSError):
        for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / _KB_IN_MB
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _KB_IN_MB


def peak_mb_from_here() -> float:
    """Set the peak back to what the process holds now, where the system can (Linux can), and say how much that is.

    Where it cannot, the peak is that of the whole life of the process: right for the first piece of work only.
    """
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    return peak_mb()


def peak_mb_of_children() -> float:
    """The most memory that any one child process of this one has held, in MB, of those that have ended."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / _KB_IN_MB
