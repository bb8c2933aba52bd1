"""The blocking keys of many written names as numbers: what `core/names/keys` gives for one."""

from __future__ import annotations

import numpy as np

from safeconduct.core.linkage.marks import mark_of
from safeconduct.core.linkage.ragged import Numbers, Ragged
from safeconduct.core.names.keys import TELLING_FROM, skeletons_of
from safeconduct.core.names.many import NameTable


def name_keys(table: NameTable) -> Ragged:
    """The marks of the skeletons of each name's parts, each once; titles and initials left out, but of titles alone."""
    of_part = Ragged.of_lists([mark_of(key) for key in skeletons_of(part)] for part in table.tokens)
    telling = np.fromiter(
        (part.weight >= TELLING_FROM and not part.initial for part in table.tokens), dtype=bool
    )
    parts = Ragged(table.parts, table.starts)
    rows = parts.rows
    tells = telling[parts.values]
    has_any = np.bincount(rows[tells], minlength=len(parts)) > 0
    kept = np.flatnonzero(tells | ~has_any[rows])
    found = of_part.take(parts.values[kept])
    row_of: Numbers = rows[kept][found.rows]
    return Ragged.each_once(len(parts), row_of, found.values)
