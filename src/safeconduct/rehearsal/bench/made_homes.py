"""A made-up year of placements of any size for the bench of homes: families, localities and scores.

Every number here is an assumption of ours: homes for four people in five, localities of very unequal size, and
scores that are the chance that the family's adults find work, as the scores in print are (Ahani and others, 2021).
The localities are nobody's. It measures a planner; it says nothing of where anybody should live.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from safeconduct.core.allocation import HomeFamily, HomeLocality
from safeconduct.core.sharing import apportion
from safeconduct.rehearsal.bench.made_seats import SIZES, drawn

LOCALITIES = 330
PLACES_PER_PERSON = 0.8
# The share of localities that could take a family: those with its language, its kind of home, its doctor.
COMPATIBLE = 0.375
# Bedrooms, school places and places with a doctor for each of a locality's places, on average.
ROOM = {"bedrooms": 0.62, "school": 0.36, "medical": 0.10}
# Trades, which do well in some localities and badly in others.
TRADES = 12
MEDICAL = {0: 75, 1: 20, 2: 5}


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeCase:
    """What `plan_homes` is asked. The families stand in the order in which they arrived."""

    families: tuple[HomeFamily, ...]
    localities: tuple[HomeLocality, ...]
    scores: dict[tuple[str, str], float | None]


def made_homes(families: int, seed: int) -> HomeCase:
    """So many families for 330 localities of four resources, fewer localities where the families are few."""
    chance = random.Random(seed)  # noqa: S311 (a made-up year, not a secret)
    asking = tuple(_family(chance, number) for number in range(families))
    people = sum(family.size or 0 for family in asking)
    offering = _localities(
        chance, min(LOCALITIES, max(4, families // 4)), people=round(people * PLACES_PER_PERSON)
    )
    return HomeCase(families=asking, localities=offering, scores=_scores(chance, asking, offering))


def _family(chance: random.Random, number: int) -> HomeFamily:
    size = drawn(chance, SIZES)
    children = sum(chance.random() < 0.5 for _ in range(size - 1))
    needs: dict[str, float | None] = {
        "bedrooms": float((size + 2) // 2),
        "school": float(sum(chance.random() < 0.7 for _ in range(children))),
        "medical": float(drawn(chance, MEDICAL)),
    }
    return HomeFamily(family_id=f"F{number}", size=size, needs=needs)


def _localities(chance: random.Random, count: int, *, people: int) -> tuple[HomeLocality, ...]:
    """Places shared out by a skewed draw: a few large towns, many small ones."""
    places = apportion(people, [chance.lognormvariate(0, 0.9) for _ in range(count)])
    return tuple(
        HomeLocality(
            locality_id=f"L{number}",
            people=some,
            resources={
                name: float(round(some * share * chance.uniform(0.7, 1.3)))
                for name, share in ROOM.items()
            },
        )
        for number, some in enumerate(places)
    )


def _scores(
    chance: random.Random, families: tuple[HomeFamily, ...], localities: tuple[HomeLocality, ...]
) -> dict[tuple[str, str], float | None]:
    """The expected number of adults in work: one or two adults, each with a chance by trade and locality and one
    of their own; only for those localities that could take the family.
    """
    known = {
        (trade, locality.locality_id): chance.uniform(0.05, 0.6)
        for trade in range(TRADES)
        for locality in localities
    }
    scores: dict[tuple[str, str], float | None] = {}
    for family in families:
        trades = [chance.randrange(TRADES) for _ in range(min(2, family.size or 1))]
        fitness = chance.uniform(0.6, 1.2)
        for locality in localities:
            if chance.random() < COMPATIBLE:
                there = sum(known[trade, locality.locality_id] for trade in trades)
                own = chance.uniform(0.9, 1.1)
                scores[family.family_id, locality.locality_id] = round(there * fitness * own, 4)
    return scores
