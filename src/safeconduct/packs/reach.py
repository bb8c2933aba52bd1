"""Hours from each province to each muster point, by interval of days.

reach.csv holds what a source gives or the pack's author assumes. What it leaves out is derived from
the straight line between capitals and the pack's assumptions, and marked as not verified. A province
whose capital has no coordinates stays without hours: unreachable as far as is known.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources.abc import Traversable
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

from safeconduct.core.facts import Source
from safeconduct.core.operation import Assumption, Fall, MusterPoint, Province, Reach
from safeconduct.packs.assumptions import assumed
from safeconduct.packs.country import PROVINCES
from safeconduct.packs.days import check_apart, check_order
from safeconduct.packs.reading import read_csv
from safeconduct.packs.sources import SOURCE_COLUMNS, known, source_of

_COLUMNS = ("province", "muster_point", "hours", "from_date", "to_date", *SOURCE_COLUMNS)
_NAMES = (
    "road_winding", "road_speed_kmh", "after_fall_multiple", "within_city_hours", "crossing_hours"
)  # fmt: skip
_EARTH_KM = 6371.0  # mean radius
_DAY = timedelta(days=1)


def reach_of(
    file: Path | Traversable, provinces: Collection[str], muster_points: Collection[str]
) -> tuple[Reach, ...]:
    """Hours as the file gives them: one number a day for a province and a muster point."""
    required = ("province", "muster_point", "hours")
    rows = read_csv(file, _COLUMNS, required=required, of="a reach")
    for row in rows:
        check_order(row, "from_date", "to_date")
    ways = ((f"{row.text('province')} to {row.text('muster_point')}", row) for row in rows)
    check_apart(ways, "from_date", "to_date")
    return tuple(
        Reach(
            province=known(row["province"], provinces, PROVINCES),
            muster_point=known(row["muster_point"], muster_points, "muster_points.csv"),
            hours=row["hours"].number(least=0),
            from_date=row.date("from_date"),
            to_date=row.date("to_date"),
            source=source_of(row),
        )
        for row in rows
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Roads:
    """What is assumed of roads. `crossing_hours` is the way across the muster point's city after that city fell."""

    road_winding: float
    road_speed_kmh: float
    after_fall_multiple: float
    within_city_hours: float
    crossing_hours: float
    note: str

    def hours(self, km: float, *, fallen: bool, city_fallen: bool) -> float:
        """Hours on the road and across the city, to the half hour."""
        road = km * self.road_winding / self.road_speed_kmh
        road *= self.after_fall_multiple if fallen else 1
        city = self.crossing_hours if city_fallen else self.within_city_hours
        return round((road + city) * 2) / 2


def roads_of(assumptions: Mapping[str, Assumption], operation: str) -> Roads | None:
    """The assumptions on roads; None where the pack states none of them.

    Raises NoAssumption where it states only some.
    """
    if not any(name in assumptions for name in _NAMES):
        return None
    needed_for = "hours from a province to a muster point"
    values = {name: assumed(assumptions, name, needed_for, operation) for name in _NAMES}
    note = " ".join(["Assumption.", *(assumptions[name].sentence for name in _NAMES)])
    return Roads(**values, note=note)


def derived_reach(
    provinces: Sequence[Province],
    falls: Sequence[Fall],
    muster_points: Sequence[MusterPoint],
    roads: Roads,
    *,
    ends: date,
) -> Iterator[Reach]:
    """Hours from every province whose capital's place is known, up to the muster point's last day (or `ends`).

    Three kinds of days: before the province fell; after; and after the day on which the muster point's own city fell.
    """
    fell = {fall.pcode: fall.fell_on for fall in falls}
    by_code = {province.pcode: province for province in provinces}
    source = Source(url=None, verified=False, note=roads.note)
    for point in muster_points:
        last = min(point.closed or ends, ends)
        for province in provinces:
            km = km_between(province, by_code[point.province])
            if km is None:
                continue
            crossing_from = fell[point.province] + _DAY if point.province in fell else None
            intervals = _intervals(
                km, roads, fell_on=fell.get(province.pcode), crossing_from=crossing_from, last=last
            )
            for hours, first_day, last_day in intervals:
                yield Reach(
                    province=province.pcode,
                    muster_point=point.code,
                    hours=hours,
                    from_date=first_day,
                    to_date=last_day,
                    source=source,
                )


def _intervals(
    km: float, roads: Roads, *, fell_on: date | None, crossing_from: date | None, last: date
) -> Iterator[tuple[float, date | None, date]]:
    """Hours with their first and last day; days on which nothing changes are one interval."""
    changes = sorted({day for day in (fell_on, crossing_from) if day and day <= last})
    start, hours = None, roads.hours(km, fallen=False, city_fallen=False)
    for day in changes:
        fallen = bool(fell_on and day >= fell_on)
        now = roads.hours(
            km, fallen=fallen, city_fallen=bool(crossing_from and day >= crossing_from)
        )
        if now != hours:
            yield hours, start, day - _DAY
            start, hours = day, now
    yield hours, start, last


def km_between(one: Province, other: Province) -> float | None:
    """The straight line between two capitals (haversine, on a sphere); None where a place is unknown."""
    if one.pcode == other.pcode:
        return 0.0
    if (
        one.capital_latitude is None
        or one.capital_longitude is None
        or other.capital_latitude is None
        or other.capital_longitude is None
    ):
        return None
    north, east = radians(one.capital_latitude), radians(one.capital_longitude)
    to_north, to_east = radians(other.capital_latitude), radians(other.capital_longitude)
    chord = sin((to_north - north) / 2) ** 2
    chord += cos(north) * cos(to_north) * sin((to_east - east) / 2) ** 2
    return 2 * _EARTH_KM * asin(sqrt(chord))
