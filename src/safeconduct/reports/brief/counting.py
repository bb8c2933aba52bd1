"""Counts as a brief words them: what core/disclosure keeps back reads "<5" in a table and "fewer than 5" in a
sentence."""

from __future__ import annotations

from collections.abc import Iterable

from safeconduct.core.disclosure import K, ProtectedTable, Shown, protect, protect_table
from safeconduct.reports.wording import number


def few(count: int) -> str:
    """The count of a small group that stands alone in a sentence."""
    return in_words(protect({"": count}, total_shown=False)[""])


def in_words(shown: Shown) -> str:
    """A protected count in a sentence: "<5" is read as "fewer than 5"."""
    return shown.text.replace("<", "fewer than ")


def nearly(count: int, out_of: int) -> str:
    """How many of a whole that is shown, where neither the few nor the few others may be told."""
    if 0 < out_of - count < K:
        return "nearly all"
    return number(count) if count == 0 or count >= K else f"fewer than {K}"


def by_two(
    pairs: Iterable[tuple[str, str]], *, rows: Iterable[str], columns: Iterable[str]
) -> ProtectedTable:
    """Things counted by two of their traits, with margins, protected."""
    counts = {row: dict.fromkeys(columns, 0) for row in rows}
    for row, column in pairs:
        counts[row][column] += 1
    return protect_table(counts)


def table_row(table: ProtectedTable, row: str) -> tuple[str, ...]:
    """A row's counts, and at last its own total."""
    return (*(shown.text for shown in table.cells[row].values()), table.rows[row].text)


def total_row(table: ProtectedTable) -> tuple[str, ...]:
    """The columns' totals, and at last the whole."""
    return (*(shown.text for shown in table.columns.values()), table.total.text)
