"""What nobody could have exceeded: every plea, every departure and everybody who would not come known beforehand.

The units are true families, at their true size. A family may have a departure where one of its pleas arrived in time
for the way, and where it would have come that day. There are no caseworkers to wait for, no lists that close, and every
departure is known from the start: so whatever a policy does is one of the plans that this bound is over.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from safeconduct.core.allocation.problem import (
    WAITS,
    Flags,
    Floats,
    Problem,
    make_problem,
)
from safeconduct.rehearsal.days.ground import Ground, ground_of, may_fly
from safeconduct.rehearsal.days.planning import planned
from safeconduct.rehearsal.days.records import Hindsight, Prepared, Scenario
from safeconduct.rehearsal.days.ways import latest_starts

Clock = Callable[[], float]


def hindsight_of(
    prepared: Prepared, scenario: Scenario, *, clock: Clock, told_all: bool = True
) -> Hindsight:
    """The bound of a scenario. With `told_all`, also that of the same had every family told everything at once."""
    return hindsight_on(ground_of(prepared, scenario), clock=clock, told_all=told_all)


def hindsight_on(ground: Ground, *, clock: Clock, told_all: bool = True) -> Hindsight:
    """The same over a ground that is laid out already."""
    began = clock()
    in_time = _in_time_as_told(ground)
    problem = _problem(ground, in_time, ground.worth)
    answer = planned(problem)
    boards = np.flatnonzero(answer.chosen != WAITS)
    all_bound = None
    if told_all:
        more, worth = _had_all_been_told(ground)
        wider = _problem(ground, in_time | more, np.maximum(ground.worth, worth))
        all_bound = max(answer.bound, planned(wider).bound)
    return Hindsight(
        bound=answer.bound,
        plan_priority=problem.total(answer.chosen),
        plan_people=int(ground.family_size[boards].sum()),
        told_all_bound=all_bound,
        seconds=clock() - began,
    )


def _problem(ground: Ground, in_time: Flags, worth: Floats) -> Problem:
    """Families to departures, (families, departures) where they would be there in time and come."""
    scenario = ground.scenario
    comes = ground.draws < max(1.0 - scenario.no_show, scenario.standby_shows)
    unit, target = np.nonzero(in_time & comes[:, ground.day_of])
    return make_problem(
        need=ground.family_size.astype(np.float64)[:, None],
        capacity=ground.seats.astype(np.float64)[:, None],
        unit=unit.astype(np.int64),
        target=target.astype(np.int64),
        worth=worth[unit],
    )


def _in_time_as_told(ground: Ground) -> Flags:
    """Which family could be aboard which departure by one of its pleas that surely has a scheme."""
    by_claim = ground.arrives[:, None] <= ground.latest[ground.standing]
    by_claim &= ground.may_fly[:, None]
    in_time = np.zeros((len(ground.families), len(ground.departures)), dtype=np.bool_)
    np.logical_or.at(in_time, ground.family, by_claim)
    return in_time


def _had_all_been_told(ground: Ground) -> tuple[Flags, Floats]:
    """Which family could be aboard which departure had its first plea told everything, and its priority in truth."""
    needs = [ground.prepared.needs[family] for family in ground.families]
    standings = dict.fromkeys((need.province, need.schemes) for need in needs)
    latest = latest_starts(ground.scenario, ground.departures, standings)
    row = {standing: at for at, standing in enumerate(standings)}
    standing = np.array([row[need.province, need.schemes] for need in needs], dtype=np.int64)
    first = np.full(len(needs), np.iinfo(np.int64).max)
    np.minimum.at(first, ground.family, ground.arrives)
    flies = np.array([may_fly(need.schemes, ground.departures) for need in needs], dtype=np.bool_)
    in_time = (first[:, None] <= latest[standing]) & flies[:, None]
    return in_time, np.array([need.priority for need in needs])
