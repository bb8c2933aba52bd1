"""Departures: those a pack lists, or seats made from the published daily counts by a stated load factor."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, time, timedelta
from fractions import Fraction
from importlib.resources.abc import Traversable
from math import ceil
from pathlib import Path

from safeconduct.core.errors import NotADate, NumberOutOfRange
from safeconduct.core.operation import Assumption, DailyCount, Departure, MusterPoint
from safeconduct.core.sharing import apportion, round_running
from safeconduct.packs.assumptions import assumed
from safeconduct.packs.located import Fields, Located
from safeconduct.packs.reading import read_csv
from safeconduct.packs.sources import Codes, known, known_all

_COLUMNS = (
    "departure_id", "departs_at", "muster_point", "seats", "stretcher_spaces", "schemes", "note",
    "source_url", "source_date", "verified",
)  # fmt: skip
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2})?")


def departures_of(
    file: Path | Traversable, muster_points: Collection[str], schemes: Collection[str]
) -> tuple[Departure, ...]:
    """The departures of departures.csv, in the public format (docs/formats.md), with `note` and source if wanted."""
    codes = Codes()
    required = ("departure_id", "departs_at", "muster_point", "seats")
    return tuple(
        Departure(
            departure_id=codes.take(row["departure_id"]),
            departs_at=_moment(row["departs_at"]),
            muster_point=known(row["muster_point"], muster_points, "muster_points.csv"),
            seats=row["seats"].whole(least=0),
            stretcher_spaces=row.whole("stretcher_spaces", least=0) or 0,
            schemes=known_all(row.get("schemes"), schemes, "schemes.yaml"),
            derived=row.text("note"),
        )
        for row in read_csv(file, _COLUMNS, required=required, of="a departure")
    )


def _moment(value: Located) -> datetime:
    written, at = value.text(), None
    if _MOMENT.fullmatch(written):
        with suppress(ValueError):  # the twenty-fifth hour
            at = datetime.fromisoformat(written)
    if at is None:
        advice = "Write day and time as 2021-08-21T14:30."
        value.refuse(NotADate, field=value.label, found=written[:60], advice=advice)
    return at


def load_factor_of(
    assumptions: Mapping[str, Assumption], operation: Fields
) -> tuple[Fraction, int]:
    """The share of seats that were taken, exactly, and the most seats that an aircraft has."""
    file, needed_for = operation.entry.file, "making departures from daily counts"
    factor = Fraction(str(assumed(assumptions, "load_factor", needed_for, file)))
    seats = int(assumed(assumptions, "seats_per_aircraft", needed_for, file))
    for name, fits, span in (
        ("load_factor", 0 < factor <= 1, "more than 0 and at most 1"),
        ("seats_per_aircraft", seats >= 1, "1 or more"),
    ):
        if not fits:
            operation["assumptions"].refuse(
                NumberOutOfRange, field=name, found=assumptions[name].value, range=span
            )
    return factor, seats


def made_departures(
    counts: Sequence[DailyCount],
    *,
    load_factor: Fraction,
    most_seats: int,
    muster_point: MusterPoint,
    schemes: tuple[str, ...],
) -> tuple[Departure, ...]:
    """Seats that must have left on each day with a count, in aircraft of at most `most_seats`, spread over the day.

    Seats are people over `load_factor`, rounded so that every running total is exact to half a seat.
    These are seats, not flights that flew: `derived` says how they were made. Infants count. A day
    without a count has no departures.
    """
    days = [(count, count.people) for count in counts if count.people]
    seats = round_running([Fraction(people) / load_factor for _, people in days])
    return tuple(
        departure
        for (count, people), of_day in zip(days, seats, strict=True)
        for departure in _of_day(
            count, people, of_day, load_factor, most_seats, muster_point, schemes
        )
    )


def _of_day(  # noqa: PLR0917 (one call, above)
    count: DailyCount,
    people: int,
    seats: int,
    load_factor: Fraction,
    most_seats: int,
    muster_point: MusterPoint,
    schemes: tuple[str, ...],
) -> Iterator[Departure]:
    derived = f"{people} people that day ({count.derived or 'as published'}) at {float(load_factor):.1%} of seats taken"
    if muster_point.closed and count.on > muster_point.closed:
        derived += f"; for people processed by {muster_point.closed}, the last day there"
    flights = ceil(seats / most_seats)
    if not flights:
        return
    apart = timedelta(days=1) / flights
    for number, of_flight in enumerate(apportion(seats, [1] * flights)):
        at = datetime.combine(count.on, time()) + apart * (number + 0.5)
        yield Departure(
            departure_id=f"{count.on}-{number + 1:02}",
            departs_at=at.replace(second=0, microsecond=0),
            muster_point=muster_point.code,
            seats=of_flight,
            schemes=schemes,
            derived=derived,
        )
