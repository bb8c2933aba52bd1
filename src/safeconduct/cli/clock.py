"""The one place that looks at the clock: everything below is given the time as `at=`, `on=` or a stopwatch."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date


def today() -> date:
    return date.today()  # noqa: DTZ011, TID251 (this is the one place)


def stopwatch() -> Callable[[], float]:
    """A function that tells the seconds since this call."""
    began = time.perf_counter()
    return lambda: time.perf_counter() - began
