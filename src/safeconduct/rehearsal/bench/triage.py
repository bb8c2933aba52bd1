"""The bench of triage: every plea of a fictional caseload assessed by the rulebook of 2021."""

from __future__ import annotations

from collections.abc import Sequence

from safeconduct.core.facts import Household
from safeconduct.core.operation import Operation
from safeconduct.core.rulebook import Band, assess_all
from safeconduct.packs import load
from safeconduct.rehearsal.bench.caseloads import PACK, whole_caseload
from safeconduct.rehearsal.bench.measuring import timed
from safeconduct.rehearsal.bench.records import Bench, Contest


def contest(size: int, seed: int) -> Contest:
    """The pleas that speak of `size` people."""
    operation = load(PACK)
    pleas = whole_caseload(operation, size, seed).pleas
    return triage_contest(operation, [each.plea.household for each in pleas], size)


def triage_contest(operation: Operation, households: Sequence[Household], size: int) -> Contest:
    """These households assessed on the operation's own day: rules made ready, band, priority, schemes and reasons."""
    on = operation.day or operation.starts
    assessed, ours = timed(
        lambda: list(assess_all(households, operation.rulebook, on=on, schemes=operation.schemes))
    )
    given = sum(each.band is not Band.NOT_ASSESSED for each in assessed)
    reasons = sum(len(each.reasons) for each in assessed)
    return Contest(
        size=size,
        ours=ours.with_measures(households=len(assessed), with_a_band=given, reasons=reasons),
    )


NO_BASELINE = (
    "There is no baseline: we know of no other engine of these rules, and our own with its memory of like families "
    "taken away would be a straw man. What that memory is worth, the bench triage-unlike shows."
)

BENCH = Bench(
    name="triage",
    what="pleas assessed by the rulebook: band, priority, schemes, reasons, what to ask",
    unit="people",
    sizes=(15_000, 50_000, 150_000),
    small=(100, 200, 400),
    contest=contest,
    notes=(
        "A size counts people in truth; several pleas may speak of one family, and each is assessed.",
        NO_BASELINE,
    ),
)
