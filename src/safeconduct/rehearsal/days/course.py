"""What has happened so far under one policy: who is known, decided, called, ready, aboard; and each plea's end."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from safeconduct.core.allocation.problem import Flags, Ints
from safeconduct.rehearsal.days.ends import DOUBLED, MOVED, WAITS_FOR_SEAT
from safeconduct.rehearsal.days.ground import Ground
from safeconduct.rehearsal.days.policies import ranks
from safeconduct.rehearsal.days.records import Policy

# A family that did not come is called once more, and one that was ready in vain three times is not asked again:
# assumptions of ours.
MOST_CALLS = 2
MOST_READY_IN_VAIN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Aboard:
    """One line of a manifest, as it was written when the departure left. Numbers are those of the ground."""

    departure: int
    family: int
    claim: int
    people: int
    from_standby: bool


@dataclass(slots=True, kw_only=True)
class Course:
    """`pool` are claims that may be called: decided, of a family that may fly, not held back, not called or ready just
    now. `planned` are claims decided that may fly, have a way and are not held back, whatever became of them. `size`
    is what the office counts on: as told, or as seen once the family has come. `room` is what called families leave
    of each departure. `ready` holds, by day, claims on standby and the moment each was told. `family_left` is by
    family: whether it has moved. `ends` is written as things happen, plea by plea.
    """

    ground: Ground
    policy: Policy
    rank: Ints
    known: int = 0
    waiting: Flags
    pool: Flags
    planned: Flags
    decided_at: Ints
    size: Ints
    calls: Ints
    ready_in_vain: Ints
    room: Ints
    family_left: Flags
    called: list[list[int]]
    ready: list[list[tuple[int, int]]]
    manifest: list[Aboard] = field(default_factory=list)
    ends: dict[int, str] = field(default_factory=dict)
    no_show_families: int = 0
    turned_away: int = 0
    doubled_calls: int = 0

    def in_turn(self, claims: Ints) -> Ints:
        """These claims in the policy's order."""
        return claims[np.argsort(self.rank[claims], kind="stable")]

    def back_to_pool(self, claim: int) -> None:
        """The family waits again, unless it was asked as often as anybody is."""
        self.ends[claim] = WAITS_FOR_SEAT
        self.pool[claim] = not self.asked_enough(claim)

    def did_not_come(self, claim: int) -> None:
        """Nobody came: the family waits again, or is found to have left by another plea, and is asked no more."""
        if self.family_left[self.ground.family[claim]]:
            self.ends[claim] = DOUBLED
        else:
            self.back_to_pool(claim)

    def asked_enough(self, claim: int) -> bool:
        return bool(
            self.calls[claim] >= MOST_CALLS or self.ready_in_vain[claim] >= MOST_READY_IN_VAIN
        )

    def put_aboard(self, claim: int, departure: int, *, from_standby: bool) -> None:
        family = int(self.ground.family[claim])
        people = int(self.ground.size[claim])
        self.family_left[family] = True
        self.ends[claim] = MOVED
        self.manifest.append(
            Aboard(
                departure=departure,
                family=family,
                claim=claim,
                people=people,
                from_standby=from_standby,
            )
        )


def course_of(ground: Ground, policy: Policy) -> Course:
    """The beginning, before the first morning."""
    claims = len(ground.claims)
    return Course(
        ground=ground,
        policy=policy,
        rank=np.array(ranks(ground.claims, policy.order), dtype=np.int64),
        waiting=np.zeros(claims, dtype=np.bool_),
        pool=np.zeros(claims, dtype=np.bool_),
        planned=np.zeros(claims, dtype=np.bool_),
        decided_at=np.full(claims, -1, dtype=np.int64),
        size=ground.size_told.copy(),
        calls=np.zeros(claims, dtype=np.int64),
        ready_in_vain=np.zeros(claims, dtype=np.int64),
        room=ground.seats.copy(),
        family_left=np.zeros(len(ground.families), dtype=np.bool_),
        called=[[] for _ in ground.departures],
        ready=[[] for _ in ground.dates],
    )
