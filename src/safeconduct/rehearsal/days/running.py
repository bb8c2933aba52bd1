"""One policy, day by day.

Each day: in the morning the pleas that arrived by then are known, so many are decided, families are called forward and
told to be ready; then the day's departures leave; at its end those who were not needed go home, and the others wait.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from safeconduct.rehearsal.days.boarding import Tally, close_day, depart
from safeconduct.rehearsal.days.calling import call
from safeconduct.rehearsal.days.course import Course, course_of
from safeconduct.rehearsal.days.deciding import decide, receive
from safeconduct.rehearsal.days.ground import Ground, ground_of
from safeconduct.rehearsal.days.outcome import outcome_from
from safeconduct.rehearsal.days.records import Day, Outcome, Policy, Prepared, Scenario
from safeconduct.rehearsal.days.ways import DAY

Clock = Callable[[], float]


def outcome_of(
    prepared: Prepared, scenario: Scenario, policy: Policy, *, bound: float, clock: Clock
) -> Outcome:
    """What came of a policy over the scenario's days. `bound` is hindsight's; `clock` tells seconds."""
    return outcome_on(ground_of(prepared, scenario), policy, bound=bound, clock=clock)


def outcome_on(ground: Ground, policy: Policy, *, bound: float, clock: Clock) -> Outcome:
    """The same over a ground that is laid out already, for several policies."""
    began = clock()
    course, days = run_through(ground, policy)
    return outcome_from(course, days, bound=bound, seconds=clock() - began)


def run_through(ground: Ground, policy: Policy) -> tuple[Course, tuple[Day, ...]]:
    """All the days under one policy."""
    course = course_of(ground, policy)
    scenario = ground.scenario
    each_day = scenario.caseworkers * scenario.decisions_each_day
    days, pleas = [], 0
    for day in range(len(ground.dates)):
        morning = day * DAY
        pleas += receive(course, morning)
        # A part of a plea is carried over to the next day, idle hours are not.
        most = _whole(each_day * (day + 1)) - _whole(each_day * day)
        decided = decide(course, morning, most)
        call(course, day, morning)
        tally = Tally()
        for departure in np.flatnonzero(ground.day_of == day).tolist():
            depart(course, departure, tally)
        close_day(course, day, tally)
        pleas += receive(course, morning + DAY)
        days.append(_day_line(course, day, pleas, decided, tally))
        pleas = 0
    return course, tuple(days)


def _whole(pleas: float) -> int:
    """Whole pleas; what lies below the next one by no more than the arithmetic's rounding is that one."""
    return int(pleas + 1e-9)


def _day_line(course: Course, day: int, pleas: int, decided: int, tally: Tally) -> Day:
    ground = course.ground
    seats = int(ground.seats[ground.day_of == day].sum())
    left = {line.family for line in course.manifest if int(ground.day_of[line.departure]) == day}
    waiting = course.planned & ~course.family_left[ground.family]
    return Day(
        on=ground.dates[day],
        pleas=pleas,
        decided=decided,
        waiting_decision=int(course.waiting.sum()),
        waiting_seat=len(np.unique(ground.family[waiting])),
        seats=seats,
        called_people=tally.called,
        no_show_people=tally.no_show,
        boarded_people=tally.boarded,
        standby_people=tally.standby,
        sent_home=tally.sent_home,
        empty=seats - tally.boarded - tally.standby,
        priority_moved=float(sum(ground.worth[family] for family in left)),
    )
