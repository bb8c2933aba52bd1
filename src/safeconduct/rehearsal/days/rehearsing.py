"""A whole rehearsal: one caseload, one scenario, every policy, hindsight beside them, and no-shows at several rates."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from safeconduct.core.operation import Operation
from safeconduct.rehearsal.caseload.records import Caseload
from safeconduct.rehearsal.caseload.truth import assessed_on
from safeconduct.rehearsal.days.claims import claims_of
from safeconduct.rehearsal.days.ground import Ground, ground_of
from safeconduct.rehearsal.days.hindsight import hindsight_on
from safeconduct.rehearsal.days.outcome import told_bands
from safeconduct.rehearsal.days.policies import NAMED, POLICIES, policy
from safeconduct.rehearsal.days.records import (
    Hindsight,
    Outcome,
    Prepared,
    Rehearsal,
    Scenario,
    Sensitivity,
)
from safeconduct.rehearsal.days.running import outcome_on
from safeconduct.rehearsal.days.scenario import check_scenario

Clock = Callable[[], float]
Progress = Callable[[str, float], None]

# No-shows are the most doubtful of the assumptions: from none to nearly half.
NO_SHOW_RATES = (0.0, 0.05, 0.15, 0.3, 0.45)


def rehearse(
    caseload: Caseload,
    operation: Operation,
    scenario: Scenario,
    *,
    share: float,
    clock: Clock,
    no_show_rates: Sequence[float] = NO_SHOW_RATES,
    progress: Progress | None = None,
) -> Rehearsal:
    """Rehearse a caseload under every policy. `share` is the caseload's part of the operation's seats, to be told.

    `clock` tells seconds; it decides nothing. Everybody is assessed by the rules of one day (`assessed_on`). The same
    caseload and scenario give the same outcomes.
    """
    check_scenario(scenario)
    tell = progress or _silent
    began = clock()
    on = assessed_on(operation, scenario.starts)
    prepared = claims_of(caseload, operation, on=on, progress=tell)
    seconds = {"assessing and comparing": clock() - began}
    return rehearsed(
        prepared,
        scenario,
        share=share,
        clock=clock,
        no_show_rates=no_show_rates,
        progress=tell,
        seconds=seconds,
    )


def rehearsed(
    prepared: Prepared,
    scenario: Scenario,
    *,
    share: float,
    clock: Clock,
    no_show_rates: Sequence[float],
    progress: Progress,
    seconds: dict[str, float],
) -> Rehearsal:
    """The rehearsal of a caseload that is prepared already; `seconds` is what that took, by part."""
    began = clock()
    ground = ground_of(prepared, scenario)
    progress("Looking back", 0.0)
    hindsight = hindsight_on(ground, clock=clock)
    progress("Looking back", 1.0)
    looked_back = clock()
    outcomes = _outcomes(ground, hindsight, clock, progress)
    ran = clock()
    sensitivity = _sensitivity(ground, outcomes, no_show_rates, clock=clock, progress=progress)
    bands = told_bands(ground)
    return Rehearsal(
        scenario=scenario,
        people=prepared.people,
        families=len(prepared.needs),
        pleas=len(prepared.claims),
        eligible_families=len(bands),
        eligible_people=sum(int(ground.family_size[family]) for family in bands),
        caseload_seed=prepared.caseload_seed,
        share=share,
        hindsight=hindsight,
        outcomes=outcomes,
        sensitivity=sensitivity,
        seconds={
            **seconds,
            "hindsight": looked_back - began,
            "policies": ran - looked_back,
            "sensitivity": clock() - ran,
        },
        assumptions=scenario.assumptions,
        doubles_found=prepared.doubles_found,
        doubles_right=prepared.doubles_right,
        doubles_there=prepared.doubles_there,
    )


def _outcomes(
    ground: Ground, hindsight: Hindsight, clock: Clock, progress: Progress
) -> tuple[Outcome, ...]:
    found = []
    for number, each in enumerate(POLICIES):
        progress("Running the policies", number / len(POLICIES))
        found.append(outcome_on(ground, each, bound=hindsight.bound, clock=clock))
    progress("Running the policies", 1.0)
    return tuple(found)


def _sensitivity(
    ground: Ground,
    outcomes: Sequence[Outcome],
    rates: Sequence[float],
    *,
    clock: Clock,
    progress: Progress,
) -> tuple[Sensitivity, ...]:
    """The named policies at each rate of no-shows; the scenario's own rate is not run twice."""
    found = []
    for number, rate in enumerate(rates):
        progress("No-shows at other rates", number / len(rates))
        changed = ground.with_no_show(rate)
        bound = hindsight_on(changed, clock=clock, told_all=False).bound
        if rate == ground.scenario.no_show:
            at_rate = [each for each in outcomes if each.policy.code in NAMED]
        else:
            at_rate = [
                outcome_on(changed, policy(code), bound=bound, clock=clock) for code in NAMED
            ]
        found.append(
            Sensitivity(
                no_show=rate,
                bound=bound,
                shares={each.policy.code: each.share_of_bound for each in at_rate},
                people={each.policy.code: each.people_moved for each in at_rate},
                empty_seats={each.policy.code: each.empty_seats for each in at_rate},
            )
        )
    progress("No-shows at other rates", 1.0)
    return tuple(found)


def _silent(what: str, share: float) -> None:
    """Nobody looks on."""
