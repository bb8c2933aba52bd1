"""Spark as the engine of linkage, where joining is more than one machine's memory: DuckDB's SQL and model.

Which Spark is Spark's own affair: `local[*]` unless its configuration (spark-submit, spark-defaults.conf,
PYSPARK_SUBMIT_ARGS) or a session that is open already says otherwise. How safe it is, is ours.
"""

from __future__ import annotations

import warnings
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
# to its local directories: marks of numbers and days of birth, from which numbers and people can be guessed. Without
# the first of these, PySpark also hands over every table in a file in clear ("Security" in Spark's manual;
# pyspark/core/context.py).
GUARDS = {
    "spark.io.encryption.enabled": "true",
    "spark.authenticate": "true",
    "spark.network.crypto.enabled": "true",
    "spark.eventLog.enabled": "false",
    "spark.ui.enabled": "false",
}
# A key of 256 bits; what the driver may hold, which PYSPARK_SUBMIT_ARGS="--driver-memory 24g pyspark-shell" changes;
# no metastore on the disk, and no folder for one where the command was given; the log says nothing but errors.
_OTHERS = {
    "spark.app.name": "safeconduct link",
    "spark.io.encryption.keySizeBits": "256",
    "spark.driver.memory": "4g",
    "spark.driver.maxResultSize": "0",
    "spark.sql.catalogImplementation": "in-memory",
    "spark.sql.warehouse.dir": "${system:java.io.tmpdir}/safeconduct-spark-${system:user.name}",
    "spark.log.level": "ERROR",
    "spark.ui.showConsoleProgress": "false",
}
# Spark's own 200 are meant for a cluster: here most of them would be empty.
_ON_ONE_MACHINE = {"spark.sql.shuffle.partitions": "16"}
# Splink's weights stand on its levels and its sum on its weights. These rules of Spark's would write each out in the
# other until the code no longer compiles, and the code that is left is too long for Java to make it fast (measured:
# 45 s instead of 5 for 28,000 pairs).
_RULES = "org.apache.spark.sql.catalyst.optimizer"
_WHILE_COMPARING = {
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.optimizer.excludedRules": ",".join(
        f"{_RULES}.{rule}"
        for rule in (
            "CollapseProject",
            "InferFiltersFromConstraints",
            "PushDownPredicates",
            "PushPredicateThroughNonJoin",
        )
    ),
}
_HERE = ("localhost", "127.0.0.1", "::1")
_PROBLEMS = {"JAVA_GATEWAY_EXITED": "Java 17 or newer was not found, or it did not start"}


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
        door = SparkAPI(  # type: ignore[no-untyped-call]
            spark_session=self._session,
            break_lineage_method="persist",
            register_udfs_automatically=False,
        )
        told = told_of(columns, lists, pairs)
        _set(self._session, _WHILE_COMPARING)
        query = predicted(
            door, self._table, told, pairs, fields=fields, prior=prior, least_bits=least_bits
        )
        found = compared_of(self._read(query), fields)
        for name in _WHILE_COMPARING:
            self._session.conf.unset(name)
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
        from pyspark.errors import PySparkException  # noqa: PLC0415  (it is optional)
        from pyspark.sql import SparkSession  # noqa: PLC0415
    except ImportError as missing:
        raise SparkMissing(problem=f"the package {missing.name} is not installed") from None
    try:
        session = SparkSession.active()
    except PySparkException:
        return _ours(SparkSession.builder.config(map=dict(settings))), True
    _check(session)
    return session.newSession(), False


def _ours(builder: Any) -> Any:
    session = _started(builder)
    try:
        _check(session)
    except SparkUnguarded:
        session.stop()
        raise
    if str(session.conf.get("spark.master", "")).startswith("local"):
        _set(session, _ON_ONE_MACHINE)
    return session


def _started(builder: Any) -> Any:
    from py4j.protocol import Py4JJavaError  # noqa: PLC0415  (it comes with pyspark)
    from pyspark.errors import PySparkException  # noqa: PLC0415

    try:
        with warnings.catch_warnings():
            # A Spark elsewhere (SPARK_REMOTE) takes no such setting from a guest: `_check` asks what it has.
            warnings.simplefilter("ignore")
            return builder.getOrCreate()
    except PySparkException as failed:
        problem = _PROBLEMS.get(failed.getCondition() or "", str(failed))
    except Py4JJavaError as failed:
        problem = str(failed.java_exception.getMessage())
    raise SparkMissing(problem=problem.strip().partition("\n")[0].rstrip("."))


def _set(session: Any, settings: Mapping[str, str]) -> None:
    for name, value in settings.items():
        session.conf.set(name, value)


def _check(session: Any) -> None:
    is_elsewhere = type(session).__module__.startswith("pyspark.sql.connect")
    # A session here may have been told more since than its context took; a server elsewhere lets no guest tell it.
    has = session.conf if is_elsewhere else session.sparkContext.getConf()
    for guard, wanted in GUARDS.items():
        told = has.get(guard, "")
        if told != wanted:
            raise SparkUnguarded(setting=guard, told=told or "not set", wanted=wanted)
    if is_elsewhere:
        _check_wire(session.client)


def _check_wire(client: Any) -> None:
    """Refuse a way to a server elsewhere that is not TLS: none of the guards is about that way."""
    way = getattr(client, "_builder", None)
    is_here = getattr(way, "host", "") in _HERE
    if not is_here and not getattr(way, "secure", False):
        raise SparkUnguarded(setting="use_ssl (in SPARK_REMOTE)", told="not set", wanted="true")
