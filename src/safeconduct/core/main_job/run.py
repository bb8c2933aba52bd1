"""One plea to a seat to a home, over facts alone. Software proposes; a named person decides (law
12).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from safeconduct.core import names
from safeconduct.core.allocation import Plan, PlanRow
from safeconduct.core.allocation.homes import plan_homes
from safeconduct.core.allocation.seats import plan_seats
from safeconduct.core.answers import Answer
from safeconduct.core.clocks import add_working_days
from safeconduct.core.facts import Household
from safeconduct.core.linkage import find_pairs, household_doubles, record_of
from safeconduct.core.linkage.records import SAME
from safeconduct.core.main_job import plans
from safeconduct.core.main_job.homes import offered_homes, scores_of
from safeconduct.core.main_job.records import Cover, Double, Held, MainJob
from safeconduct.core.operation import Departure, Operation
from safeconduct.core.rows import Intake, RowEnd
from safeconduct.core.rulebook import wording
from safeconduct.core.rulebook.assess import assess_all
from safeconduct.core.rulebook.assessment import Assessment
from safeconduct.core.rulebook.rules import BANDS

Progress = Callable[[str, float], None]
Clock = Callable[[], float]

# Quarantine is looked at within two working days: an assumption of ours, kept short because a plea
# waits in it.
QUARANTINE_WORKING_DAYS = 2
# Of the planners' time, the part for seats: the larger problem of the two.
SEATS_PART = 0.7


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a run is asked for. `share` is the part of the seats and homes this caseload plans with,
    0 to 1.

    `owner` is who looks after what is in quarantine; `seconds` is given to the planners together.
    """

    on: date
    owner: str
    departures: tuple[Departure, ...]
    share: float
    seconds: float = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Means:
    """What every step of a run is given."""

    operation: Operation
    settings: Settings
    clock: Clock
    progress: Progress


def run(
    intake: Intake, operation: Operation, settings: Settings, *, clock: Clock, progress: Progress
) -> MainJob:
    """Assess every household, propose doubles, plan seats and homes, and account for every plea.

    `clock` tells seconds since the whole job began (core has no clock of its own).
    """
    means = _Means(operation=operation, settings=settings, clock=clock, progress=progress)
    try:
        return _run(intake, means)
    finally:
        # Names and stories are kept in memory while they are compared, and no longer (law 14).
        names.forget()
        wording.forget(operation.phrases)


def _run(intake: Intake, means: _Means) -> MainJob:
    operation, settings = means.operation, means.settings
    households = _with_what_was_told(intake, means)
    assessments = _assess(households, means)
    doubles = _look_for_doubles(households, means.progress)
    copies = held_back(doubles, _best_told_first(households, assessments))
    seats, seat_rows = _plan_seats(households, assessments, copies, means)
    homes, home_rows = _plan_homes(households, seat_rows, intake, means)
    held = _held(intake, settings)
    covers = _covers(intake, households, assessments, doubles, (seat_rows, home_rows))
    return MainJob(
        operation=operation,
        on=settings.on,
        intake=intake,
        covers=covers,
        doubles=doubles,
        held=held,
        pleas_without_an_end=pleas_without_an_end(intake, covers, held, on=settings.on),
        departures=settings.departures,
        localities=operation.localities,
        share=settings.share,
        seats=seats,
        homes=homes,
        seconds=means.clock(),
    )


def pleas_without_an_end(
    intake: Intake, covers: Sequence[Cover], held: Sequence[Held], *, on: date
) -> int:
    """Law 1: pleas neither attached to an assessed household nor held in quarantine with reason,
    owner and a day to come.
    """
    attached = {plea_id for cover in covers for plea_id in cover.plea_ids}
    open_pleas = sum(plea.plea_id not in attached for plea in intake.pleas)
    kept = {
        (each.file, each.sheet, each.row)
        for each in held
        if each.owner and each.kind and each.due_on >= on
    }
    quarantined = (row.origin for row in intake.rows if row.end is RowEnd.QUARANTINED)
    return open_pleas + sum((at.file, at.sheet, at.row) not in kept for at in quarantined)


def held_back(doubles: Sequence[Double], order: Sequence[str]) -> dict[str, str]:
    """Which households wait because one that the plan holds is likely the same family, and which one that is.

    `order` are the households that could be planned for; the first of two is. Only a double of decision "same"
    holds a family back: for a mere "review" both are planned for, and a person settles it before anybody is called
    forward. A household waits only for a double of its own, never for a double's double: that two pairs are
    alike says nothing of the third.
    """
    likely: dict[str, set[str]] = {}
    for double in doubles:
        if double.decision == SAME:
            likely.setdefault(double.household_a, set()).add(double.household_b)
            likely.setdefault(double.household_b, set()).add(double.household_a)
    planned: set[str] = set()
    copies: dict[str, str] = {}
    for code in order:
        held = planned & likely.get(code, set())
        if held:
            copies[code] = min(held)
        else:
            planned.add(code)
    return copies


def _best_told_first(
    households: Sequence[Household], assessments: Mapping[str, Assessment]
) -> list[str]:
    """Those that could be planned for: first the more urgent, then the higher priority, then as they were read."""

    def place(household: Household) -> tuple[int, float]:
        said = assessments[household.household_id]
        return BANDS.index(said.band), -said.priority

    eligible = (
        each for each in households if assessments[each.household_id].schemes_with(Answer.YES)
    )
    return [each.household_id for each in sorted(eligible, key=place)]


def _with_what_was_told(intake: Intake, means: _Means) -> tuple[Household, ...]:
    means.progress("Reading what was told", 0.0)
    households = tuple(
        wording.with_told_facts(plea.household, means.operation.phrases) for plea in intake.pleas
    )
    means.progress("Reading what was told", 1.0)
    return households


def _assess(households: Sequence[Household], means: _Means) -> dict[str, Assessment]:
    operation, progress = means.operation, means.progress
    progress("Assessing", 0.0)
    assessed = assess_all(
        households, operation.rulebook, on=means.settings.on, schemes=operation.schemes
    )
    assessments = {each.household_id: each for each in assessed}
    progress("Assessing", 1.0)
    return assessments


def _look_for_doubles(households: Sequence[Household], progress: Progress) -> tuple[Double, ...]:
    records = [record_of(person, home) for home in households for person in home.people]
    home_of = {person.person_id: home.household_id for home in households for person in home.people}
    linkage = find_pairs(records, progress=progress)
    return tuple(
        Double(
            household_a=each.household_a,
            household_b=each.household_b,
            probability=each.probability,
            decision=each.decision,
            reasons=each.plain_reasons,
        )
        for each in household_doubles(linkage.pairs, home_of)
    )


def _plan_seats(
    households: Sequence[Household],
    assessments: Mapping[str, Assessment],
    copies: Mapping[str, str],
    means: _Means,
) -> tuple[Plan, dict[str, PlanRow]]:
    settings = means.settings
    asked = plans.for_seats(households, assessments, copies)
    departures, reach = plans.ways(means.operation, settings.departures)
    plan = plan_seats(
        [
            plans.seat_family(home, assessments[home.household_id], means.operation, settings.on)
            for home in asked.households
        ],
        departures,
        reach=reach,
        seconds=settings.seconds * SEATS_PART,
        clock=means.clock,
        progress=means.progress,
    )
    return plan, {**asked.waiting, **{row.family_id: row for row in plan.rows}}


def _plan_homes(
    households: Sequence[Household],
    seat_rows: Mapping[str, PlanRow],
    intake: Intake,
    means: _Means,
) -> tuple[Plan, dict[str, PlanRow]]:
    settings, operation = means.settings, means.operation
    seated = [home for home in households if seat_rows[home.household_id].target is not None]
    callers = {plea.household.household_id: plea.caller for plea in intake.pleas}
    plan = plan_homes(
        [plans.home_family(home) for home in seated],
        offered_homes(operation, settings.share),
        scores_of(seated, callers, operation),
        seconds=settings.seconds * (1.0 - SEATS_PART),
        clock=means.clock,
        progress=means.progress,
    )
    first_a_seat = "A home is planned for once a seat is: see why this household waits for one."
    rows = {
        home.household_id: PlanRow(
            family_id=home.household_id, target=None, reason=first_a_seat, why="no seat yet"
        )
        for home in households
    }
    return plan, {**rows, **{row.family_id: row for row in plan.rows}}


def _held(intake: Intake, settings: Settings) -> tuple[Held, ...]:
    due_on = add_working_days(settings.on, QUARANTINE_WORKING_DAYS)
    return tuple(
        Held(
            file=row.origin.file,
            sheet=row.origin.sheet,
            row=row.origin.row,
            kind=row.kind,
            owner=settings.owner,
            due_on=due_on,
        )
        for row in intake.rows
        if row.end is RowEnd.QUARANTINED
    )


def _covers(
    intake: Intake,
    households: Sequence[Household],
    assessments: Mapping[str, Assessment],
    doubles: Sequence[Double],
    plan_rows: tuple[Mapping[str, PlanRow], Mapping[str, PlanRow]],
) -> tuple[Cover, ...]:
    seat_rows, home_rows = plan_rows
    may_be: dict[str, list[str]] = {}
    for double in doubles:
        may_be.setdefault(double.household_a, []).append(double.household_b)
        may_be.setdefault(double.household_b, []).append(double.household_a)
    covers = []
    for plea, home in zip(intake.pleas, households, strict=True):
        seat, place = seat_rows[home.household_id], home_rows[home.household_id]
        covers.append(
            Cover(
                household_id=home.household_id,
                plea_ids=(plea.plea_id,),
                size=home.size,
                office=home.office or plea.origins[0].file,
                province=home.province,
                assessment=assessments[home.household_id],
                may_be_same_as=tuple(may_be.get(home.household_id, ())),
                departure=seat.target,
                seat_reason=seat.reason,
                seat_why=seat.why,
                locality=place.target,
                home_reason=place.reason,
                home_why=place.why,
            )
        )
    return tuple(covers)
