"""DuckDB as the engine of linkage: in memory alone, nothing on the disk, nothing outside of itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any

from safeconduct.core.linkage.blocking import JOIN, Candidates, Columns, in_order, tables_of
from safeconduct.core.linkage.levels import Field
from safeconduct.core.linkage.model import Compared
from safeconduct.core.linkage.people import People
from safeconduct.core.linkage.ragged import Ragged
from safeconduct.core.linkage.splink_tables import compared_of, predicted, told_of

if TYPE_CHECKING:
    import pyarrow as pa

THREADS = 2


class Duck:
    """One database of one linkage. Use it in `with`: what it held is gone when it is left."""

    dialect = "duckdb"

    def __init__(self, threads: int = THREADS) -> None:
        import duckdb  # noqa: PLC0415  (this is its one door: it is heavy, and only linkage needs it)

        self._database = duckdb.connect(":memory:", config={"threads": threads})
        # No name, number or even key of a person at risk may reach the disk (SECURITY.md).
        self._database.execute("set temp_directory = ''")
        self._database.execute("set max_temp_directory_size = '0B'")
        self._database.execute("set enable_external_access = false")

    def __enter__(self) -> Duck:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._database.close()

    def candidates(self, people: People) -> Candidates:
        """All pairs that share a key which not too many others share, in the order of the list."""
        for name, columns in tables_of(people).items():
            self._table(name, columns)
        found = self._database.execute(JOIN).fetchnumpy()
        self._forget()
        return in_order(found)

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
        from splink import DuckDBAPI  # noqa: PLC0415  (this is its one door, as above)

        door = DuckDBAPI(connection=self._database)
        told = told_of(columns, lists, pairs)
        query = predicted(
            door, self._table, told, pairs, fields=fields, prior=prior, least_bits=least_bits
        )
        found = compared_of(self._database.execute(query).fetchnumpy(), fields)
        self._forget()
        return found

    def _forget(self) -> None:
        """Let go of every table: a long list's would otherwise be held twice."""
        tables = self._database.execute("select table_name from duckdb_tables()").fetchall()
        for (name,) in tables:
            self._database.execute(f'drop table "{name}"')

    def _table(self, name: str, columns: pa.Table | Columns) -> Any:
        self._database.register("given", columns)
        self._database.execute(f"create or replace table {name} as select * from given")  # noqa: S608
        self._database.unregister("given")
        return self._database.table(name)
