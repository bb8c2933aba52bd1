"""The cells of a row as a person sees them, each under its heading: for whoever looks at a row that is held.

What is hidden is left out, as the reading leaves it out. Nothing is made plain: the words stay as they were written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date

from safeconduct.core.facts import Origin
from safeconduct.sheets.addresses import letters
from safeconduct.sheets.grid import Grid, Line, Unread, Value

# Told of every row of an intake, once: where it stood, and its cells under their headings (or letters).
Keep = Callable[[Origin, Sequence[tuple[str, str]]], None]
LONGEST = 2_000  # letters of one cell
UNREAD = {
    "formula": "(a formula without a saved result)",
    "error": "(an error of a formula)",
    "too long": "(more text than a cell can hold)",
    "open quotation mark": "(text behind a quotation mark that is never closed)",
}


def keep_rows(grid: Grid, headings: Mapping[int, str], rows: Iterable[Origin], keep: Keep) -> None:
    """Hand the cells of these rows of one sheet on. Of a hidden row or sheet there are none: it was not read."""
    lines = {line.number: line for line in grid.lines}
    for origin in rows:
        seen = grid.state == "visible" and origin.row not in grid.hidden_rows
        keep(origin, tuple(_cells(grid, lines[origin.row], headings)) if seen else ())


def _cells(grid: Grid, line: Line, headings: Mapping[int, str]) -> Iterator[tuple[str, str]]:
    aside = {index for index, known in grid.form.known.items() if known.aside} if grid.form else ()
    for index in line.filled():
        if index not in grid.hidden_columns and index not in aside:
            yield headings.get(index) or letters(index + 1), text_of(line.cells[index])


def text_of(value: Value) -> str:
    """A cell as text, word for word; a longer one is cut, and says so."""
    if isinstance(value, str):
        if len(value) <= LONGEST:
            return value
        return f"{value[:LONGEST]} … ({len(value) - LONGEST} more letters, not kept)"
    if isinstance(value, Unread):
        return UNREAD.get(value.why, "(a cell that cannot be read)")
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.isoformat() if isinstance(value, date) else str(value)
