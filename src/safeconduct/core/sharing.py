"""Sharing whole things out so that nothing is lost to rounding: seats to a caseload, places to localities."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import accumulate, pairwise

from safeconduct.core.operation import Departure, Operation


def apportion(total: int, weights: Sequence[float | Fraction]) -> tuple[int, ...]:
    """`total` whole things in proportion to `weights`, by largest remainder (Hamilton); the shares add up to `total`.

    Equal remainders go to the earlier one. Raises ValueError for a negative weight, or for nothing to weigh by.
    """
    exact = [Fraction(weight) for weight in weights]
    if not exact or min(exact) < 0 or sum(exact) == 0:
        raise ValueError("sharing out needs weights of at least 0, and one above it")
    shares = [total * weight / sum(exact) for weight in exact]
    whole = [int(share) for share in shares]
    by_remainder = sorted(
        range(len(shares)), key=lambda i: whole[i] - shares[i]
    )  # stable: earlier first
    for i in by_remainder[: total - sum(whole)]:
        whole[i] += 1
    return tuple(whole)


def round_running(amounts: Sequence[Fraction]) -> tuple[int, ...]:
    """Each amount as a whole number, rounded so that every running total is within half of the exact one."""
    totals = [int(total + Fraction(1, 2)) for total in accumulate(amounts)]
    return tuple(now - before for before, now in zip([0, *totals], totals, strict=False))


def share_for(operation: Operation, people: int) -> float:
    """Seats in proportion to people over the published need (docs/decisions/0004); 1 where no need
    was published.
    """
    lowest = [each.low for each in operation.estimates if each.code == operation.need and each.low]
    return min(1.0, people / lowest[0]) if lowest else 1.0


def share_of(
    departures: Sequence[Departure], share: float | Fraction, *, least: int | None = None
) -> tuple[Departure, ...]:
    """A caseload's share of the seats: whole seats, the total exact to one seat.

    Departures of one day that leave from the same muster point for the same schemes become one, at the last one's time;
    with `least`, as many as have so many seats each, so that a large share of many flights stays many flights.
    A day whose share comes to no whole seat is left out; what it is owed counts for the next (running rounding).
    `share` is 0 to 1: for example a caseload's people over all who need a seat. Raises ValueError outside that.
    """
    part = Fraction(share)
    if not 0 <= part <= 1:
        raise ValueError("a share of the seats is between 0 and 1")
    days: dict[tuple[object, ...], list[Departure]] = defaultdict(list)
    for departure in sorted(departures, key=lambda each: (each.departs_at, each.departure_id)):
        kind = (departure.departs_at.date(), departure.muster_point, departure.schemes)
        days[kind].append(departure)
    of_days = round_running([sum(each.seats for each in group) * part for group in days.values()])
    groups = [
        run
        for group, seats in zip(days.values(), of_days, strict=True)
        for run in _runs(group, seats // least if least else 1)
    ]
    seats = round_running([sum(each.seats for each in group) * part for group in groups])
    stretchers = round_running(
        [sum(each.stretcher_spaces for each in group) * part for group in groups]
    )
    return tuple(
        _merged(group, seats=some, stretchers=min(some, lying), part=part, number=number)
        for number, (group, some, lying) in enumerate(zip(groups, seats, stretchers, strict=True))
        if some
    )


def _runs(group: Sequence[Departure], wanted: int) -> list[list[Departure]]:
    """The departures of a day, in order of time, in so many runs of about equal number (at least one)."""
    count = max(1, min(wanted, len(group)))
    starts = [len(group) * place // count for place in range(count + 1)]
    return [list(group[first:last]) for first, last in pairwise(starts)]


def _merged(
    group: Sequence[Departure], *, seats: int, stretchers: int, part: Fraction, number: int
) -> Departure:
    last = group[-1]
    day = last.departs_at.date().isoformat()
    of = sum(each.seats for each in group)
    flights = f"{len(group)} departure{'' if len(group) == 1 else 's'}"
    return replace(
        last,
        departure_id=f"{day}-{number + 1:02}",
        seats=seats,
        stretcher_spaces=stretchers,
        derived=f"{seats} of {of} seats on {flights} that day: a share of {float(part):.3%}",
    )
