"""The second pair of eyes sees: every rule, shown a plan that breaks just that one."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from safeconduct.core.allocation import (
    HomeFamily,
    HomeLocality,
    ListedDeparture,
    Lock,
    LockKind,
    Plan,
    PlanRow,
    SeatFamily,
)
from safeconduct.core.allocation.checking import check_homes, check_seats

NOON, NEXT_NOON = datetime(2021, 8, 20, 12), datetime(2021, 8, 21, 12)
FIRST = ListedDeparture(
    departure_id="D1",
    departs_at=NOON,
    muster_point="M",
    seats=3,
    stretcher_spaces=1,
    schemes=("A",),
)
LATER = replace(FIRST, departure_id="D2", departs_at=NEXT_NOON)
FAMILY = SeatFamily(family_id="F", size=3, priority=4.0, schemes=("A",), place="P", stretchers=1)
REACH = {("P", "M"): 2.0}


def plan_of(*rows, objective, bound=None, people):
    told = (PlanRow(family_id=f, target=t, reason="So.", why="placed") for f, t in rows)
    return Plan(
        rows=tuple(told),
        objective=objective,
        bound=objective if bound is None else bound,
        seated_people=people,
        empty=0,
        status="best possible",
        seconds=0.0,
    )


RIGHT = plan_of(("F", "D1"), objective=4.0, people=3)


def seen(*, plan=RIGHT, family=FAMILY, departure=FIRST, locks=(), others=()):
    return check_seats(plan, [family, *others], [departure, LATER], reach=REACH, locks=locks)


def test_it_finds_nothing_wrong_with_a_right_plan():
    assert seen() == []


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ({"departure": replace(FIRST, seats=2)}, "overfull"),
        ({"departure": replace(FIRST, stretcher_spaces=0)}, "too few stretcher spaces"),
        ({"departure": replace(FIRST, schemes=("B",))}, "no scheme in common"),
        ({"departure": replace(FIRST, seats=None)}, "not known"),
        ({"family": replace(FAMILY, ready_at=datetime(2021, 8, 20, 10, 1))}, "in time"),
        ({"family": replace(FAMILY, leave_by=datetime(2021, 8, 20, 11))}, "leaves too late"),
        ({"family": replace(FAMILY, place="Q")}, "no known way"),
        ({"locks": (Lock(family_id="F", departure_id="D1", kind=LockKind.NEVER),)}, "lock of F"),
        ({"locks": (Lock(family_id="F", departure_id="D2", kind=LockKind.MUST),)}, "lock of F"),
        ({"plan": replace(RIGHT, objective=4.1, bound=5.0)}, "comes to 4.0"),
        ({"plan": replace(RIGHT, bound=3.9)}, "below the objective"),
        ({"plan": replace(RIGHT, seated_people=2)}, "miscounted"),
        ({"plan": replace(RIGHT, rows=())}, "one each"),
        ({"plan": replace(RIGHT, rows=(replace(RIGHT.rows[0], reason=""),))}, "no reason"),
    ],
)
def test_it_sees_a_plan_that_breaks_a_rule(broken, said):
    assert any(said in sentence for sentence in seen(**broken))


def test_it_sees_families_that_are_parted():
    other = replace(FAMILY, family_id="G", size=1, stretchers=0, keep_with=("F",))
    plan = plan_of(("F", "D1"), ("G", "D2"), objective=8.0, people=4)
    assert seen(plan=plan, others=[other]) == ["G is parted from F."]


def test_it_counts_the_days_a_priority_has_decayed():
    waning = replace(FAMILY, decay_per_day=0.25)
    plan = plan_of(("F", "D2"), objective=3.0, people=3)
    assert seen(plan=plan, family=waning) == []


HOME = HomeFamily(family_id="F", size=3, needs={"bedrooms": 2.0})
TOWN = HomeLocality(locality_id="L", people=3, resources={"bedrooms": 2.0})
HOUSED = plan_of(("F", "L"), objective=1.5, people=3)


@pytest.mark.parametrize(
    ("family", "town", "scores", "said"),
    [
        (HOME, replace(TOWN, people=2), {("F", "L"): 1.5}, "too many people"),
        (
            HOME,
            replace(TOWN, resources={"bedrooms": 1.0}),
            {("F", "L"): 1.5},
            "too little bedrooms",
        ),
        (replace(HOME, needs={}), TOWN, {("F", "L"): 1.5}, "need of bedrooms is unknown"),
        (HOME, TOWN, {("F", "L"): 1.0}, "comes to 1.0"),
    ],
)
def test_it_sees_a_home_that_breaks_a_rule(family, town, scores, said):
    assert check_homes(HOUSED, [HOME], [TOWN], {("F", "L"): 1.5}) == []
    (sentence,) = check_homes(HOUSED, [family], [town], scores)
    assert said in sentence


def test_it_sees_a_pair_that_is_not_compatible():
    wrong = check_homes(HOUSED, [HOME], [TOWN], {})
    assert "F and L are not compatible." in wrong
