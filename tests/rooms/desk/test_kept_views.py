"""A choice of cases under a name: theirs alone, the name sealed, gone when they leave."""

from __future__ import annotations

import pytest
from tests.cast import AT
from tests.rooms.desk.covers import cover, put

from safeconduct.core.errors import NoRight, TooManyViews, ViewNameUnfit
from safeconduct.desk.models import KeptView
from safeconduct.desk.shred import forget_views
from safeconduct.desk.worklist.kept import MOST_VIEWS, drop_view, keep_view, reseal, views_of
from safeconduct.desk.worklist.narrowing import MINE, Narrow
from safeconduct.journal.deeds import Deed
from safeconduct.journal.models import Line
from safeconduct.people.actions import leave
from safeconduct.people.opening import with_office_keys

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

NAME = "Karimi family of Kabul"
CHOSEN = Narrow(whose=MINE, band="urgent", marks=("asks",))


def test_it_comes_back_to_its_member_alone_and_the_name_stands_nowhere_in_clear(cast):
    kept = keep_view(cast.alice, f"  {NAME} ", CHOSEN, at=AT)
    assert [(view.name, view.narrow) for view in views_of(cast.alice)] == [(NAME, CHOSEN)]
    for by in (cast.bob, cast.carol, cast.charlie):
        assert views_of(by) == []
    row = KeptView.objects.get(code=kept.code)
    assert NAME.encode() not in bytes(row.sealed_name)
    assert row.chosen == {"whose": "mine", "band": "urgent", "marks": ["asks"]}
    line = Line.objects.latest("number")
    assert (line.deed, line.about, line.facts) == (Deed.VIEW_KEPT, kept.code, {})


def test_only_its_member_drops_it(cast):
    kept = keep_view(cast.alice, NAME, CHOSEN, at=AT)
    assert not drop_view(cast.bob, kept.code, at=AT)
    assert drop_view(cast.alice, kept.code, at=AT)
    assert not drop_view(cast.alice, kept.code, at=AT)
    assert views_of(cast.alice) == []
    assert Line.objects.filter(deed=Deed.VIEW_DROPPED).count() == 1


@pytest.mark.parametrize("name", ["", "   ", "\u200b\u200b", "x" * 41])
def test_a_name_is_some_letters(cast, name):
    with pytest.raises(ViewNameUnfit):
        keep_view(cast.alice, name, CHOSEN, at=AT)
    assert not KeptView.objects.exists()


def test_a_few_are_kept_and_no_more(cast):
    for number in range(MOST_VIEWS):
        keep_view(cast.alice, f"view {number}", CHOSEN, at=AT)
    with pytest.raises(TooManyViews):
        keep_view(cast.alice, "one more", CHOSEN, at=AT)
    keep_view(cast.bob, "mine", CHOSEN, at=AT)


def test_who_sees_no_covers_keeps_no_choice(cast):
    with pytest.raises(NoRight):
        keep_view(cast.audrey, NAME, CHOSEN, at=AT)


def test_when_a_member_leaves_theirs_go_and_the_others_open_by_the_new_key(cast):
    keep_view(cast.alice, NAME, CHOSEN, at=AT)
    keep_view(cast.bob, "bob's", CHOSEN, at=AT)
    leave(cast.carol, member=cast.bob.member.code, at=AT)
    cast.home.refresh_from_db()
    cast.carol.member.refresh_from_db()
    with_office_keys(cast.carol.ring, cast.carol.member)
    assert reseal(cast.carol.ring, cast.home) == 1
    cast.alice.member.refresh_from_db()
    cast.alice.ring.office_keys.clear()
    with_office_keys(cast.alice.ring, cast.alice.member)
    cast.alice.ring.office_keys.pop(1)
    assert [view.name for view in views_of(cast.alice)] == [NAME]
    assert forget_views(cast.alice.member.code) == 1


def test_what_was_changed_by_hand_is_a_choice_or_none(cast):
    kept = keep_view(cast.alice, NAME, CHOSEN, at=AT)
    for chosen in ({"whose": 7, "colour": "red"}, [], "x", {"marks": ["nothing"]}):
        KeptView.objects.filter(code=kept.code).update(chosen=chosen)
        (view,) = views_of(cast.alice)
        assert view.narrow == Narrow()
    KeptView.objects.filter(code=kept.code).update(sealed_name=b"\x01broken")
    assert views_of(cast.alice)[0].name is None


def test_the_page_keeps_shows_and_drops_it(cast, desk_of):
    put(cover(cast.alice, band="urgent"))
    alice = desk_of("alice")
    sent = alice.post("/views/", {"whose": "mine", "band": "urgent", "name": NAME})
    assert (sent.status_code, sent["Location"]) == (302, "/cases/?whose=mine&band=urgent")
    page = alice.get(sent["Location"]).content.decode()
    assert f"<bdi>{NAME}</bdi>" in page
    assert NAME not in desk_of("bob").get("/cases/").content.decode()
    code = KeptView.objects.get().code
    assert desk_of("bob").post(f"/views/{code}/drop/").status_code == 404
    assert alice.post(f"/views/{code}/drop/").status_code == 302
    assert NAME not in alice.get("/cases/").content.decode()


def test_a_name_with_a_sign_that_none_has_is_refused(cast, desk_of):
    page = desk_of("alice").post("/views/", {"whose": "mine", "name": "Karimi\x00family"})
    assert page.status_code == 400
    assert "wants mending" in page.content.decode()
    assert not KeptView.objects.exists()


def test_a_name_that_is_none_comes_back_with_the_choice(cast, desk_of):
    page = desk_of("alice").post("/views/", {"whose": "mine", "name": "x" * 60})
    assert page.status_code == 400
    told = page.content.decode()
    assert "x" * 60 in told
    assert "SC931" in told
    assert 'name="whose" value="mine"' in told
    assert desk_of("alice").post("/views/", {"whose": "DROP", "name": "x"}).status_code == 400
