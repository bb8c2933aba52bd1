"""The truth beside a fictional caseload: what the rulebook would say had every family told everything."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from safeconduct.core.operation import Operation
from safeconduct.core.rulebook import Assessment, assess_all
from safeconduct.rehearsal.caseload.records import Caseload


def true_needs(caseload: Caseload, operation: Operation, *, on: date) -> Mapping[str, Assessment]:
    """The assessment of every true family on a day, by family id, in the order of the caseload.

    What is unknown here is unknown to the family itself (docs/rehearsal.md).
    """
    households = [family.household for family in caseload.families]
    found = assess_all(households, operation.rulebook, on=on, schemes=operation.schemes)
    return {each.household_id: each for each in found}


def assessed_on(operation: Operation, starts: date) -> date:
    """The day for which the truth is written down: the operation's own day, or the first day if that is later."""
    return max(starts, operation.day or operation.starts)
