"""The engines of linkage by name."""

from __future__ import annotations

from contextlib import AbstractContextManager

from safeconduct.core.linkage.duck import Duck
from safeconduct.core.linkage.spark import Spark
from safeconduct.core.linkage.weighing import Engine

DUCKDB = "duckdb"
SPARK = "spark"


def engine_of(name: str) -> AbstractContextManager[Engine]:
    """The engine called "duckdb" or "spark", opened in `with`."""
    if name == SPARK:
        return Spark()
    if name != DUCKDB:
        raise ValueError(f"There is no engine {name!r}.")
    return Duck()
