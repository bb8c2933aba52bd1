"""`safeconduct seats`: fill scarce seats, and say why a family waits (docs/formats.md, "seats")."""

from __future__ import annotations

from pathlib import Path

import click

from safeconduct.cli.cells import amount_in, count_in, id_in, list_in, refuse_repeats, time_in
from safeconduct.cli.clock import stopwatch
from safeconduct.cli.options import Amount
from safeconduct.cli.planned import (
    as_json,
    in_words,
    seconds_to_plan,
    write_plan,
)
from safeconduct.cli.progress import progress_shown
from safeconduct.cli.tables import Line, Table, read_table, tell_left_out
from safeconduct.core.allocation import ListedDeparture, Lock, LockKind, SeatFamily
from safeconduct.core.allocation.seats import plan_seats
from safeconduct.reports.writing import refuse_to_replace

FAMILY_NEEDS = ("family_id", "size", "priority")
FAMILY_MAY_HAVE = (
    "ready_at",
    "leave_by",
    "place",
    "schemes",
    "stretchers",
    "office",
    "group",
    "keep_with",
    "decay_per_day",
)
DEPARTURE_NEEDS = ("departure_id", "departs_at", "seats")
DEPARTURE_MAY_HAVE = ("muster_point", "stretcher_spaces", "schemes")
REACH_NEEDS = ("place", "muster_point", "hours")
LOCK_NEEDS = ("family_id", "departure_id", "kind")

A_FILE = click.Path(path_type=Path)
# More hours on the way than this (over a century) are a slip, and would leave the calendar.
LONGEST_WAY = 1_000_000.0


@click.command()
@click.argument("families", type=A_FILE)
@click.argument("departures", type=A_FILE)
@click.option(
    "--reach",
    type=A_FILE,
    help="Hours from places to muster points; without it every one is at hand.",
)
@click.option(
    "--locks", type=A_FILE, help="What a person decided: a family must or never board a departure."
)
@click.option(
    "--seconds",
    type=Amount(min=0.5),
    default=60.0,
    show_default=True,
    help="Wall time of the whole command.",
)
@click.option(
    "-o",
    "--out",
    type=A_FILE,
    required=True,
    help="Where the plan goes: family_id,departure_id,reason.",
)
@click.option(
    "--json", "json_wanted", is_flag=True, help="Print the plan's figures as one JSON object."
)
def seats(
    families: Path,
    departures: Path,
    reach: Path | None,
    locks: Path | None,
    seconds: float,
    out: Path,
    json_wanted: bool,
) -> None:
    """Fill the seats of DEPARTURES with FAMILIES: the most priority aboard, nobody split, every reason told."""
    elapsed = stopwatch()
    refuse_to_replace(out, filter(None, (families, departures, reach, locks)))
    people = read_families(families)
    leaving = read_departures(departures)
    hours = None if reach is None else read_reach(reach)
    decided = () if locks is None else read_locks(locks)
    with progress_shown() as progress:
        plan = plan_seats(
            people,
            leaving,
            reach=hours,
            locks=decided,
            seconds=seconds_to_plan(seconds, elapsed()),
            clock=elapsed,
            progress=progress,
        )
    write_plan(out, plan, target="departure_id")
    if json_wanted:
        click.echo(as_json(plan, elapsed()))
    else:
        told = in_words(plan, done="board", left="seats stay empty", path=out, seconds=elapsed())
        click.echo("\n".join(told))


def read_families(path: Path) -> list[SeatFamily]:
    """FAMILIES.csv as records, in the file's order."""
    table = read_table(path, FAMILY_NEEDS, FAMILY_MAY_HAVE)
    tell_left_out(table, (*FAMILY_NEEDS, *FAMILY_MAY_HAVE))
    refuse_repeats(table, "family_id")
    ids = {line["family_id"] for line in table}
    for line in table:
        for other in list_in(line, "keep_with"):
            if other not in ids:
                raise table.refuse(
                    line,
                    "keep_with",
                    "it names a family that is not in this file",
                    "Correct the id, add that family, or take it out if it travels otherwise.",
                )
    return [
        SeatFamily(
            family_id=line["family_id"],
            size=count_in(table, line, "size", least=1),
            priority=amount_in(table, line, "priority"),
            ready_at=time_in(table, line, "ready_at"),
            leave_by=time_in(table, line, "leave_by"),
            place=line["place"] or None,
            schemes=list_in(line, "schemes"),
            stretchers=count_in(table, line, "stretchers") or 0,
            office=line["office"] or None,
            group=line["group"] or None,
            keep_with=list_in(line, "keep_with"),
            decay_per_day=amount_in(table, line, "decay_per_day", most=1.0) or 0.0,
        )
        for line in table
    ]


def read_departures(path: Path) -> list[ListedDeparture]:
    """DEPARTURES.csv as records, in the file's order."""
    table = read_table(path, DEPARTURE_NEEDS, DEPARTURE_MAY_HAVE)
    tell_left_out(table, (*DEPARTURE_NEEDS, *DEPARTURE_MAY_HAVE))
    refuse_repeats(table, "departure_id")
    return [
        ListedDeparture(
            departure_id=line["departure_id"],
            departs_at=time_in(table, line, "departs_at"),
            muster_point=line["muster_point"] or None,
            seats=count_in(table, line, "seats"),
            stretcher_spaces=count_in(table, line, "stretcher_spaces") or 0,
            schemes=list_in(line, "schemes"),
        )
        for line in table
    ]


def read_reach(path: Path) -> dict[tuple[str, str], float | None]:
    """REACH.csv as hours by (place, muster point); a pair told twice must be told alike."""
    table = read_table(path, REACH_NEEDS)
    tell_left_out(table, REACH_NEEDS)
    hours: dict[tuple[str, str], float | None] = {}
    for line in table:
        pair = (id_in(table, line, "place"), id_in(table, line, "muster_point"))
        told = amount_in(table, line, "hours", most=LONGEST_WAY)
        if hours.get(pair, told) != told:
            raise table.refuse(
                line,
                "hours",
                "this place and muster point stood above with other hours",
                "Keep the line that is right; which one counts would be a guess.",
            )
        hours[pair] = told
    return hours


def read_locks(path: Path) -> list[Lock]:
    """LOCKS.csv as records."""
    table = read_table(path, LOCK_NEEDS)
    tell_left_out(table, LOCK_NEEDS)
    return [
        Lock(
            family_id=id_in(table, line, "family_id"),
            departure_id=id_in(table, line, "departure_id"),
            kind=_kind(table, line),
        )
        for line in table
    ]


def _kind(table: Table, line: Line) -> LockKind:
    told = line["kind"].lower()
    if told in tuple(LockKind):
        return LockKind(told)
    raise table.refuse(line, "kind", "a lock is of another kind", "Write must or never.")
