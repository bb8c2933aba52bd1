"""The one place that looks at the clock: everything below is given the time as `at=`, `on=` or a stopwatch."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, date, datetime

from safeconduct.core.operation import Operation


def today() -> date:
    return date.today()  # noqa: DTZ011, TID251 (this is the one place)


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)  # noqa: TID251 (this is the one place)


def stopwatch() -> Callable[[], float]:
    """A function that tells the seconds since this call."""
    began = time.perf_counter()
    return lambda: time.perf_counter() - began


def day_for(operation: Operation) -> date:
    """Today; for an operation that is over, the day from which its pack looks at it."""
    return operation.day_on(today())
