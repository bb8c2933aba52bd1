"""Scarce things to families: seats and homes are two faces of one problem.

The records are here and cost nothing to import; `allocation.seats.plan_seats` and
`allocation.homes.plan_homes` bring the arrays with them, and the solver loads only when they solve.
"""

from __future__ import annotations

from safeconduct.core.allocation.families import (
    HomeFamily,
    HomeLocality,
    Hours,
    ListedDeparture,
    Lock,
    LockKind,
    Scores,
    SeatFamily,
    Seats,
)
from safeconduct.core.allocation.plan import Plan, PlanRow

__all__ = [
    "HomeFamily",
    "HomeLocality",
    "Hours",
    "ListedDeparture",
    "Lock",
    "LockKind",
    "Plan",
    "PlanRow",
    "Scores",
    "SeatFamily",
    "Seats",
]
