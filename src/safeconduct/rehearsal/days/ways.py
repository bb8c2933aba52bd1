"""By when a family must set out to board a departure: schemes, ways and closings in one number.

A family may board where it shares a scheme with the departure (or that is open to all) and where a way leads from
its province to the muster point. The hours are those of the way as it is on the day of the departure: a way that takes
2 hours on one day may take 36 on another (core/main_job/plans.py has the same rule). Where the ways of a pack end
before the departure leaves (a muster point that took in nobody on its last day), the way that ended last counts, and
the family must be at the muster point by the end of that way's last day. A closing takes the departure away
altogether. A family whose province is not known reaches none, unless every muster point is at hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta

import numpy as np
from numpy.typing import NDArray

from safeconduct.core.operation import Departure, Reach
from safeconduct.rehearsal.days.records import Scenario

Seconds = NDArray[np.int64]

# Earlier than any morning: no way leads there.
NEVER = -(2**62)
HOUR, DAY = 3_600, 86_400

# What a family may board depends on these two alone: the province it is in, the schemes it may have.
Standing = tuple[str | None, tuple[str, ...]]


def seconds_at(moment: datetime, starts: date) -> int:
    """Whole seconds from the first morning of the scenario."""
    return round((moment - datetime.combine(starts, time())).total_seconds())


def latest_starts(
    scenario: Scenario, departures: Sequence[Departure], standings: Iterable[Standing]
) -> Seconds:
    """The last moment to set out for each departure, (standings, departures): seconds from the first morning.

    NEVER where the family may not board, or no way leads to it.
    """
    by_way: dict[tuple[str | None, int], int] = {}
    rows = []
    for province, schemes in standings:
        row = []
        for at, departure in enumerate(departures):
            latest = NEVER
            if not departure.schemes or not set(departure.schemes).isdisjoint(schemes):
                if (province, at) not in by_way:
                    by_way[province, at] = _latest(scenario, departure, province)
                latest = by_way[province, at]
            row.append(latest)
        rows.append(row)
    return np.array(rows, dtype=np.int64).reshape(len(rows), len(departures))


def _latest(scenario: Scenario, departure: Departure, province: str | None) -> int:
    day = departure.departs_at.date()
    for closing in scenario.closings:
        if (
            closing.on <= day
            and closing.province in {None, province}
            and closing.muster_point in {None, departure.muster_point}
        ):
            return NEVER
    leaves = seconds_at(departure.departs_at, scenario.starts)
    if scenario.reach is None:
        return leaves
    way = _way_on(scenario.reach, province, departure.muster_point, day)
    if way is None:
        return NEVER
    if way.to_date is not None and way.to_date < day:
        over = datetime.combine(way.to_date + timedelta(days=1), time())
        leaves = min(leaves, seconds_at(over, scenario.starts))
    return leaves - round(way.hours * HOUR)


def _way_on(
    reach: Iterable[Reach], province: str | None, muster_point: str, day: date
) -> Reach | None:
    """The way in force on a day, or else the one that ended last before it."""
    ways = [
        way
        for way in reach
        if way.province == province
        and way.muster_point == muster_point
        and (way.from_date is None or way.from_date <= day)
    ]
    return max(ways, key=lambda way: way.to_date or date.max, default=None)
