"""The queue before the caseworkers: a named person decides so many pleas a day, in the policy's order (law 12)."""

from __future__ import annotations

import numpy as np

from safeconduct.rehearsal.days.course import Course
from safeconduct.rehearsal.days.ends import (
    DOUBLED,
    NO_SCHEME,
    NOT_YET_KNOWN,
    WAITS_FOR_DECISION,
    WAITS_FOR_SEAT,
)


def receive(course: Course, until: int) -> int:
    """Every plea that arrived before this moment waits for a decision from now on; how many are new."""
    arrived = int(np.searchsorted(course.ground.arrives, until, side="left"))
    new = range(course.known, arrived)
    for claim in new:
        course.waiting[claim] = True
        course.ends[claim] = WAITS_FOR_DECISION
    course.known = arrived
    return len(new)


def decide(course: Course, morning: int, most: int) -> int:
    """Decide the first `most` of those that wait, in the policy's order; how many were decided.

    The assessment is the software's, made when the plea arrived; the person confirms it. A plea that is likely the
    same family as one that is planned for is held back, the same under every policy (core/main_job/run.py has the
    same rule): nobody settles the double within the rehearsal. A plea from which no way leads to any departure, as
    far as it tells, is not planned for, and holds no other back.
    """
    queue = course.in_turn(np.flatnonzero(course.waiting))[:most]
    for claim in queue.tolist():
        course.waiting[claim] = False
        course.decided_at[claim] = morning
        course.ends[claim] = _end_of_decision(course, claim)
        if course.ends[claim] == WAITS_FOR_SEAT and course.ground.has_way[claim]:
            course.planned[claim] = course.pool[claim] = True
    return len(queue)


def _end_of_decision(course: Course, claim: int) -> str:
    if any(course.planned[twin] for twin in course.ground.twins[claim]):
        return DOUBLED
    if course.ground.may_fly[claim]:
        return WAITS_FOR_SEAT
    return NOT_YET_KNOWN if course.ground.claims[claim].not_yet_known else NO_SCHEME
