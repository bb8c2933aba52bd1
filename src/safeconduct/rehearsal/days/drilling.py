"""A drill's scenario: what was asked for, and beside it what was chosen where nothing was, each choice an assumption.

A pack need not know departures, muster points or ways: then seats leave from one muster point, to which every family
is at hand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from math import ceil

from safeconduct.core.facts import Source
from safeconduct.core.operation import Assumption, Departure, Operation, Reach
from safeconduct.core.sharing import apportion, round_running
from safeconduct.packs.caseload.records import Arrivals, CaseloadModel
from safeconduct.rehearsal.days.more import going_on
from safeconduct.rehearsal.days.records import Scenario
from safeconduct.rehearsal.days.scenario import PHYSICS, assumed, caseworkers_for, reach_to
from safeconduct.rehearsal.days.scenario_file import Drill, starts_of

# Where a pack has no departures: seats for half of the people, for a month in which not everybody can go.
SEATS_FOR = Fraction(1, 2)
# Nobody sends a departure too small for a family: small shares of seats are put together to this many.
FEWEST = 20
# The pack's own assumptions on which its seats and its ways rest, where it states them.
OF_SEATS = ("load_factor", "need_people")
OF_WAYS = (
    "road_winding", "road_speed_kmh", "after_fall_multiple", "within_city_hours", "crossing_hours"
)  # fmt: skip
A_PLACE = "the muster point"
AS_ASKED = "As was asked for in this drill."
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What a drill is made for: an operation, its days, the caseload's people and pleas, and its
    share of the pack's seats (0 to 1)."""

    drill: Drill
    operation: Operation
    people: int
    pleas: int
    share: float
    seed: int

    @property
    def days(self) -> tuple[date, ...]:
        starts = starts_of(self.drill, self.operation)
        return tuple(starts + DAY * each for each in range(self.drill.days or 1))


def with_arrivals(model: CaseloadModel, drill: Drill, operation: Operation) -> CaseloadModel:
    """The caseload's model with the drill's arrivals in place of the pack's. A model tells days from
    the operation's first, and the drill's first day is that day to it.
    """
    if not drill.arrivals:
        return model
    source = Source(url=None, verified=False, note="Told by the drill's scenario.")
    starts, total = starts_of(drill, operation), sum(drill.arrivals.values())
    arrivals = (
        Arrivals(on=operation.starts + (on - starts), share=weight / total, source=source)
        for on, weight in sorted(drill.arrivals.items())
    )
    return replace(model, arrivals=tuple(arrivals))


def drill_scenario(means: Means) -> Scenario:
    """The scenario of a drill. Its assumptions say of every number where it is from: told, or chosen
    and why."""
    drill, operation = means.drill, means.operation
    point, point_said = _muster_point(means)
    seats, seats_said = _seats(means)
    most, most_said = _most_aboard(means)
    schemes, schemes_said = _schemes(means)
    departures = tuple(_departures(seats, most, point, schemes))
    reach, ways_said = _ways(means, departures)
    numbers = {name: _told(drill, each) for name, each in assumed(operation).items()}
    caseworkers = _caseworkers(means, numbers["decisions_each_day"].value)
    said = (*seats_said, *most_said, *point_said, *schemes_said, *ways_said, *_arrivals_said(means))
    return Scenario(
        operation=operation.code,
        starts=means.days[0],
        days=len(means.days),
        departures=departures,
        reach=reach,
        closings=drill.closings,
        caseworkers=int(caseworkers.value),
        decisions_each_day=numbers["decisions_each_day"].value,
        no_show=numbers["no_show"].value,
        standby_shows=numbers["standby_shows"].value,
        standby_per_seat=numbers["standby_per_seat"].value,
        known_ahead_days=int(numbers["known_ahead_days"].value),
        list_closes_hours=numbers["list_closes_hours"].value,
        seed=means.seed,
        assumptions=(*said, caseworkers, *numbers.values(), *PHYSICS),
    )


def _told(drill: Drill, otherwise: Assumption) -> Assumption:
    """The drill's own number under this name, or the one that is assumed otherwise."""
    value: float | None = getattr(drill, otherwise.name)
    if value is None:
        return otherwise
    return replace(otherwise, value=value, sentence=AS_ASKED)


def _caseworkers(means: Means, decisions_each_day: float) -> Assumption:
    if means.drill.caseworkers is None:
        return caseworkers_for(means.pleas, len(means.days), decisions_each_day)
    return Assumption(
        name="caseworkers",
        value=means.drill.caseworkers,
        sentence=AS_ASKED,
    )


def _seats(means: Means) -> tuple[dict[date, int], tuple[Assumption, ...]]:
    """Seats by day: as told; else the mean of the pack's departures for this share; else for half of the people."""
    drill, days = means.drill, means.days
    if drill.seats_each_day is not None:
        return {day: drill.seats_on.get(day, drill.seats_each_day) for day in days}, ()
    pack = sum(each.seats for each in means.operation.departures)
    if pack:
        span = (means.operation.ends - means.operation.starts).days + 1
        each_day = Fraction(pack, span) * Fraction(means.share)
        why = f"as many as the pack's departures have on average, for a share of {means.share:.2%}"
    else:
        each_day = means.people * SEATS_FOR / len(days)
        why = "together for half of the people, for the pack knows no departures"
    of_pack = _of_the_pack(means.operation, OF_SEATS) if pack else ()
    seats = dict(zip(days, _together(round_running([each_day] * len(days))), strict=True))
    said = Assumption(
        name="seats_a_day",
        value=round(float(each_day), 3),
        sentence=(
            f"We take {float(each_day):.1f} seats a day: {why}. Days with fewer than {FEWEST} wait for the next, so "
            f"that a family fits: {sum(seats.values())} seats leave on {sum(map(bool, seats.values()))} days."
        ),
    )
    return seats, (said, *of_pack)


def _of_the_pack(operation: Operation, names: Iterable[str]) -> tuple[Assumption, ...]:
    return tuple(operation.assumptions[name] for name in names if name in operation.assumptions)


def _together(seats: Iterable[int]) -> Iterator[int]:
    """Each day's seats, kept back until they are `FEWEST`; what is left over after the last such day leaves on the
    last day."""
    *days, last = seats
    kept = 0
    for each in days:
        kept += each
        yield kept if kept >= FEWEST else 0
        kept = 0 if kept >= FEWEST else kept
    yield kept + last


def _most_aboard(means: Means) -> tuple[int | None, tuple[Assumption, ...]]:
    """The most seats of one departure; None: each day has one departure."""
    if means.drill.seats_per_departure is not None:
        return means.drill.seats_per_departure, ()
    of_pack = means.operation.assumptions.get("seats_per_aircraft")
    return (int(of_pack.value), (of_pack,)) if of_pack else (None, ())


def _muster_point(means: Means) -> tuple[str, tuple[Assumption, ...]]:
    drill, operation = means.drill, means.operation
    if drill.muster_point is not None:
        return drill.muster_point, ()
    used = Counter(each.muster_point for each in operation.departures)
    if used or operation.muster_points:
        return (used.most_common(1)[0][0] if used else operation.muster_points[0].code), ()
    said = "The pack knows no muster point: we take one, from which every seat leaves."
    return A_PLACE, (Assumption(name="muster_points", value=1, sentence=said),)


def _schemes(means: Means) -> tuple[tuple[str, ...], tuple[Assumption, ...]]:
    """The schemes that the pack's departures take, where all take the same; otherwise seats are open to all."""
    if means.drill.schemes is not None:
        return means.drill.schemes, ()
    of_pack = {each.schemes for each in means.operation.departures}
    if len(of_pack) == 1:
        return of_pack.pop(), ()
    said = "We take every seat to be open to all who may be eligible for some scheme."
    return (), (Assumption(name="seats_open_to_all", value=1, sentence=said),)


def _departures(
    seats: dict[date, int], most: int | None, point: str, schemes: tuple[str, ...]
) -> Iterator[Departure]:
    """Each day's seats, in departures of alike size spread over the day."""
    for day, of_day in seats.items():
        flights = ceil(of_day / most) if most else 1
        for number, aboard in enumerate(apportion(of_day, [1] * flights) if of_day else ()):
            at = datetime.combine(day, time()) + DAY / flights * (number + 0.5)
            yield Departure(
                departure_id=f"{day}-{number + 1:02}",
                departs_at=at.replace(second=0, microsecond=0),
                muster_point=point,
                seats=aboard,
                schemes=schemes,
                derived="a drill",
            )


def _ways(
    means: Means, departures: tuple[Departure, ...]
) -> tuple[tuple[Reach, ...] | None, tuple[Assumption, ...]]:
    """The pack's ways. Those that end with the operation go on as they are: a closing is for the scenario to say."""
    operation = means.operation
    reach = reach_to(operation, departures)
    if reach is None:
        said = "The pack knows no ways to the muster point: every family is at hand."
        return None, (Assumption(name="hours_on_the_way", value=0, sentence=said),)
    points = {each.muster_point for each in departures}
    ends = [way.to_date for way in reach if way.muster_point in points]
    if any(day is None or day >= means.days[-1] for day in ends):
        return reach, _of_the_pack(operation, OF_WAYS)
    said = "Beyond the operation's days we take the ways to stay as they were, unless the scenario closes them."
    goes_on = Assumption(name="ways_go_on", value=1, sentence=said)
    return going_on(reach), (goes_on, *_of_the_pack(operation, OF_WAYS))


def _arrivals_said(means: Means) -> tuple[Assumption, ...]:
    if means.drill.arrivals:
        return ()
    said = "Pleas arrive as the pack's caseload tells, its first day being the drill's first day."
    return (Assumption(name="arrivals_of_pack", value=1, sentence=said),)
