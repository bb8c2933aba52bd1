"""What a bad month would need, found by rehearsing it again with more.

A search tries a number, rehearses, and asks whether that was enough: doubling from what the scenario has until it is,
then halving the span. Whole families make the answer uneven (with one seat more, a day may now and then move one
family fewer): what is found is a number that is enough beside a smaller one that is not, and it is not proved that
none below that would do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from math import ceil

from safeconduct.core.rulebook.rules import BANDS, Band
from safeconduct.rehearsal.days.ends import NO_SCHEME, NOT_IN_TIME, NOT_YET_KNOWN
from safeconduct.rehearsal.days.ground import ground_of
from safeconduct.rehearsal.days.more import all_decided, with_further_days, with_seats
from safeconduct.rehearsal.days.needs import HELD_BACK, MAY_NOT_FLY, OUT_OF_REACH, Need, Needs
from safeconduct.rehearsal.days.outcome import told_bands
from safeconduct.rehearsal.days.policies import policy
from safeconduct.rehearsal.days.records import Outcome, Prepared, Scenario
from safeconduct.rehearsal.days.running import outcome_on

Clock = Callable[[], float]
Progress = Callable[[str, float], None]

# How much of what a seat for everybody would do is enough: an assumption of ours, for the last few take far more seats
# than the others (they come late, and on one day).
ENOUGH = 0.95
MOST_FURTHER_DAYS = 366
# Between a number and its percent sign, where no line may break.
NO_BREAK = "\N{NO-BREAK SPACE}"
# The planner with standby: what the office would work with. Deciding follows the same order under it and the other.
TRIED, DECIDING = "planner-standby", "priority"


@dataclass(slots=True, kw_only=True)
class Trials:
    """One caseload tried again with more of one thing. `runs` counts the rehearsals."""

    prepared: Prepared
    scenario: Scenario
    clock: Clock
    progress: Progress
    runs: int = 0
    moved_with: dict[int, frozenset[str]] = field(default_factory=dict)

    def outcome(self, scenario: Scenario, code: str = TRIED) -> Outcome:
        self.runs += 1
        ground = ground_of(self.prepared, scenario)
        return outcome_on(ground, policy(code), bound=0.0, clock=self.clock)

    def moved_by_seats(self, seats: int) -> frozenset[str]:
        """The families moved with so many seats on every day with departures, were all decided at once."""
        if seats not in self.moved_with:
            scenario = with_seats(all_decided(self.scenario, len(self.prepared.claims)), seats)
            self.moved_with[seats] = frozenset(self.outcome(scenario).moved)
        return self.moved_with[seats]

    def enough_of(self, families: frozenset[str]) -> int:
        """How many of these families must move: nearly as many as would, were there a seat for everybody each day.

        That is fewer than can be reached: some do not come when they are called, and no number of seats brings them.
        """
        return ceil(ENOUGH * len(families & self.moved_by_seats(self.most_seats)))

    @property
    def most_seats(self) -> int:
        """A seat for everybody on every day."""
        return max(1, self.prepared.people)

    def smallest(
        self, what: str, enough: Callable[[int], bool], *, start: int, most: int
    ) -> int | None:
        """A number up to `most` that is enough beside a smaller one that is not; None where `most` is not either."""
        self.progress(what, 0.0)
        low, high = 0, max(1, min(start, most))
        while not enough(high):
            if high == most:
                return None
            low, high = high, min(2 * high, most)
        self.progress(what, 0.5)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if enough(middle) else (middle, high)
        self.progress(what, 1.0)
        return high


def needs_of(
    prepared: Prepared, scenario: Scenario, *, clock: Clock, progress: Progress | None = None
) -> Needs:
    """What a scenario would need for this caseload. `clock` tells seconds and decides nothing."""
    began = clock()
    trials = Trials(prepared=prepared, scenario=scenario, clock=clock, progress=progress or _silent)
    bands = _bands(prepared, scenario)
    reachable, causes = _within_reach(trials, bands)
    highest = min(bands.values(), key=BANDS.index, default=BANDS[0])
    most_urgent = frozenset(family for family in reachable if bands[family] is highest)
    seats, for_all = _seats(trials, most_urgent, reachable, highest)
    soon, in_time = _caseworkers(trials, highest)
    return Needs(
        highest_band=highest,
        reachable_families=len(reachable),
        reachable_people=sum(prepared.needs[family].size for family in reachable),
        highest_reachable=len(most_urgent),
        out_of_reach={cause: causes[cause] for cause in OUT_OF_REACH},
        may_not_fly={cause: causes[cause] for cause in MAY_NOT_FLY},
        seats=seats,
        seats_for_all=for_all,
        caseworkers=soon,
        caseworkers_for_all=in_time,
        days=_days(trials, reachable),
        runs=trials.runs,
        seconds=clock() - began,
    )


def _bands(prepared: Prepared, scenario: Scenario) -> dict[str, Band]:
    """The most urgent band told of each family who may fly by what was told, by family id."""
    ground = ground_of(prepared, scenario)
    return {ground.families[family]: band for family, band in told_bands(ground).items()}


def _within_reach(trials: Trials, bands: Mapping[str, Band]) -> tuple[frozenset[str], Counter[str]]:
    """The families who would move had everybody a seat, were every plea decided at once and did everybody come; and
    how many others are out of reach, or may not fly, by which cause."""
    prepared, scenario = trials.prepared, trials.scenario
    everybody = with_seats(all_decided(scenario, len(prepared.claims)), max(1, prepared.people))
    outcome = trials.outcome(replace(everybody, no_show=0.0, standby_shows=1.0))
    reachable = frozenset(family for family in bands if family in outcome.moved)
    asked = {each.family_id for each in prepared.claims if each.not_yet_known}
    decided = {each.family_id for each in prepared.claims if each.claim_id in outcome.decided_on}
    causes: Counter[str] = Counter()
    for family in {each.family_id for each in prepared.claims} - reachable:
        if family in bands:
            waits = outcome.family_waits.get(
                family, HELD_BACK if family in decided else NOT_IN_TIME
            )
            causes[waits if waits in OUT_OF_REACH else NOT_IN_TIME] += 1
        else:
            causes[NOT_YET_KNOWN if family in asked else NO_SCHEME] += 1
    return reachable, causes


def _seats(
    trials: Trials, most_urgent: frozenset[str], reachable: frozenset[str], highest: Band
) -> tuple[Need, Need]:
    scenario = trials.scenario
    days = {each.departs_at.date() for each in scenario.departures}
    given = sum(each.seats for each in scenario.departures) / max(1, len(days))

    def need(name: str, families: frozenset[str], who: str) -> Need:
        wanted = trials.enough_of(families)

        def enough(seats: int) -> bool:
            return len(families & trials.moved_by_seats(seats)) >= wanted

        value: int | None = 0
        if wanted:
            most = trials.most_seats
            value = trials.smallest("Seats it would need", enough, start=round(given), most=most)
        return Need(
            name=name,
            what=f"seats a day with which {_enough_in_words(who)}",
            unit="seats a day",
            given=round(given, 1),
            value=value,
            tried=trials.most_seats,
            found=(
                "Rehearsed again under the planner with standby, with as many seats on each day that has departures, "
                f"and every plea decided on the first morning after it arrived. Enough are {wanted} of {len(families)} "
                "families; where they are few, one more that does not come asks for many more seats."
            ),
        )

    named = f"{highest.value} families"
    return need("seats", most_urgent, named), need("seats_for_all", reachable, "families")


def _caseworkers(trials: Trials, highest: Band) -> tuple[Need, Need]:
    scenario, prepared = trials.scenario, trials.prepared
    last = scenario.starts + timedelta(days=scenario.days - 1)
    # Nobody can decide on a day of the drill what arrives on its last.
    looked_at = {
        each.claim_id: first
        for each in prepared.claims
        if (first := _first_morning(each.arrives, scenario.starts)) <= last
    }
    urgent = [
        each.claim_id
        for each in prepared.claims
        if each.band is highest and each.claim_id in looked_at
    ]
    most = max(1, ceil(len(looked_at) / scenario.decisions_each_day))
    decided: dict[int, Mapping[str, date]] = {}

    def decided_with(caseworkers: int) -> Mapping[str, date]:
        if caseworkers not in decided:
            # Deciding does not look at seats, so that these runs do without.
            without = replace(scenario, caseworkers=caseworkers, departures=())
            decided[caseworkers] = trials.outcome(without, DECIDING).decided_on
        return decided[caseworkers]

    def at_once(caseworkers: int) -> bool:
        found = decided_with(caseworkers)
        return all(found.get(claim, date.max) <= looked_at[claim] for claim in urgent)

    def all_in_time(caseworkers: int) -> bool:
        return len(decided_with(caseworkers)) == len(looked_at)

    def need(name: str, what: str, enough: Callable[[int], bool]) -> Need:
        return Need(
            name=name,
            what=what,
            unit="caseworkers",
            given=scenario.caseworkers,
            value=trials.smallest(
                "Caseworkers it would need", enough, start=scenario.caseworkers, most=most
            ),
            tried=most,
            found=(
                f"Rehearsed again with more and fewer of them, each deciding {scenario.decisions_each_day:g} pleas a "
                "day, the most urgent first. Seats make no difference to it."
            ),
        )

    soon = f"caseworkers with whom no {highest.value} plea waits more than a day for its decision"
    in_time = "caseworkers with whom every plea that could be is decided by the last day"
    return (
        need("caseworkers", soon, at_once),
        need("caseworkers_for_all", in_time, all_in_time),
    )


def _first_morning(arrives: datetime, starts: date) -> date:
    return max(starts, arrives.date() + timedelta(days=1))


def _days(trials: Trials, reachable: frozenset[str]) -> Need:
    scenario = trials.scenario
    wanted = trials.enough_of(reachable)
    largest = max((each.seats for each in scenario.departures), default=0)
    larger = sum(trials.prepared.needs[family].size > largest for family in reachable)
    return Need(
        name="days",
        what=f"further days of the same seats with which {_enough_in_words('families')}",
        unit="further days",
        given=scenario.days,
        value=_further_days(trials, reachable, wanted) if wanted else 0,
        tried=MOST_FURTHER_DAYS,
        found=(
            "Rehearsed again under the planner with standby, with the drill's departures once more from the first on, "
            "the same caseworkers, no further pleas, and the ways as they were on the last day. "
            f"{wanted} families count as enough; {larger} of those who can be reached are larger than any departure."
        ),
    )


def _further_days(trials: Trials, families: frozenset[str], wanted: int) -> int | None:
    """After how many further days so many of these families have left; None where a year is not enough.

    A day does not know how many come after it, so that one long rehearsal tells of all the shorter ones.
    """
    scenario, further = trials.scenario, 0
    last = scenario.starts + timedelta(days=scenario.days - 1)
    while further < MOST_FURTHER_DAYS:
        trials.progress("Days it would need", further / MOST_FURTHER_DAYS)
        further = min(further + max(further, scenario.days), MOST_FURTHER_DAYS)
        longer = with_further_days(scenario, further)
        day_of = {each.departure_id: each.departs_at.date() for each in longer.departures}
        moved = trials.outcome(longer).moved
        left_on = sorted(
            day_of[departure] for family, departure in moved.items() if family in families
        )
        if len(left_on) >= wanted:
            trials.progress("Days it would need", 1.0)
            return max(0, (left_on[wanted - 1] - last).days)
    trials.progress("Days it would need", 1.0)
    return None


def _enough_in_words(who: str) -> str:
    return f"{100 * ENOUGH:.0f}{NO_BREAK}% of the {who} move who would, had everybody a seat"


def _silent(what: str, share: float) -> None:
    """Nobody looks on."""
