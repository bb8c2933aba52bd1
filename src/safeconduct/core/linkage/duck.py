"""DuckDB as the engine of linkage: in memory alone, nothing on the disk, nothing outside of itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any

import numpy as np

from safeconduct.core.linkage.blocking import JOIN, Candidates, Columns, in_order, tables_of
from safeconduct.core.linkage.levels import Field
from safeconduct.core.linkage.model import Compared, settings_of
from safeconduct.core.linkage.people import UNKNOWN, People
from safeconduct.core.linkage.ragged import Ragged

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
        for name in ("keys", "people", "caps"):
            self._database.execute(f"drop table {name}")
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
        """The pairs whose evidence, prior included, is at least this, with the level of each field: Splink's predict."""
        from splink import DuckDBAPI, Linker  # noqa: PLC0415  (this is its one door, as above)

        door = DuckDBAPI(connection=self._database)
        settings = settings_of(fields, prior, self.dialect)
        people = door.register(self._table("told", _with_nulls(columns, lists)))
        linker = Linker(people, settings, log_level=None, validate_settings=False)
        blocked = {
            "match_key": pairs.found_by,
            "join_key_l": pairs.a,
            "join_key_r": pairs.b,
        }
        linker.table_management.register_blocked_pairs_for_predict(
            door.register(self._table("blocked", blocked))
        )
        scored = linker.inference.predict(threshold_match_weight=least_bits, warning_mode="never")
        wanted = ", ".join(f"mw_{field.name}" for field in fields)
        found = self._database.execute(
            f"select match_key, unique_id_l, unique_id_r, {wanted} from {scored.physical_name}"  # noqa: S608
        ).fetchnumpy()
        return _compared(found, fields)

    def _table(self, name: str, columns: pa.Table | Columns) -> Any:
        self._database.register("given", columns)
        self._database.execute(f"create or replace table {name} as select * from given")  # noqa: S608
        self._database.unregister("given")
        return self._database.table(name)


def _compared(found: Columns, fields: Sequence[Field]) -> Compared:
    a, b = found["unique_id_l"].astype(np.int64), found["unique_id_r"].astype(np.int64)
    order = np.lexsort((b, a))
    bits = {
        field.name: np.asarray(found[f"mw_{field.name}"], dtype=np.float64)[order]
        for field in fields
    }
    by = found["match_key"].astype(np.int64)[order]
    return Compared(a=a[order], b=b[order], found_by=by, bits=bits)


def _with_nulls(columns: Columns, lists: Mapping[str, Ragged]) -> pa.Table:
    """The columns as a table in which what is unknown is null."""
    import pyarrow as pa  # noqa: PLC0415  (Splink brings it, and it comes with Splink alone)

    made = {
        name: pa.array(values, type=pa.string())
        if values.dtype == object
        else pa.array(values, mask=values == UNKNOWN)
        for name, values in columns.items()
    }
    return pa.table(made | {name: _list_array(ragged) for name, ragged in lists.items()})


def _list_array(ragged: Ragged) -> pa.Array:
    """Lists of numbers, null where empty: of what nobody told, nothing follows."""
    import pyarrow as pa  # noqa: PLC0415

    return pa.ListArray.from_arrays(
        pa.array(ragged.starts, type=pa.int32()),
        pa.array(ragged.values),
        mask=pa.array(ragged.lengths == 0),
    )
