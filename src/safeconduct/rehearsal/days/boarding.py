"""The moment a departure leaves: who came, who is put aboard, who is offered a seat that fell empty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from safeconduct.rehearsal.days.course import Course
from safeconduct.rehearsal.days.ends import MOVED
from safeconduct.rehearsal.days.records import Order

# Far less than any difference between priorities (half a point): it only decides between equals.
A_SEAT = 1e-6


@dataclass(slots=True, kw_only=True)
class Tally:
    """People of one day: called for it and of those not come, as told; aboard of the called, aboard from standby and
    sent home, as they came."""

    called: int = 0
    no_show: int = 0
    boarded: int = 0
    standby: int = 0
    sent_home: int = 0


def depart(course: Course, departure: int, tally: Tally) -> None:
    """Board those who were called and came, then those on standby who came, for as many whole families as there is
    room: nobody is split (law 5), infants count (law 6).
    """
    room = _board_called(course, departure, tally)
    if course.policy.standby and room > 0:
        _board_standby(course, departure, room, tally)


def _board_called(course: Course, departure: int, tally: Tally) -> int:
    """Seats left once everybody who was called and came is aboard."""
    ground = course.ground
    room, day = int(ground.seats[departure]), int(ground.day_of[departure])
    for claim in sorted(course.called[departure], key=lambda each: course.rank[each]):
        family, told = int(ground.family[claim]), int(course.size[claim])
        tally.called += told
        comes = ground.draws[family, day] < 1.0 - ground.scenario.no_show
        if course.family_left[family] or not comes:
            course.doubled_calls += bool(course.family_left[family])
            course.no_show_families += not course.family_left[family]
            tally.no_show += told
            course.did_not_come(claim)
            continue
        people = int(ground.size[claim])
        course.size[claim] = people
        if people > room:
            # More came than were told: the whole family waits. That it came does not count against it.
            course.turned_away += 1
            course.calls[claim] -= 1
            course.back_to_pool(claim)
            continue
        course.put_aboard(claim, departure, from_standby=False)
        room -= people
        tally.boarded += people
    return room


def _board_standby(course: Course, departure: int, room: int, tally: Tally) -> None:
    ground = course.ground
    day = int(ground.day_of[departure])
    here: dict[int, int] = {}
    for claim, told_at in course.ready[day]:
        family = int(ground.family[claim])
        in_time = told_at <= ground.latest[ground.standing[claim], departure]
        if in_time and came_from_standby(course, claim, day):
            here.setdefault(family, claim)
    waiting = sorted(here.values(), key=lambda each: course.rank[each])
    for claim in chosen_from_standby(course, waiting, room):
        course.put_aboard(claim, departure, from_standby=True)
        tally.standby += int(ground.size[claim])


def came_from_standby(course: Course, claim: int, day: int) -> bool:
    """Whether a family that was told to be ready is at the muster point: it came, and has not left meanwhile."""
    family = int(course.ground.family[claim])
    draw = course.ground.draws[family, day]
    return bool(draw < course.ground.scenario.standby_shows and not course.family_left[family])


def chosen_from_standby(course: Course, waiting: Sequence[int], room: int) -> list[int]:
    """In turn whoever fits; the planner puts those aboard who bring most priority together."""
    sizes = [int(course.ground.size[claim]) for claim in waiting]
    if course.policy.order is Order.PLANNER:
        # Of choices worth the same, the one with more people aboard.
        priority = course.ground.priority
        worth = [
            float(priority[claim]) + A_SEAT * size
            for claim, size in zip(waiting, sizes, strict=True)
        ]
        return [waiting[at] for at in fullest(sizes, worth, room)]
    aboard = []
    for claim, size in zip(waiting, sizes, strict=True):
        if size <= room:
            aboard.append(claim)
            room -= size
    return aboard


def fullest(sizes: Sequence[int], worth: Sequence[float], room: int) -> list[int]:
    """Which of these together fit and are worth most: the knapsack, solved exactly seat by seat."""
    best = np.zeros(room + 1)
    taken = np.zeros((len(sizes), room + 1), dtype=np.bool_)
    for at, (size, value) in enumerate(zip(sizes, worth, strict=True)):
        if size <= room:
            with_it = best[: room + 1 - size] + value
            taken[at, size:] = with_it > best[size:]
            best[size:] = np.maximum(best[size:], with_it)
    chosen = []
    for at in range(len(sizes) - 1, -1, -1):
        if taken[at, room]:
            chosen.append(at)
            room -= sizes[at]
    return chosen[::-1]


def close_day(course: Course, day: int, tally: Tally) -> None:
    """Send home those on standby who came and were not needed; everybody who was ready waits again."""
    ground = course.ground
    sent_home: dict[int, int] = {}
    for claim, _ in course.ready[day]:
        if course.ends[claim] == MOVED:
            continue
        if came_from_standby(course, claim, day):
            course.size[claim] = ground.size[claim]
            sent_home[int(ground.family[claim])] = int(ground.size[claim])
            course.back_to_pool(claim)
        else:
            course.ready_in_vain[claim] += 1
            course.did_not_come(claim)
    tally.sent_home += sum(sent_home.values())
