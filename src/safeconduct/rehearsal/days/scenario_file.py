"""A drill's scenario as a file of YAML (docs/formats.md, "drill"): every field may be left out.

A day is written as a date or as its number, counted from 1. What the file leaves out stays None
here; `drilling` fills it and says what it chose.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from importlib.resources.abc import Traversable
from pathlib import Path

from safeconduct.core.errors import (
    DayOutsideDrill,
    MoreDaysThanDrill,
    NumberOutOfRange,
    RepeatedCode,
    UnknownField,
)
from safeconduct.core.operation import Operation
from safeconduct.packs.located import Fields, Located, did_you_mean
from safeconduct.packs.reading import read_yaml
from safeconduct.packs.sources import known, known_all
from safeconduct.rehearsal.days.records import Closing

FIELDS = (
    "starts", "days", "seats", "seats_per_departure", "muster_point", "schemes", "closings",
    "arrivals", "caseworkers", "decisions_each_day", "no_show", "standby_shows", "standby_per_seat",
    "known_ahead_days", "list_closes_hours",
)  # fmt: skip
EACH_DAY = "each_day"
EVERYWHERE = EVERYBODY = "all"
# A drill of more days than a year, or of more of anything than this, would be a slip.
MOST_DAYS = 366
MOST = 1_000_000
FIRST_YEAR, LAST_YEAR = 1950, 2950


@dataclass(frozen=True, slots=True, kw_only=True)
class Drill:
    """What a drill is asked for. None (an empty tuple, an empty mapping) leaves the choice to
    `drilling`.

    `seats_on` tells of single days, `seats_each_day` of all others. `arrivals` are weights: on a
    day with twice as much, twice as many pleas arrive.
    """

    starts: date | None = None
    days: int | None = None
    seats_each_day: int | None = None
    seats_on: Mapping[date, int] = field(default_factory=dict)
    seats_per_departure: int | None = None
    muster_point: str | None = None
    schemes: tuple[str, ...] | None = None
    closings: tuple[Closing, ...] = ()
    arrivals: Mapping[date, float] = field(default_factory=dict)
    caseworkers: int | None = None
    decisions_each_day: float | None = None
    no_show: float | None = None
    standby_shows: float | None = None
    standby_per_seat: float | None = None
    known_ahead_days: int | None = None
    list_closes_hours: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Calendar:
    """The days of a drill."""

    starts: date
    days: int

    @property
    def last(self) -> date:
        return self.starts + timedelta(days=self.days - 1)

    def day(self, value: Located, *, also_before: bool = False) -> date:
        """The day that a text names, by its date or its number."""
        written = value.text()
        if written.isascii() and written.isdigit() and len(written) <= 4:
            number = int(written)
            on = self.starts + timedelta(days=number - 1) if 1 <= number <= self.days else None
        else:
            on = value.date()
            early = on < self.starts and not also_before
            on = None if early or on > self.last else on
        if on is None:
            raise DayOutsideDrill(
                file=value.file,
                line=value.line,
                field=value.label,
                found=written,
                first=self.starts,
                last=self.last,
                days=self.days,
            )
        return on


def starts_of(drill: Drill, operation: Operation) -> date:
    """The first day: as told, or else the operation's; where no scheme is open by then, the first day that one is."""
    if drill.starts is not None:
        return drill.starts
    if any(scheme.is_open(operation.starts) is not False for scheme in operation.schemes):
        return operation.starts
    opening = (each.opened for each in operation.schemes if each.opened is not None)
    return min((day for day in opening if day > operation.starts), default=operation.starts)


def read_scenario(
    file: Path | Traversable, operation: Operation, *, days: int | None = None
) -> Drill:
    """The scenario in a file. `days`, where the command line gives them, count and not the file's.

    Raises BadPack's errors with file, line and mend; DayOutsideDrill and MoreDaysThanDrill. Without
    days from either, nothing that names a day can be read: the file's `days` is then asked for.
    """
    fields = read_yaml(file).fields(FIELDS, of="a scenario")
    told_days = fields.whole("days", least=1, most=MOST_DAYS)
    if days is None and told_days is None:
        fields["days"]  # refused here: it is missing
    starts = starts_of(Drill(starts=_starts(fields)), operation)
    calendar = _Calendar(starts=starts, days=days or told_days or 1)
    each_day, seats_on = _seats(fields.get("seats"), calendar)
    points = [point.code for point in operation.muster_points]
    point = fields.get("muster_point")
    if point is not None and points:
        known(point, points, "muster_points.csv")
    return Drill(
        starts=fields.date("starts"),
        days=days or told_days,
        seats_each_day=each_day,
        seats_on=seats_on,
        seats_per_departure=fields.whole("seats_per_departure", least=1, most=MOST),
        muster_point=fields.text("muster_point") or None,
        schemes=_schemes(fields.get("schemes"), operation),
        closings=tuple(_closings(fields, operation, calendar)),
        arrivals=_arrivals(fields.get("arrivals"), calendar),
        caseworkers=fields.whole("caseworkers", least=1, most=MOST),
        decisions_each_day=fields.number("decisions_each_day", least=0.1, most=1000),
        no_show=fields.number("no_show", least=0, most=1),
        standby_shows=fields.number("standby_shows", least=0, most=1),
        standby_per_seat=fields.number("standby_per_seat", least=0, most=10),
        known_ahead_days=fields.whole("known_ahead_days", least=0, most=MOST_DAYS),
        list_closes_hours=fields.number("list_closes_hours", least=0, most=24 * MOST_DAYS),
    )


def _starts(fields: Fields) -> date | None:
    """The first day, in a year for which calendars and ages can be reckoned."""
    starts = fields.date("starts")
    if starts is not None and not FIRST_YEAR <= starts.year <= LAST_YEAR:
        years = f"the years {FIRST_YEAR} to {LAST_YEAR}"
        fields["starts"].refuse(NumberOutOfRange, field="starts", found=starts, range=years)
    return starts


def _seats(value: Located | None, calendar: _Calendar) -> tuple[int | None, dict[date, int]]:
    """Seats of each day that is not told apart, and of those that are. A list or a mapping without
    `each_day` leaves no seats on the days it does not tell of.
    """
    if value is None:
        return None, {}
    if value.is_text:
        return value.whole(least=1, most=MOST), {}
    told = dict(value.pairs()).get(EACH_DAY) if value.is_mapping else None
    each_day = told.whole(least=0, most=MOST) if told else 0
    on = {day: seats.whole(least=0, most=MOST) for day, seats in _by_day(value, calendar)}
    if not any(on.values()) and not each_day:
        value.refuse(NumberOutOfRange, field=value.label, found=0, range="1 or more on some day")
    return each_day, on


def _arrivals(value: Located | None, calendar: _Calendar) -> dict[date, float]:
    if value is None:
        return {}
    on = {day: weight.number(least=0, most=1e9) for day, weight in _by_day(value, calendar)}
    if not any(on.values()):
        value.refuse(NumberOutOfRange, field=value.label, found=0, range="above 0 on some day")
    return on


def _by_day(value: Located, calendar: _Calendar) -> Iterator[tuple[date, Located]]:
    """What a list tells of the first days, or a mapping of the days it names; each day once."""
    if not value.is_mapping:
        items = value.items()
        if len(items) > calendar.days:
            raise MoreDaysThanDrill(
                file=value.file,
                line=value.key_line,
                field=value.label,
                told=len(items),
                days=calendar.days,
            )
        yield from ((calendar.starts + timedelta(days=at), each) for at, each in enumerate(items))
        return
    lines: dict[date, int] = {}
    for name, each in value.pairs():
        if name == EACH_DAY and value.label == "seats":
            continue
        told = replace(each, value=name, line=each.key_line, label=value.label)
        if not name[:1].isdigit():
            advice = f"Write a day as 2031-05-07, or its number from 1 to {calendar.days}."
            near = did_you_mean(name, (EACH_DAY,), what="Beside days it may be")
            told.refuse(UnknownField, found=name, of=value.label, advice=f"{near} {advice}")
        on = calendar.day(told)
        if on in lines:
            told.refuse(RepeatedCode, field="day", found=name, first_line=lines[on])
        lines[on] = each.key_line
        yield on, each


def _closings(fields: Fields, operation: Operation, calendar: _Calendar) -> Iterator[Closing]:
    """Ways that close. One may have closed before the drill begins."""
    provinces = [province.pcode for province in operation.provinces]
    points = [point.code for point in operation.muster_points]
    for item in fields.items("closings"):
        told = item.fields(
            ("on", "province", "muster_point", "why"),
            required=("on", "province"),
            of="a closing",
        )
        on = calendar.day(told["on"], also_before=True)
        point = told.get("muster_point")
        yield Closing(
            on=on,
            province=_one_or_all(told["province"], provinces, "provinces.csv"),
            muster_point=None if point is None else _one_or_all(point, points, "muster_points.csv"),
            why=told.text("why"),
        )


def _one_or_all(value: Located, codes: Collection[str], within: str) -> str | None:
    """One of the codes, or None for all. A pack without any may be drilled with one of any name."""
    if value.text() == EVERYWHERE:
        return None
    return known(value, codes, within) if codes else value.text()


def _schemes(value: Located | None, operation: Operation) -> tuple[str, ...] | None:
    """The schemes for which seats are; none for seats that are open to everybody eligible."""
    if value is None:
        return None
    if value.is_text and value.text() == EVERYBODY:
        return ()
    return known_all(value, [scheme.code for scheme in operation.schemes], "schemes.yaml")
