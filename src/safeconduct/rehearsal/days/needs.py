"""What a bad month would need, as it was found (see `finding_needs`): seats, caseworkers, days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from safeconduct.core.rulebook.rules import Band
from safeconduct.rehearsal.days.ends import (
    ENDS,
    NO_SCHEME,
    NO_WAY,
    NOT_IN_TIME,
    NOT_YET_KNOWN,
    PLACE_NOT_KNOWN,
    WAITS,
)

HELD_BACK = "held back as a double"

# Why a family that may fly is out of reach, whatever there is of seats and caseworkers, each with its sentence.
OUT_OF_REACH: dict[str, str] = {
    PLACE_NOT_KNOWN: WAITS[PLACE_NOT_KNOWN],
    NO_WAY: WAITS[NO_WAY],
    NOT_IN_TIME: "The way was too long, or the plea came too late, for every departure that takes the family.",
    HELD_BACK: "The family is likely the same as another one, and is not called until somebody settles that.",
}
# Why a family may not fly at all.
MAY_NOT_FLY: dict[str, str] = {
    NOT_YET_KNOWN: ENDS[NOT_YET_KNOWN],
    NO_SCHEME: ENDS[NO_SCHEME],
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One number that a scenario would need.

    `name` is for files, `what` is what it would be enough for ("seats a day with which ..."), `unit` what it counts.
    `value` is the smallest that was enough, or None where not even `tried` were; `given` is what the
    scenario has. `found` says in a sentence how it was found and what was taken for granted.
    """

    name: str
    what: str
    unit: str
    given: float
    value: int | None
    tried: int
    found: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """What would have been enough, and for whom nothing would.

    `reachable_families` may fly by what they told and can come to a departure in time, were there a
    seat for each; `highest_reachable` are those of them in the most urgent band. `out_of_reach`
    counts the other families that may fly, by what stands in their way (cause -> families), and
    `may_not_fly` those that may not by what they told: together they are all families who sent a plea.
    """

    highest_band: Band
    reachable_families: int
    reachable_people: int
    highest_reachable: int
    out_of_reach: Mapping[str, int]
    may_not_fly: Mapping[str, int]
    seats: Need
    seats_for_all: Need
    caseworkers: Need
    caseworkers_for_all: Need
    days: Need
    runs: int
    seconds: float

    @property
    def all(self) -> tuple[Need, ...]:
        """Every need, in the order in which they are told."""
        return (
            self.seats,
            self.seats_for_all,
            self.caseworkers,
            self.caseworkers_for_all,
            self.days,
        )
