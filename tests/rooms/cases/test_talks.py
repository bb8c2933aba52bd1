"""What a caller was told and what is due to them: written together, in one action, or not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.cast import AT, Cast
from tests.rooms.cases.families import CALLER, LATER, PRINCIPAL, TODAY, again, family_of

from safeconduct.cases import actions
from safeconduct.cases.entries import (
    Assessed,
    Direction,
    Note,
    PleaTold,
    SafeContact,
    Said,
    Talk,
    Way,
)
from safeconduct.cases.household import family_rules, household_of
from safeconduct.core.errors import ChangedMeanwhile, NoSuchEntry
from safeconduct.journal.models import Line

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
FRIDAY = TODAY + timedelta(days=5)
PROMISE = Talk(
    direction=Direction.WE_CALLED,
    told="Nobody has decided yet.",
    next_words="we call about the passports",
    next_on=FRIDAY,
)


def lines_of(code: str) -> int:
    return Line.objects.filter(about=code).exclude(deed="case seen").count()


def test_a_promise_makes_the_case_due_in_the_same_line(cast: Cast):
    opened = family_of(cast.alice, PRINCIPAL, CALLER)
    caller = opened.rows[1].code
    before = lines_of(opened.code)
    code = actions.record_talk(opened, replace(PROMISE, caller=caller), at=AT)
    now = again(opened)
    assert now.entry(code, Talk).says.caller == caller
    assert now.cover.next_due == FRIDAY
    assert now.cover.cover_revision == opened.cover.cover_revision + 1
    assert lines_of(opened.code) == before + 1


def test_a_conversation_without_a_promise_leaves_the_day(cast: Cast):
    opened = family_of(cast.alice, PRINCIPAL, next_due=FRIDAY)
    actions.record_talk(opened, Talk(direction=Direction.MET, told="Nothing new."), at=AT)
    now = again(opened)
    assert (now.cover.next_due, now.cover.cover_revision) == (FRIDAY, 1)


def test_sent_twice_it_is_said_once_and_moves_the_day_once(cast: Cast):
    opened = family_of(cast.alice, PRINCIPAL)
    code = actions.new_entry_code()
    for _ in range(2):
        assert actions.record_talk(opened, PROMISE, at=AT, code=code) == code
    now = again(opened)
    assert len(now.entries(Talk)) == 1
    assert now.cover.cover_revision == 2


def test_whoever_has_the_cover_open_overwrites_no_promise(cast: Cast):
    opened = family_of(cast.alice, PRINCIPAL)
    actions.record_talk(opened, PROMISE, at=AT)
    with pytest.raises(ChangedMeanwhile):
        actions.change_cover(opened, expected_revision=1, next_due=None, at=LATER)
    assert again(opened).cover.next_due == FRIDAY


def test_a_promise_written_anew_moves_the_day_and_one_taken_out_leaves_it(cast: Cast):
    opened = family_of(cast.alice, PRINCIPAL)
    code = actions.record_talk(opened, PROMISE, at=AT)
    sooner = replace(PROMISE, next_on=TODAY)
    actions.change_talk(opened, code, sooner, expected_revision=1, at=LATER)
    assert again(opened).cover.next_due == TODAY
    silent = replace(PROMISE, next_on=None, next_words=None)
    actions.change_talk(opened, code, silent, expected_revision=2, at=LATER)
    assert again(opened).cover.next_due == TODAY
    # A word mended in an old promise does not take the case back to its day.
    actions.change_cover(
        opened, expected_revision=again(opened).cover.cover_revision, next_due=FRIDAY, at=LATER
    )
    actions.change_talk(
        opened, code, replace(silent, heard="A word."), expected_revision=3, at=LATER
    )
    assert again(opened).cover.next_due == FRIDAY


def test_with_nobody_of_this_case_there_was_no_conversation(cast: Cast):
    opened, other = family_of(cast.alice, PRINCIPAL, CALLER), family_of(cast.alice, CALLER)
    for stranger in (other.rows[0].code, actions.new_entry_code()):
        with pytest.raises(NoSuchEntry):
            actions.record_talk(opened, replace(PROMISE, caller=stranger), at=AT)
    assert again(opened).entries(Talk) == []


def test_no_other_way_forgets_the_day(cast: Cast):
    opened = family_of(cast.alice, PRINCIPAL)
    with pytest.raises(NoSuchEntry):
        actions.add_entry(opened, PROMISE, at=AT)
    code = actions.record_talk(opened, PROMISE, at=AT)
    with pytest.raises(NoSuchEntry):
        actions.change_entry(opened, code, PROMISE, expected_revision=1, at=AT)


@pytest.mark.parametrize(
    "told",
    [
        PleaTold(plea="P1", way=Way.TEXT, words="Please help."),
        Assessed(rules="5f2c", on=TODAY, band="urgent", priority="4"),
    ],
)
def test_what_arrived_and_what_the_rules_said_is_not_written_anew(cast: Cast, told):
    opened = family_of(cast.alice, PRINCIPAL, told)
    with pytest.raises(NoSuchEntry):
        actions.change_entry(opened, opened.rows[1].code, told, expected_revision=1, at=AT)


def test_rules_for_a_caller_are_never_taken_for_the_familys(cast: Cast):
    opened = family_of(cast.alice, PRINCIPAL, CALLER)
    person, caller = (row.code for row in opened.rows)
    actions.add_entry(opened, SafeContact(hours="any time", person=caller), at=AT)
    actions.add_entry(opened, SafeContact(hours="after nine", person=person), at=AT)
    assert [kept.says.hours for kept in family_rules(again(opened))] == ["after nine"]
    with pytest.raises(NoSuchEntry):  # of a caller nothing else is told than how to call them
        actions.add_entry(opened, Note(words="x", person=caller), at=AT)


def test_the_familys_words_are_read_by_the_rules_and_a_conversation_is_not(cast: Cast):
    opened = family_of(cast.alice, PRINCIPAL, Said(words=("work: police",)), PROMISE)
    assert household_of(opened).words == ("work: police",)
