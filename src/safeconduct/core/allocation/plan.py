"""A plan for scarce things: who gets which, who waits and why, and how far from the best possible
it can be.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRow:
    """One family's line. `target` is a departure or a locality; None where the family waits.
    `reason` stands beside every outcome.

    `why` is the reason's short name for counting: "placed", "full", "unreachable", "no scheme",
    "leaves before ready", "locked out", "no capacity", "incompatible", "larger than any", "tie" ...
    """

    family_id: str
    target: str | None
    reason: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """`objective` and `bound` are in the same unit (priority for seats, score for homes): no plan
    can be worth more than `bound`.

    `status` is "best possible" when the gap is proved nil (within 1e-9 relative), else "best found
    in the time". `empty` counts seats or people's places left over; `seconds` is wall time.
    """

    rows: tuple[PlanRow, ...]
    objective: float
    bound: float
    seated_people: int
    empty: int
    status: str
    seconds: float

    @property
    def gap(self) -> float:
        """(bound - objective) / bound; 0 where there was nothing to give."""
        return max(0.0, (self.bound - self.objective) / self.bound) if self.bound > 0 else 0.0

    @property
    def waiting(self) -> tuple[PlanRow, ...]:
        return tuple(row for row in self.rows if row.target is None)
