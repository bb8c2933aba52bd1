"""Several cases at once: asked once more, each with its own line, and what one refuses keeps no other back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.cast import AT

from safeconduct.cases.actions import change_cover, open_case
from safeconduct.cases.entries import Handover
from safeconduct.cases.models import Case
from safeconduct.cases.purposes import Purpose
from safeconduct.cases.reading import case_for
from safeconduct.core.codes import spelt
from safeconduct.core.errors import ChangedMeanwhile, NoRight, NoSuchCase
from safeconduct.desk.worklist.several import Ticked, hand_over_several, set_due_several
from safeconduct.journal.deeds import Deed
from safeconduct.journal.models import Line

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

SOON = AT.date() + timedelta(days=2)


def ticked(*cases) -> list[Ticked]:
    return [Ticked(each.code, 1) for each in cases]


def test_each_is_handed_over_with_its_note_and_its_line(cast):
    cases = [open_case(cast.alice, at=AT) for _ in range(3)]
    left = hand_over_several(
        cast.alice, ticked(*cases), cast.bob.member, note="they call at eight", at=AT
    )
    assert left == []
    for each in cases:
        opened = case_for(cast.bob, each.code, Purpose.CASEWORK, at=AT)
        assert [kept.says.note for kept in opened.entries(Handover)] == ["they call at eight"]
    lines = Line.objects.filter(deed=Deed.CASE_HANDED_OVER)
    assert {line.about for line in lines} == {each.code for each in cases}
    assert lines.count() == 3


def test_what_changed_meanwhile_and_what_is_not_theirs_is_left_and_told(cast):
    mine, changed, bobs = (
        open_case(cast.alice, at=AT),
        open_case(cast.alice, at=AT),
        open_case(cast.bob, at=AT),
    )
    change_cover(changed, expected_revision=1, province="AF01", at=AT)
    left = set_due_several(cast.alice, ticked(bobs, changed, mine), SOON, at=AT)
    assert [(each.code, type(each.refusal)) for each in left] == [
        (bobs.code, NoSuchCase),
        (changed.code, ChangedMeanwhile),
    ]
    due = dict(Case.objects.values_list("code", "next_due"))
    assert due == {mine.code: SOON, changed.code: None, bobs.code: None}


def test_a_coordinator_takes_every_case_of_the_office_and_charlie_none(cast):
    cases = [open_case(cast.alice, at=AT), open_case(cast.bob, at=AT)]
    assert len(set_due_several(cast.charlie, ticked(*cases), SOON, at=AT)) == 2
    assert set_due_several(cast.carol, ticked(*cases), SOON, at=AT) == []
    for by in (cast.dana, cast.audrey):
        with pytest.raises(NoRight):
            set_due_several(by, ticked(*cases), SOON, at=AT)


def test_the_page_asks_first_and_does_it_then(cast, desk_of):
    cases = [open_case(cast.alice, at=AT) for _ in range(2)]
    sent = {"case": [f"{each.code}.1" for each in cases], "act": "hand-over"}
    alice = desk_of("alice")
    asked = alice.post("/several/", sent)
    assert asked.status_code == 200
    assert all(spelt(each.code) in asked.content.decode() for each in cases)
    assert Case.objects.filter(owner=cast.alice.member).count() == 2
    again = alice.post("/several/", {**sent, "sure": "yes", "to": "", "note": "kept words"})
    assert again.status_code == 400
    assert "kept words" in again.content.decode()
    told = {**sent, "sure": "yes", "to": cast.bob.member.code, "note": "they call at eight"}
    done = alice.post("/several/", told, follow=True)
    assert "Done for 2 cases." in done.content.decode()
    assert Case.objects.filter(owner=cast.bob.member).count() == 2


def test_the_page_tells_which_were_left(cast, desk_of):
    mine, changed = open_case(cast.alice, at=AT), open_case(cast.alice, at=AT)
    sent = {"case": [f"{mine.code}.1", f"{changed.code}.1"], "act": "due"}
    change_cover(changed, expected_revision=1, province="AF01", at=AT)
    page = desk_of("alice").post("/several/", {**sent, "sure": "yes", "next_due": SOON.isoformat()})
    assert page.status_code == 409
    told = page.content.decode()
    assert "Done for 1 case." in told
    assert spelt(changed.code) in told
    assert spelt(mine.code) not in told


@pytest.mark.parametrize("case", ["", "x", "AAAA.1", "../..", "K7Q4MX2PD.99999999999999999999"])
def test_nothing_ticked_is_said_kindly(cast, desk_of, case):
    page = desk_of("alice").post("/several/", {"case": case, "act": "due"})
    assert page.status_code == 400
    assert "SC932" in page.content.decode()


def test_a_colleagues_or_another_offices_case_is_not_taken(cast, desk_of):
    alices = open_case(cast.alice, at=AT)
    sent = {"case": f"{alices.code}.1", "act": "due", "sure": "yes", "next_due": SOON.isoformat()}
    for handle in ("bob", "charlie"):
        assert desk_of(handle).post("/several/", sent).status_code == 400
    for handle in ("dana", "audrey", "otto"):
        assert desk_of(handle).post("/several/", sent).status_code == 404
    assert Case.objects.get(code=alices.code).next_due is None
    assert desk_of("carol").post("/several/", sent).status_code == 302
