"""What stands beside an assessment: read words, agreed bands, two rulebooks on one caseload, like families."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, strategies as st

from safeconduct.core.facts import Household, Person, Relation, Sex
from safeconduct.core.operation import Operation
from safeconduct.core.rulebook import BANDS, Assessor, Band, Phrasebook, with_told_facts
from safeconduct.core.rulebook.alike import LikeFamilies
from safeconduct.core.rulebook.differences import (
    Difference,
    Placed,
    bands_told,
    matrix,
    newcomers,
)
from safeconduct.core.rulebook.overriding import priority_in
from safeconduct.core.rulebook.readings import readings_of

DAY = date(2021, 8, 18)


def family(*people: Person, **told: object) -> Household:
    return Household(household_id="H", people=people, **told)  # type: ignore[arg-type]


def head(*words: str, **facts: str) -> Person:
    return Person(
        person_id="P", sex=Sex.MALE, relation=Relation.PRINCIPAL, words=words, facts=facts
    )


@pytest.fixture
def book(operation: Operation) -> Phrasebook:
    assert isinstance(operation.phrases, Phrasebook)
    return operation.phrases


@pytest.fixture
def assessor(operation: Operation) -> Assessor:
    return Assessor(operation.rulebook, on=DAY, schemes=operation.schemes)


# --- read from words ------------------------------------------------------------------------------


def test_a_fact_is_told_with_the_words_that_state_it(book: Phrasebook):
    read = readings_of(family(head("work: interpreter for the British Army", "notes: tall")), book)
    told = {(each.person, each.fact): each for each in read}
    assert told["P", "occupation"].value == "interpreter"
    assert told["P", "occupation"].words == ("interpreter for the British Army",)


def test_an_answer_stands_before_the_words(book: Phrasebook):
    person = head("work: interpreter for the British Army", occupation="teacher")
    assert "occupation" not in {each.fact for each in readings_of(family(person), book)}


def test_readings_are_what_the_rulebook_is_asked_with(book: Phrasebook):
    household = family(
        head("work: police"),
        words=("threat: the Taliban came to our house", "his wife is pregnant"),
    )
    after = with_told_facts(household, book)
    added = {("P", fact): value for fact, value in after.people[0].facts.items()}
    added |= {(None, fact): value for fact, value in after.facts.items()}
    read = readings_of(household, book)
    assert {(each.person, each.fact): each.value for each in read} == added
    assert all(each.words for each in read)


# --- another band ---------------------------------------------------------------------------------------


def test_the_rulebooks_own_band_keeps_the_rulebooks_points(
    operation: Operation, assessor: Assessor
):
    said = assessor.assess(family(head(occupation="interpreter", employer="uk_forces")))
    points = operation.rulebook.points
    assert priority_in(said, said.band, size=5, points=points) == said.priority


@given(st.sampled_from(BANDS), st.sampled_from(BANDS), st.integers(1, 12))
def test_a_more_urgent_band_never_has_fewer_points(
    operation: Operation, first: Band, second: Band, size: int
):
    points = operation.rulebook.points
    assessor = Assessor(operation.rulebook, on=DAY, schemes=operation.schemes)
    said = assessor.assess(replace(family(head(in_hiding="yes")), told_size=size))
    one, two = (priority_in(said, band, size=size, points=points) for band in (first, second))
    assert points.by_band[first] != points.by_band[second] or one == two
    if BANDS.index(first) < BANDS.index(second):
        assert one >= two
    # As if the rules had said so: the points of the band for each, and the same extra points.
    extra = said.priority - points.by_band[said.band] * size
    assert one == pytest.approx(points.by_band[first] * size + extra)


# --- two rulebooks ------------------------------------------------------------------------------------------


placed = st.builds(
    Placed,
    case=st.text("ABC", min_size=3, max_size=3),
    band=st.sampled_from(BANDS),
    priority=st.floats(0, 100),
    schemes=st.frozensets(st.sampled_from(["ARAP-1", "ACRS"])),
    asks=st.frozensets(st.sampled_from(["threat", "pregnant"])),
)


@given(st.lists(st.tuples(placed, placed), max_size=30, unique_by=lambda pair: pair[0].case))
def test_every_case_stands_once_in_the_matrix(pairs: list[tuple[Placed, Placed]]):
    pairs = [(before, replace(after, case=before.case)) for before, after in pairs]
    found = Difference()
    moved = sum(found.note(before, after) for before, after in pairs)
    rows = matrix(bands_told(found.bands))
    assert sum(sum(row) for _, row in rows) == found.cases == len(pairs)
    assert [sum(row) for _, row in rows] == [
        Counter(before.band for before, _ in pairs)[band] for band in BANDS
    ]
    assert moved == len(found.moved) == sum(before != after for before, after in pairs)
    gained = sum(len(after.asks) - len(before.asks) for before, after in pairs)
    assert found.asks_gained - found.asks_lost == gained


@given(st.lists(placed, max_size=40, unique_by=lambda each: each.case), st.randoms())
def test_the_same_order_has_no_newcomers(cases: list[Placed], dice):
    shuffled = list(cases)
    dice.shuffle(shuffled)
    assert set(newcomers(cases, shuffled, places=(1, 5, 20)).values()) <= {0}


def test_who_comes_in_at_the_top_is_counted():
    def at(case: str, band: Band, points: float = 1.0) -> Placed:
        return Placed(case, band, points, frozenset(), frozenset())

    before = [at("AAA", Band.EMERGENCY), at("BBB", Band.URGENT), at("CCC", Band.URGENT, 9)]
    after = [at("AAA", Band.ROUTINE), at("BBB", Band.URGENT), at("CCC", Band.URGENT, 9)]
    assert newcomers(before, after, places=(1, 2, 3)) == {"1": 1, "2": 1}


# --- like families ------------------------------------------------------------------------------------------------


def test_names_and_words_make_no_difference_and_answers_do(assessor: Assessor):
    like: LikeFamilies[str] = LikeFamilies(assessor)
    like.put(family(replace(head(occupation="teacher"), given_name="A")), "first")
    like.put(family(replace(head("x", occupation="teacher"), given_name="B")), "second")
    like.put(family(head(occupation="teacher"), told_size=5), "larger")
    like.put(family(head(occupation="judge")), "another")
    assert [list(group) for group in like.groups()] == [["first", "second"]]


def test_like_families_stand_together(assessor: Assessor):
    like: LikeFamilies[str] = LikeFamilies(assessor)
    spouse = Person(person_id="Q", relation=Relation.SPOUSE, sex=Sex.FEMALE)
    like.put(family(head(occupation="teacher"), spouse), "first")
    like.put(family(spouse, head(occupation="teacher")), "the same in another order")
    like.put(family(head(occupation="judge"), spouse), "another")
    assert [list(group) for group in like.groups()] == [["first", "the same in another order"]]
    like.put(family(head(), spouse), "nothing told")
    like.put(family(head(), spouse), "nothing told either")
    assert like.unheard == 2
    assert len(list(like.groups())) == 1


def test_to_live_in_one_province_is_no_likeness(assessor: Assessor):
    like: LikeFamilies[str] = LikeFamilies(assessor)
    for about in ("first", "second"):
        like.put(family(head(), province="AF01"), about)
    assert like.unheard == 2
    assert list(like.groups()) == []
