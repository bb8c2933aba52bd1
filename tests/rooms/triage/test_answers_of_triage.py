"""Answers to the rulebook's questions: one entry for each, nobody overwritten, no band lowered by telling."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings, strategies as st
from hypothesis.extra.django import TestCase as DjangoTestCase
from tests.cast import AT, Cast, make_cast
from tests.rooms.triage.callers import again, answered, caller, interpreter, opened_case
from tests.rooms.triage.sharing import shared_with_charlie

from safeconduct.cases.actions import add_entry
from safeconduct.cases.entries import Facts, Person
from safeconduct.cases.wording import operation
from safeconduct.core.errors import (
    FactsChangedMeanwhile,
    FactUnknownToRules,
    NoSuchEntry,
    NotOursToChange,
)
from safeconduct.core.rulebook.rules import BANDS, Band
from safeconduct.journal.models import Line
from safeconduct.triage.actions import assess_case, tell_facts
from safeconduct.triage.actions.facts import answers_in
from safeconduct.vault.keyring import BOARD

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def told_facts(cast: Cast, code: str) -> dict[tuple[str | None, str], str]:
    return answers_in(again(cast.alice, code, AT).entries(Facts))


def test_one_entry_for_each_of_whom_something_was_told(cast: Cast):
    opened = opened_case(cast.alice, *caller(Person(given_name="Huma")), at=AT)
    first, second = (kept.code for kept in opened.persons)
    told = {(first, "occupation"): "interpreter|teacher", (None, "in_hiding"): "yes"}
    assert tell_facts(opened, told, seen={}, at=AT) == 2
    more = {(first, "employer"): "uk_forces", (second, "pregnant"): "yes"}
    assert tell_facts(opened, more, seen={}, at=AT) == 2
    entries = again(cast.alice, opened.code, AT).entries(Facts)
    assert len(entries) == 3
    assert {kept.says.person for kept in entries} == {first, second, None}
    assert told_facts(cast, opened.code) == told | more
    line = Line.objects.filter(deed="fact told").latest("number")
    assert (line.about, line.facts["facts"]) == (opened.code, 2)
    assert "uk_forces" not in str(line.facts)


def test_an_answer_can_be_taken_back_and_what_a_sheet_left_is_taken_together(cast: Cast):
    opened = opened_case(
        cast.alice, *caller(answered(in_hiding="yes"), answered(evacuated="no")), at=AT
    )
    seen = {(None, "in_hiding"): "yes"}
    tell_facts(opened, {(None, "in_hiding"): None}, seen=seen, at=AT)
    now = again(cast.alice, opened.code, AT)
    assert [dict(kept.says.facts) for kept in now.entries(Facts)] == [{"evacuated": "no"}]
    tell_facts(opened, {(None, "evacuated"): None}, seen={(None, "evacuated"): "no"}, at=AT)
    assert again(cast.alice, opened.code, AT).entries(Facts) == []


def test_the_same_sent_twice_writes_once(cast: Cast):
    opened = opened_case(cast.alice, *caller(), at=AT)
    told = {(None, "in_hiding"): "yes"}
    assert tell_facts(opened, told, seen={}, at=AT) == 1
    lines = Line.objects.count()
    assert tell_facts(opened, told, seen={}, at=AT) == 0
    assert Line.objects.count() == lines


def test_nobody_overwrites_a_colleagues_other_answer(cast: Cast):
    opened = opened_case(cast.alice, *caller(), at=AT)
    tell_facts(opened, {(None, "in_hiding"): "yes"}, seen={}, at=AT)
    with pytest.raises(FactsChangedMeanwhile):
        tell_facts(opened, {(None, "in_hiding"): "no"}, seen={}, at=AT)
    # Another question is no clash: both answers stand.
    tell_facts(opened, {(None, "evacuated"): "no"}, seen={}, at=AT)
    tell_facts(opened, {(None, "in_hiding"): "no"}, seen={(None, "in_hiding"): "yes"}, at=AT)
    assert told_facts(cast, opened.code) == {(None, "in_hiding"): "no", (None, "evacuated"): "no"}


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        ("shoe_size", "44"),
        ("in_hiding", "perhaps"),
        ("in_hiding", "yes|no"),
        ("occupation", "teacher|none"),
        ("occupation", "teacher|teacher"),
        ("age_group", "adult"),
        ("woman_alone", "yes"),
    ],
)
def test_what_the_rulebook_does_not_ask_is_refused(cast: Cast, fact: str, value: str):
    opened = opened_case(cast.alice, *caller(), at=AT)
    with pytest.raises(FactUnknownToRules):
        tell_facts(opened, {(None, fact): value}, seen={}, at=AT)
    assert told_facts(cast, opened.code) == {}


def test_a_fact_of_the_family_is_not_told_of_a_person_nor_any_of_a_stranger(cast: Cast):
    opened = opened_case(cast.alice, *caller(), at=AT)
    other = opened_case(cast.alice, *caller(), at=AT)
    with pytest.raises(FactUnknownToRules):
        tell_facts(opened, {(opened.persons[0].code, "in_hiding"): "yes"}, seen={}, at=AT)
    with pytest.raises(NoSuchEntry):
        tell_facts(opened, {(other.persons[0].code, "pregnant"): "no"}, seen={}, at=AT)


def test_an_older_rulebooks_answer_stays(cast: Cast):
    opened = opened_case(cast.alice, *caller(answered(shoe_size="44", in_hiding="x")), at=AT)
    tell_facts(opened, {(None, "in_hiding"): None}, seen={}, at=AT)  # shown as not told yet
    tell_facts(opened, {(None, "evacuated"): "no"}, seen={}, at=AT)
    assert told_facts(cast, opened.code)[None, "shoe_size"] == "44"
    tell_facts(opened, {(None, "in_hiding"): "yes"}, seen={}, at=AT)
    assert told_facts(cast, opened.code)[None, "in_hiding"] == "yes"


def questions() -> list[tuple[str, tuple[str, ...]]]:
    kinds = operation().rulebook.facts.values()
    return [(kind.name, kind.values) for kind in kinds if not kind.derived]


@st.composite
def tellings(draw: st.DrawFn) -> list[tuple[bool, str, str]]:
    """Up to six answers, each to a question of its own, of the person or of the family."""
    kinds = operation().rulebook.facts
    asked = draw(st.lists(st.sampled_from(questions()), max_size=6, unique_by=lambda q: q[0]))
    return [
        (kinds[fact].of == "person" and draw(st.booleans()), fact, draw(st.sampled_from(values)))
        for fact, values in asked
    ]


class TellingLowersNobody(DjangoTestCase):
    """A fact told where nothing was known never lowers the band on the cover, nor the points."""

    databases = frozenset({"default", "keys"})

    def tearDown(self) -> None:
        BOARD.drop_all()

    @settings(max_examples=6)
    @given(tellings())
    def test_band_and_points_only_rise(self, told: list[tuple[bool, str, str]]) -> None:
        cast = make_cast()
        opened = opened_case(cast.alice, *caller(), at=AT)
        person = opened.persons[0].code
        assess_case(cast.alice, opened.code, at=AT)
        stood = again(cast.alice, opened.code, AT).cover
        for step, (own, fact, value) in enumerate(told):
            at = AT + timedelta(minutes=step)
            tell_facts(opened, {(person if own else None, fact): value}, seen={}, at=at)
            assess_case(cast.alice, opened.code, at=at)
            cover = again(cast.alice, opened.code, at).cover
            assert BANDS.index(Band(cover.band)) <= BANDS.index(Band(stood.band)), fact
            assert cover.priority >= stood.priority, fact
            assert not assess_case(cast.alice, opened.code, at=at), "the second time moves nothing"
            stood = cover


def test_a_shared_case_takes_no_answers_from_outside(cast: Cast):
    opened = shared_with_charlie(cast, *interpreter())
    with pytest.raises(NotOursToChange):
        tell_facts(opened, {(None, "in_hiding"): "yes"}, seen={}, at=AT)


def test_adding_an_entry_of_facts_elsewhere_is_read_too(cast: Cast):
    opened = opened_case(cast.alice, *caller(), at=AT)
    add_entry(opened, answered(in_hiding="yes"), at=AT)
    assert told_facts(cast, opened.code) == {(None, "in_hiding"): "yes"}
