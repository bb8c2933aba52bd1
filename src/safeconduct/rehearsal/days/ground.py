"""A prepared caseload and a scenario laid out as arrays: what is the same under every policy.

Claims stand in the order of arrival, departures in the order in which they leave; times are whole seconds from the
first morning (midnight of the scenario's first day).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from safeconduct.core.allocation.problem import Flags, Floats, Ints
from safeconduct.core.operation import Departure
from safeconduct.rehearsal.days.luck import draws
from safeconduct.rehearsal.days.records import Claim, Prepared, Scenario
from safeconduct.rehearsal.days.ways import DAY, HOUR, NEVER, latest_starts, seconds_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """`standing` is each claim's row in `latest` (see `ways`), `family` its family's number, `twins` the claims that
    are likely the same. `may_fly`: some scheme surely holds and some departure takes it. `leaves`, `closes` and
    `day_of` are of departures: when each leaves, when its list closes, which day that is. `has_way`: there is a
    departure that the claim may board and could reach, some day. `worth` and `family_size`
    are by family. `draws` is (families, days).
    """

    scenario: Scenario
    prepared: Prepared
    claims: tuple[Claim, ...]
    families: tuple[str, ...]
    departures: tuple[Departure, ...]
    dates: tuple[date, ...]
    arrives: Ints
    size_told: Ints
    size: Ints
    priority: Floats
    family: Ints
    standing: Ints
    twins: tuple[tuple[int, ...], ...]
    may_fly: Flags
    has_way: Flags
    worth: Floats
    family_size: Ints
    leaves: Ints
    closes: Ints
    day_of: Ints
    seats: Ints
    latest: Ints
    draws: Floats

    def with_luck(self, seed: int) -> Ground:
        """The same ground, where another seed decides who comes when called."""
        return replace(
            self,
            scenario=replace(self.scenario, seed=seed),
            draws=draws(seed, self.families, self.dates),
        )

    def with_no_show(self, rate: float) -> Ground:
        """The same ground and the same draws at another rate of no-shows."""
        return replace(self, scenario=replace(self.scenario, no_show=rate))


def ground_of(prepared: Prepared, scenario: Scenario) -> Ground:
    """Lay out a prepared caseload. Departures outside the scenario's days take no part."""
    claims = prepared.claims
    dates = tuple(scenario.starts + timedelta(days=each) for each in range(scenario.days))
    departures = departures_within(scenario)
    leaves = np.array(
        [seconds_at(each.departs_at, scenario.starts) for each in departures], dtype=np.int64
    )
    families = tuple(dict.fromkeys(claim.family_id for claim in claims))
    number = {family: at for at, family in enumerate(families)}
    family = np.array([number[claim.family_id] for claim in claims], dtype=np.int64)
    standings = dict.fromkeys((claim.province, claim.schemes) for claim in claims)
    row = {standing: at for at, standing in enumerate(standings)}
    position = {claim.claim_id: at for at, claim in enumerate(claims)}
    worth, family_size = np.zeros(len(families)), np.zeros(len(families), dtype=np.int64)
    for claim in claims:
        worth[number[claim.family_id]] = claim.worth
        family_size[number[claim.family_id]] = claim.size
    standing = np.array([row[each.province, each.schemes] for each in claims], dtype=np.int64)
    latest = latest_starts(scenario, departures, standings)
    return Ground(
        scenario=scenario,
        prepared=prepared,
        claims=claims,
        families=families,
        departures=departures,
        dates=dates,
        arrives=np.array([seconds_at(each.arrives, scenario.starts) for each in claims], np.int64),
        size_told=np.array([claim.size_told for claim in claims], dtype=np.int64),
        size=np.array([claim.size for claim in claims], dtype=np.int64),
        priority=np.array([claim.priority for claim in claims], dtype=np.float64),
        family=family,
        standing=standing,
        twins=tuple(
            tuple(position[other] for other in claim.likely_same if other in position)
            for claim in claims
        ),
        may_fly=np.array([may_fly(each.schemes, departures) for each in claims], dtype=np.bool_),
        has_way=latest[standing].max(axis=1, initial=NEVER) > NEVER,
        worth=worth,
        family_size=family_size,
        leaves=leaves,
        closes=leaves - round(scenario.list_closes_hours * HOUR),
        day_of=leaves // DAY,
        seats=np.array([each.seats for each in departures], dtype=np.int64),
        latest=latest,
        draws=draws(scenario.seed, families, dates),
    )


def departures_within(scenario: Scenario) -> tuple[Departure, ...]:
    """The departures on the scenario's days, in the order in which they leave."""
    ends = scenario.starts + timedelta(days=scenario.days)
    inside = (
        each for each in scenario.departures if scenario.starts <= each.departs_at.date() < ends
    )
    return tuple(sorted(inside, key=lambda each: (each.departs_at, each.departure_id)))


def may_fly(schemes: tuple[str, ...], departures: tuple[Departure, ...]) -> bool:
    """Whether some scheme surely holds and some departure takes it (an open one takes any)."""
    return bool(schemes) and any(
        not each.schemes or not set(each.schemes).isdisjoint(schemes) for each in departures
    )
