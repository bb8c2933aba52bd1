"""The main job over facts alone: who is planned for, what is shared out, and that every plea ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given, strategies as st

from safeconduct.core.facts import Caller, Household, Origin, Person, Plea, Relation, Source
from safeconduct.core.main_job import Double, Held, MainJob
from safeconduct.core.main_job.homes import offered_homes, scores_of
from safeconduct.core.main_job.plans import home_family
from safeconduct.core.main_job.run import Settings, held_back, pleas_without_an_end, run
from safeconduct.core.operation import Departure, Reach
from safeconduct.core.rows import Intake, Row, RowEnd
from safeconduct.core.sharing import share_of

ON = date(2021, 8, 13)
TOLD = "interpreter for the British Army, employed directly"


def plea(number: int, *, words: str = "", size: int = 3, province: str = "AF01") -> Plea:
    code = f"P{number:05}"
    head = Person(
        person_id=f"{code}-1",
        given_name=f"Head{number}",
        relation=Relation.PRINCIPAL,
        words=(words,),
    )
    others = (
        Person(person_id=f"{code}-{n}", given_name=f"Child{number}x{n}") for n in range(2, size + 1)
    )
    household = Household(
        household_id=code, people=(head, *others), province=province, words=(words,)
    )
    return Plea(plea_id=code, household=household, origins=(Origin("list.csv", "", number),))


def intake_of(*pleas: Plea, held: int = 0) -> Intake:
    rows = [
        Row(origin=each.origins[0], end=RowEnd.ACCEPTED, plea_id=each.plea_id) for each in pleas
    ]
    rows += [
        Row(
            origin=Origin("list.csv", "", 1000 + number),
            end=RowEnd.QUARANTINED,
            cell="A1",
            reason="It has no name.",
            kind="no name",
        )
        for number in range(held)
    ]
    return Intake(rows=tuple(rows), pleas=pleas)


@pytest.fixture
def job_of(operation):
    def made(intake: Intake, *, share: float = 0.01) -> MainJob:
        settings = Settings(
            on=ON,
            owner="night desk",
            departures=share_of(operation.departures, share),
            share=share,
            seconds=2.0,
        )
        return run(
            intake, operation, settings, clock=lambda: 0.0, progress=lambda _what, _share: None
        )

    return made


def test_it_gives_every_plea_an_end(job_of):
    job = job_of(intake_of(plea(1), plea(2, words="interpreter for the British Army"), held=3))
    assert job.pleas == 5
    assert job.pleas_without_an_end == 0
    assert {held.owner for held in job.held} == {"night desk"}
    assert all(held.due_on > ON for held in job.held)


def test_it_counts_a_plea_whose_household_nobody_assessed():
    intake = intake_of(plea(1), plea(2))
    assert pleas_without_an_end(intake, covers=(), held=(), on=ON) == 2


@pytest.mark.parametrize("broken", [{"owner": ""}, {"kind": ""}, {"due_on": date(2021, 8, 12)}])
def test_it_counts_a_quarantined_plea_without_owner_reason_or_a_day_to_come(broken):
    kept = Held(file="list.csv", sheet="", row=1000, kind="no name", owner="desk", due_on=ON)
    intake = intake_of(held=1)
    assert pleas_without_an_end(intake, (), (kept,), on=ON) == 0
    assert pleas_without_an_end(intake, (), (replace(kept, **broken),), on=ON) == 1


def test_it_has_a_reason_beside_every_outcome(job_of):
    job = job_of(
        intake_of(plea(1), plea(2, words="judge"), plea(3, words="received a threat letter"))
    )
    for cover in job.covers:
        assert cover.seat_reason.endswith((".", "?"))
        assert cover.home_reason.endswith((".", "?"))
        assert cover.assessment.reasons


def test_it_asks_where_no_scheme_is_certain(job_of):
    (cover,) = job_of(intake_of(plea(1))).covers
    assert cover.departure is None
    assert cover.seat_why == "not yet decided"
    assert "Ask first" in cover.seat_reason


def doubled(pairs, decision="same"):
    return [
        Double(household_a=a, household_b=b, probability=0.9, decision=decision, reasons=("x",))
        for a, b in pairs
    ]


def test_it_plans_for_one_of_two_households_that_are_likely_the_same():
    assert held_back(doubled([("P2", "P1")]), ["P1", "P2", "P3"]) == {"P2": "P1"}


def test_it_holds_no_family_back_for_a_mere_likeness():
    assert held_back(doubled([("P2", "P1")], "review"), ["P1", "P2", "P3"]) == {}


def test_it_never_lets_a_family_wait_for_the_double_of_its_double():
    copies = held_back(doubled([("P1", "P2"), ("P2", "P3")]), ["P1", "P2", "P3"])
    assert copies == {"P2": "P1"}


CODES = [f"P{number}" for number in range(10)]


@given(
    st.lists(
        st.tuples(st.sampled_from(CODES), st.sampled_from(CODES)).filter(lambda p: p[0] != p[1])
    )
)
def test_it_plans_for_no_two_that_may_be_one_and_holds_back_nobody_else(pairs):
    copies = held_back(doubled(pairs), CODES)
    alike = {frozenset(pair) for pair in pairs}
    planned = [code for code in CODES if code not in copies]
    assert not any(frozenset((a, b)) in alike for a in planned for b in planned)
    for code, other in copies.items():
        assert other in planned
        assert frozenset((code, other)) in alike


@given(st.floats(0, 1))
def test_it_shares_out_whole_homes_and_never_more_than_there_are(operation, share):
    offered = offered_homes(operation, share)
    for whole, part in zip(operation.localities, offered, strict=True):
        assert part.people <= whole.people
        assert float(part.resources["homes"]).is_integer()
        assert part.resources["large_homes"] <= part.resources["homes"]


def test_it_prefers_a_home_near_the_caller(operation):
    home = plea(1).household
    scores = scores_of([home], {home.household_id: Caller(town="leeds")}, operation)
    best = max(scores, key=lambda pair: scores[pair])
    assert "Leeds" in next(each.towns for each in operation.localities if each.name == best[1])


def test_it_places_only_households_that_have_a_seat(job_of):
    pleas = [
        plea(n, words="interpreter for the British Army, employed directly") for n in range(1, 40)
    ]
    job = job_of(intake_of(*pleas))
    assert all(cover.departure for cover in job.covers if cover.locality)
    waiting = [cover for cover in job.covers if not cover.departure]
    assert {cover.home_why for cover in waiting} <= {"no seat yet"}


def test_it_never_lets_an_eligible_family_wait_for_a_record_that_is_not(job_of):
    """Two records of one man: of the first nothing is known, the second may have a seat, and has it."""
    passport = {"passport": "P00001234", "given_name": "Naeem", "family_name": "Barech"}
    alike = []
    for each in (plea(1), plea(2, words=TOLD)):
        head, *others = each.household.people
        people = (replace(head, **passport), *others)
        alike.append(replace(each, household=replace(each.household, people=people)))
    covers = {cover.household_id: cover for cover in job_of(intake_of(*alike)).covers}
    assert covers["P00001"].seat_why == "not yet decided"
    assert covers["P00001"].may_be_same_as == ("P00002",)
    assert covers["P00002"].departure


# --- the glue, on an operation of our own making -----------------------------------


def way(province, hours, first, last):
    return Reach(
        province=province,
        muster_point="HARBOUR",
        hours=hours,
        from_date=date(2021, 8, first),
        to_date=date(2021, 8, last),
        source=Source(url=None),
    )


@pytest.fixture
def harbour(operation):
    """One muster point; from AF02 the way is open until the 14th, and from AF03 there is none."""
    point = replace(operation.muster_points[0], code="HARBOUR")
    ways = (way("AF01", 2.0, 1, 14), way("AF01", 36.0, 15, 28), way("AF02", 2.0, 1, 14))
    return replace(operation, muster_points=(point,), reach=ways)


def leaving(day, hour=12, *, seats=3, schemes=()):
    return Departure(
        departure_id=f"D{day}-{hour}",
        departs_at=datetime(2021, 8, day, hour),
        muster_point="HARBOUR",
        seats=seats,
        schemes=schemes,
    )


def boards(operation, departure, *pleas):
    settings = Settings(on=ON, owner="desk", departures=(departure,), share=0.0, seconds=2.0)
    job = run(
        intake_of(*pleas), operation, settings, clock=lambda: 0.0, progress=lambda _w, _s: None
    )
    return [cover.departure for cover in job.covers]


@pytest.mark.parametrize(
    ("province", "day", "hour", "reached"),
    [
        ("AF01", 13, 1, False),
        ("AF01", 13, 2, True),
        ("AF01", 15, 1, True),
        ("AF02", 14, 12, True),
        ("AF02", 15, 12, False),
        ("AF03", 14, 12, False),
    ],
)
def test_it_seats_a_family_only_where_it_can_be_in_time_by_the_ways_of_that_day(
    harbour, province, day, hour, reached
):
    departure = leaving(day, hour)
    assert boards(harbour, departure, plea(1, words=TOLD, province=province)) == [
        departure.departure_id if reached else None
    ]


def test_it_counts_the_hours_from_the_day_of_the_brief(harbour):
    slow = replace(harbour, reach=(way("AF01", 36.0, 1, 28),))
    assert boards(slow, leaving(14, 11), plea(1, words=TOLD)) == [None]
    assert boards(slow, leaving(14, 12), plea(1, words=TOLD)) == ["D14-12"]


def test_it_boards_a_departure_for_the_scheme_above_the_category(harbour):
    assert boards(harbour, leaving(13, schemes=("ARAP",)), plea(1, words=TOLD)) == ["D13-12"]
    assert boards(harbour, leaving(13, schemes=("VPRS",)), plea(1, words=TOLD)) == [None]


def test_it_gives_quarantine_two_working_days(job_of):
    job = job_of(intake_of(held=1))  # on a Friday
    assert [held.due_on for held in job.held] == [date(2021, 8, 17)]


@pytest.mark.parametrize(("size", "large"), [(5, 0.0), (6, 1.0)])
def test_it_counts_six_as_a_large_family(size, large):
    assert home_family(plea(1, size=size).household).needs["large_homes"] == large


def test_it_forgets_the_words_of_strangers_when_it_is_done(job_of, operation):
    job_of(intake_of(plea(1, words="judge"), plea(2, words="interpreter")))
    assert operation.phrases._read == {}
