"""How cost grows with size: seconds = a x size^exponent, fitted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log


@dataclass(frozen=True, slots=True, kw_only=True)
class Growth:
    """`exponent`: 1 doubles the seconds with the size, 2 makes four times of them.

    `worst` is the factor (1 or more) by which the farthest measurement lies off the fitted line: 1.05 is five per cent.
    """

    exponent: float
    worst: float


def growth_of(sizes: Sequence[int], seconds: Sequence[float]) -> Growth | None:
    """Least squares of log seconds on log size. None under three sizes: two always fit, and tell nothing.

    Every size and time must be above 0.
    """
    if len(set(sizes)) < 3:
        return None
    across, up = [log(size) for size in sizes], [log(each) for each in seconds]
    middle, height = sum(across) / len(across), sum(up) / len(up)
    spread = sum((x - middle) ** 2 for x in across)
    exponent = sum((x - middle) * (y - height) for x, y in zip(across, up, strict=True)) / spread
    off = max(abs(y - height - exponent * (x - middle)) for x, y in zip(across, up, strict=True))
    return Growth(exponent=exponent, worst=exp(off))
