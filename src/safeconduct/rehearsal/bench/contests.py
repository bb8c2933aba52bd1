"""Our plan beside the plans of the baselines, all held against the same rules and the same bound."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import isfinite

from safeconduct.core.allocation import Plan
from safeconduct.rehearsal.bench.baselines import Answer
from safeconduct.rehearsal.bench.measuring import timed
from safeconduct.rehearsal.bench.records import Contest, Run

# Measures of a plan of which more is better; of the others (the gap, the bound proved) less is.
MORE_IS_BETTER = frozenset({"value", "people"})
# What is shown with the figures of every contest of plans.
NOTES = (
    "Every gap is that to the bound which our planner proved: no plan can be worth more.",
    "HiGHS has the same pairs, as long as ours took and the same two threads; it may run over its limit.",
)


def contest_of_plans(
    plan: Plan,
    ours: Run,
    ways: Mapping[str, Callable[[], Answer | None]],
    *,
    as_plan: Callable[[Answer], Plan],
    wrong: Callable[[Plan], list[str]],
) -> Contest:
    """Our plan, which took `ours`, and what each of `ways` answers. Every plan is held against the rules (`wrong`)
    before it is shown, the baselines' too: one that breaks them is no contest.
    """
    runs: dict[str, Run] = {}
    not_run: dict[str, str] = {}
    for name, way in ways.items():
        answer, run = timed(way)
        if answer is None:
            took = f"{run.seconds:.1f} seconds (ours took {ours.seconds:.1f})"
            not_run[name] = f"It ran for {took} and found no plan."
        else:
            theirs = as_plan(answer)
            runs[name] = _measured(run, theirs, wrong, bound=plan.bound, proved=answer.bound)
    return Contest(
        size=len(plan.rows),
        ours=_measured(ours, plan, wrong, bound=plan.bound, proved=plan.bound),
        baselines=runs,
        not_run=not_run,
    )


def _measured(
    run: Run, plan: Plan, wrong: Callable[[Plan], list[str]], *, bound: float, proved: float
) -> Run:
    """`gap` is to the bound that ours proved, as a share; `bound` what this one proved itself, where it did."""
    broken = wrong(plan)
    assert not broken, broken[:3]
    run = run.with_measures(
        gap=max(0.0, (bound - plan.objective) / bound) if bound else 0.0,
        value=plan.objective,
        people=float(plan.seated_people),
    )
    return run.with_measures(bound=proved) if isfinite(proved) else run
