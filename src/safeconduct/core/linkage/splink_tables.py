"""What goes into Splink and what comes out of it: the same for every engine, so that they cannot drift apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from safeconduct.core.linkage.blocking import Candidates, Columns
from safeconduct.core.linkage.levels import Field
from safeconduct.core.linkage.model import Compared, settings_of
from safeconduct.core.linkage.people import UNKNOWN
from safeconduct.core.linkage.ragged import Numbers, Ragged

if TYPE_CHECKING:
    import pyarrow as pa

Flags = npt.NDArray[np.bool_]


def predicted(
    door: Any,
    table: Callable[[str, pa.Table], Any],
    told: pa.Table,
    pairs: Candidates,
    *,
    fields: Sequence[Field],
    prior: float,
    least_bits: float,
) -> str:
    """Splink's predict over our own pairs: the SQL that reads what it found.

    `door`: Splink's API of the engine's database. `table`: makes a table of that database. `told`: as of `told_of`.
    """
    from splink import Linker  # noqa: PLC0415  (this is its one door: it is heavy, and only linkage needs it)

    settings = settings_of(fields, prior, door.sql_dialect.sql_dialect_str)
    linker = Linker(
        door.register(table("told", told)), settings, log_level=None, validate_settings=False
    )
    linker.table_management.register_blocked_pairs_for_predict(
        door.register(table("blocked", _blocked(pairs)))
    )
    scored = linker.inference.predict(threshold_match_weight=least_bits, warning_mode="never")
    wanted = ", ".join(f"mw_{field.name}" for field in fields)
    return f"select match_key, unique_id_l, unique_id_r, {wanted} from {scored.physical_name}"  # noqa: S608


def told_of(columns: Columns, lists: Mapping[str, Ragged], pairs: Candidates) -> pa.Table:
    """The people who stand in a pair, as a table in which what is unknown is null.

    Only they: Splink may copy the whole of it, however few the pairs are (its pull request 3229).
    """
    import pyarrow as pa  # noqa: PLC0415  (Splink brings it, and it comes with Splink alone)

    here = _in_a_pair(len(columns["unique_id"]), pairs)
    made = {name: values[here] for name, values in columns.items()}
    arrays = {name: _array(each, known=each != UNKNOWN) for name, each in made.items()}
    return pa.table(arrays | {name: _list_array(each.take(here)) for name, each in lists.items()})


def compared_of(found: Columns, fields: Sequence[Field]) -> Compared:
    """What `predicted` found, in the order of the list."""
    a, b = (np.asarray(found[f"unique_id_{side}"], dtype=np.int64) for side in "lr")
    order = np.lexsort((b, a))
    # One column after the other, and each let go: of millions of pairs there must not be two copies of all.
    bits = {
        field.name: np.asarray(found.pop(f"mw_{field.name}"), dtype=np.float64)[order]
        for field in fields
    }
    by = np.asarray(found["match_key"], dtype=np.int64)[order]
    return Compared(a=a[order], b=b[order], found_by=by, bits=bits)


def _in_a_pair(people: int, pairs: Candidates) -> Numbers:
    stands = np.zeros(people, dtype=bool)
    stands[pairs.a] = True
    stands[pairs.b] = True
    return np.flatnonzero(stands)


def _blocked(pairs: Candidates) -> pa.Table:
    import pyarrow as pa  # noqa: PLC0415

    # Half the room of 64 bits is enough for positions, and there may be tens of millions of pairs.
    columns = {"match_key": pairs.found_by, "join_key_l": pairs.a, "join_key_r": pairs.b}
    return pa.table({name: _array(column.astype(np.int32)) for name, column in columns.items()})


def _list_array(ragged: Ragged) -> pa.Array:
    """Lists of numbers, null where empty: of what nobody told, nothing follows."""
    import pyarrow as pa  # noqa: PLC0415

    return pa.ListArray.from_arrays(
        _array(ragged.starts.astype(np.int32)),
        _array(ragged.values),
        mask=pa.Array.from_buffers(pa.bool_(), len(ragged), [None, _bitmap(ragged.lengths == 0)]),
    )


def _array(values: npt.NDArray[np.generic], known: Flags | None = None) -> pa.Array:
    """The same numbers as Arrow holds them. By their buffers: pyarrow's own way imports pandas, where that is
    installed, which takes longer than linking an office's list."""
    import pyarrow as pa  # noqa: PLC0415

    valid = None if known is None else _bitmap(known)
    buffers = [valid, pa.py_buffer(np.ascontiguousarray(values))]
    return pa.Array.from_buffers(pa.from_numpy_dtype(values.dtype), len(values), buffers)


def _bitmap(flags: Flags) -> pa.Buffer:
    import pyarrow as pa  # noqa: PLC0415

    return pa.py_buffer(np.packbits(flags, bitorder="little"))
