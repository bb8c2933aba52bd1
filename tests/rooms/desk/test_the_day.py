"""Where a member arrives: what waits for them, counted, and nothing of what does not concern them."""

from __future__ import annotations

import pytest
from tests.cast import AT, at_the_desk

from safeconduct.cases.actions.opening import open_case
from safeconduct.desk.day import waiting_for
from safeconduct.people.access import CaseOutline
from safeconduct.people.actions import ask_for_access, leave

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def told(present) -> list[str]:
    return [each.words for each in waiting_for(present, at=AT)]


def test_what_is_due_stands_first_and_nobodys_cases_are_seen(cast):
    open_case(cast.alice, at=AT, next_due=AT.date())
    open_case(cast.alice, at=AT)
    open_case(cast.alice, at=AT, owned=False)
    assert told(cast.alice) == [
        "1 case of yours is due",
        "Nobody looks after 1 case",
        "You look after 2 cases",
    ]
    assert told(cast.bob) == ["Nobody looks after 1 case"]
    assert told(cast.charlie) == []


def test_the_cases_of_who_left_are_nobodys(cast):
    code = open_case(cast.alice, at=AT).code
    leave(cast.carol, member=cast.alice.member.code, at=AT)
    assert told(cast.bob) == ["Nobody looks after 1 case"]
    page = at_the_desk(cast.bob).get("/cases/?whose=nobodys").content.decode()
    assert f"/cases/{code}/" in page


def test_an_approver_is_told_what_waits_for_a_second_pair_of_eyes(cast):
    case = open_case(cast.alice, at=AT).code
    outline = CaseOutline(case, cast.home.code, cast.alice.member.code)
    ask_for_access(cast.bob, outline, reason="the family asked for me", at=AT)
    assert told(cast.dana) == ["1 colleague asks for access to a case"]


@pytest.mark.parametrize("who", ["audrey", "otto"])
def test_who_opens_no_case_is_told_of_none(cast, who):
    open_case(cast.alice, at=AT, owned=False)
    assert told(getattr(cast, who)) == []


def test_the_page_shows_it_with_the_way_there(cast):
    open_case(cast.alice, at=AT)
    page = at_the_desk(cast.alice).get("/").content.decode()
    assert '<a href="/cases/?whose=mine">You look after 1 case</a>' in page
