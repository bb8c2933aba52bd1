"""What the planner is given: families and scarce things, by pseudonymous ids. No name, no contact, no story.

None means unknown, everywhere (law 8): a size that is not known is asked for, never guessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatFamily:
    """A household that asks for seats. `size` seats are used, infants too; `stretchers` spaces besides.

    `priority` is the household's (the sum over its members) and is worth priority x (1 -
    decay_per_day)^days on a departure that many days after the first. `ready_at` None: from the
    start; `leave_by` None: no limit. `schemes` empty: none. `keep_with` names families that board
    the same departure or none (it binds both ways, and onwards). `office` and `group` are carried
    for reports; the plan does not look at them.
    """

    family_id: str
    size: int | None
    priority: float | None
    ready_at: datetime | None = None
    leave_by: datetime | None = None
    place: str | None = None
    schemes: tuple[str, ...] = ()
    stretchers: int = 0
    office: str | None = None
    group: str | None = None
    keep_with: tuple[str, ...] = ()
    decay_per_day: float = 0.0


class Seats(Protocol):
    """A departure as the planner sees it: `core.operation.Departure` is one. Unknown seats are promised to nobody."""

    @property
    def departure_id(self) -> str: ...
    @property
    def departs_at(self) -> datetime | None: ...
    @property
    def muster_point(self) -> str | None: ...
    @property
    def seats(self) -> int | None: ...
    @property
    def stretcher_spaces(self) -> int: ...
    @property
    def schemes(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedDeparture:
    """A departure from a list where cells may be empty. `schemes` empty: open to all."""

    departure_id: str
    departs_at: datetime | None
    muster_point: str | None
    seats: int | None
    stretcher_spaces: int = 0
    schemes: tuple[str, ...] = ()


class LockKind(StrEnum):
    MUST = "must"
    NEVER = "never"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock:
    """A person's decision about one family and one departure, which every plan keeps."""

    family_id: str
    departure_id: str
    kind: LockKind


# (place, muster point) -> hours on the way; None where the hours are not known. A missing pair is unreachable.
Hours = Mapping[tuple[str, str], float | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeFamily:
    """A household that asks for a home. `size` counts against a locality's people; `needs` by
    resource, None where unknown."""

    family_id: str
    size: int | None
    needs: Mapping[str, float | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeLocality:
    """A locality with places for `people` and so much of each resource; None where that is
    unknown: promised to nobody."""

    locality_id: str
    people: int | None
    resources: Mapping[str, float | None] = field(default_factory=dict)


# (family, locality) -> score; None where it is compatible but its score is not known. An absent pair is not compatible.
Scores = Mapping[tuple[str, str], float | None]
