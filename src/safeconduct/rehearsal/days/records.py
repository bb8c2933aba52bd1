"""An operation rehearsed day by day: what is assumed, who asks, what came of it under each policy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from safeconduct.core.operation import Assumption, Departure, Reach
from safeconduct.core.rulebook.rules import Band


class Order(StrEnum):
    """In which order families are decided and given seats."""

    ARRIVAL = "first come, first served"
    PRIORITY = "priority order"
    PLANNER = "planner"


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """`code` is for files: fcfs, priority, planner, each also with -standby. With `standby`, seats that fall empty
    are offered to families who were told to be ready near the muster point.
    """

    code: str
    name: str
    order: Order
    standby: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """From a day on, nobody from `province` (None: from anywhere) reaches `muster_point` (None: any)."""

    on: date
    province: str | None
    muster_point: str | None
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """What happens to every policy alike. Times have no offset: they are those of the place.

    `departures` are all there will be; a policy sees one from the morning of the day `known_ahead_days` before it
    leaves. `reach` None: every muster point at once. A caseworker decides `decisions_each_day` pleas a day; a plea
    that is not decided cannot be called forward. Families called forward do not come with probability `no_show`;
    those on standby come with `standby_shows`. A list closes `list_closes_hours` before the departure: nobody is
    called later (standby is). `standby_per_seat` is how many people on standby are told to be ready for each seat of
    a day. `assumptions` names every number above that no source gives, with its sentence.
    """

    operation: str
    starts: date
    days: int
    departures: tuple[Departure, ...]
    reach: tuple[Reach, ...] | None
    closings: tuple[Closing, ...]
    caseworkers: int
    decisions_each_day: float
    no_show: float
    standby_shows: float
    standby_per_seat: float
    known_ahead_days: int
    list_closes_hours: float
    seed: int
    assumptions: tuple[Assumption, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A plea as the rehearsal sees it: its cover, and what only the rehearsal knows (law 3: no name).

    `size_told` is what a plan counts on, `size` how many come. `priority` is by what this plea told; `worth` is what
    moving the family counts for under every policy alike: the highest priority any of its pleas was given.
    `schemes` are those that surely hold, `not_yet_known` says that another might. `likely_same` are claims that the
    matching proposes as "same".
    """

    claim_id: str
    family_id: str
    arrives: datetime
    size_told: int
    size: int
    band: Band
    priority: float
    worth: float
    schemes: tuple[str, ...]
    province: str | None
    office: str | None
    likely_same: tuple[str, ...]
    not_yet_known: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TrueNeed:
    """What is true of a family, by the rulebook over all its facts, told or not."""

    family_id: str
    size: int
    band: Band
    eligible: bool
    priority: float = 0.0
    schemes: tuple[str, ...] = ()
    province: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A caseload made ready for its days: claims in the order in which they arrive, and the true needs by family.

    `people` counts everybody in truth. `doubles_found` are pairs of claims proposed as "same", `doubles_right` those
    of them that are one family, `doubles_there` all pairs of claims that are.
    """

    operation: str
    caseload_seed: int
    people: int
    claims: tuple[Claim, ...]
    needs: Mapping[str, TrueNeed]
    doubles_found: int = 0
    doubles_right: int = 0
    doubles_there: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One day under one policy. `seats` are those that left that day: `boarded_people` who were called forward and
    came, `standby_people` put aboard from standby, and `empty` add up to them. `called_people` and `no_show_people`
    are as told, the others as they came.

    `waiting_decision` counts pleas at the day's end that no caseworker has decided; `waiting_seat` families that are
    decided, may fly, could reach a departure and have not left. `sent_home` are people on standby who came and were
    not needed.
    """

    on: date
    pleas: int
    decided: int
    waiting_decision: int
    waiting_seat: int
    seats: int
    called_people: int
    no_show_people: int
    boarded_people: int
    standby_people: int
    sent_home: int
    empty: int
    priority_moved: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of one policy.

    `share_of_bound` is priority moved over the hindsight bound. `families_split` and `pleas_without_an_end` are
    counted from what was done, family by family and plea by plea, and must be nought. `ends` counts pleas by their
    end (the names and sentences are those of `days.ends`): they add up to all pleas. `waits` counts those of them
    that wait for a seat by what stands against one. `moved` are the families' ids, with the departure of each.
    `highest_band` is the most urgent among the families who may fly by what was told; `highest_band_families` and
    `highest_band_left` count those. `in_truth_highest_left` are the families of the most urgent band in truth who
    may fly in truth and did not. `left_by_band` are families who may fly by what was told and did not.
    `decided_on` is the day of each plea that was decided, by claim id; `family_waits` what stands against a seat for
    each family of which some plea waits for one. `held_in_error` are families for whom nothing is planned because
    each of their pleas that was decided is held back as likely another family's.
    """

    policy: Policy
    people_moved: int
    families_moved: int
    priority_moved: float
    share_of_bound: float
    highest_band: Band
    highest_band_families: int
    highest_band_left: int
    in_truth_highest_left: int
    empty_seats: int
    empty_seat_share: float
    no_show_families: int
    sent_home_people: int
    turned_away_too_many: int
    doubled_calls: int
    families_split: int
    pleas_without_an_end: int
    ends: Mapping[str, int]
    left_by_band: Mapping[str, int]
    days: tuple[Day, ...]
    moved: Mapping[str, str]
    seconds: float
    waits: Mapping[str, int] = field(default_factory=dict)
    decided_on: Mapping[str, date] = field(default_factory=dict)
    family_waits: Mapping[str, str] = field(default_factory=dict)
    held_in_error: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Hindsight:
    """What no policy could exceed, had it known every plea, departure and no-show beforehand.

    `bound` is proved (by prices); `plan_priority`, `plan_people` are of a plan found under it. `told_all_bound` is
    the same had every family told everything.
    """

    bound: float
    plan_priority: float
    plan_people: int
    told_all_bound: float | None
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Sensitivity:
    """The named policies again at another rate of no-shows. `shares` and `people` are by policy code."""

    no_show: float
    bound: float
    shares: Mapping[str, float]
    people: Mapping[str, int]
    empty_seats: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Luck:
    """Every policy under one draw of who comes when called; pleas, seats and ways stay as they are. `shares` and
    `people` are by policy code; `bound` is of this draw."""

    seed: int
    bound: float
    shares: Mapping[str, float]
    people: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """A whole rehearsal of one caseload. The doubles are those of `Prepared`: pairs of pleas. `outcomes` are of the
    scenario's own draw of luck, which is the first of `luck`."""

    scenario: Scenario
    people: int
    families: int
    pleas: int
    eligible_families: int
    eligible_people: int
    caseload_seed: int
    share: float
    hindsight: Hindsight
    outcomes: tuple[Outcome, ...]
    sensitivity: tuple[Sensitivity, ...]
    seconds: Mapping[str, float]
    assumptions: tuple[Assumption, ...]
    doubles_found: int = 0
    doubles_right: int = 0
    doubles_there: int = 0
    luck: tuple[Luck, ...] = ()
