"""A whole rehearsal: one caseload, one scenario, every policy, hindsight beside them; and the same again with no-shows
at several rates, and with other draws of luck."""

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
    Luck,
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

# So many draws of luck, the scenario's own among them. Were two policies as good, one of them would be ahead in all
# five in one case of sixteen.
DRAWS = 5


def rehearse(
    caseload: Caseload,
    operation: Operation,
    scenario: Scenario,
    *,
    share: float,
    clock: Clock,
    no_show_rates: Sequence[float] = NO_SHOW_RATES,
    luck_seeds: Sequence[int] | None = None,
    progress: Progress | None = None,
) -> Rehearsal:
    """Rehearse a caseload under every policy. `share` is the caseload's part of the operation's seats, to be told.

    `luck_seeds` are further draws of who comes, beside the scenario's own; None: those of `luck_seeds_of`.
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
        luck_seeds=luck_seeds,
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
    luck_seeds: Sequence[int] | None = None,
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
    varied = clock()
    if luck_seeds is None:
        luck_seeds = luck_seeds_of(scenario.seed)
    luck = _luck(ground, hindsight, outcomes, luck_seeds, clock=clock, progress=progress)
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
            "sensitivity": varied - ran,
            "luck": clock() - varied,
        },
        assumptions=scenario.assumptions,
        doubles_found=prepared.doubles_found,
        doubles_right=prepared.doubles_right,
        doubles_there=prepared.doubles_there,
        luck=luck,
    )


def luck_seeds_of(seed: int) -> tuple[int, ...]:
    """The draws of luck of a rehearsal: its scenario's own seed, and the whole numbers that follow it."""
    return tuple(range(seed, seed + DRAWS))


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


def _luck(
    ground: Ground,
    hindsight: Hindsight,
    outcomes: Sequence[Outcome],
    seeds: Sequence[int],
    *,
    clock: Clock,
    progress: Progress,
) -> tuple[Luck, ...]:
    """Every policy under each draw, each draw once; the scenario's own comes first and is not run twice."""
    own = ground.scenario.seed
    found = [_luck_of(own, hindsight.bound, outcomes)]
    others = [seed for seed in dict.fromkeys(seeds) if seed != own]
    for number, seed in enumerate(others):
        progress("Other draws of luck", number / len(others))
        drawn = ground.with_luck(seed)
        bound = hindsight_on(drawn, clock=clock, told_all=False).bound
        ran = [outcome_on(drawn, each, bound=bound, clock=clock) for each in POLICIES]
        found.append(_luck_of(seed, bound, ran))
    progress("Other draws of luck", 1.0)
    return tuple(found)


def _luck_of(seed: int, bound: float, outcomes: Sequence[Outcome]) -> Luck:
    return Luck(
        seed=seed,
        bound=bound,
        shares={each.policy.code: each.share_of_bound for each in outcomes},
        people={each.policy.code: each.people_moved for each in outcomes},
    )


def _silent(what: str, share: float) -> None:
    """Nobody looks on."""
