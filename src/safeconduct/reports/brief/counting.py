"""Counts as a brief words them: what core/disclosure keeps back reads "<5" in a table and "fewer than 5" in a
sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from safeconduct.core.disclosure import (
    NOT_TOLD,
    K,
    ProtectedTable,
    Shown,
    protect,
    protect_table,
)
from safeconduct.reports.wording import number


def few(count: int) -> str:
    """The count of a small group that stands alone in a sentence."""
    return in_words(protect({"": count}, total_shown=False)[""])


def in_cell(shown: Shown) -> str:
    """A protected count in a table, where room is scarce: "5 or more" is "5+"."""
    return shown.text.replace(" or more", "+")


def in_words(shown: Shown) -> str:
    """A protected count in a sentence: "<5" is read as "fewer than 5"."""
    return shown.text.replace("<", "fewer than ")


def nearly(count: int, out_of: int) -> str:
    """How many of a whole that is shown, where neither the few nor the few others may be told."""
    rest = out_of - count
    if (0 < count < K or (count and 0 < rest < K)) and out_of < 2 * K:
        return "some"  # of six, "fewer than 5" and "nearly all" would tell one and five
    if 0 < count < K:
        return f"fewer than {K}"
    return "nearly all" if count and 0 < rest < K else number(count)


def tells(shown: Iterable[Shown]) -> bool:
    """Whether anything at all is told. Where not, the names beside the counts are left out too: that none of them is
    nil would tell of the few.
    """
    return any(each.text != NOT_TOLD for each in shown)


def by_count(kept: Mapping[str, Shown], *, last: str = "") -> list[str]:
    """The names in the order in which they may be told: by the counts that are shown, largest first, then by
    name. An order by counts that are hidden would tell of them.
    """
    return sorted(kept, key=lambda name: (name == last, -(kept[name].value or 0), name))


def parts_of(counts: Mapping[str, int], *, others: Sequence[tuple[int, int]]) -> dict[str, Shown]:
    """The parts of a group as they may be told. `others` are counts beside the group, each with the whole it
    is a part of: one that is not itself told exactly is protected together with the parts, so that they do not tell it.
    """
    beside = {
        f"\0{at}": count
        for at, (count, whole) in enumerate(others)
        if nearly(count, whole) != number(count)
        or nearly(whole - count, whole) != number(whole - count)
    }
    kept = protect({**counts, **beside})
    return {name: kept[name] for name in counts}


def by_two(
    pairs: Iterable[tuple[str, str]], *, columns: Iterable[str], last: str = ""
) -> ProtectedTable:
    """Things counted by two of their traits, with margins, protected. Rows are in the order of `by_count`."""
    found = list(pairs)
    counts = {row: dict.fromkeys(columns, 0) for row in sorted({row for row, _ in found})}
    for row, column in found:
        counts[row][column] += 1
    kept = protect_table(counts)
    order = by_count(kept.rows, last=last)
    return replace(
        kept,
        cells={row: kept.cells[row] for row in order},
        rows={row: kept.rows[row] for row in order},
    )


def told_columns(table: ProtectedTable) -> tuple[str, ...]:
    """The columns of a table; none where it may tell its rows alone."""
    return tuple(table.columns) if tells(table.columns.values()) else ()


def table_row(table: ProtectedTable, row: str) -> tuple[str, ...]:
    """A row's own total, then its counts."""
    cells = (table.cells[row][column] for column in told_columns(table))
    return (in_cell(table.rows[row]), *map(in_cell, cells))


def total_row(table: ProtectedTable) -> tuple[str, ...]:
    """The whole, then the columns' totals."""
    cells = (table.columns[column] for column in told_columns(table))
    return (in_cell(table.total), *map(in_cell, cells))
