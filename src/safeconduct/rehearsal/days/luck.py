"""Who comes when called: drawn once for each family and day, and the same under every policy.

A draw is a number from 0 to 1. A family that was called comes where it is below 1 - no_show, one on standby where it
is below standby_shows: so whoever would come from standby on a day at a lower rate would have come when called.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from hashlib import blake2b

import numpy as np

from safeconduct.core.allocation.problem import Floats


def draws(seed: int, families: Sequence[str], days: Sequence[date]) -> Floats:
    """A draw for each family and day, (families, days): a digest of seed, family and day, the same on any machine."""
    found = np.empty((len(families), len(days)))
    for row, family in enumerate(families):
        keyed = blake2b(f"{seed}|{family}|".encode(), digest_size=8)
        for column, day in enumerate(days):
            each = keyed.copy()
            each.update(day.isoformat().encode())
            found[row, column] = int.from_bytes(each.digest(), "big") / 2**64
    return found
