"""Where the rows of a plea stand, told in short and without losing one."""

from __future__ import annotations

import re

from hypothesis import given, strategies as st

from safeconduct.core.facts import Origin
from safeconduct.intake.preview import places

origins = st.lists(
    st.builds(Origin, st.sampled_from(["a.xlsx", "b, row 9.csv"]), st.sampled_from(["", "S"]), st.integers(1, 12)),
    unique=True,
).map(sorted)  # fmt: skip


def test_rows_below_each_other_are_told_together():
    rows = [Origin("a.xlsx", "S", row) for row in (6, 7, 8, 12)]
    assert places(rows) == ["a.xlsx, sheet S, rows 6 to 8", "a.xlsx, sheet S, row 12"]
    assert places([Origin("a.csv", "", 3), Origin("a.csv", "", 4)]) == ["a.csv, rows 3 to 4"]


@given(origins)
def test_no_row_is_lost(rows: list[Origin]):
    told = 0
    for place in places(rows):
        first, last = re.search(r"rows? (\d+)(?: to (\d+))?$", place).groups()  # type: ignore[union-attr]
        told += int(last or first) - int(first) + 1
    assert told == len(rows)
