"""A made-up crisis of any size for the bench of seats: families, departures and the ways between them.

Every number here is an assumption of ours, chosen so that seats are as scarce, and families as many-sided, as a
plan for a real airlift would meet: about six people for each seat, families of five on average (3,600 relatives moved
beside 900 principals in August 2021), a quarter of all pairs of family and departure possible. The places and
muster points are nobody's. It measures a planner; it says nothing about any operation.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import dist
from typing import TypeVar

from safeconduct.core.allocation import Hours, ListedDeparture, SeatFamily
from safeconduct.core.sharing import apportion

Some = TypeVar("Some")

BEGINS = datetime(2021, 8, 15)  # noqa: DTZ001 (times of a made-up crisis share one zone without a name)
DAYS = 14
DEPARTURES = 60
SEATS_PER_FAMILY = 0.817
STRETCHERS_PER_SEAT = 0.025
PLACES, MUSTER_POINTS = 34, 4
SCHEMES = ("A", "B", "C", "D")
SCHEMES_EACH = {0: 15, 1: 65, 2: 20}
STRETCHERS_EACH = {0: 950, 1: 45, 2: 5}
# People in a family, and how often: the mean is 4.95.
SIZES = {1: 9, 2: 10, 3: 11, 4: 13, 5: 16, 6: 16, 7: 11, 8: 7, 9: 4, 10: 2, 12: 1}
# What a member counts for by the family's band, and how often a family is in it.
BAND_POINTS = {100.0: 6, 60.0: 14, 30.0: 30, 10.0: 50}
# What a member counts for beside that at most, by age, health and danger: drawn evenly.
EXTRA_POINTS = 40
# People aboard one aircraft, and how often such a one leaves; scaled to the seats there are.
SEATS_ABOARD = {60: 15, 116: 20, 138: 20, 265: 25, 436: 20}
DECAY_AT_MOST = 0.10


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatCase:
    """What `plan_seats` is asked. The families stand in the order in which they came."""

    families: tuple[SeatFamily, ...]
    departures: tuple[ListedDeparture, ...]
    reach: Hours


def made_seats(families: int, seed: int, *, decay: bool = False) -> SeatCase:
    """So many families for 60 departures, fewer where the families are few. With `decay` each family is worth up to
    a tenth less with every day (on average a twentieth).
    """
    chance = random.Random(seed)  # noqa: S311 (a made-up crisis, not a secret)
    count = min(DEPARTURES, max(3, families // 50))
    reach = _ways(chance)
    departures = _departures(chance, count, seats=round(families * SEATS_PER_FAMILY))
    asking = tuple(_family(chance, number, decay=decay) for number in range(families))
    return SeatCase(families=asking, departures=departures, reach=reach)


def drawn(chance: random.Random, weights: Mapping[Some, int]) -> Some:
    """One of the keys, each as often as its weight says."""
    return chance.choices(list(weights), weights=list(weights.values()))[0]


def _ways(chance: random.Random) -> Hours:
    """Hours from each place to those muster points that lie within fourteen hours: places strewn over a square
    of a thousand kilometres, roads at 40 km an hour.
    """
    points = [(chance.uniform(0, 1000), chance.uniform(0, 1000)) for _ in range(MUSTER_POINTS)]
    ways: dict[tuple[str, str], float | None] = {}
    for place in range(PLACES):
        here = (chance.uniform(0, 1000), chance.uniform(0, 1000))
        for number, there in enumerate(points):
            hours = round(dist(here, there) / 40, 1)
            if hours <= 14:
                ways[f"P{place}", f"M{number}"] = hours
    return ways


def _departures(chance: random.Random, count: int, seats: int) -> tuple[ListedDeparture, ...]:
    aboard = [drawn(chance, SEATS_ABOARD) for _ in range(count)]
    shares = apportion(seats, aboard)
    lying = apportion(round(seats * STRETCHERS_PER_SEAT), aboard)
    minutes = sorted(chance.randrange(DAYS * 24 * 60) for _ in range(count))
    return tuple(
        ListedDeparture(
            departure_id=f"D{number}",
            departs_at=BEGINS + timedelta(minutes=at),
            muster_point=f"M{chance.randrange(MUSTER_POINTS)}",
            seats=shares[number],
            stretcher_spaces=lying[number],
            schemes=() if chance.random() < 0.4 else (chance.choice(SCHEMES),),
        )
        for number, at in enumerate(minutes)
    )


def _family(chance: random.Random, number: int, *, decay: bool) -> SeatFamily:
    size = drawn(chance, SIZES)
    points = drawn(chance, BAND_POINTS)
    late = timedelta(minutes=chance.randrange(10 * 24 * 60))
    ready = BEGINS + late if chance.random() < 0.7 else None
    leave = (ready or BEGINS) + timedelta(days=chance.randint(2, 10))
    return SeatFamily(
        family_id=f"F{number}",
        size=size,
        priority=sum(points + chance.randint(0, EXTRA_POINTS) for _ in range(size)),
        ready_at=ready,
        leave_by=leave if chance.random() < 0.1 else None,
        place=f"P{min(chance.randrange(PLACES), chance.randrange(PLACES))}",
        schemes=tuple(chance.sample(SCHEMES, drawn(chance, SCHEMES_EACH))),
        stretchers=drawn(chance, STRETCHERS_EACH),
        decay_per_day=chance.uniform(0, DECAY_AT_MOST) if decay else 0.0,
    )
