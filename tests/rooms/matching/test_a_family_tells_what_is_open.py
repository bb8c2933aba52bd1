"""A family is read as far as its cases are open: a word on two cases is for whoever may open both (law 4)."""

from __future__ import annotations

import pytest
from tests.cast import AT, Cast, at_the_desk
from tests.rooms.cases.families import compared
from tests.rooms.matching.doubles import CHILD, MAN, TOLD_AGAIN, TOLD_TWICE, case_of

from safeconduct.cases import actions as cases
from safeconduct.core.codes import spelt
from safeconduct.core.linkage.judgements import Verdict
from safeconduct.matching.actions import judge
from safeconduct.matching.models import Together

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
NOTE = "Their neighbour Gulmakai told Bob of both."


def test_notes_on_a_colleagues_cases_are_not_read_on_the_page_of_the_family(cast: Cast):
    """Alice's case stands together with two of Bob's; of what was written about his two she sees nothing."""
    hers = case_of(cast.alice, *TOLD_TWICE)
    his, his_too = case_of(cast.bob, *TOLD_AGAIN), case_of(cast.bob, MAN, CHILD)
    judge(cast.carol, (hers.code, his.code), Verdict.SAME, at=AT)
    judge(cast.bob, (his.code, his_too.code), Verdict.SAME, note=NOTE, at=AT)
    assert Together.objects.count() == 3
    path = f"/doubles/family/{hers.code}/"
    assert NOTE in at_the_desk(cast.carol).get(path).content.decode()
    told = at_the_desk(cast.alice).get(path).content.decode()
    assert NOTE not in told
    assert "bob" in told  # whom to ask


def test_a_case_that_is_not_shared_is_a_number_and_no_code(cast: Cast):
    """Of a family between two offices, whose share was taken back, the list and the page tell no code of it."""
    compared(cast.charlie, cast.home)
    compared(cast.carol, cast.other)
    ours, theirs = case_of(cast.carol, *TOLD_TWICE), case_of(cast.charlie, *TOLD_AGAIN)
    cases.share_case(theirs, cast.home.code, extent="card", at=AT)
    cases.share_case(ours, cast.other.code, extent="card", at=AT)
    judge(cast.carol, (ours.code, theirs.code), Verdict.SAME, at=AT)
    judge(cast.charlie, (ours.code, theirs.code), Verdict.SAME, at=AT)
    assert Together.objects.count() == 2
    cases.take_back_share(theirs, [cast.home.code], at=AT)
    carol = at_the_desk(cast.carol)
    for path in ("/cases/", f"/cases/{ours.code}/", f"/doubles/family/{ours.code}/", "/doubles/"):
        told = carol.get(path).content.decode()
        assert ours.code in told or spelt(ours.code) in told or path == "/doubles/"
        assert theirs.code not in told, path
        assert spelt(theirs.code) not in told, path


def test_why_a_word_is_held_back_tells_no_code_of_a_case_that_is_not_shared(cast: Cast):
    """Charlie's office joined its case with another one, of which we hold nothing: that stands between."""
    compared(cast.charlie, cast.home)
    compared(cast.carol, cast.other)
    ours = case_of(cast.carol, *TOLD_TWICE)
    theirs, hidden = case_of(cast.charlie, *TOLD_AGAIN), case_of(cast.charlie, *TOLD_AGAIN)
    cases.share_case(theirs, cast.home.code, extent="card", at=AT)
    cases.share_case(ours, cast.other.code, extent="card", at=AT)
    judge(cast.charlie, (theirs.code, hidden.code), Verdict.SAME, at=AT)
    for by in (cast.carol, cast.charlie):
        judge(by, (ours.code, theirs.code), Verdict.SAME, at=AT)
    path = f"/doubles/pair/{ours.code}/{theirs.code}/"
    told = at_the_desk(cast.carol).get(path).content.decode()
    assert "It is held back" in told
    assert hidden.code not in told
    assert spelt(hidden.code) not in told
    assert spelt(hidden.code) in at_the_desk(cast.charlie).get(path).content.decode()
