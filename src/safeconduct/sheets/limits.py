"""How much of a stranger's file is read before it is refused. Every number here is a choice, not a law."""

from __future__ import annotations

from dataclasses import dataclass

# The environment variable by which the child is told what it reads.
READS = "SAFECONDUCT_READS"
MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The bounds of one file. The largest real list we know of (150,000 rows of 30 columns) fits twice.

    `file_bytes` is the file as it lies on the disk, `inflated_bytes` the sum of what its ZIP directory declares,
    `ratio` how far one part may grow; `rows`, `columns` and `cells` bound the rectangle of filled cells (cells: of
    all sheets together); `cell_text` is the longest text a spreadsheet program itself can hold in a cell;
    `seconds` is wall time and processor time, `memory_bytes` the address space of the reading process.
    """

    file_bytes: int = 60 * MEGABYTE
    inflated_bytes: int = 600 * MEGABYTE
    ratio: int = 300
    parts: int = 5000
    sheets: int = 200
    rows: int = 250_000
    columns: int = 500
    cells: int = 10_000_000
    cell_text: int = 32_767
    seconds: int = 120
    memory_bytes: int = 2048 * MEGABYTE
