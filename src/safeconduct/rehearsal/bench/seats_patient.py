"""The bench of seats with a patient rival: the solver has two minutes, ours its 20 seconds as ever."""

from __future__ import annotations

from dataclasses import replace

from safeconduct.rehearsal.bench import seats
from safeconduct.rehearsal.bench.made_seats import made_seats
from safeconduct.rehearsal.bench.records import Contest

SOLVER_SECONDS = 120.0


def contest(size: int, seed: int) -> Contest:
    return seats.seats_contest(made_seats(size, seed), solver_seconds=SOLVER_SECONDS)


BENCH = replace(
    seats.BENCH,
    name="seats-patient",
    what="families to 60 departures: ours in 20 seconds, the solver in two minutes",
    sizes=(20_000,),
    small=(120,),
    contest=contest,
    notes=(*seats.NOTES[:4], "HiGHS has the same pairs, two minutes and the same two threads."),
)
