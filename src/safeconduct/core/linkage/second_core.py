"""A second core for the names of long lists: another process of ours scores half of the pairs.

Names reach it through a pipe and stay in its memory: nothing of them touches the disk. Run by `in_two` alone.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Callable
from typing import BinaryIO, cast

import numpy as np

from safeconduct.core.linkage.ragged import Numbers
from safeconduct.core.names.many import NameTable
from safeconduct.core.names.many_weighing import ManyScores
from safeconduct.core.names.reading import Token

Rarity = Callable[[Token], float]
# With fewer pairs a process takes longer to begin than it saves.
WORTH_TWO = 1_000_000
# Asked with -P: what lies in the folder somebody works in must not be taken for a module of ours.
_ASKED = f"from {__name__} import answer; answer()"


def in_two(
    table: NameTable, left: Numbers, right: Numbers, *, rarity: Rarity, nearly: float
) -> ManyScores:
    """`table.scores` of many pairs, half of them in another process; all of them here, should that fail."""
    middle = len(left) // 2
    asked = (table, left[middle:], right[middle:], rarity, nearly)
    try:
        with subprocess.Popen(  # noqa: S603 (our own module, by our own interpreter)
            [sys.executable, "-P", "-c", _ASKED], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        ) as other:
            with cast(BinaryIO, other.stdin) as pipe:
                pickle.dump(asked, pipe, protocol=5)
            here = table.scores(left[:middle], right[:middle], rarity=rarity, nearly=nearly)
            there = ManyScores(*pickle.load(cast(BinaryIO, other.stdout)))  # noqa: S301 (our own process)
    except (OSError, EOFError, pickle.UnpicklingError):
        return table.scores(left, right, rarity=rarity, nearly=nearly)
    return ManyScores(
        *(
            np.concatenate((getattr(here, name), getattr(there, name)))
            for name in ManyScores.__slots__
        )
    )


def answer() -> None:
    """What the other process does: read what is asked, score it, write what was found."""
    table, left, right, rarity, nearly = pickle.load(sys.stdin.buffer)  # noqa: S301 (our own process)
    found = table.scores(left, right, rarity=rarity, nearly=nearly)
    told = [getattr(found, name) for name in ManyScores.__slots__]
    pickle.dump(told, sys.stdout.buffer, protocol=5)
