"""A whole fictional caseload of the shipped operation, for the benches of what a caseload goes through."""

from __future__ import annotations

from datetime import timedelta

from safeconduct.core.operation import Operation
from safeconduct.packs.caseload import load_caseload_model
from safeconduct.rehearsal.caseload import Caseload, simulate

PACK = "afghanistan-2021"


def whole_caseload(operation: Operation, people: int, seed: int) -> Caseload:
    """So many people in truth, with all the pleas that speak of them over the days of the operation."""
    return simulate(
        load_caseload_model(PACK, operation),
        operation,
        people=people,
        seed=seed,
        starts=operation.starts,
        days=(operation.ends - operation.starts) // timedelta(days=1) + 1,
    )
