"""A second pair of eyes: a plan held against the rules anew, in plain Python that shares nothing
with the planner's arrays."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from safeconduct.core.allocation.families import (
    HomeFamily,
    HomeLocality,
    Hours,
    Lock,
    LockKind,
    Scores,
    SeatFamily,
    Seats,
)
from safeconduct.core.allocation.plan import Plan


def check_seats(
    plan: Plan,
    families: Sequence[SeatFamily],
    departures: Sequence[Seats],
    *,
    reach: Hours | None = None,
    locks: Sequence[Lock] = (),
) -> list[str]:
    """Everything in the plan that breaks a rule, in sentences; an empty list where nothing does."""
    wrong = list(_rows_wrong(plan, [family.family_id for family in families]))
    if wrong:
        return wrong
    by_id = {departure.departure_id: departure for departure in departures}
    where = {row.family_id: row.target for row in plan.rows}
    for family in families:
        target = where[family.family_id]
        if target is not None:
            wrong += _boarding_wrong(family, by_id[target], reach)
        wrong += [
            f"{family.family_id} is parted from {other}."
            for other in family.keep_with
            if where[other] != target
        ]
    wrong += _seats_wrong(families, departures, where)
    wrong += _locks_wrong(where, locks)
    seated = [(family, by_id[target]) for family in families if (target := where[family.family_id])]
    wrong += _worth_wrong(
        plan, math.fsum(_worth(family, departure, departures) for family, departure in seated)
    )
    if plan.seated_people != sum(family.size or 0 for family, _ in seated):
        wrong.append("The people seated are miscounted.")
    return wrong


def _rows_wrong(plan: Plan, ids: Sequence[str]) -> Iterator[str]:
    if [row.family_id for row in plan.rows] != list(ids):
        yield "The rows are not the families, one each, in their order."
    for row in plan.rows:
        if not row.reason or not row.why:
            yield f"{row.family_id} has no reason."


def _boarding_wrong(family: SeatFamily, departure: Seats, reach: Hours | None) -> Iterator[str]:
    pair = f"{family.family_id} aboard {departure.departure_id}"
    if departure.schemes and not set(departure.schemes) & set(family.schemes):
        yield f"{pair}: no scheme in common."
    if family.size is None or departure.seats is None or departure.departs_at is None:
        yield f"{pair}: promised on what is not known."
        return
    hours: float | None = 0.0
    if reach is not None:
        hours = reach.get((family.place or "", departure.muster_point or ""))
    if hours is None:
        yield f"{pair}: no known way."
    elif family.ready_at and family.ready_at + timedelta(hours=hours) > departure.departs_at:
        yield f"{pair}: cannot be there in time."
    if family.leave_by and departure.departs_at > family.leave_by:
        yield f"{pair}: leaves too late for it."


def _seats_wrong(
    families: Sequence[SeatFamily], departures: Sequence[Seats], where: Mapping[str, str | None]
) -> Iterator[str]:
    seats: Counter[str] = Counter()
    stretchers: Counter[str] = Counter()
    for family in families:
        target = where[family.family_id]
        if target is not None:
            seats[target] += family.size or 0
            stretchers[target] += family.stretchers
    for departure in departures:
        each = departure.departure_id
        if seats[each] > (departure.seats or 0):
            yield f"{each} is overfull."
        if stretchers[each] > departure.stretcher_spaces:
            yield f"{each} has too few stretcher spaces."


def _locks_wrong(where: Mapping[str, str | None], locks: Sequence[Lock]) -> Iterator[str]:
    for lock in locks:
        if (where[lock.family_id] == lock.departure_id) is not (lock.kind is LockKind.MUST):
            yield f"The lock of {lock.family_id} on {lock.departure_id} is broken."


def _worth(family: SeatFamily, departure: Seats, departures: Sequence[Seats]) -> float:
    first = min(each.departs_at for each in departures if each.departs_at is not None)
    assert departure.departs_at is not None
    days = (departure.departs_at - first) / timedelta(days=1)
    return float((family.priority or 0.0) * (1.0 - family.decay_per_day) ** days)


def _worth_wrong(plan: Plan, objective: float) -> Iterator[str]:
    if not math.isclose(plan.objective, objective, rel_tol=1e-9, abs_tol=1e-9):
        yield f"The objective is told as {plan.objective} and comes to {objective}."
    if plan.bound < plan.objective * (1 - 1e-9) - 1e-9:
        yield f"The bound {plan.bound} is below the objective {plan.objective}."


def check_homes(
    plan: Plan,
    families: Sequence[HomeFamily],
    localities: Sequence[HomeLocality],
    scores: Scores,
) -> list[str]:
    """Everything in the plan that breaks a rule, in sentences; an empty list where nothing does."""
    wrong = list(_rows_wrong(plan, [family.family_id for family in families]))
    if wrong:
        return wrong
    placed = [
        (family, row.target)
        for family, row in zip(families, plan.rows, strict=True)
        if row.target is not None
    ]
    wrong += [
        f"{family.family_id} and {target} are not compatible."
        for family, target in placed
        if (family.family_id, target) not in scores
    ]
    wrong += _homes_wrong(placed, localities)
    wrong += _worth_wrong(
        plan, math.fsum(scores.get((family.family_id, target)) or 0.0 for family, target in placed)
    )
    if plan.seated_people != sum(family.size or 0 for family, _ in placed):
        wrong.append("The people placed are miscounted.")
    return wrong


def _homes_wrong(
    placed: Sequence[tuple[HomeFamily, str]], localities: Sequence[HomeLocality]
) -> Iterator[str]:
    there: dict[str, list[HomeFamily]] = {}
    for family, target in placed:
        there.setdefault(target, []).append(family)
    for locality in localities:
        families = there.get(locality.locality_id, [])
        if any(family.size is None for family in families):
            yield f"{locality.locality_id} takes a family of unknown size."
        if sum(family.size or 0 for family in families) > (locality.people or 0):
            yield f"{locality.locality_id} takes too many people."
        for resource, capacity in locality.resources.items():
            needs = [family.needs.get(resource) for family in families]
            if None in needs:
                yield f"{locality.locality_id} takes a family whose need of {resource} is unknown."
            used = math.fsum(need or 0.0 for need in needs)
            if used > (capacity or 0.0) * (1 + 1e-9) + 1e-9:
                yield f"{locality.locality_id} has too little {resource}."
