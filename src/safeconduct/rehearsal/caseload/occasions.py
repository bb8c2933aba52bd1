"""When and where a family is told of: which offices hear of it, how often, and on which day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from safeconduct.core.operation import Operation
from safeconduct.packs.caseload.records import CaseloadModel
from safeconduct.rehearsal.caseload.assumed import (
    CALLERS_OF_A_FAMILY,
    LEAST_OFFICES,
    MOST_OFFICES,
    OFFICES_AMONG,
    OFFICES_FALL,
    OFFICES_GROW,
)
from safeconduct.rehearsal.caseload.dice import Choices, Dice


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """One telling of a family. `tie` orders the pleas of a day; `caller` is which of the family's callers it is."""

    family: int
    telling: int
    office: str
    caller: int
    received_on: date
    tie: float


class Occasions:
    """Draws the tellings of families for one model and one span of days."""

    def __init__(
        self,
        model: CaseloadModel,
        operation: Operation,
        *,
        people: int,
        seed: int,
        starts: date,
        days: int,
    ) -> None:
        drawn = {name: each.choices for name, each in model.distributions.items()}
        self._offices = _offices(drawn["office_kind"].items(), people, Dice(seed, "offices"))
        self._how_many = Choices((int(many), w) for many, w in drawn["offices_per_family"].items())
        self._calls = Choices((int(many), w) for many, w in drawn["calls_per_office"].items())
        self._days = _days(model, operation, starts, days)

    def of(self, family: int, dice: Dice) -> list[Occasion]:
        """The tellings of one family: at least one."""
        many = min(dice.one(self._how_many), len(self._offices.options))
        offices: list[str] = []
        while len(offices) < many:
            office = dice.one(self._offices)
            if office not in offices:
                offices.append(office)
        heard = [office for office in offices for _ in range(dice.one(self._calls))]
        return [
            Occasion(
                family=family,
                telling=telling,
                office=office,
                caller=dice.whole(0, CALLERS_OF_A_FAMILY - 1),
                received_on=dice.one(self._days),
                tie=dice.draw(),
            )
            for telling, office in enumerate(heard)
        ]


def _offices(kinds: Iterable[tuple[str, float]], people: int, dice: Dice) -> Choices[str]:
    """The offices by name ("Charity 03"), a few large and many small.

    How many there are grows with the root of the caseload, and their weights fall with their place (`assumed`).
    """
    many = round((people / OFFICES_AMONG) ** OFFICES_GROW)
    many = max(LEAST_OFFICES, min(MOST_OFFICES, many))
    kind = Choices(kinds)
    numbers: Counter[str] = Counter()
    named = []
    for place in range(1, many + 1):
        drawn = dice.one(kind)
        numbers[drawn] += 1
        name = f"{drawn[:1].upper()}{drawn[1:]} {numbers[drawn]:02d}"
        named.append((name, 1 / place**OFFICES_FALL))
    return Choices(named)


def _days(model: CaseloadModel, operation: Operation, starts: date, days: int) -> Choices[date]:
    """The days of the rehearsal with their share of all pleas.

    The operation's first day is the rehearsal's. Earlier days count as the first; what would arrive after
    the last day is left out, the other shares growing alike. Without any share in its days, they are even.
    """
    shares = [0.0] * days
    for each in model.arrivals:
        day = max((each.on - operation.starts).days, 0)
        if day < days:
            shares[day] += each.share
    if not any(shares):
        shares = [1.0] * days
    return Choices((starts + timedelta(days=day), share) for day, share in enumerate(shares))
