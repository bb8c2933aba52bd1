"""Progress on long work, told on standard error so that standard output stays clean for `--json`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

import click

# What is being done, and how much of it is done (0 to 1).
Progress = Callable[[str, float], None]


# What terminals are called that only ever go on to the next line.
_CANNOT_REDRAW: Final = frozenset({"", "dumb", "unknown"})


@contextmanager
def progress_shown() -> Iterator[Progress]:
    """Give a function that shows bars where a person looks on, and nothing where nobody does. A line for each thing
    that is begun where bars cannot be drawn anew: they would be told at the end, as much whitespace.
    """
    if not sys.stderr.isatty():
        yield lambda _what, _share: None
        return
    if not sys.stdout.isatty() or os.environ.get("TERM", "dumb") in _CANNOT_REDRAW:
        yield _in_lines()
        return
    # rich is imported here, at its one door: it costs more than the rest of a small command.
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import (  # noqa: PLC0415
        BarColumn,
        Progress as Bars,
        TaskID,
        TextColumn,
        TimeElapsedColumn,
    )

    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Bars(*columns, console=Console(stderr=True)) as bars:
        tasks: dict[str, TaskID] = {}

        def show(what: str, share: float) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(what, total=1.0)
            bars.update(tasks[what], completed=share)

        yield show


def _in_lines() -> Progress:
    told: set[str] = set()

    def show(what: str, _share: float) -> None:
        if what not in told:
            told.add(what)
            click.echo(f"{what} ...", err=True)

    return show
