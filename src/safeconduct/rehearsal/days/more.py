"""A scenario with more of something: seats on every day, caseworkers for every plea, further days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import groupby
from math import ceil

from safeconduct.core.operation import Departure, Reach
from safeconduct.core.sharing import apportion
from safeconduct.rehearsal.days.records import Scenario


def with_seats(scenario: Scenario, seats: int) -> Scenario:
    """The scenario with so many seats on each day that has departures, shared out among them as they were."""
    departures: list[Departure] = []
    for _, of_day in groupby(_in_order(scenario), key=_day_of):
        group = list(of_day)
        shares = apportion(seats, [max(1, each.seats) for each in group])
        departures += (
            replace(each, seats=share) for each, share in zip(group, shares, strict=True)
        )
    return replace(scenario, departures=tuple(departures))


def with_further_days(scenario: Scenario, further: int) -> Scenario:
    """The scenario going on: its departures again from its first day on, its ways as on its last day."""
    last = scenario.starts + timedelta(days=scenario.days - 1)
    ends = last + timedelta(days=further)
    departures = list(scenario.departures)
    for again in range(1, ceil(further / scenario.days) + 1):
        later = timedelta(days=again * scenario.days)
        departures += (
            replace(
                each,
                departure_id=f"{each.departure_id} again {again}",
                departs_at=each.departs_at + later,
            )
            for each in scenario.departures
            if each.departs_at.date() + later <= ends
        )
    return replace(
        scenario,
        days=scenario.days + further,
        departures=tuple(departures),
        reach=scenario.reach and going_on(scenario.reach),
    )


def going_on(reach: Sequence[Reach]) -> tuple[Reach, ...]:
    """The ways, of which those that end last of all to their muster point go on without an end: they end because nobody
    looked further. One that ended before others did was closed, and stays so.
    """
    last: dict[str, date] = {}
    for way in reach:
        if way.to_date is not None:
            last[way.muster_point] = max(way.to_date, last.get(way.muster_point, way.to_date))
    return tuple(
        replace(way, to_date=None)
        if way.to_date is not None and way.to_date == last[way.muster_point]
        else way
        for way in reach
    )


def all_decided(scenario: Scenario, pleas: int) -> Scenario:
    """The scenario with caseworkers for so many pleas on one morning."""
    return replace(scenario, caseworkers=ceil(pleas / scenario.decisions_each_day) + 1)


def _in_order(scenario: Scenario) -> list[Departure]:
    return sorted(scenario.departures, key=lambda each: (each.departs_at, each.departure_id))


def _day_of(departure: Departure) -> date:
    return departure.departs_at.date()
