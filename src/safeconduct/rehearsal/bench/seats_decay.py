"""The bench of seats where waiting costs: each family is worth up to a tenth less with every day."""

from __future__ import annotations

from dataclasses import replace

from safeconduct.rehearsal.bench import seats
from safeconduct.rehearsal.bench.made_seats import made_seats
from safeconduct.rehearsal.bench.records import Contest


def contest(size: int, seed: int) -> Contest:
    return seats.seats_contest(made_seats(size, seed, decay=True))


BENCH = replace(
    seats.BENCH,
    name="seats-decay",
    what="families to 60 departures, each worth less with every day it waits",
    contest=contest,
)
