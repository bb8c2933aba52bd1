"""A made-up rehearsal, its numbers made by hand, for reports to be tried on. No policy was run."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from safeconduct.core.operation import Assumption, Departure
from safeconduct.core.rulebook.rules import Band
from safeconduct.rehearsal.days.ends import ENDS, NO_WAY, NOT_YET_KNOWN, OTHERS_FIRST
from safeconduct.rehearsal.days.needs import Need, Needs
from safeconduct.rehearsal.days.records import (
    Closing,
    Day,
    Hindsight,
    Luck,
    Order,
    Outcome,
    Policy,
    Rehearsal,
    Scenario,
    Sensitivity,
)

STARTS = date(2021, 8, 13)
SEATS = (0, 0, 0, 52, 58, 58, 248, 58, 512, 490, 357, 348, 778, 431, 360, 118)
PLEAS = (310, 420, 760, 940, 610, 480, 390, 330, 280, 240, 200, 160, 130, 100, 80, 60)
BOUND = 21_500.0
FAMILY, PLEA = "F000123", "P000456"  # ids that no page and no table may hold
# code: (called and came, from standby) of a hundred seats; share of the bound; highest band left
POLICIES = {
    "fcfs": (78, 0, 0.5512, 118),
    "fcfs-standby": (78, 17, 0.6634, 97),
    "priority": (80, 0, 0.8391, 12),
    "priority-standby": (80, 17, 0.9478, 4),
    "planner": (83, 0, 0.8612, 11),
    "planner-standby": (83, 16, 0.9561, 3),
}
RATES = (0.0, 0.05, 0.15, 0.3, 0.45)


def made_up_rehearsal(people: int = 15_000) -> Rehearsal:
    """The same numbers for every size but the people, so that pages of several can be tried."""
    return Rehearsal(
        scenario=_scenario(),
        people=people,
        families=3_020,
        pleas=sum(PLEAS),
        eligible_families=1_204,
        eligible_people=6_310,
        caseload_seed=7,
        share=0.2,
        hindsight=Hindsight(
            bound=BOUND,
            plan_priority=21_420.0,
            plan_people=3_845,
            told_all_bound=24_080.0,
            seconds=1.2,
        ),
        outcomes=tuple(_outcome(code) for code in POLICIES),
        sensitivity=tuple(_at_rate(rate) for rate in RATES),
        seconds={"simulating": 1.5, "finding doubles": 4.25, "six policies": 9.0},
        assumptions=_scenario().assumptions,
    )


def with_luck(*leads: float) -> Rehearsal:
    """The made-up rehearsal under several draws, of seeds 11 and on: in each, the planner with standby is ahead of
    priority order with standby by so much of the bound."""
    whole = made_up_rehearsal()
    drawn = []
    for at, lead in enumerate(leads):
        shares = {code: told[2] - at / 1_000 for code, told in POLICIES.items()}
        shares["planner-standby"] = shares["priority-standby"] + lead
        people = {code: 3_000 + 10 * number - at for number, code in enumerate(POLICIES)}
        drawn.append(Luck(seed=11 + at, bound=BOUND - at, shares=shares, people=people))
    return replace(whole, luck=tuple(drawn))


def without_anything() -> Rehearsal:
    """Nobody asks, nothing leaves, and one policy is tried."""
    whole = made_up_rehearsal(0)
    nothing = replace(
        whole.outcomes[0],
        people_moved=0,
        families_moved=0,
        priority_moved=0.0,
        share_of_bound=1.0,
        highest_band_families=0,
        highest_band_left=0,
        in_truth_highest_left=0,
        empty_seats=0,
        empty_seat_share=0.0,
        no_show_families=0,
        ends={},
        left_by_band={},
        days=(),
        moved={},
    )
    return replace(
        whole,
        families=0,
        pleas=0,
        eligible_families=0,
        eligible_people=0,
        hindsight=Hindsight(
            bound=0.0, plan_priority=0.0, plan_people=0, told_all_bound=None, seconds=0.0
        ),
        outcomes=(nothing,),
        sensitivity=(),
        assumptions=(),
        scenario=replace(whole.scenario, departures=(), closings=(), assumptions=()),
    )


def made_up_needs() -> Needs:
    """One need that was met by a number, and one that nothing tried was enough for."""
    return Needs(
        highest_band=Band.EMERGENCY,
        reachable_families=1_000,
        reachable_people=5_205,
        highest_reachable=140,
        out_of_reach={NO_WAY: 204},
        may_not_fly={NOT_YET_KNOWN: 702},
        seats=_need("seats", "seats a day with which 95 in 100 ...", 312),
        seats_for_all=_need("seats_for_all", "the same for all", 405),
        caseworkers=_need("caseworkers", "caseworkers with whom nobody waits a day", 14),
        caseworkers_for_all=_need("caseworkers_for_all", "with whom all are decided", None),
        days=_need("days", "further days of the same seats", 9),
        runs=31,
        seconds=12.5,
    )


def _need(name: str, what: str, value: int | None) -> Need:
    return Need(
        name=name,
        what=what,
        unit=name.replace("_", " "),
        given=7.5,
        value=value,
        tried=640,
        found=f"The days were rehearsed again with more {name}.",
    )


def _scenario() -> Scenario:
    return Scenario(
        operation="made-up-2021",
        starts=STARTS,
        days=len(SEATS),
        departures=tuple(
            Departure(
                departure_id=f"D{at}",
                departs_at=datetime(2021, 8, 13, 12) + timedelta(days=at),
                muster_point="KBL",
                seats=seats,
            )
            for at, seats in enumerate(SEATS)
            if seats
        ),
        reach=None,
        closings=(
            Closing(on=date(2021, 8, 15), province="AF13", muster_point=None, why="the pass"),
            Closing(on=date(2021, 8, 26), province=None, muster_point="KBL", why="the gate"),
        ),
        caseworkers=9,
        decisions_each_day=12,
        no_show=0.15,
        standby_shows=0.7,
        standby_per_seat=0.25,
        known_ahead_days=3,
        list_closes_hours=24,
        seed=11,
        assumptions=(
            Assumption(
                name="no_show",
                value=0.15,
                sentence="We assume that 15 in 100 families who are called forward do not come.",
            ),
            Assumption(
                name="decisions_each_day",
                value=12,
                sentence="We assume that a caseworker decides twelve pleas a day.",
            ),
            Assumption(
                name="need_people",
                value=75_000,
                sentence="We take it that 75,000 people needed a seat.",
            ),
        ),
    )


def _outcome(code: str) -> Outcome:
    came, standby, share, left = POLICIES[code]
    days = _days(came, standby, share)
    moved = sum(day.boarded_people + day.standby_people for day in days)
    empty = sum(day.empty for day in days)
    families = moved // 5
    waiting = days[-1].waiting_decision
    ends = (families, 1_660, 1_204 - families, waiting, 1_400, 1_226 - waiting)
    return Outcome(
        policy=_policy(code),
        people_moved=moved,
        families_moved=families,
        priority_moved=share * BOUND,
        share_of_bound=share,
        highest_band=Band.EMERGENCY,
        highest_band_families=161,
        highest_band_left=left,
        in_truth_highest_left=left + 41,
        empty_seats=empty,
        empty_seat_share=empty / sum(SEATS),
        no_show_families=112,
        sent_home_people=340 if standby else 0,
        turned_away_too_many=6,
        doubled_calls=2,
        families_split=0,
        pleas_without_an_end=0,
        ends=dict(zip(ENDS, ends, strict=True)),
        waits={OTHERS_FIRST: 1_000 - families, NO_WAY: 204},
        left_by_band={
            Band.EMERGENCY.value: left,
            Band.URGENT.value: left * 2,
            Band.PRIORITY.value: 300 - left,
            Band.ROUTINE.value: 410 - left,
            Band.NOT_ASSESSED.value: 0,
        },
        days=days,
        moved={FAMILY: "D3"},
        seconds=0.4,
        decided_on={PLEA: STARTS},
        family_waits={FAMILY: NO_WAY},
    )


def _days(came: int, standby: int, share: float) -> tuple[Day, ...]:
    days = []
    waiting = 0
    for at, (seats, pleas) in enumerate(zip(SEATS, PLEAS, strict=True)):
        decided = min(waiting + pleas, 108 * 4)
        waiting += pleas - decided
        boarded, filled = seats * came // 100, seats * standby // 100
        days.append(
            Day(
                on=STARTS + timedelta(days=at),
                pleas=pleas,
                decided=decided,
                waiting_decision=waiting,
                waiting_seat=700 + 20 * at,
                seats=seats,
                called_people=seats,
                no_show_people=seats * 15 // 100,
                boarded_people=boarded,
                standby_people=filled,
                sent_home=filled // 4,
                empty=seats - boarded - filled,
                priority_moved=share * BOUND * seats / sum(SEATS),
            )
        )
    return tuple(days)


def _policy(code: str) -> Policy:
    order = {"fcfs": Order.ARRIVAL, "priority": Order.PRIORITY, "planner": Order.PLANNER}[
        code.partition("-")[0]
    ]
    standby = code.endswith("-standby")
    name = f"{order.value} with standby" if standby else order.value
    return Policy(code=code, name=name, order=order, standby=standby)


def _at_rate(rate: float) -> Sensitivity:
    codes = ("fcfs", "priority", "planner-standby")
    lost = {"fcfs": 0.6, "priority": 0.7, "planner-standby": 0.1}
    start = {"fcfs": 0.64, "priority": 0.95, "planner-standby": 0.97}
    shares = {code: start[code] - lost[code] * rate for code in codes}
    return Sensitivity(
        no_show=rate,
        bound=BOUND * (1 - rate / 20),
        shares=shares,
        people={code: round(3_868 * shares[code]) for code in codes},
        empty_seats={code: round(3_868 * (1 - shares[code])) for code in codes},
    )
