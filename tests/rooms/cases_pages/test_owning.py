"""What a member who leaves looked after is handed over with a note: nothing is left with nobody."""

from __future__ import annotations

import pytest
from tests.cast import AT, at_the_desk

from safeconduct.cases.actions.opening import open_case
from safeconduct.cases.entries import Handover
from safeconduct.cases.purposes import Purpose
from safeconduct.cases.reading import case_for
from safeconduct.people.actions import leave

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
NOTE = "she promised to call each of them on Fridays"


@pytest.fixture
def carol(cast):
    return at_the_desk(cast.carol)


def test_after_parting_the_next_page_hands_over_what_they_owned(cast, carol):
    codes = [open_case(cast.alice, at=AT).code for _ in range(3)]
    alice, bob = cast.alice.member.code, cast.bob.member.code
    answer = carol.post(f"/office/{alice}/part-with/", {"sure": "on"}, follow=True)
    assert "3 cases" in answer.content.decode()
    carol.post(answer.request["PATH_INFO"], {"to": bob, "note": NOTE})
    for code in codes:
        opened = case_for(cast.bob, code, Purpose.CASEWORK, at=AT)
        assert [kept.says.note for kept in opened.entries(Handover)] == [NOTE]


def test_it_is_done_for_who_is_still_here_too_and_never_to_themselves(cast, carol):
    open_case(cast.alice, at=AT)
    page = f"/cases/of/{cast.alice.member.code}/hand-over/"
    answer = carol.post(page, {"to": cast.alice.member.code, "note": NOTE})
    assert answer.status_code == 400
    assert carol.post(page, {"to": cast.bob.member.code, "note": NOTE}).status_code == 302


def test_another_offices_member_is_nobody_here(cast, carol):
    assert carol.get(f"/cases/of/{cast.charlie.member.code}/hand-over/").status_code == 404


def test_to_somebody_who_left_nothing_is_given(cast, carol):
    open_case(cast.alice, at=AT)
    leave(cast.carol, member=cast.bob.member.code, at=AT)
    page = f"/cases/of/{cast.alice.member.code}/hand-over/"
    assert carol.post(page, {"to": cast.bob.member.code, "note": NOTE}).status_code == 400
