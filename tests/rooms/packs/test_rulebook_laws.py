"""The laws of assessing, over the shipped rulebook and households made at random."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random

from hypothesis import assume, given, settings, strategies as st
from tests.shipped import shipped

from safeconduct.core.answers import Answer
from safeconduct.core.dates.uncertain import UncertainDate
from safeconduct.core.facts import Household, Person, Relation, Sex
from safeconduct.core.rulebook import BANDS, Assessment, Assessor, Band, assess
from safeconduct.core.rulebook.rules import FactKind

OPERATION = shipped()
RULEBOOK = OPERATION.rulebook
TOLD = [kind for kind in RULEBOOK.facts.values() if not kind.derived]
OF_PERSON = [kind for kind in TOLD if kind.of == "person"]
OF_HOUSEHOLD = [kind for kind in TOLD if kind.of == "household"]
DAYS = [date(2021, 8, 20), date(2021, 12, 14), date(2022, 7, 1), date(2025, 7, 2)]
ASSESSORS = {day: Assessor(RULEBOOK, on=day, schemes=OPERATION.schemes) for day in DAYS}
FEW = settings(max_examples=60, deadline=None)


def values_of(kind: FactKind) -> st.SearchStrategy[str]:
    return st.sampled_from(kind.values)


def some_of(kinds: list[FactKind]) -> st.SearchStrategy[dict[str, str]]:
    one = st.sampled_from(kinds).flatmap(lambda k: st.tuples(st.just(k.name), values_of(k)))
    return st.lists(one, max_size=5).map(dict)


BIRTHS = st.one_of(
    st.none(),
    st.integers(1935, 2021).map(UncertainDate.of_year),
    st.dates(date(1940, 1, 1), date(2021, 8, 1)).map(UncertainDate.of_day),
)
PEOPLE = st.builds(
    Person,
    person_id=st.just("somebody"),
    relation=st.sampled_from([None, *Relation]),
    sex=st.sampled_from([None, *Sex]),
    birth=BIRTHS,
    facts=some_of(OF_PERSON),
)
HOUSEHOLDS = st.builds(
    Household,
    household_id=st.just("a household"),
    people=st.lists(PEOPLE, max_size=4).map(tuple),
    told_size=st.sampled_from([None, 1, 3, 7]),
    province=st.sampled_from([None, "AF01"]),
    facts=some_of([*OF_HOUSEHOLD, *OF_PERSON]),
)


def assessed(household: Household, on: date) -> Assessment:
    return ASSESSORS[on].assess(household)


def urgency(found: Assessment) -> int:
    return len(BANDS) - BANDS.index(found.band)


@FEW
@given(HOUSEHOLDS, st.sampled_from(DAYS), st.data())
def test_telling_what_was_unknown_never_lowers_the_band_nor_the_priority(
    household: Household, on: date, data: st.DataObject
) -> None:
    more = data.draw(one_thing_more(household))
    before, after = assessed(household, on), assessed(more, on)
    assert urgency(after) >= urgency(before)
    assert after.priority >= before.priority


@st.composite
def one_thing_more(draw: st.DrawFn, household: Household) -> Household:
    """The household with one thing told that was unknown: a fact, a birth, a sex, a relation."""
    choices = ["fact of the household"]
    if household.people:
        choices += ["fact of a person", "birth", "sex", "relation"]
    choice = draw(st.sampled_from(choices))
    if choice == "fact of the household":
        kind = draw(st.sampled_from(OF_HOUSEHOLD))
        assume(kind.name not in household.facts)
        assume(not (kind.of_province and household.province))
        return replace(household, facts={**household.facts, kind.name: draw(values_of(kind))})
    at = draw(st.integers(0, len(household.people) - 1))
    person = household.people[at]
    if choice == "fact of a person":
        kind = draw(st.sampled_from(OF_PERSON))
        assume(kind.name not in person.facts and kind.name not in household.facts)
        person = replace(person, facts={**person.facts, kind.name: draw(values_of(kind))})
    elif choice == "birth":
        assume(person.birth is None)
        person = replace(person, birth=draw(BIRTHS))
    elif choice == "sex":
        assume(person.sex is None)
        person = replace(person, sex=draw(st.sampled_from(list(Sex))))
    else:
        assume(person.relation is None)
        person = replace(person, relation=draw(st.sampled_from(list(Relation))))
    people = (*household.people[:at], person, *household.people[at + 1 :])
    return replace(household, people=people)


@FEW
@given(HOUSEHOLDS, st.sampled_from(DAYS), st.randoms(use_true_random=False))
def test_the_order_of_people_is_without_effect(
    household: Household, on: date, random: Random
) -> None:
    people = list(household.people)
    random.shuffle(people)
    shuffled = replace(household, people=tuple(people))
    fresh = Assessor(RULEBOOK, on=on, schemes=OPERATION.schemes)
    assert fresh.assess(shuffled) == assessed(household, on)


@FEW
@given(HOUSEHOLDS, st.sampled_from(DAYS))
def test_like_cases_are_decided_alike_whatever_the_names(household: Household, on: date) -> None:
    renamed = tuple(
        replace(person, person_id=f"other {number}", given_name="Zarghuna", father_name="Akbar")
        for number, person in enumerate(household.people)
    )
    other = replace(household, household_id="another", people=renamed, office="another office")
    found = assessed(household, on)
    assert replace(assessed(other, on), household_id=found.household_id) == found


@settings(max_examples=25, deadline=None)
@given(HOUSEHOLDS, st.sampled_from(DAYS))
def test_assessing_twice_and_assessing_alone_say_the_same(household: Household, on: date) -> None:
    alone = assess(household, RULEBOOK, on=on, schemes=OPERATION.schemes)
    assert alone == assessed(household, on) == assessed(household, on)


@FEW
@given(HOUSEHOLDS, st.sampled_from(DAYS))
def test_every_outcome_says_why_and_what_would_change_it(household: Household, on: date) -> None:
    found = assessed(household, on)
    assert found.reasons
    for each in found.schemes:
        assert each.reasons
        if each.outcome is Answer.UNKNOWN:
            assert each.settles
        if each.outcome is Answer.NO and not OPERATION.scheme(each.scheme).closed:
            assert each.settles
        closed = any("takes nobody new" in str(reason) for reason in each.reasons)
        assert each.settles or closed or each.outcome is Answer.YES
    sentences = [*found.reasons, *(reason for each in found.schemes for reason in each.reasons)]
    for sentence in map(str, sentences):
        assert "{" not in sentence
        assert "|" not in sentence
        assert sentence[0].isupper()
        assert sentence[-1] in ".?"


@FEW
@given(HOUSEHOLDS, st.sampled_from(DAYS))
def test_what_is_missing_is_unknown_and_settles_something(household: Household, on: date) -> None:
    found = assessed(household, on)
    asked = [ask.fact for ask in found.missing]
    assert len(set(asked)) == len(asked)
    for ask in found.missing:
        assert ask.settles
        assert ask.question == RULEBOOK.facts[ask.fact].question


@FEW
@given(HOUSEHOLDS)
def test_routine_is_never_said_of_what_was_not_told(household: Household) -> None:
    found = assessed(household, DAYS[0])
    if found.band is Band.ROUTINE:
        assert "threat" in household.facts
        assert "where_now" in household.facts or household.province
        assert "occupation" in household.facts or any(
            "occupation" in p.facts for p in household.people
        )


@FEW
@given(HOUSEHOLDS, st.sampled_from(DAYS))
def test_priority_counts_every_member_and_rises_with_the_band(
    household: Household, on: date
) -> None:
    found = assessed(household, on)
    points = RULEBOOK.points.by_band
    assert found.priority >= points[found.band] * max(household.size, 1) > 0
    larger = replace(household, told_size=household.size + 1)
    if assessed(larger, on).band is found.band:
        assert assessed(larger, on).priority >= found.priority
