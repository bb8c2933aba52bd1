"""The family's own record tells all that is kept of them, and nothing of the office's members."""

from __future__ import annotations

from dataclasses import fields

import pytest
from django.utils.translation import override
from tests.cast import AT, Cast
from tests.rooms.cases.families import (
    CHILD,
    LATER,
    ONE_OF_EACH,
    PRINCIPAL,
    again,
    compared,
    family_of,
    paper,
    seen,
    tell_again,
)

from safeconduct.cases import actions
from safeconduct.cases.entries import KINDS, Caller, Note
from safeconduct.cases.subject import HEADINGS, subject_record
from safeconduct.core.errors import NoKey
from safeconduct.people.reader import ReadersNumber, read_with

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def test_it_is_the_same_record_whoever_of_the_office_gives_it(cast: Cast):
    opened = family_of(cast.carol, *ONE_OF_EACH)
    record = subject_record(opened)
    read_with(calendar="solar-hijri", digits="eastern")
    try:
        with override("prs"):
            assert subject_record(opened) == record
            assert str(ReadersNumber(7)) == "۷"  # and what they read goes on as they chose
    finally:
        read_with()


def test_everything_that_was_told_is_told_back(cast: Cast):
    opened = tell_again(family_of(cast.carol, *ONE_OF_EACH), "They moved to the mill.")
    caller = opened.entries(Caller)[0]
    actions.remove_entry(opened, caller.code, expected_revision=1, at=LATER, why="asked for it")
    actions.attach_document(opened, paper(), title="her tazkira", at=LATER)
    mother = opened.persons[0].code
    actions.add_entry(opened, Note(words="She has a fever.", person=mother), at=LATER)
    record = subject_record(again(opened))
    told = "\n".join(f"{label}: {value}" for _, rows in record for label, value in rows)
    for kind in (*ONE_OF_EACH, Note(words="They moved to the mill.")):
        for each in fields(kind):
            value = getattr(kind, each.name)
            if isinstance(value, str) and each.name not in {"to", "sex"}:
                assert value in told
    for words in (
        "an uncle in Leeds",
        "interpreter",
        "1988",
        "her tazkira",
        "asked for it",
        "female",
    ):
        assert words in told
    assert "of whom: Zarmina Popalfictional زرمینه" in told
    headings = [heading for heading, _ in record]
    assert "Note, as it stood before" in headings
    assert "Who asked for you, as it stood before" in headings
    assert "Who asked for you" not in headings
    for by in (cast.carol, cast.alice):
        assert by.member.code not in told


def test_unknown_is_told_as_unknown(cast: Cast):
    record = subject_record(family_of(cast.carol, CHILD))
    rows = dict(next(rows for heading, rows in record if heading == "Person"))
    assert rows["passport"] is None
    assert rows["given name"] == "Little"


def test_every_kind_has_a_heading():
    assert set(HEADINGS) == set(KINDS)


def test_an_office_with_the_card_alone_cannot_tell_a_family_everything(cast: Cast):
    opened = family_of(cast.carol, PRINCIPAL)
    compared(cast.carol, cast.other)
    actions.share_case(opened, cast.other.code, extent="card", at=AT)
    with pytest.raises(NoKey):
        subject_record(seen(cast.charlie, opened))
