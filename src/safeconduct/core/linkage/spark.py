"""Spark as the engine of linkage, for lists that one machine cannot hold: the same SQL, the same model as DuckDB.

Which Spark is Spark's own affair: `local[*]` unless its configuration (spark-submit, spark-defaults.conf,
PYSPARK_SUBMIT_ARGS) or a session that is open already says otherwise. How safe it is, is ours.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any

from safeconduct.core.errors import SparkMissing, SparkUnguarded
from safeconduct.core.linkage.blocking import JOIN, Candidates, Columns, in_order, tables_of
from safeconduct.core.linkage.levels import Field
from safeconduct.core.linkage.model import Compared
from safeconduct.core.linkage.people import People
from safeconduct.core.linkage.ragged import Ragged
from safeconduct.core.linkage.splink_tables import compared_of, predicted, told_of

if TYPE_CHECKING:
    import pyarrow as pa

# What Spark keeps or sends is encrypted, and it shows and logs nothing. Spark writes shuffles, spills and cached blocks
# to its local directories: numbers of documents are among them. Without the first of these, PySpark would also
# hand over every table in a file in clear ("Security" in Spark's manual; pyspark/core/context.py).
GUARDS = {
    "spark.io.encryption.enabled": "true",
    "spark.authenticate": "true",
    "spark.network.crypto.enabled": "true",
    "spark.eventLog.enabled": "false",
    "spark.ui.enabled": "false",
}
# A key of 256 bits; what the driver may hold, which PYSPARK_SUBMIT_ARGS="--driver-memory 24g pyspark-shell" changes;
# no metastore on the disk; its log says nothing but errors.
_OTHERS = {
    "spark.app.name": "safeconduct link",
    "spark.io.encryption.keySizeBits": "256",
    "spark.driver.memory": "4g",
    "spark.driver.maxResultSize": "0",
    "spark.sql.catalogImplementation": "in-memory",
    "spark.log.level": "ERROR",
    "spark.ui.showConsoleProgress": "false",
}
_NO_JAVA = "Java 17 or newer was not found, or it did not start"


class Spark:
    """One session of one linkage. Use it in `with`: what it held is gone when it is left."""

    dialect = "spark"

    def __init__(self, settings: Mapping[str, str] | None = None) -> None:
        """`settings`: of Spark, where a session of its own is opened; they never take a guard away.

        Raises `SparkMissing` where pyspark or Java is not there, `SparkUnguarded` where the session would keep or
        send anything in clear.
        """
        self._session, self._is_ours = _opened({**_OTHERS, **(settings or {}), **GUARDS})

    def __enter__(self) -> Spark:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._is_ours:
            self._session.stop()
        else:
            self._forget()

    def candidates(self, people: People) -> Candidates:
        """All pairs that share a key which not too many others share, in the order of the list."""
        import pyarrow as pa  # noqa: PLC0415  (Splink brings it)

        for name, columns in tables_of(people).items():
            self._table(name, pa.table(columns))
        found = in_order(self._read(JOIN))
        self._forget()
        return found

    def compared(
        self,
        columns: Columns,
        lists: Mapping[str, Ragged],
        pairs: Candidates,
        *,
        fields: Sequence[Field],
        prior: float,
        least_bits: float,
    ) -> Compared:
        """The pairs whose evidence, prior included, is at least this: Splink's predict."""
        from splink.backends.spark import SparkAPI  # noqa: PLC0415  (it needs pyspark)

        # Splink's own functions for Spark come in a Java archive that our conditions do not need.
        door = SparkAPI(
            spark_session=self._session,
            break_lineage_method="persist",
            register_udfs_automatically=False,
        )
        told = told_of(columns, lists, pairs)
        query = predicted(
            door, self._table, told, pairs, fields=fields, prior=prior, least_bits=least_bits
        )
        found = compared_of(self._read(query), fields)
        self._forget()
        return found

    def _table(self, name: str, table: pa.Table) -> Any:
        frame = self._session.createDataFrame(table)
        frame.createOrReplaceTempView(name)
        return frame

    def _read(self, query: str) -> Columns:
        found = self._session.sql(query).toArrow()
        return {name: found.column(name).to_numpy() for name in found.column_names}

    def _forget(self) -> None:
        """Let go of every view of this session and of what Spark keeps of them."""
        for view in self._session.catalog.listTables():
            if view.isTemporary:
                self._session.table(view.name).unpersist()
                self._session.catalog.dropTempView(view.name)


def _opened(settings: Mapping[str, str]) -> tuple[Any, bool]:
    """A session, and whether it is ours to stop. One that is open already is shared: our views stand in a new one."""
    try:
        from pyspark.errors import PySparkRuntimeError  # noqa: PLC0415  (it is optional)
        from pyspark.sql import SparkSession  # noqa: PLC0415
    except ImportError as missing:
        raise SparkMissing(problem=f"the package {missing.name} is not installed") from None
    open_already = SparkSession.getActiveSession()
    if open_already is not None:
        _check(open_already)
        return open_already.newSession(), False
    try:
        session = SparkSession.builder.config(map=dict(settings)).getOrCreate()
    except PySparkRuntimeError as failed:
        problem = _NO_JAVA if failed.getCondition() == "JAVA_GATEWAY_EXITED" else str(failed)
        raise SparkMissing(problem=problem) from None
    _check(session)
    return session, True


def _check(session: Any) -> None:
    for guard, wanted in GUARDS.items():
        told = session.conf.get(guard, "")
        if told != wanted:
            raise SparkUnguarded(setting=guard, told=told or "not set", wanted=wanted)
