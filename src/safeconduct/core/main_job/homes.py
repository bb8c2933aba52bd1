"""Which homes a caseload plans with, and how good each would be for a household."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from safeconduct.core.allocation import HomeLocality
from safeconduct.core.facts import Caller, Household
from safeconduct.core.operation import Locality, Operation
from safeconduct.core.sharing import apportion

# Used where a pack names no assumption of its own.
PEOPLE_PER_HOME = 6.0
A_HOME = 1.0
NEAR_THE_CALLER = 1.0


def offered_homes(operation: Operation, share: float) -> tuple[HomeLocality, ...]:
    """The caseload's share of a first year's places, as whole homes.

    Homes are shared out over the localities in proportion to their places by largest remainders
    (Hamilton's method), so that a small share is some whole homes in some places rather than a part
    of a home in each.
    """
    localities = operation.localities
    if not localities:
        return ()
    per_home = _assumed(operation, "people_per_home", PEOPLE_PER_HOME)
    places = [locality.people for locality in localities]
    homes = apportion(round(sum(places) * share / per_home), places)
    return tuple(
        HomeLocality(
            locality_id=called(locality, localities),
            people=min(locality.people, round(count * per_home)),
            resources={"homes": float(count), "large_homes": _large(locality, count, per_home)},
        )
        for locality, count in zip(localities, homes, strict=True)
    )


def called(locality: Locality, among: Sequence[Locality]) -> str:
    """What the planner calls a locality: its name, which its reasons tell a family; its code where two share a name."""
    alike = sum(each.name == locality.name for each in among)
    return locality.name if alike == 1 else locality.code


def _large(locality: Locality, homes: int, per_home: float) -> float | None:
    """Large homes among so many, in the locality's own proportion; None where it is not known."""
    if locality.large_homes is None:
        return None
    every = max(1, round(locality.people / per_home))
    return float(min(homes, -(-locality.large_homes * homes // every)))


def scores_of(
    households: Sequence[Household],
    callers: Mapping[str, Caller],
    operation: Operation,
) -> dict[tuple[str, str], float | None]:
    """A score for each household in each locality: a home is worth 1, and more in the caller's own region, where
    the family has somebody. An assumption, and a plain one: no evidence of which place serves whom best.
    """
    localities = operation.localities
    nearness = _assumed(operation, "home_near_caller", NEAR_THE_CALLER)
    region_of = {
        town.casefold(): locality.code for locality in localities for town in locality.towns
    }
    names = {locality.code: called(locality, localities) for locality in localities}
    scores: dict[tuple[str, str], float | None] = {}
    for household in households:
        town = callers[household.household_id].town
        near = region_of.get(town.strip().casefold()) if town else None
        for locality in localities:
            extra = nearness if locality.code == near else 0.0
            scores[household.household_id, names[locality.code]] = A_HOME + extra
    return scores


def _assumed(operation: Operation, name: str, otherwise: float) -> float:
    assumption = operation.assumptions.get(name)
    return assumption.value if assumption else otherwise
