"""From a fictional caseload and a pack to days that can be run: claims, a replay's scenario, the whole rehearsal."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import count

import pytest
from caseload_by_hand import CASELOAD
from hypothesis import given, strategies as st
from made_up_days import claim, departure, made_caseload, made_scenario, prepared, scenario

from safeconduct.core import names
from safeconduct.core.main_job.plans import ways
from safeconduct.core.operation import Operation
from safeconduct.core.rulebook.rules import BANDS, Band
from safeconduct.core.sharing import share_of
from safeconduct.packs import load_caseload_model
from safeconduct.rehearsal.caseload import Caseload, simulate
from safeconduct.rehearsal.days.claims import claims_of
from safeconduct.rehearsal.days.policies import NAMED, POLICIES, ranks
from safeconduct.rehearsal.days.records import Order, Prepared, Rehearsal
from safeconduct.rehearsal.days.rehearsing import NO_SHOW_RATES, rehearse, rehearsed
from safeconduct.rehearsal.days.scenario import PHYSICS, assumed, check_scenario, scenario_of_pack
from safeconduct.rehearsal.days.ways import HOUR, latest_starts, seconds_at

pytestmark = pytest.mark.slow

ON = date(2021, 8, 20)


def ticking():
    ticks = count()
    return lambda: float(next(ticks))


@pytest.fixture(scope="module")
def caseload(operation: Operation) -> Caseload:
    model = load_caseload_model("afghanistan-2021", operation)
    return simulate(model, operation, people=240, seed=7, starts=operation.starts, days=16)


@pytest.fixture(scope="module")
def made(operation: Operation, caseload: Caseload) -> Prepared:
    return claims_of(caseload, operation, on=ON)


@pytest.fixture(scope="module")
def rehearsal(operation: Operation, caseload: Caseload) -> Rehearsal:
    week = scenario_of_pack(operation, people=240, share=240 / 75_000, pleas=len(caseload.pleas))
    return rehearse(
        caseload, operation, week, share=240 / 75_000, clock=ticking(), no_show_rates=(0.0, 0.15)
    )


# --- claims ----------------------------------------------------------------------


def test_claims_are_the_pleas_in_the_order_in_which_they_arrive(made, caseload):
    assert {each.claim_id for each in made.claims} == {each.plea.plea_id for each in caseload.pleas}
    assert [each.arrives for each in made.claims] == sorted(each.arrives for each in made.claims)
    assert made.people == 240 == sum(need.size for need in made.needs.values())
    received = {each.plea.plea_id: each.plea.received_on for each in caseload.pleas}
    assert all(each.arrives.date() == received[each.claim_id] for each in made.claims)


def test_a_claim_is_worth_the_most_that_any_plea_of_its_family_told(made):
    for each in made.claims:
        family = [other for other in made.claims if other.family_id == each.family_id]
        assert each.worth == max(other.priority for other in family)
        assert each.size == family[0].size


def test_a_claim_holds_no_name(made, caseload):
    told = repr(made)
    people = [person for each in caseload.pleas for person in each.plea.household.people]
    written = {person.given_name for person in people} | {person.family_name for person in people}
    assert not [name for name in written if name and len(name) > 5 and name in told]


def test_the_family_told_twice_is_found_and_the_truth_counts_the_pairs(operation):
    made = claims_of(CASELOAD, operation, on=ON)
    of_family = [each for each in made.claims if each.family_id == "F1"]
    assert made.doubles_there == 1
    assert made.doubles_right == made.doubles_found == (1 if of_family[0].likely_same else 0)
    assert "ARAP-1" in made.needs["F1"].schemes
    assert "ARAP-1" not in made.needs["F2"].schemes


def test_names_are_forgotten_once_the_claims_are_made(operation, monkeypatch):
    forgotten = []
    monkeypatch.setattr(names, "forget", lambda: forgotten.append(True))
    claims_of(CASELOAD, operation, on=ON)
    assert forgotten


# --- order -----------------------------------------------------------------------


@given(st.integers(0, 500))
def test_an_order_gives_every_claim_a_place_and_keeps_arrival_between_equals(seed):
    claims = made_caseload(seed, 12).claims
    for order in Order:
        rank = ranks(claims, order)
        assert sorted(rank) == list(range(len(claims)))
    by_arrival, by_priority = ranks(claims, Order.ARRIVAL), ranks(claims, Order.PRIORITY)
    assert by_arrival == list(range(len(claims)))
    in_order = sorted(range(len(claims)), key=lambda at: by_priority[at])
    places = [(BANDS.index(claims[at].band), -claims[at].priority, at) for at in in_order]
    assert places == sorted(places)


# --- ways ------------------------------------------------------------------------


def test_the_ways_are_those_of_the_main_job_on_the_day_each_departure_leaves(operation):
    """But for the one day on which the pack's muster point took in nobody any more."""
    departures = share_of(operation.departures, 0.2)
    week = scenario_of_pack(operation, people=15_000, share=0.2)
    provinces = [province.pcode for province in operation.provinces]
    latest = latest_starts(week, departures, [(pcode, ("ARAP-1",)) for pcode in provinces])
    on_their_day, hours = ways(operation, departures)
    open_days = 0
    for row, pcode in enumerate(provinces):
        for column, (each, known) in enumerate(zip(departures, on_their_day, strict=True)):
            told = hours.get((pcode, known.muster_point))
            if told is not None:
                open_days += 1
                leaves = seconds_at(each.departs_at, week.starts)
                assert latest[row, column] == leaves - told * HOUR
    assert open_days == 34 * 12
    last = [each.departs_at.date() for each in departures].index(date(2021, 8, 28))
    kabul = provinces.index("AF01")
    assert latest[kabul, last] == (15 * 24 - 36) * HOUR


# --- the scenario of a pack ------------------------------------------------------


def test_a_replay_has_the_whole_operation_and_the_caseloads_share_of_its_seats(operation):
    week = scenario_of_pack(operation, people=15_000, share=0.2, pleas=6_000)
    assert (week.starts, week.days) == (date(2021, 8, 13), 16)
    assert sum(each.seats for each in week.departures) == 3_871
    assert week.reach == operation.reach
    assert week.caseworkers == 32
    assert (week.caseworkers - 1) * 12 * 16 < 6_000 <= week.caseworkers * 12 * 16
    check_scenario(week)


def test_every_number_that_no_source_gives_is_told(operation):
    week = scenario_of_pack(operation, people=15_000, share=0.2)
    told = {each.name: each.value for each in week.assumptions}
    for name in assumed(operation):
        assert told[name] == getattr(week, name)
    assert told["caseworkers"] == week.caseworkers
    assert {"load_factor", "need_people", *(each.name for each in PHYSICS)} <= set(told)
    assert all(each.sentence.endswith(".") for each in week.assumptions)


def test_a_number_that_was_told_is_no_assumption(operation):
    week = scenario_of_pack(operation, people=100, share=0.1, no_show=0.4, caseworkers=2)
    assert (week.no_show, week.caseworkers) == (0.4, 2)
    assert {"no_show", "caseworkers"}.isdisjoint(each.name for each in week.assumptions)


def test_a_packs_own_assumption_counts_before_ours(operation):
    own = replace(assumed(operation)["no_show"], value=0.33, sentence="We counted.")
    changed = replace(operation, assumptions={**operation.assumptions, "no_show": own})
    assert scenario_of_pack(changed, people=100, share=0.1).no_show == 0.33


@pytest.mark.parametrize(
    "wrong",
    [{"no_show": 1.1}, {"standby_shows": -0.1}, {"days": 0}, {"caseworkers": -1}],
)
def test_a_scenario_that_cannot_be_does_not_run(wrong):
    with pytest.raises(AssertionError):
        check_scenario(replace(scenario(), **wrong))


# --- the whole -------------------------------------------------------------------


def test_a_rehearsal_runs_every_policy_beside_the_bound(rehearsal, caseload):
    assert [each.policy for each in rehearsal.outcomes] == list(POLICIES)
    assert (rehearsal.people, rehearsal.pleas) == (240, len(caseload.pleas))
    assert rehearsal.families == len(caseload.families)
    assert 0 < rehearsal.eligible_families <= rehearsal.families
    assert rehearsal.hindsight.plan_priority <= rehearsal.hindsight.bound
    for each in rehearsal.outcomes:
        assert each.priority_moved <= rehearsal.hindsight.bound * (1 + 1e-9)
        assert each.families_split == each.pleas_without_an_end == 0
        assert sum(each.ends.values()) == rehearsal.pleas
    assert rehearsal.assumptions == rehearsal.scenario.assumptions
    assert set(rehearsal.seconds) == {
        "assessing and comparing", "hindsight", "policies", "sensitivity", "luck",
    }  # fmt: skip


def test_the_named_policies_are_told_at_every_rate_of_no_shows(rehearsal):
    assert [each.no_show for each in rehearsal.sensitivity] == [0.0, 0.15]
    for each in rehearsal.sensitivity:
        assert set(each.shares) == set(each.people) == set(each.empty_seats) == set(NAMED)
        assert all(0 <= share <= 1 + 1e-9 for share in each.shares.values())
    at_its_own = rehearsal.sensitivity[1]
    assert at_its_own.bound == pytest.approx(rehearsal.hindsight.bound)
    for outcome in rehearsal.outcomes:
        if outcome.policy.code in NAMED:
            assert at_its_own.people[outcome.policy.code] == outcome.people_moved


def test_the_same_rehearsal_twice_is_the_same(operation, caseload, rehearsal):
    again = rehearse(
        caseload,
        operation,
        rehearsal.scenario,
        share=240 / 75_000,
        clock=ticking(),
        no_show_rates=(0.0, 0.15),
    )
    assert again == rehearsal


def test_more_no_shows_never_raise_the_bound():
    made = rehearsed(
        made_caseload(5, 60),
        made_scenario(5, standby_shows=0.2),
        share=1.0,
        clock=lambda: 0.0,
        no_show_rates=NO_SHOW_RATES,
        progress=lambda what, share: None,
        seconds={},
    )
    bounds = [each.bound for each in made.sensitivity]
    assert bounds == sorted(bounds, reverse=True)
    assert bounds[0] > bounds[-1]


def test_progress_is_told_and_ends_at_the_whole():
    told: dict[str, list[float]] = {}
    rehearsed(
        prepared(claim("a", band=Band.EMERGENCY)),
        scenario(departure(1, 4), days=3),
        share=1.0,
        clock=lambda: 0.0,
        no_show_rates=(0.0,),
        progress=lambda what, share: told.setdefault(what, []).append(share),
        seconds={},
    )
    assert told
    for shares in told.values():
        assert shares == sorted(shares)
        assert shares[-1] == 1.0


def test_a_day_of_the_outcome_is_a_day_of_the_scenario(rehearsal):
    week = rehearsal.scenario
    for outcome in rehearsal.outcomes:
        assert [day.on for day in outcome.days] == [
            week.starts + timedelta(days=number) for number in range(week.days)
        ]
        assert sum(day.pleas for day in outcome.days) == rehearsal.pleas
