"""Whom a policy calls forward on a morning, and whom it tells to be ready (standby).

Each morning the whole pool is given seats on the departures that are seen; then only those are called who cannot wait:
tomorrow morning would be too late for the way or for the list. The others are planned again tomorrow.
"""

from __future__ import annotations

import numpy as np

from safeconduct.core.allocation.problem import WAITS, Flags, Ints, make_problem
from safeconduct.rehearsal.days.course import Course
from safeconduct.rehearsal.days.planning import planned
from safeconduct.rehearsal.days.records import Order
from safeconduct.rehearsal.days.ways import DAY, NEVER

# So many families are looked at together for whether any of them could board anything at all.
AT_ONCE = 1_024
# What a seat is worth less for each day that it leaves later, to the planner: who leaves today meets no closed way
# tomorrow, and who does not come today can be called again. An assumption of ours; it counts nowhere but in the
# planner's choice. On made-up weeks of several muster points 0.02 to 0.2 differed by less than luck does.
DECAY_PER_DAY = 0.1
# Later than any day: nobody is thought of for a seat.
NO_DAY = 2**31


def call(course: Course, day: int, morning: int) -> None:
    """Call forward those who cannot wait, and with standby tell those who would be next to be ready."""
    ground = course.ground
    pool = course.in_turn(np.flatnonzero(course.pool))
    seen = _seen(course, day, morning)
    seat_on = np.full(len(pool), NO_DAY)
    if len(pool) and len(seen):
        reachable = ground.latest[ground.standing[pool]][:, seen]
        allowed = (reachable >= morning) & (ground.closes[seen] > morning)
        place = _planned if course.policy.order is Order.PLANNER else _in_turn
        given = place(course, pool, seen, allowed)
        tomorrow = morning + DAY
        for at in np.flatnonzero(given != WAITS).tolist():
            departure = int(seen[given[at]])
            if tomorrow > reachable[at, given[at]] or tomorrow >= ground.closes[departure]:
                _call_forward(course, int(pool[at]), departure)
            seat_on[at] = ground.day_of[departure]
    if course.policy.standby:
        free = course.pool[pool]
        _make_ready(course, pool[free], seat_on[free], day, morning)


def _seen(course: Course, day: int, morning: int) -> Ints:
    ground = course.ground
    ahead = ground.day_of <= day + ground.scenario.known_ahead_days
    return np.flatnonzero((ground.leaves >= morning) & ahead)


def _call_forward(course: Course, claim: int, departure: int) -> None:
    course.pool[claim] = False
    course.calls[claim] += 1
    course.room[departure] -= course.size[claim]
    course.called[departure].append(claim)


def _in_turn(course: Course, pool: Ints, seen: Ints, allowed: Flags) -> Ints:
    """Each in turn the first departure with room."""
    return first_with_room(course.size[pool], course.room[seen], allowed)


def first_with_room(sizes: Ints, room: Ints, allowed: Flags) -> Ints:
    """For each in turn the first column that is allowed and has room for all of it, WAITS where there is none."""
    left = room.copy()
    given = np.full(len(sizes), WAITS, dtype=np.int64)
    for begin in range(0, len(sizes), AT_ONCE):
        part = slice(begin, begin + AT_ONCE)
        fits = (allowed[part] & (sizes[part, None] <= left)).any(axis=1)
        for at in (np.flatnonzero(fits) + begin).tolist():
            columns = np.flatnonzero(allowed[at] & (sizes[at] <= left))
            if len(columns):
                given[at] = columns[0]
                left[columns[0]] -= sizes[at]
    return given


def _planned(course: Course, pool: Ints, seen: Ints, allowed: Flags) -> Ints:
    """The seats as the planner gives them: as much priority as possible, the sooner the better."""
    ground = course.ground
    unit, target = np.nonzero(allowed)
    days = (ground.leaves[seen] - ground.leaves[seen].min()) / DAY
    worth = ground.priority[pool[unit]] * (1.0 - DECAY_PER_DAY) ** days[target]
    problem = make_problem(
        need=course.size[pool].astype(np.float64)[:, None],
        capacity=np.maximum(course.room[seen], 0).astype(np.float64)[:, None],
        unit=unit.astype(np.int64),
        target=target.astype(np.int64),
        worth=worth,
    )
    return problem.where(planned(problem).chosen)


def _make_ready(course: Course, pool: Ints, seat_on: Ints, day: int, morning: int) -> None:
    """Tell those to be ready who are next in turn and must set out this morning to be there in time.

    Whoever is thought of for a seat (`seat_on` its day) is ready for earlier days only: on that one they are called.
    The planner's next are those who bring most priority for each seat, whatever their band: a seat that falls empty
    is filled by whoever is there.
    """
    ground = course.ground
    if course.policy.order is Order.PLANNER:
        order = np.argsort(-ground.priority[pool] / course.size[pool], kind="stable")
        pool, seat_on = pool[order], seat_on[order]
    scenario = ground.scenario
    days = range(day, min(day + scenario.known_ahead_days + 1, len(ground.dates)))
    if not len(pool) or not len(ground.departures):
        return
    latest = np.full((len(pool), len(days)), NEVER, dtype=np.int64)
    room = np.zeros(len(days), dtype=np.int64)
    for column, each in enumerate(days):
        of_day = np.flatnonzero((ground.day_of == each) & (ground.leaves >= morning))
        if len(of_day):
            latest[:, column] = ground.latest[ground.standing[pool]][:, of_day].max(axis=1)
            wanted = round(scenario.standby_per_seat * int(ground.seats[of_day].sum()))
            told = sum(int(course.size[claim]) for claim, _ in course.ready[each])
            room[column] = wanted - told
    allowed = (latest >= morning) & (np.array(days) < seat_on[:, None])
    given = first_with_room(course.size[pool], room, allowed)
    for at in np.flatnonzero(given != WAITS).tolist():
        if morning + DAY > latest[at, given[at]]:
            claim = int(pool[at])
            course.pool[claim] = False
            course.ready[days[given[at]]].append((claim, morning))
