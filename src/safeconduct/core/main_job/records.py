"""What the main job tells: covers, doubles, quarantine and plans.

Planning uses covers (law 3): nothing here holds a name, a document number, a contact or a story.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from safeconduct.core.allocation.plan import Plan
from safeconduct.core.operation import Departure, Locality, Operation
from safeconduct.core.rows import Intake
from safeconduct.core.rulebook.assessment import Assessment

# Kinds of held rows that are no plea: they wait for a glance. Any other kind may be a person
# (docs/decisions/0003).
NO_PLEA = frozenset({"note", "total", "heading again"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """What may be shown and sorted of a household: no name, no contact, no document, no story.

    `departure` and `locality` are None where the household waits; the reasons beside them are never
    empty. `may_be_same_as` are households that may be this one: a person settles that, the software
    never merges.
    """

    household_id: str
    plea_ids: tuple[str, ...]
    size: int
    office: str
    province: str | None
    assessment: Assessment
    may_be_same_as: tuple[str, ...]
    departure: str | None
    seat_reason: str
    seat_why: str
    locality: str | None
    home_reason: str
    home_why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Double:
    """Two households that may be one, with reasons that name no one. `decision` is "same" or
    "review" (a person decides both).
    """

    household_a: str
    household_b: str
    probability: float
    decision: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A row in quarantine: an owner and a date due, so that it has an end (law 1)."""

    file: str
    sheet: str
    row: int
    kind: str
    owner: str
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class MainJob:
    """Everything the brief tells. `seats` and `homes` are over the households that could be planned
    for (`Cover.seat_why`). `pleas_without_an_end` is over every held row, pleas or not.
    """

    operation: Operation
    on: date
    intake: Intake
    covers: tuple[Cover, ...]
    doubles: tuple[Double, ...]
    held: tuple[Held, ...]
    pleas_without_an_end: int
    departures: tuple[Departure, ...]
    localities: tuple[Locality, ...]
    share: float = 1.0
    seats: Plan
    homes: Plan
    seconds: float

    @property
    def people(self) -> int:
        """Everybody in the households, infants too."""
        return sum(cover.size for cover in self.covers)

    @property
    def pleas(self) -> int:
        """Pleas that were read whole, and held rows that may be one."""
        return len(self.intake.pleas) + self.pleas_held

    @property
    def pleas_held(self) -> int:
        """Held rows that may be a person: all but notes, totals and repeated headings."""
        return sum(each.kind not in NO_PLEA for each in self.held)
