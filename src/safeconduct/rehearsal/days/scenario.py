"""A scenario made from a pack for the replay of its operation, and the numbers that no source gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import ceil
from typing import Any

from safeconduct.core.operation import Assumption, Departure, Operation, Reach
from safeconduct.core.sharing import share_of
from safeconduct.rehearsal.days.course import MOST_CALLS, MOST_READY_IN_VAIN
from safeconduct.rehearsal.days.records import Scenario

_ASSUMED: tuple[Assumption, ...] = (
    Assumption(
        name="decisions_each_day",
        value=12,
        sentence="We assume that a caseworker decides twelve pleas a day: forty minutes each, in a day of eight hours.",
    ),
    Assumption(
        name="no_show",
        value=0.15,
        sentence="We assume that of the families called forward, 15 in 100 do not come, on any day and from anywhere.",
    ),
    Assumption(
        name="standby_shows",
        value=0.70,
        sentence="We assume that of the families told to be ready without a promise of a seat, 70 in 100 come.",
    ),
    Assumption(
        name="standby_per_seat",
        value=0.35,
        sentence="We assume that for each 100 seats of a day, families of 35 people together are told to be ready.",
    ),
    Assumption(
        name="known_ahead_days",
        value=3,
        sentence="We assume that departures are known from the morning three days before they leave.",
    ),
    Assumption(
        name="list_closes_hours",
        value=24,
        sentence="We assume that a departure's list closes 24 hours before it leaves: nobody is called for it later.",
    ),
)

# What the days take for granted that no scenario changes.
PHYSICS: tuple[Assumption, ...] = (
    Assumption(
        name="most_calls",
        value=MOST_CALLS,
        sentence=(
            "We assume that a family is called forward at most twice in vain, and told to be ready in vain at most "
            f"{MOST_READY_IN_VAIN} times, and that a family which comes comes whole."
        ),
    ),
    Assumption(
        name="doubles_settled",
        value=0,
        sentence=(
            "We assume that nobody settles doubles: a plea that the matching takes for one already planned for waits, "
            "and one that it misses is found out when it is called and nobody comes."
        ),
    ),
    Assumption(
        name="rules_of_one_day",
        value=1,
        sentence=(
            "We assess every plea by the rules of one day, also those that arrive before it: what a scheme announced "
            "later counts from the first morning on."
        ),
    ),
    Assumption(
        name="ways_known_ahead",
        value=1,
        sentence=(
            "We assume that whoever knows of a departure knows which ways will be open on its day, and how long they "
            "take then: nobody is called over a way that closes before."
        ),
    ),
    Assumption(
        name="pleas_arrive_at",
        value=12,
        sentence="We take a plea to arrive at noon of its day. It can be decided from the next morning on.",
    ),
)

# A departure of fewer seats would leave large families behind for no reason of theirs: then flights of a day are put
# together. An assumption of ours.
LEAST_SEATS = 20

# Pleas for each person of a caseload, where the caseload is not made yet: two of a family of five.
PLEAS_PER_PERSON = 0.4


def assumed(operation: Operation) -> dict[str, Assumption]:
    """What a scenario takes where nothing else is told, by name: the pack's own number where it has one."""
    return {each.name: operation.assumptions.get(each.name, each) for each in _ASSUMED}


def scenario_of_pack(
    operation: Operation,
    *,
    people: int,
    share: float,
    seed: int = 1,
    pleas: int | None = None,
    **changes: Any,
) -> Scenario:
    """The operation again, from its first day to its last, with a caseload's share of its seats.

    Caseworkers are as many as decide every plea, evenly over the days (`pleas` None: as many as `people` would send).
    `changes` are fields of the scenario to set otherwise: they are told, and so no longer among its assumptions.
    """
    days = (operation.ends - operation.starts).days + 1
    numbers = assumed(operation)
    told = {name: changes.get(name, each.value) for name, each in numbers.items()}
    pleas = round(people * PLEAS_PER_PERSON) if pleas is None else pleas
    caseworkers = caseworkers_for(pleas, days, told["decisions_each_day"])
    departures = share_of(operation.departures, share, least=LEAST_SEATS)
    scenario = Scenario(
        operation=operation.code,
        starts=operation.starts,
        days=days,
        departures=departures,
        reach=reach_to(operation, departures),
        closings=(),
        caseworkers=int(caseworkers.value),
        decisions_each_day=numbers["decisions_each_day"].value,
        no_show=numbers["no_show"].value,
        standby_shows=numbers["standby_shows"].value,
        standby_per_seat=numbers["standby_per_seat"].value,
        known_ahead_days=int(numbers["known_ahead_days"].value),
        list_closes_hours=numbers["list_closes_hours"].value,
        seed=seed,
        assumptions=(),
    )
    every = {**numbers, caseworkers.name: caseworkers}
    taken = (each for name, each in every.items() if name not in changes)
    assumptions = (*taken, *PHYSICS, *_of_the_pack(operation))
    return replace(scenario, **{"assumptions": assumptions, **changes})


def caseworkers_for(pleas: int, days: int, decisions_each_day: float) -> Assumption:
    """As many as decide all these pleas in so many days, evenly."""
    count = max(1, ceil(pleas / max(1, days) / decisions_each_day))
    return Assumption(
        name="caseworkers",
        value=count,
        sentence=(
            f"We take {count} caseworkers: as many as decide {pleas} pleas in {days} days, each "
            f"{decisions_each_day:g} a day. Nobody published how many there were."
        ),
    )


def reach_to(operation: Operation, departures: Sequence[Departure]) -> tuple[Reach, ...] | None:
    """The pack's ways; None (every muster point at hand) where it knows none, or a departure leaves from elsewhere."""
    known = {point.code for point in operation.muster_points}
    if not operation.reach or not known.issuperset(each.muster_point for each in departures):
        return None
    return operation.reach


def _of_the_pack(operation: Operation) -> tuple[Assumption, ...]:
    """The pack's own assumptions on which seats and ways rest."""
    names = (
        "load_factor", "seats_per_aircraft", "need_people", "road_winding", "road_speed_kmh",
        "after_fall_multiple", "within_city_hours", "crossing_hours",
    )  # fmt: skip
    return tuple(operation.assumptions[name] for name in names if name in operation.assumptions)


def check_scenario(scenario: Scenario) -> None:
    """What every maker of scenarios sees to: rates between 0 and 1, nothing below nought, at least a day."""
    for rate in (scenario.no_show, scenario.standby_shows):
        assert 0 <= rate <= 1, "a rate is between 0 and 1"
    assert scenario.days >= 1, "a scenario has a day at least"
    assert scenario.caseworkers >= 0, "there are no fewer caseworkers than none"
    assert scenario.decisions_each_day >= 0, "nobody decides fewer than no pleas"
    assert scenario.standby_per_seat >= 0, "there are no fewer on standby than nobody"
    assert scenario.known_ahead_days >= 0, "a departure is known before it has left"
    assert all(each.seats >= 0 for each in scenario.departures), (
        "there are no fewer seats than none"
    )
    assert all(each.departs_at.tzinfo is None for each in scenario.departures), (
        "times have no offset"
    )
