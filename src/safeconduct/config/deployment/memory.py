"""What is in the memory of a process that holds keys stays there."""

from __future__ import annotations

import ctypes
import os
import resource
import sys
from typing import Final

_ONLY_OURS: Final = 0o077
_PR_SET_DUMPABLE: Final = 4  # prctl(2)


def keep_memory_off_the_disk() -> None:
    """No core dumps, also where a program takes them; no other process of this account looks into ours; and files
    that this process makes are its account's alone.
    """
    _, hard = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, hard))
    if sys.platform == "linux":
        # A limit does not bind a core_pattern that is a pipe; and a parser that was taken over could else attach to us.
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    os.umask(_ONLY_OURS)
