"""Counts as a brief words them: what core/disclosure keeps back reads "<5" in a table and "fewer than 5" in a
sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from safeconduct.core.disclosure import K, ProtectedTable, Shown, protect, protect_table
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
    if 0 < count < K:
        return f"fewer than {K}"
    return "nearly all" if count and 0 < out_of - count < K else number(count)


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
    pairs: Iterable[tuple[str, str]], *, rows: Iterable[str], columns: Iterable[str]
) -> ProtectedTable:
    """Things counted by two of their traits, with margins, protected."""
    counts = {row: dict.fromkeys(columns, 0) for row in rows}
    for row, column in pairs:
        counts[row][column] += 1
    return protect_table(counts)


def table_row(table: ProtectedTable, row: str) -> tuple[str, ...]:
    """A row's own total, then its counts."""
    return (in_cell(table.rows[row]), *(in_cell(shown) for shown in table.cells[row].values()))


def total_row(table: ProtectedTable) -> tuple[str, ...]:
    """The whole, then the columns' totals."""
    return (in_cell(table.total), *(in_cell(shown) for shown in table.columns.values()))
