"""What the machine may do with memory in which keys are open."""

from __future__ import annotations

import os
import resource
from pathlib import Path
from typing import Final

from safeconduct.config.deployment.checks.checking import Check, Serving
from safeconduct.config.deployment.home import Home

SWAPS = Path("/proc/swaps")
BLOCKS = Path("/sys/class/block")


def swap_in_clear(_home: Home, _serving: Serving) -> str | None:
    """Linux only. Swap on a mapped device may be encrypted and is believed to be."""
    try:
        areas = [
            line.split()[0] for line in SWAPS.read_text("utf-8").splitlines()[1:] if line.split()
        ]
    except OSError:
        return None
    clear = [area for area in areas if not _is_mapped(area)]
    return f"Memory may be swapped to {clear[0]}, which is not encrypted." if clear else None


def core_dumps(_home: Home, _serving: Serving) -> str | None:
    soft, _hard = resource.getrlimit(resource.RLIMIT_CORE)
    return "A crash could write the memory of this process to disk." if soft else None


def as_root(_home: Home, _serving: Serving) -> str | None:
    return (
        "The desk runs as root: a fault in it would have the whole machine."
        if os.geteuid() == 0
        else None
    )


def _is_mapped(area: str) -> bool:
    name = Path(os.path.realpath(area)).name
    return name.startswith("zram") or (BLOCKS / name / "dm").is_dir()


CHECKS: Final = (
    Check("SCD60", swap_in_clear, "swapoff, or an encrypted swap.", grave=False),
    Check("SCD61", core_dumps, "ulimit -c 0; safeconduct serve does so by itself.", grave=False),
    Check("SCD62", as_root, "Make an account for it: adduser --system safeconduct.", grave=False),
)
