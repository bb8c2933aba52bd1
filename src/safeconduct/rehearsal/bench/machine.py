"""On what a bench was run: figures of one machine say little of another's."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from safeconduct import __version__

# What does the work of ours or of a baseline, where it is installed.
PACKAGES = (
    "anyascii", "duckdb", "highspy", "metaphone", "nomenklatura", "numpy", "openpyxl", "pandas", "pyicu",
    "python-calamine", "rapidfuzz", "recordlinkage", "splink",
)  # fmt: skip
_CPU_INFO = Path("/proc/cpuinfo")


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """`cores` are those that this process may use; `memory_mb` is all there is; `busy` the load (runnable processes,
    mean of a minute) when the run began, None where the system does not tell."""

    cpu: str
    cores: int
    memory_mb: int
    system: str
    python: str
    product: str
    packages: Mapping[str, str]
    busy: float | None

    def like(self, other: Machine) -> bool:
        """Whether seconds on the two may be set side by side: the same processor, cores and memory."""
        return (self.cpu, self.cores, self.memory_mb // 1024) == (
            other.cpu, other.cores, other.memory_mb // 1024,
        )  # fmt: skip


def this_machine() -> Machine:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return Machine(
        cpu=_cpu(),
        cores=len(os.sched_getaffinity(0))
        if hasattr(os, "sched_getaffinity")
        else os.cpu_count() or 1,
        memory_mb=memory // (1024 * 1024),
        system=f"{platform.system()} {platform.machine()}",
        python=platform.python_version(),
        product=__version__,
        packages={name: told for name in PACKAGES if (told := _version(name))},
        busy=_load(),
    )


def _cpu() -> str:
    """The processor's own name; the kind of machine where it does not tell."""
    with suppress(OSError):
        for line in _CPU_INFO.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _load() -> float | None:
    try:
        return round(os.getloadavg()[0], 2)
    except OSError:
        return None
