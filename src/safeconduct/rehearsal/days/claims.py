"""A fictional caseload made ready for its days: assessed as told, compared, and set beside the truth.

This is the product's own way with pleas (core/main_job): what words tell is read, the rulebook assesses, the linkage
proposes doubles. From here on there are covers and family ids, and no name (law 3).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta

from safeconduct.core import names
from safeconduct.core.answers import Answer
from safeconduct.core.facts import Household
from safeconduct.core.linkage import find_pairs, household_doubles, record_of
from safeconduct.core.linkage.records import SAME
from safeconduct.core.main_job.plans import seat_family
from safeconduct.core.operation import Operation
from safeconduct.core.rulebook import wording
from safeconduct.core.rulebook.assess import assess_all
from safeconduct.core.rulebook.assessment import Assessment
from safeconduct.rehearsal.caseload.records import Caseload, SimulatedPlea
from safeconduct.rehearsal.caseload.truth import true_needs
from safeconduct.rehearsal.days.records import Claim, Prepared, TrueNeed

Progress = Callable[[str, float], None]

# A plea reaches the office at noon of its day: an assumption of ours. It is looked at the morning after.
NOON = time(12)


def claims_of(
    caseload: Caseload, operation: Operation, *, on: date, progress: Progress | None = None
) -> Prepared:
    """The caseload's pleas as claims in the order in which they arrive, and what is true of each family.

    Everybody is assessed by the rules of the day `on`. A plea without a day of arrival counts as there from the start.
    """
    tell = progress or _silent
    try:
        return _prepared(caseload, operation, on, tell)
    finally:
        # Names are kept in memory while they are compared, and no longer: as in the main job (law 14).
        names.forget()
        wording.forget(operation.phrases)


def _prepared(caseload: Caseload, operation: Operation, on: date, tell: Progress) -> Prepared:
    tell("Reading what was told", 0.0)
    households = [
        wording.with_told_facts(each.plea.household, operation.phrases) for each in caseload.pleas
    ]
    tell("Reading what was told", 1.0)
    tell("Assessing", 0.0)
    told = list(assess_all(households, operation.rulebook, on=on, schemes=operation.schemes))
    truth = true_needs(caseload, operation, on=on)
    tell("Assessing", 1.0)
    likely = likely_the_same(households, tell)
    needs = {
        family.family_id: _need(family.household, truth[family.family_id], operation, on)
        for family in caseload.families
    }
    worth: dict[str, float] = {}
    for each, assessment in zip(caseload.pleas, told, strict=True):
        worth[each.family_id] = max(worth.get(each.family_id, 0.0), assessment.priority)
    claims = [
        _claim(each, household, assessment, likely, needs, worth, operation, on)
        for each, household, assessment in zip(caseload.pleas, households, told, strict=True)
    ]
    found, right = _doubles_told(caseload.pleas, likely)
    of_family = Counter(each.family_id for each in caseload.pleas)
    return Prepared(
        operation=caseload.operation,
        caseload_seed=caseload.seed,
        people=caseload.people,
        claims=tuple(sorted(claims, key=lambda claim: (claim.arrives, claim.claim_id))),
        needs=needs,
        doubles_found=found,
        doubles_right=right,
        doubles_there=sum(count * (count - 1) // 2 for count in of_family.values()),
    )


def likely_the_same(
    households: Sequence[Household], progress: Progress
) -> Mapping[str, tuple[str, ...]]:
    """For each household those that the linkage proposes as "same" with it, by household id."""
    records = [record_of(person, home) for home in households for person in home.people]
    home_of = {person.person_id: home.household_id for home in households for person in home.people}
    pairs = find_pairs(records, progress=progress).pairs
    likely: dict[str, set[str]] = {}
    for double in household_doubles(pairs, home_of):
        if double.decision == SAME:
            likely.setdefault(double.household_a, set()).add(double.household_b)
            likely.setdefault(double.household_b, set()).add(double.household_a)
    return {home: tuple(sorted(others)) for home, others in likely.items()}


def _need(household: Household, assessment: Assessment, operation: Operation, on: date) -> TrueNeed:
    schemes = seat_family(household, assessment, operation, on).schemes
    return TrueNeed(
        family_id=household.household_id,
        size=len(household.people),
        band=assessment.band,
        eligible=bool(schemes),
        priority=assessment.priority,
        schemes=schemes,
        province=household.province,
    )


def _claim(  # noqa: PLR0917 (one call, above)
    each: SimulatedPlea,
    household: Household,
    assessment: Assessment,
    likely: Mapping[str, tuple[str, ...]],
    needs: Mapping[str, TrueNeed],
    worth: Mapping[str, float],
    operation: Operation,
    on: date,
) -> Claim:
    cover = seat_family(household, assessment, operation, on)
    received = each.plea.received_on or operation.starts - timedelta(days=1)
    return Claim(
        claim_id=household.household_id,
        family_id=each.family_id,
        arrives=datetime.combine(received, NOON),
        size_told=max(1, household.size),
        size=needs[each.family_id].size,
        band=assessment.band,
        priority=assessment.priority,
        worth=worth[each.family_id],
        schemes=cover.schemes,
        province=household.province,
        office=household.office,
        likely_same=likely.get(household.household_id, ()),
        not_yet_known=bool(assessment.schemes_with(Answer.UNKNOWN)),
    )


def _doubles_told(
    pleas: Sequence[SimulatedPlea], likely: Mapping[str, tuple[str, ...]]
) -> tuple[int, int]:
    """How many pairs of pleas are proposed as the same, and how many of those are one family."""
    family = {each.plea.household.household_id: each.family_id for each in pleas}
    pairs = [(one, other) for one, others in likely.items() for other in others if one < other]
    return len(pairs), sum(family[one] == family[other] for one, other in pairs)


def _silent(what: str, share: float) -> None:
    """Nobody looks on."""
