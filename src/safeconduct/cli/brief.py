"""`safeconduct brief`: your own sheets of pleas to a brief."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

import click

from safeconduct.cli.clock import day_for, stopwatch, today
from safeconduct.cli.options import Amount
from safeconduct.cli.progress import progress_shown
from safeconduct.cli.seats import read_departures
from safeconduct.cli.tables import read_text
from safeconduct.core.main_job import MainJob
from safeconduct.core.main_job.run import Settings, run
from safeconduct.core.operation import Departure
from safeconduct.core.sharing import share_for, share_of
from safeconduct.packs import load
from safeconduct.reports import tables
from safeconduct.reports.brief import LISTED, brief_html
from safeconduct.reports.summary import summary_of
from safeconduct.reports.writing import (
    folder_written_whole,
    refuse_to_replace,
    write_csv,
    written_whole,
)
from safeconduct.sheets.mapping import load_mapping, save_mapping
from safeconduct.sheets.reading import read_sheets

# Whether a path can be used is told by who opens it, in our own words and with our own exit code.
A_FILE = A_FOLDER = click.Path(path_type=Path)
A_DAY = click.DateTime(["%Y-%m-%d"])
OUTPUTS = (
    "accepted.csv",
    "quarantined.csv",
    "repeated.csv",
    "doubles.csv",
    "columns.csv",
    "brief.html",
    "summary.json",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What was asked for on the command line; None leaves the choice to `make_brief`."""

    pack: str
    on: date | None = None
    owner: str = "whoever made this brief"
    mapping: Path | None = None
    read_hidden: bool = False
    departures: Path | None = None
    share: float | None = None
    seconds: float = 60.0
    for_sharing: bool = False


@click.command()
@click.argument("sheets", nargs=-1, required=True, type=A_FILE)
@click.option(
    "--pack", required=True, help="The operation: an id such as afghanistan-2021, or a folder."
)
@click.option("-o", "--out", required=True, type=A_FOLDER, help="The folder to write to.")
@click.option(
    "--on",
    type=A_DAY,
    help="The day the brief is made for [today; for an operation that is over, its own day].",
)
@click.option(
    "--owner", default="whoever made this brief", help="Who looks after what is in quarantine."
)
@click.option("--mapping", type=A_FILE, help="A corrected columns.csv of an earlier run.")
@click.option("--read-hidden", is_flag=True, help="Read hidden rows, columns and sheets too.")
@click.option(
    "--departures", type=A_FILE, help="Your own departures, instead of a share of the pack's."
)
@click.option(
    "--share",
    type=Amount(0, 1),
    help="Your part of the pack's seats and homes [in proportion to need].",
)
@click.option(
    "--seconds",
    type=Amount(1),
    default=60.0,
    show_default=True,
    help="Time for the planners.",
)
@click.option(
    "--for-sharing", is_flag=True, help="Leave the list of waiting households out of brief.html."
)
@click.option("--json", "as_json", is_flag=True, help="Print the summary as one JSON object.")
def brief(
    sheets: tuple[Path, ...],
    pack: str,
    out: Path,
    on: datetime | None,
    owner: str,
    mapping: Path | None,
    read_hidden: bool,
    departures: Path | None,
    share: float | None,
    seconds: float,
    for_sharing: bool,
    as_json: bool,
) -> None:
    """Read SHEETS of pleas (.xlsx, .ods, .csv) and write a brief.

    The folder then holds brief.html, summary.json, accepted.csv, quarantined.csv, repeated.csv,
    doubles.csv and columns.csv. No name, contact, document number or story of the sheets is
    written.
    """
    wishes = Wishes(
        pack=pack,
        on=on.date() if on else None,
        owner=owner,
        mapping=mapping,
        read_hidden=read_hidden,
        departures=departures,
        share=share,
        seconds=seconds,
        for_sharing=for_sharing,
    )
    job = make_brief(sheets, wishes, out)
    tell(job, out, as_json=as_json)


def make_brief(sheets: Sequence[Path], wishes: Wishes, out: Path) -> MainJob:
    """Sheets to a brief: read, assess, compare, plan, write. Nothing is written unless all of it
    is.
    """
    elapsed = stopwatch()
    for name in OUTPUTS:
        refuse_to_replace(out / name, (*sheets, *filter(None, [wishes.departures])))
    with progress_shown() as progress:
        operation = load(wishes.pack)
        on = wishes.on or day_for(operation)
        mapping = load_mapping(read_text(wishes.mapping)) if wishes.mapping else None
        intake = read_sheets(
            sheets,
            on=on,
            provinces=operation.provinces,
            mapping=mapping,
            read_hidden=wishes.read_hidden,
            progress=lambda what, done, of: progress(what.capitalize(), done / of),
        )
        people = sum(plea.household.size for plea in intake.pleas)
        share = share_for(operation, people) if wishes.share is None else wishes.share
        if wishes.departures is None:
            departures = share_of(still_to_leave(operation.departures, on), share)
        else:
            departures = still_to_leave(own_departures(wishes.departures), on)
        settings = Settings(
            on=on,
            owner=wishes.owner,
            departures=departures,
            share=share,
            seconds=wishes.seconds,
        )
        job = run(intake, operation, settings, clock=elapsed, progress=progress)
        progress("Writing the brief", 0.0)
        job = write_outputs(job, out, for_sharing=wishes.for_sharing, clock=elapsed)
        progress("Writing the brief", 1.0)
    return job


def still_to_leave(departures: Sequence[Departure], on: date) -> tuple[Departure, ...]:
    return tuple(each for each in departures if each.departs_at.date() >= on)


def own_departures(path: Path) -> tuple[Departure, ...]:
    """An office's own departures, in the public format. One whose time or seats are unknown is promised to nobody."""
    departures = []
    for each in read_departures(path):
        if each.departs_at is None or each.seats is None:
            click.echo(
                f"Departure {each.departure_id} is left out: ask when it leaves, and with how many seats.",
                err=True,
            )
            continue
        departures.append(
            Departure(
                departure_id=each.departure_id,
                departs_at=each.departs_at,
                muster_point=each.muster_point or "",
                seats=each.seats,
                stretcher_spaces=each.stretcher_spaces,
                schemes=each.schemes,
                derived="the office's own list",
            )
        )
    return tuple(departures)


def write_outputs(
    job: MainJob, out: Path, *, for_sharing: bool, clock: Callable[[], float]
) -> MainJob:
    """All files of a brief; they appear together, when all are finished. The job comes back with
    the seconds that all of it took, drawing the brief too.
    """
    with folder_written_whole(out) as unfinished:
        for name, columns, rows in (
            ("accepted.csv", tables.ACCEPTED_COLUMNS, tables.accepted_rows(job)),
            ("quarantined.csv", tables.QUARANTINED_COLUMNS, tables.quarantined_rows(job)),
            ("repeated.csv", tables.REPEATED_COLUMNS, tables.repeated_rows(job)),
            ("doubles.csv", tables.DOUBLES_COLUMNS, tables.doubles_rows(job)),
        ):
            write_csv(unfinished / name, columns, rows)
        with written_whole(unfinished / "columns.csv") as file:
            file.write(save_mapping(job.intake))
        with written_whole(unfinished / "brief.html") as file:
            file.write(brief_html(job, made_on=today(), listed=0 if for_sharing else LISTED))
        job = replace(job, seconds=clock())
        with written_whole(unfinished / "summary.json") as file:
            json.dump(summary_of(job), file, indent=2)
    return job


def tell(job: MainJob, out: Path, *, as_json: bool) -> None:
    """What was done, in a few lines, and where to look."""
    summary = summary_of(job)
    if as_json:
        click.echo(json.dumps(summary))
        return
    said = {name: f"{count:,}" for name, count in summary.items() if isinstance(count, int)}
    lines = (
        "Rows: {rows_read}; accepted {rows_accepted}, in quarantine {rows_quarantined}, repeats {rows_repeated}.",
        "Pleas: {pleas}, without an end {pleas_without_an_end}. Households: {households}, with {people} people.",
        "Doubles to settle: {doubles_proposed}.",
        "Households with a seat proposed: {households_seated} ({people_seated} people); a home: {households_placed}.",
    )
    for line in lines:
        click.echo(line.format(**said))
    click.echo(f"Read it: {out / 'brief.html'}")
    click.echo(f"In numbers: {out / 'summary.json'}")
