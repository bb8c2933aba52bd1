"""What was counted while a sheet was read, as sentences its sender should hear. Counts only, no value of the sheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from safeconduct.sheets.columns import Guess
from safeconduct.sheets.grid import Grid, column_list
from safeconduct.sheets.layout import Layout, looks_like_data
from safeconduct.sheets.rows import Plan

_SENTENCES = {
    "unread phone": "{cells} held no telephone number that could be read; the people were taken without one.",
    "vague age": "{cells} told an age in words too vague for a number; the age was taken as unknown.",
    "age among dates": "{cells} in a column of dates of birth held a small number, which was read as an age.",
    "unread sex": "{cells} told the sex in a way that is not known; it was taken as unknown.",
    "unread relation": "{cells} told a relation in a way that is not clear; it was taken as unknown.",
    "unread size": "{cells} told the size of the family in a way that is not one number; it was taken as unknown.",
    "unread province": "{cells} told a place that is not one known province; its words were kept.",
    "unseen marks": "{cells} held marks that are not seen (control characters, direction marks), which were left out.",
}


class Found(NamedTuple):
    """A sheet, its headings and its columns."""

    grid: Grid
    layout: Layout
    guesses: list[Guess]


def remarks(found: Found, plan: Plan, merged: int) -> Iterator[str]:
    """What was assumed, left out or counted on the way. `merged` is how many rows a merge was taken to."""
    _, layout, guesses = found
    if merged:
        yield f"Merged cells were taken to each of their rows in {merged} rows."
    titles = [line for line in found.grid.lines if line.number < layout.first_row]
    taken = sum(not looks_like_data(line) for line in titles)
    if taken:
        rows = (
            "1 row above the headings was"
            if taken == 1
            else f"{taken} rows above the headings were"
        )
        yield f"{rows} taken for a title and not counted."
    if layout.two_rows:
        yield f"Rows {layout.first_row} and {layout.last_row} were read together as headings."
    if not layout.texts:
        yield "No row of headings was found; columns were recognised by their cells alone."
    unread = [guess.index for guess in guesses if guess.field is None and guess.content.filled]
    if unread:
        verb = "was" if len(unread) == 1 else "were"
        yield f"{_columns(unread)} {verb} not recognised or not needed, and left unread."
    for kind, sentence in _SENTENCES.items():
        count = plan.reading.counts[kind]
        if count:
            yield sentence.format(cells=f"{count} {'cell' if count == 1 else 'cells'}")


def hidden_remarks(grid: Grid) -> Iterator[str]:
    """Hidden columns that hold anything, by their letters: a heading could be private. Hidden rows by their number."""
    hidden = [
        i for i in grid.hidden_columns if any(line.cell(i) is not None for line in grid.lines)
    ]
    if hidden:
        verb = "is hidden and was" if len(hidden) == 1 else "are hidden and were"
        yield f"{_columns(hidden)} {verb} not read."
    rows = sum(line.number in grid.hidden_rows for line in grid.lines)
    if rows == 1:
        yield "1 hidden row was not read and is held."
    elif rows:
        yield f"{rows} hidden rows were not read and are held."


def _columns(indexes: Iterable[int]) -> str:
    told = list(indexes)
    return f"{'Column' if len(told) == 1 else 'Columns'} {column_list(told)}"
