"""From covers to plans: which households the planners are given, and the words for those they are
not given.

The planners see codes, sizes, provinces, schemes and priorities: never a name (law 3).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from itertools import chain

from safeconduct.core.allocation import HomeFamily, SeatFamily
from safeconduct.core.allocation.plan import PlanRow
from safeconduct.core.answers import Answer
from safeconduct.core.facts import Household
from safeconduct.core.operation import Departure, Operation, Reach
from safeconduct.core.rulebook.assessment import Assessment

# A home for a family of this size or more counts as large: scarce in every scheme so far
# (uk_placement facts: "very little council housing for large families"); the number is an
# assumption.
LARGE_FAMILY = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Plannable:
    """The households to plan for, and a line for each of the others that says why it waits."""

    households: tuple[Household, ...]
    waiting: Mapping[str, PlanRow]


def for_seats(
    households: Sequence[Household],
    assessments: Mapping[str, Assessment],
    held_back: Mapping[str, str],
) -> Plannable:
    """Who can be proposed a seat: eligible for some scheme by what is known, and not perhaps
    planned for already.

    `held_back` maps a household to the one it may be the same as, for which the plan is made.
    """
    waiting: dict[str, PlanRow] = {}
    plannable = []
    for household in households:
        row = _before_planning(household, assessments[household.household_id], held_back)
        if row is None:
            plannable.append(household)
        else:
            waiting[household.household_id] = row
    return Plannable(households=tuple(plannable), waiting=waiting)


def _before_planning(
    household: Household, assessment: Assessment, held_back: Mapping[str, str]
) -> PlanRow | None:
    code = household.household_id
    outcomes = {each.outcome for each in assessment.schemes}
    if Answer.YES in outcomes:
        if code not in held_back:
            return None
        reason = (
            f"Is likely the same family as {held_back[code]}, which is planned for. "
            "Settle the double first: confirm it, or part them and plan again."
        )
        return PlanRow(family_id=code, target=None, reason=reason, why="double to settle")
    if Answer.UNKNOWN in outcomes:
        reason = f"No scheme is certain yet, for want of an answer. {_first_question(assessment)}"
        return PlanRow(family_id=code, target=None, reason=reason.strip(), why="not yet decided")
    reason = (
        f"By what is known, no scheme that flies would take this household. {_nearest(assessment)}"
    )
    return PlanRow(family_id=code, target=None, reason=reason.strip(), why="no scheme")


def _first_question(assessment: Assessment) -> str:
    """The question that would settle a scheme, or else any that is open."""
    settling = (
        ask for each in assessment.schemes if each.outcome is Answer.UNKNOWN for ask in each.settles
    )
    ask = next(chain(settling, assessment.missing), None)
    return f"Ask first: {ask.question}" if ask else ""


def _nearest(assessment: Assessment) -> str:
    for each in assessment.schemes:
        if each.settles:
            return f"Nearest: {each.scheme}. {each.settles[0].question}"
    return ""


def seat_family(
    household: Household, assessment: Assessment, operation: Operation, on: date
) -> SeatFamily:
    """A household as the seat planner sees it. A sub-category flies under its scheme as well (ARAP-2 under ARAP).

    Nobody is taken to need a stretcher: the rulebook asks who needs help to move, which is not the same, and
    no source gives a departure's stretcher spaces. `safeconduct seats` plans with both where they are known.
    """
    parents = {scheme.code: scheme.parent for scheme in operation.schemes}
    yes = assessment.schemes_with(Answer.YES)
    schemes = {*yes, *(parent for code in yes if (parent := parents.get(code)))}
    return SeatFamily(
        family_id=household.household_id,
        size=household.size,
        priority=assessment.priority,
        ready_at=datetime.combine(on, time()),
        place=household.province,
        schemes=tuple(sorted(schemes)),
        office=household.office,
    )


def ways(
    operation: Operation, departures: Sequence[Departure]
) -> tuple[tuple[Departure, ...], dict[tuple[str, str], float | None] | None]:
    """The departures and the hours to them, as the ways are on the day each leaves.

    A way that takes 2 hours on one day may take 36 on another: each day's muster point is a point of its own to
    the planner. Where the pack knows no ways, or a muster point is not among its own, every one is at hand (None).
    """
    known = {point.code for point in operation.muster_points}
    if not operation.reach or not known.issuperset(each.muster_point for each in departures):
        return tuple(departures), None
    on_its_day = tuple(
        replace(each, muster_point=_point_on(each.muster_point, each.departs_at.date()))
        for each in departures
    )
    hours: dict[tuple[str, str], float | None] = {}
    for point, day in sorted({(each.muster_point, each.departs_at.date()) for each in departures}):
        for way in operation.reach:
            if way.muster_point == point and _is_open(way, day):
                hours[way.province, _point_on(point, day)] = way.hours
    return on_its_day, hours


def _point_on(point: str, day: date) -> str:
    return f"{point} on {day.isoformat()}"


def _is_open(way: Reach, day: date) -> bool:
    return (way.from_date is None or way.from_date <= day) and (
        way.to_date is None or day <= way.to_date
    )


def home_family(household: Household) -> HomeFamily:
    large = 1.0 if household.size >= LARGE_FAMILY else 0.0
    return HomeFamily(
        family_id=household.household_id,
        size=household.size,
        needs={"homes": 1.0, "large_homes": large},
    )
