"""What `replay` and `drill` have in common: the policies side by side, and the files of a rehearsal."""

from __future__ import annotations

import json
import platform
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

import click

from safeconduct import __version__
from safeconduct.rehearsal.days.records import Outcome, Rehearsal
from safeconduct.reports.rehearsal import luck, tables
from safeconduct.reports.wording import NO_BREAK, count_of, number, percent
from safeconduct.reports.writing import folder_written_whole, write_csv, written_whole

A_FOLDER = click.Path(path_type=Path)
# As many as `simulate` makes: far more than any operation we have read of.
MOST_PEOPLE = 1_000_000
# What a run's numbers may depend on.
ENGINES = ("numpy", "duckdb", "highspy")
HEADINGS = (
    "policy", "people moved", "priority", "of bound", "left behind", "empty seats", "split", "no end"
)  # fmt: skip


def versions() -> dict[str, str]:
    """This program's version, Python's and the engines'."""
    engines = {name: version(name) for name in ENGINES}
    return {"safeconduct": __version__, "python": platform.python_version(), **engines}


def side_by_side(rehearsal: Rehearsal, *, whose_seats: str = "") -> Iterator[str]:
    """One caseload in words, and its policies as lines of a table with the bound below them. `whose_seats` is a
    sentence that says where the seats are from."""
    departures = rehearsal.scenario.departures
    seats = sum(each.seats for each in departures)
    days = len({each.departs_at.date() for each in departures})
    yield (
        f"Simulated: {count_of(rehearsal.people, 'person')} in {count_of(rehearsal.families, 'family')}, of whom "
        f"{count_of(rehearsal.pleas, 'plea')} {'tells' if rehearsal.pleas == 1 else 'tell'}. By what is told, "
        f"{count_of(rehearsal.eligible_families, 'family')} may fly "
        f"({count_of(rehearsal.eligible_people, 'person')})."
    )
    leaves = f"Seats: {number(seats)}, on {days} of {count_of(rehearsal.scenario.days, 'day')}."
    yield f"{leaves} {whose_seats}".strip().replace(NO_BREAK, " ")
    yield ""
    yield from _table([_line(outcome) for outcome in rehearsal.outcomes] + [_bound(rehearsal)])
    yield ""
    if highest := {
        outcome.highest_band for outcome in rehearsal.outcomes if outcome.highest_band_families
    }:
        told = ", ".join(sorted(band.value for band in highest))
        yield f"Left behind: families in the most urgent band there is ({told}) who may fly and had not left."
    if said := luck.in_short(rehearsal):
        yield said.replace(NO_BREAK, " ")


def where_to_look(out: Path | None, name: str) -> Iterator[str]:
    """Where the page and the numbers are; without a folder, how to have them."""
    if out is None:
        yield "Add -o FOLDER for the page, the figures and the tables behind them."
        return
    yield f"Read it: {out / name}.html"
    yield f"In numbers: {out / name}.json"


def _line(outcome: Outcome) -> tuple[str, ...]:
    left = f"{number(outcome.highest_band_left)} of {number(outcome.highest_band_families)}"
    return (
        outcome.policy.name,
        number(outcome.people_moved),
        number(round(outcome.priority_moved)),
        percent(outcome.share_of_bound),
        left,
        number(outcome.empty_seats),
        number(outcome.families_split),
        number(outcome.pleas_without_an_end),
    )


def _bound(rehearsal: Rehearsal) -> tuple[str, ...]:
    bound = number(round(rehearsal.hindsight.bound))
    return ("No policy could exceed (proved)", "", bound, percent(1.0), "", "", "", "")


def _table(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """The first column to the left, numbers to the right."""
    widths = [max(len(cell) for cell in column) for column in zip(HEADINGS, *rows, strict=True)]
    for row in (HEADINGS, *rows):
        first, *rest = (cell.replace(NO_BREAK, " ") for cell in row)
        numbers = (cell.rjust(width) for cell, width in zip(rest, widths[1:], strict=True))
        yield "  ".join((first.ljust(widths[0]), *numbers)).rstrip()


@contextmanager
def files_at(out: Path | None) -> Iterator[Path | None]:
    """The folder to fill, opened before the long work so that one that cannot be written is told of at once; None
    where nothing is to be written."""
    if out is None:
        yield None
        return
    with folder_written_whole(out) as unfinished:
        yield unfinished


def write_files(
    folder: Path, name: str, page: str, summary: Mapping[str, object], shown: Sequence[Rehearsal]
) -> None:
    """The page and the summary under `name`, and the tables behind them, into a folder."""
    with written_whole(folder / f"{name}.html") as file:
        file.write(page)
    with written_whole(folder / f"{name}.json") as file:
        json.dump(summary, file, indent=2, ensure_ascii=False)
    for table, columns, rows in (
        ("policies.csv", tables.POLICIES_COLUMNS, tables.policies_rows(shown)),
        ("days.csv", tables.DAYS_COLUMNS, tables.days_rows(shown)),
        ("sensitivity.csv", tables.SENSITIVITY_COLUMNS, tables.sensitivity_rows(shown)),
        ("luck.csv", tables.LUCK_COLUMNS, tables.luck_rows(shown)),
        ("ends.csv", tables.ENDS_COLUMNS, tables.ends_rows(shown)),
        ("assumptions.csv", tables.ASSUMPTIONS_COLUMNS, tables.assumptions_rows(shown)),
    ):
        write_csv(folder / table, columns, rows)
