"""Homes: laws that hold of every plan, small ones against every plan there is, and batches that cannot see ahead."""

from __future__ import annotations

import itertools
import time
from dataclasses import replace

import pytest
from hypothesis import given, settings, strategies as st

from safeconduct.core.allocation import HomeFamily, HomeLocality, Plan
from safeconduct.core.allocation.batches import Past, plan_homes_in_batches
from safeconduct.core.allocation.checking import check_homes
from safeconduct.core.allocation.homes import plan_homes
from safeconduct.core.errors import RepeatedId


def planned(families, localities, scores) -> Plan:
    return plan_homes(families, localities, scores, clock=time.perf_counter, seconds=5)


def family(name: str, size: int | None = 2, **needs) -> HomeFamily:
    return HomeFamily(family_id=name, size=size, needs=needs)


def locality(name: str, people: int | None = 4, **resources) -> HomeLocality:
    return HomeLocality(locality_id=name, people=people, resources=resources)


def row(plan: Plan, name: str):
    return next(each for each in plan.rows if each.family_id == name)


amounts = st.one_of(st.none(), st.sampled_from([0, 0.5, 1, 1.5, 2, 0.1, 0.3]))


@st.composite
def small_years(draw):
    localities = [
        locality(
            f"L{number}",
            draw(st.one_of(st.integers(0, 9), st.none())),
            beds=draw(amounts),
            school=draw(st.one_of(st.none(), st.integers(0, 3))),
        )
        for number in range(draw(st.integers(0, 3)))
    ]
    families = [
        family(
            f"F{number}",
            draw(st.one_of(st.integers(1, 5), st.integers(1, 5), st.none())),
            beds=draw(amounts),
            school=draw(st.integers(0, 2)),
        )
        for number in range(draw(st.integers(0, 5)))
    ]
    score = st.one_of(st.none(), st.integers(-5, 50), st.floats(0, 50))
    scores = {
        (one.family_id, other.locality_id): draw(score)
        for one, other in itertools.product(families, localities)
        if draw(st.integers(0, 3))
    }
    return families, localities, scores


def total(families, targets, scores) -> float:
    return sum(
        scores.get((each.family_id, target)) or 0.0
        for each, target in zip(families, targets, strict=True)
        if target is not None
    )


def holds(plan: Plan, targets, families, localities, scores) -> bool:
    rows = tuple(
        replace(each, target=target) for each, target in zip(plan.rows, targets, strict=True)
    )
    placed = sum(f.size or 0 for f, target in zip(families, targets, strict=True) if target)
    worth = total(families, targets, scores)
    other = replace(plan, rows=rows, objective=worth, bound=worth, seated_people=placed)
    return not check_homes(other, families, localities, scores)


@settings(max_examples=120, deadline=None)
@given(small_years())
def test_a_small_plan_is_the_best_of_all_plans_and_its_bound_says_so(year):
    families, localities, scores = year
    plan = planned(families, localities, scores)
    assert check_homes(plan, families, localities, scores) == []
    names = [None, *(each.locality_id for each in localities)]
    best = max(
        total(families, targets, scores)
        for targets in itertools.product(names, repeat=len(families))
        if holds(plan, targets, families, localities, scores)
    )
    assert plan.objective >= best - 1e-6
    assert plan.objective <= plan.bound + 1e-6
    assert 0 <= plan.gap <= 1
    assert plan.status == "best possible"
    assert [each.family_id for each in plan.rows] == [each.family_id for each in families]
    assert all(each.reason.endswith(".") for each in plan.rows)


@settings(max_examples=30, deadline=None)
@given(small_years(), st.integers(1, 3))
def test_batches_break_no_rule_and_no_bound(year, size):
    families, localities, scores = year
    batch = [number // size for number in range(len(families))]
    plan = plan_homes_in_batches(
        families, localities, scores, batch=batch, clock=time.perf_counter, seconds=5
    )
    assert check_homes(plan, families, localities, scores) == []
    assert planned(families, localities, scores).objective <= plan.bound + 1e-6


@settings(max_examples=15, deadline=None)
@given(small_years(), st.integers(1, 4))
def test_what_comes_later_changes_nothing_about_what_came_before(year, known):
    families, localities, scores = year
    batch = list(range(len(families)))
    past = Past(families=families, scores=scores)

    def rows(some):
        return plan_homes_in_batches(
            some, localities, scores, batch=batch[: len(some)], past=past, clock=time.perf_counter, seconds=60
        ).rows  # fmt: skip

    assert rows(families)[:known] == rows(families[:known])


def test_batches_go_in_numerical_order_and_a_dear_room_is_kept():
    families = [family("late", 4), family("early", 4)]
    scores = {("late", "L"): 5, ("early", "L"): 4}
    plan = plan_homes_in_batches(
        families, [locality("L")], scores, batch=[10, 9], clock=time.perf_counter, seconds=5
    )
    assert row(plan, "early").target == "L"
    past = Past(
        families=[family(f"P{number}", 4) for number in range(9)],
        scores={(f"P{number}", "L"): 50 for number in range(9)},
    )
    plan = plan_homes_in_batches(
        families, [locality("L")], scores, batch=[10, 9], past=past, clock=time.perf_counter, seconds=5
    )  # fmt: skip
    assert row(plan, "early").why == "kept for others"
    assert "there is room at L, kept for families still expected" in row(plan, "early").reason


def test_tenths_add_up_exactly():
    families = [family(f"F{number}", 1, beds=0.1) for number in range(3)]
    scores = {(each.family_id, "L"): 1 for each in families}
    assert not planned(families, [locality("L", 9, beds=0.3)], scores).waiting


def test_an_absent_pair_is_not_compatible():
    plan = planned([family("A")], [locality("L")], {})
    assert row(plan, "A").why == "incompatible"


def test_what_is_not_known_is_promised_to_nobody_and_asked_about():
    families = [family("A", None, beds=1), family("B", 2, beds=None), family("C", 2, beds=1)]
    scores = {(each.family_id, "L"): 5 for each in families}
    plan = planned(families, [locality("L", 9, beds=None)], scores)
    assert "how many people are in this household is not known" in row(plan, "A").reason
    assert "how much beds it needs is not known" in row(plan, "B").reason
    assert "how much room L has (beds) is not known" in row(plan, "C").reason


def test_who_needs_nothing_of_what_is_not_known_may_have_it():
    plan = planned([family("A", 2, beds=0)], [locality("L", 9, beds=None)], {("A", "L"): 5})
    assert row(plan, "A").target == "L"


def test_an_unknown_score_takes_only_what_nobody_else_could_use():
    families = [family("A", 4), family("B", 4)]
    plan = planned(families, [locality("L")], {("A", "L"): None, ("B", "L"): 0.1})
    assert row(plan, "B").target == "L"
    assert row(plan, "A").why == "score unknown"
    alone = planned([family("A", 4)], [locality("L")], {("A", "L"): None})
    assert "its score there is not known: ask" in row(alone, "A").reason


def test_what_is_lacking_is_named_where_least_is_lacking():
    scores = {("A", "L"): 5, ("A", "M"): 5}
    localities = [locality("L", 2, beds=1), locality("M", 9, beds=2)]
    reason = row(planned([family("A", 5, beds=3)], localities, scores), "A").reason
    assert "Nearest is M: it needs 3 of beds, and there is 2 of beds" in reason
    assert row(planned([family("A", 10, beds=1)], localities, scores), "A").why == "larger than any"


def test_a_score_below_nought_is_never_taken():
    plan = planned([family("A")], [locality("L")], {("A", "L"): -1})
    assert row(plan, "A").why == "costs more"


def test_who_is_outdone_is_told_what_would_change_it():
    families = [family("A", 4), family("B", 4)]
    reason = row(planned(families, [locality("L")], {("A", "L"): 5, ("B", "L"): 9}), "A").reason
    assert "the one locality it fits is taken" in reason
    assert "4 places more at L" in reason


def test_an_id_given_twice_is_refused():
    with pytest.raises(RepeatedId, match="locality L"):
        planned([], [locality("L"), locality("L")], {})
