"""Seats: laws that hold of every plan, and small ones against every plan there is."""

from __future__ import annotations

import itertools
import time
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings, strategies as st

from safeconduct.core.allocation import ListedDeparture, Lock, LockKind, Plan, SeatFamily
from safeconduct.core.allocation.checking import check_seats
from safeconduct.core.allocation.seats import plan_seats
from safeconduct.core.errors import (
    KeptWithStranger,
    LockCannotHold,
    LocksOverfill,
    MixedZones,
    RepeatedId,
    UnknownInLock,
)
from safeconduct.core.operation import Departure

MORNING = datetime(2021, 8, 20, 6)


def planned(families, departures, **rest) -> Plan:
    return plan_seats(families, departures, clock=time.perf_counter, seconds=5, **rest)


def family(name: str, size: int | None = 2, priority: float | None = 10.0, **rest) -> SeatFamily:
    return SeatFamily(family_id=name, size=size, priority=priority, **rest)


def departure(name: str, seats: int | None = 4, hours: float = 0, **rest) -> ListedDeparture:
    told = {"departs_at": MORNING + timedelta(hours=hours), "muster_point": "gate"} | rest
    return ListedDeparture(departure_id=name, seats=seats, **told)


def row(plan: Plan, name: str):
    return next(each for each in plan.rows if each.family_id == name)


hours_from_morning = st.integers(-10, 60).map(lambda hours: MORNING + timedelta(hours=hours))
scheme_lists = st.lists(st.sampled_from("AB"), max_size=2, unique=True).map(tuple)


@st.composite
def small_crises(draw):
    departures = [
        departure(
            f"D{number}",
            draw(st.one_of(st.none(), st.integers(0, 9))),
            draw(st.floats(0, 48)),
            muster_point=draw(st.sampled_from(["gate", "hotel", None])),
            stretcher_spaces=draw(st.integers(0, 2)),
            schemes=draw(scheme_lists),
        )
        for number in range(draw(st.integers(0, 3)))
    ]
    count = draw(st.integers(0, 6))
    families = [
        family(
            f"F{number}",
            draw(st.one_of(st.none(), st.integers(1, 6), st.integers(1, 6))),
            draw(st.one_of(st.none(), st.integers(0, 30), st.floats(0, 30))),
            ready_at=draw(st.one_of(st.none(), hours_from_morning)),
            leave_by=draw(st.one_of(st.none(), st.none(), hours_from_morning)),
            place=draw(st.sampled_from(["here", "there", None])),
            schemes=draw(scheme_lists),
            stretchers=draw(st.integers(0, 1)),
            keep_with=tuple(
                f"F{other}" for other in draw(st.lists(st.integers(0, count - 1), max_size=1))
            ),
            decay_per_day=draw(st.sampled_from([0.0, 0.0, 0.05, 1.0])),
        )
        for number in range(count)
    ]
    ways = {
        (place, point): draw(st.sampled_from([0.0, 1.5, 30.0, None]))
        for place in ("here", "there")
        for point in ("gate", "hotel")
        if draw(st.booleans())
    }
    reach = draw(st.sampled_from([None, ways]))
    never = [
        Lock(family_id=one.family_id, departure_id=other.departure_id, kind=LockKind.NEVER)
        for one, other in itertools.product(families, departures)
        if draw(st.integers(0, 9)) == 0
    ]
    return families, departures, reach, never


def every_plan(families, departures):
    """Every way to send families to departures or let them wait."""
    targets = [None, *(each.departure_id for each in departures)]
    return itertools.product(targets, repeat=len(families))


def worth(families, departures, targets) -> float:
    first = min((each.departs_at for each in departures), default=MORNING)
    at = {each.departure_id: each.departs_at for each in departures}
    return sum(
        (each.priority or 0)
        * (1 - each.decay_per_day) ** ((at[target] - first) / timedelta(days=1))
        for each, target in zip(families, targets, strict=True)
        if target is not None
    )


def broken(plan: Plan, targets, families, departures, reach, locks) -> list[str]:
    """What the checker says of other targets in this plan, but for the sums."""
    rows = tuple(
        replace(each, target=target) for each, target in zip(plan.rows, targets, strict=True)
    )
    seated = sum(f.size or 0 for f, target in zip(families, targets, strict=True) if target)
    total = worth(families, departures, targets)
    other = replace(plan, rows=rows, objective=total, bound=total, seated_people=seated)
    return check_seats(other, families, departures, reach=reach, locks=locks)


@settings(max_examples=120, deadline=None)
@given(small_crises())
def test_a_small_plan_is_the_best_of_all_plans_and_its_bound_says_so(crisis):
    families, departures, reach, locks = crisis
    plan = planned(families, departures, reach=reach, locks=locks)
    assert check_seats(plan, families, departures, reach=reach, locks=locks) == []
    best = max(
        worth(families, departures, targets)
        for targets in every_plan(families, departures)
        if len(families) <= 4 or targets.count(None) >= len(families) - 4
        if not broken(plan, targets, families, departures, reach, locks)
    )
    assert plan.bound >= best - 1e-6
    assert plan.objective >= best - 1e-6
    assert plan.objective <= plan.bound + 1e-6
    assert 0 <= plan.gap <= 1
    assert plan.status == "best possible"


@settings(max_examples=40, deadline=None)
@given(small_crises())
def test_every_family_has_one_row_with_a_reason_that_ends_in_a_full_stop(crisis):
    families, departures, reach, locks = crisis
    plan = planned(families, departures, reach=reach, locks=locks)
    assert [each.family_id for each in plan.rows] == [each.family_id for each in families]
    for each in plan.rows:
        assert each.reason.endswith(".")
        assert "  " not in each.reason
        assert (each.why == "placed") == (each.target is not None)


@settings(max_examples=20, deadline=None)
@given(small_crises())
def test_the_same_question_has_the_same_answer(crisis):
    families, departures, reach, locks = crisis
    one = planned(families, departures, reach=reach, locks=locks)
    other = planned(families, departures, reach=reach, locks=locks)
    assert one.rows == other.rows


def test_nobody_waits_who_would_fit():
    plan = planned([family("A", 3), family("B", 1, None), family("C", 2, 0)], [departure("D", 6)])
    assert not plan.waiting
    assert "priority is not known: ask" in row(plan, "B").reason


def test_infants_have_seats():
    assert row(planned([family("A", 5)], [departure("D", 4)]), "A").why == "larger than any"


def test_an_unknown_priority_takes_only_what_nobody_else_could_use():
    plan = planned([family("A", 4, None), family("B", 4, 0.1)], [departure("D", 4)])
    assert row(plan, "B").target == "D"
    assert row(plan, "A").why == "priority unknown"


def test_what_is_not_known_is_promised_to_nobody_and_asked_about():
    plan = planned([family("A", None), family("B")], [departure("D", None)])
    assert (
        row(plan, "A").reason == "Waits: how many people are in this household is not known: ask."
    )
    assert row(plan, "B").reason == "Waits: how many seats D will have is not known: ask."
    assert plan.empty == 0


def test_times_and_musters_that_are_not_known_are_asked_about():
    undated = departure("D", departs_at=None)
    assert "when D leaves is not known: ask" in row(planned([family("A")], [undated]), "A").reason
    here = family("A", place="here")
    nowhere = departure("D", muster_point=None)
    reach = {("here", "gate"): None}
    assert "assemble for D is not known" in row(planned([here], [nowhere], reach=reach), "A").reason
    plan = planned([here, family("B")], [departure("D")], reach=reach)
    assert "how long the way from here to gate takes is not known" in row(plan, "A").reason
    assert row(plan, "B").why == "place unknown"


def test_the_nearest_miss_is_told_with_what_would_change_it():
    late = family("A", ready_at=MORNING + timedelta(hours=4), place="here")
    plan = planned([late], [departure("D")], reach={("here", "gate"): 2.5})
    assert row(plan, "A").reason == (
        "Waits: it could be at gate by 20 August 2021, 12:30; the last departure it may board, D, "
        "leaves 20 August 2021, 06:00. 6 hours and 30 minutes would change it."
    )


def test_who_must_leave_before_is_told_so():
    plan = planned([family("A", leave_by=MORNING)], [departure("D", hours=30)])
    assert "it must leave by 20 August 2021, 06:00" in row(plan, "A").reason
    assert "1 day and 6 hours would change it" in row(plan, "A").reason


def test_arriving_on_the_minute_is_in_time_and_a_microsecond_later_is_not():
    reach = {("here", "gate"): 1.1}
    exact = MORNING - timedelta(hours=1.1)
    on_time = family("A", ready_at=exact, place="here")
    late = family("A", ready_at=exact + timedelta(microseconds=1), place="here")
    assert row(planned([on_time], [departure("D")], reach=reach), "A").target == "D"
    assert row(planned([late], [departure("D")], reach=reach), "A").why == "not in time"


def test_a_family_without_a_scheme_waits_for_one():
    plan = planned([family("A"), family("B", schemes=("X",))], [departure("D", schemes=("Y",))])
    assert "it has no scheme yet" in row(plan, "A").reason
    assert "no departure is open to X" in row(plan, "B").reason


def test_who_is_outweighed_is_told_where_it_came_nearest_and_what_would_seat_it():
    families = [family("A", 4, 40), family("B", 4, 20), family("C", 4, 30)]
    reason = row(planned(families, [departure("D", 8)]), "B").reason
    assert "the one departure it may board and can reach is taken" in reason
    assert "Nearest was D" in reason
    assert "4 more seats on D, would change it" in reason


def test_whoever_weighs_enough_but_does_not_fit_is_told_of_the_tie():
    plan = planned([family("A", 4, 40), family("B", 4, 40)], [departure("D", 6)])
    waiting = plan.waiting[0]
    assert waiting.why == "tie"
    assert "2 more seats on D would seat it" in waiting.reason


def test_stretchers_count():
    plan = planned([family("A", stretchers=1)], [departure("D", stretcher_spaces=0)])
    assert row(plan, "A").why == "no stretcher space"


def test_a_family_worth_less_each_day_boards_early():
    families = [family("A", 4, 40, decay_per_day=0.1), family("B", 4, 41)]
    plan = planned(families, [departure("D1"), departure("D2", hours=48)])
    assert row(plan, "A").target == "D1"
    assert plan.objective == pytest.approx(81)


def test_nobody_is_aboard_a_later_departure_than_need_be():
    plan = planned([family("A")], [departure("late", hours=9), departure("early")])
    assert row(plan, "A").target == "early"
    assert "the earliest of the 2 departures" in row(plan, "A").reason


class TestKeptTogether:
    def test_they_board_the_same_departure_or_none(self):
        families = [family("A", 2, 90, keep_with=("B",)), family("B", 3, 1), family("C", 4, 50)]
        plan = planned(families, [departure("D", 4)])
        assert [each.target for each in plan.rows] == [None, None, "D"]
        assert "5 people in all" in row(plan, "A").reason

    def test_the_bond_goes_both_ways_and_onwards(self):
        families = [
            family("A", 1, 1),
            family("B", 1, 1, keep_with=("A", "C")),
            family("C", 1, 1),
            family("E", 2, 5),
        ]
        plan = planned(families, [departure("D", 3)])
        assert [each.target for each in plan.rows] == [None, None, None, "D"]

    def test_who_is_held_up_by_another_is_told_by_whom(self):
        families = [family("A", keep_with=("B",)), family("B", None)]
        assert (
            "kept with B, who may board nothing yet"
            in row(planned(families, [departure("D")]), "A").reason
        )

    def test_those_with_no_departure_in_common_are_told_so(self):
        families = [family("A", keep_with=("B",), schemes=("X",)), family("B", schemes=("Y",))]
        departures = [departure("D", schemes=("X",)), departure("E", schemes=("Y",))]
        assert (
            "no departure is open to all of them" in row(planned(families, departures), "A").reason
        )

    def test_being_kept_with_a_stranger_is_refused(self):
        with pytest.raises(KeptWithStranger, match="kept with Z"):
            planned([family("A", keep_with=("Z",))], [departure("D")])


class TestLocks:
    def must(self, name: str, target: str) -> Lock:
        return Lock(family_id=name, departure_id=target, kind=LockKind.MUST)

    def never(self, name: str, target: str) -> Lock:
        return Lock(family_id=name, departure_id=target, kind=LockKind.NEVER)

    def test_a_decision_holds_against_the_weight(self):
        families = [family("A", 4, 1), family("B", 4, 99)]
        plan = planned(families, [departure("D")], locks=[self.must("A", "D")])
        assert row(plan, "A").reason == "Boards D: a person decided so (lock)."
        assert row(plan, "B").why == "full"
        assert "promised to others by a person's decision" in row(plan, "B").reason
        assert plan.objective == plan.bound == 1

    def test_who_is_locked_out_of_everything_is_told_so(self):
        plan = planned([family("A")], [departure("D")], locks=[self.never("A", "D")])
        assert row(plan, "A").why == "locked out"

    def test_a_lock_takes_those_along_who_are_kept_together(self):
        families = [family("A", keep_with=("B",)), family("B")]
        plan = planned(families, [departure("D"), departure("E")], locks=[self.must("A", "E")])
        assert [each.target for each in plan.rows] == ["E", "E"]

    @pytest.mark.parametrize(
        ("change", "because"),
        [
            ({"schemes": ("X",)}, "they share no scheme"),
            ({"stretchers": 1}, "too few stretcher spaces"),
            ({"size": 5}, "larger than the departure"),
            ({"size": None}, "size is not known"),
            ({"leave_by": MORNING - timedelta(hours=1)}, "cannot be there"),
        ],
    )
    def test_a_lock_against_a_hard_rule_is_refused_with_the_rule(self, change, because):
        schemes = ("Y",) if "schemes" in change else ()
        with pytest.raises(LockCannotHold, match=because):
            planned(
                [replace(family("A"), **change)],
                [departure("D", schemes=schemes)],
                locks=[self.must("A", "D")],
            )

    @pytest.mark.parametrize("other", ["must E", "never D"])
    def test_two_decisions_that_cannot_both_hold_are_refused(self, other):
        kind, target = other.split()
        locks = [
            self.must("A", "D"),
            Lock(family_id="A", departure_id=target, kind=LockKind(kind)),
        ]
        with pytest.raises(LockCannotHold, match="another lock forbids it"):
            planned([family("A")], [departure("D"), departure("E")], locks=locks)

    def test_more_decisions_than_seats_are_refused_naming_the_cheapest_to_give_up(self):
        families = [family("A", 2, 9), family("B", 2, 3), family("C", 2, 5)]
        locks = [self.must(name, "D") for name in "ABC"]
        with pytest.raises(LocksOverfill, match=r"ask for 6 seats and it has 4.*lock of B"):
            planned(families, [departure("D")], locks=locks)

    def test_a_lock_on_nobody_is_refused(self):
        with pytest.raises(UnknownInLock, match="family Z"):
            planned([family("A")], [departure("D")], locks=[self.never("Z", "D")])
        with pytest.raises(UnknownInLock, match="departure Z"):
            planned([family("A")], [departure("D")], locks=[self.never("A", "Z")])


def test_an_id_given_twice_is_refused():
    with pytest.raises(RepeatedId, match="family A"):
        planned([family("A"), family("A")], [])


def test_times_with_and_without_offset_are_not_compared():
    zoned = family("A", ready_at=datetime.fromisoformat("2021-08-20T06:00+04:30"))
    with pytest.raises(MixedZones):
        planned([zoned], [departure("D")])


def test_a_departure_of_an_operation_can_be_planned_for():
    leaving = Departure(departure_id="D", departs_at=MORNING, muster_point="gate", seats=4)
    assert row(planned([family("A")], [leaving]), "A").target == "D"


def test_nothing_to_give_and_nobody_to_give_it_to_is_a_plan():
    assert planned([], []).gap == 0
    assert row(planned([family("A")], []), "A").reason == "Waits: no departure is listed yet."
