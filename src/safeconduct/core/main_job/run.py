"""One plea to a seat to a home, over facts alone. Software proposes; a named person decides (law
12).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from safeconduct.core.allocation import Plan, PlanRow
from safeconduct.core.allocation.homes import plan_homes
from safeconduct.core.allocation.seats import plan_seats
from safeconduct.core.clocks import add_working_days
from safeconduct.core.facts import Household
from safeconduct.core.linkage import find_pairs, household_doubles, record_of
from safeconduct.core.main_job import plans
from safeconduct.core.main_job.homes import offered_homes, scores_of
from safeconduct.core.main_job.records import Cover, Double, Held, MainJob
from safeconduct.core.operation import Departure, Operation
from safeconduct.core.rows import Intake, RowEnd
from safeconduct.core.rulebook.assess import assess_all
from safeconduct.core.rulebook.assessment import Assessment
from safeconduct.core.rulebook.wording import with_told_facts

Progress = Callable[[str, float], None]
Clock = Callable[[], float]

# Quarantine is looked at within two working days: an assumption of ours, kept short because a plea
# waits in it.
QUARANTINE_WORKING_DAYS = 2


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


def run(
    intake: Intake, operation: Operation, settings: Settings, *, clock: Clock, progress: Progress
) -> MainJob:
    """Assess every household, propose doubles, plan seats and homes, and account for every plea.

    `clock` tells seconds since the whole job began (core has no clock of its own).
    """
    progress("Reading what was told", 0.0)
    households = tuple(with_told_facts(plea.household, operation.phrases) for plea in intake.pleas)
    progress("Reading what was told", 1.0)
    assessments = _assess(households, operation, settings.on, progress)
    doubles = _look_for_doubles(households, progress)
    copies = later_copies(doubles, [household.household_id for household in households])

    seats, seat_rows = _plan_seats(
        households, assessments, copies, operation, settings, clock, progress
    )
    homes, home_rows = _plan_homes(
        households, seat_rows, intake, operation, settings, clock, progress
    )
    held = _held(intake, settings)
    covers = _covers(intake, households, assessments, doubles, seat_rows, home_rows)
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
        seconds=clock(),
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


def later_copies(doubles: Sequence[Double], order: Sequence[str]) -> dict[str, str]:
    """Which households may be the same as an earlier one, and which: the plan holds one of each
    until a person decides.
    """
    place = {code: number for number, code in enumerate(order)}
    copies: dict[str, str] = {}
    pairs = sorted(
        sorted((double.household_a, double.household_b), key=place.__getitem__)
        for double in doubles
    )
    for first, second in sorted(pairs, key=lambda pair: (place[pair[0]], place[pair[1]])):
        kept = copies.get(first, first)
        if second != kept and second not in copies:
            copies[second] = kept
    return copies


def _assess(
    households: Sequence[Household], operation: Operation, on: date, progress: Progress
) -> dict[str, Assessment]:
    progress("Assessing", 0.0)
    assessed = assess_all(households, operation.rulebook, on=on, schemes=operation.schemes)
    progress("Assessing", 1.0)
    return {each.household_id: each for each in assessed}


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
    operation: Operation,
    settings: Settings,
    clock: Clock,
    progress: Progress,
) -> tuple[Plan, dict[str, PlanRow]]:
    asked = plans.for_seats(households, assessments, copies)
    families = [
        plans.seat_family(home, assessments[home.household_id], operation)
        for home in asked.households
    ]
    plan = plan_seats(
        families,
        settings.departures,
        reach=plans.hours_in_force(operation, datetime.combine(settings.on, time())),
        seconds=settings.seconds * 0.7,
        clock=clock,
        progress=progress,
    )
    return plan, {**asked.waiting, **{row.family_id: row for row in plan.rows}}


def _plan_homes(
    households: Sequence[Household],
    seat_rows: Mapping[str, PlanRow],
    intake: Intake,
    operation: Operation,
    settings: Settings,
    clock: Clock,
    progress: Progress,
) -> tuple[Plan, dict[str, PlanRow]]:
    seated = [home for home in households if seat_rows[home.household_id].target is not None]
    localities = offered_homes(operation, settings.share)
    callers = {plea.household.household_id: plea.caller for plea in intake.pleas}
    plan = plan_homes(
        [plans.home_family(home) for home in seated],
        localities,
        scores_of(seated, callers, operation),
        seconds=settings.seconds * 0.3,
        clock=clock,
        progress=progress,
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
    seat_rows: Mapping[str, PlanRow],
    home_rows: Mapping[str, PlanRow],
) -> tuple[Cover, ...]:
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
