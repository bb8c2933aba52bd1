"""What an office's figures are reckoned from, as plain rows; nothing here asks a database."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from safeconduct.cases.counting import Counted
from safeconduct.cases.models import State


@dataclass(frozen=True, slots=True, kw_only=True)
class Caseload:
    """`covers`: one for each family: of cases that members judged to be one, the leading one alone.

    `ends`: pleas by their end, "" for none; `late`: codes of quarantined pleas that are overdue or ownerless. `waits`:
    what waits for somebody, by name. `handles`: what members are called, by code; those who left are not among them.
    """

    covers: Sequence[Counted]
    at: datetime
    ends: Mapping[str, int] = field(default_factory=dict)
    without_an_end: int = 0
    not_compared: Collection[str] = frozenset()
    doubtful: Collection[str] = frozenset()  # cases with a possible double that nobody judged
    with_asks: Collection[str] = frozenset()
    handles: Mapping[str, str] = field(default_factory=dict)

    @property
    def on(self) -> date:
        return self.at.date()

    @property
    def open(self) -> list[Counted]:
        return [each for each in self.covers if each.state == State.OPEN]

    @property
    def pleas(self) -> int:
        return sum(self.ends.values())


def people_in(covers: Collection[Counted]) -> int:
    """Everybody whom we know of; of a household that nobody counted yet, one (somebody is there)."""
    return sum(each.size or 1 for each in covers)
