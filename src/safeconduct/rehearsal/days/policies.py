"""The policies that are compared, and the order in which each takes families."""

from __future__ import annotations

from collections.abc import Sequence

from safeconduct.core.rulebook.rules import BANDS
from safeconduct.rehearsal.days.records import Claim, Order, Policy


def _policies() -> tuple[Policy, ...]:
    codes = {Order.ARRIVAL: "fcfs", Order.PRIORITY: "priority", Order.PLANNER: "planner"}
    names = {
        Order.ARRIVAL: "First come, first served",
        Order.PRIORITY: "Priority order",
        Order.PLANNER: "Planner",
    }
    return tuple(
        Policy(
            code=codes[order] + ("-standby" if standby else ""),
            name=names[order] + (" with standby" if standby else ""),
            order=order,
            standby=standby,
        )
        for order in Order
        for standby in (False, True)
    )


POLICIES: tuple[Policy, ...] = _policies()

# What a rehearsal compares first: the others show which part of the difference is standby's.
NAMED = ("fcfs", "priority", "planner-standby")


def policy(code: str) -> Policy:
    """The policy of this code. Raises KeyError where there is none."""
    found = {each.code: each for each in POLICIES}
    return found[code]


def ranks(claims: Sequence[Claim], order: Order) -> list[int]:
    """Each claim's place in the order of a policy, in which pleas are decided and families called.

    First come, first served looks at nothing but the arrival. The others take the more urgent band first, then the
    higher priority (the household's: the sum over its members, as the rulebook gives it), then the arrival. The
    planner decides pleas in that order too; whom it calls, its plan says. Claims stand in the order of arrival.
    """
    if order is Order.ARRIVAL:
        return list(range(len(claims)))

    def place(at: int) -> tuple[int, float, int]:
        return BANDS.index(claims[at].band), -claims[at].priority, at

    rank = [0] * len(claims)
    for number, at in enumerate(sorted(range(len(claims)), key=place)):
        rank[at] = number
    return rank
