"""May this member open this case, by which way; asking, deciding, breaking the glass."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from tests.rooms.people.urls import CASES

from safeconduct.core.errors import (
    AlreadyDecided,
    MayAlready,
    NoRight,
    NotByOneself,
    ReasonMissing,
    SealBroken,
)
from safeconduct.journal.models import Line
from safeconduct.people import actions
from safeconduct.people.access import CaseOutline, Way, way_to
from safeconduct.people.models import Grant, Notice
from safeconduct.people.reasons import read_reason
from safeconduct.people.shred import forget_case

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
AT = datetime(2021, 8, 15, 8, 0, tzinfo=UTC)
REASON = "Zarghuna's brother rang me tonight."
CASE = "K7Q4MX2PD"


@pytest.fixture
def alices(cast) -> CaseOutline:
    """A case of Alice's."""
    return CaseOutline(CASE, cast.home.code, cast.alice.member.code)


@pytest.fixture(autouse=True)
def cases(alices):
    CASES.clear()
    CASES[alices.code] = alices
    yield
    CASES.clear()


def way(by, case: CaseOutline, at=AT):
    return way_to(
        by,
        case=case.code,
        office=case.office,
        owner=case.owner,
        shared_with=case.shared_with,
        at=at,
    )


# Rows: who; columns: Alice's case, nobody's, shared with the other office, the other office's own.
WAYS = {
    "alice": (Way.OWN, Way.NOBODYS, Way.OWN, None),
    "bob": (None, Way.NOBODYS, None, None),
    "carol": (Way.WHOLE_OFFICE, Way.NOBODYS, Way.WHOLE_OFFICE, None),
    "dana": (None, None, None, None),
    "audrey": (None, None, None, None),
    "otto": (None, None, None, None),
    "charlie": (None, None, Way.SHARED, Way.OWN),
}


@pytest.mark.parametrize("who", WAYS)
def test_everybody_by_their_way_or_not_at_all(cast, who):
    home, alice = cast.home.code, cast.alice.member.code
    columns = [
        CaseOutline("K1", home, alice),
        CaseOutline("K1", home, None),
        CaseOutline("K1", home, alice, frozenset({cast.other.code})),
        CaseOutline("K1", cast.other.code, cast.charlie.member.code),
    ]
    assert tuple(way(getattr(cast, who), case) for case in columns) == WAYS[who]


@pytest.mark.parametrize("who", ["alice", "carol"])
def test_who_left_has_no_way(cast, alices, who):
    getattr(cast, who).member.left_at = AT
    assert way(getattr(cast, who), alices) is None


# --- asking ------------------------------------------------------------------------------------


def test_a_request_is_given_for_a_week(cast, alices):
    grant = actions.ask_for_access(cast.bob, alices, reason=REASON, at=AT)
    assert way(cast.bob, alices) is None
    actions.decide_access(cast.dana, grant=grant.code, granted=True, at=AT)
    assert way(cast.bob, alices) is Way.GRANTED
    assert way(cast.bob, alices, AT + timedelta(days=7, seconds=-1)) is Way.GRANTED
    assert way(cast.bob, alices, AT + timedelta(days=7)) is None
    other = CaseOutline("K2", alices.office, alices.owner)
    assert way(cast.bob, other) is None
    facts = Line.objects.get(deed="access granted").facts
    assert facts == {"grant": grant.code, "member": cast.bob.member.code}


def test_a_refused_request_opens_nothing(cast, alices):
    grant = actions.ask_for_access(cast.bob, alices, reason=REASON, at=AT)
    actions.decide_access(cast.dana, grant=grant.code, granted=False, at=AT)
    assert way(cast.bob, alices) is None
    with pytest.raises(AlreadyDecided):
        actions.decide_access(cast.dana, grant=grant.code, granted=True, at=AT)


def test_nobody_decides_for_themselves(cast, alices):
    roles = ["caseworker", "approver"]
    actions.change_roles(cast.carol, member=cast.bob.member.code, roles=roles, at=AT)
    cast.bob.member.refresh_from_db()
    grant = actions.ask_for_access(cast.bob, alices, reason=REASON, at=AT)
    with pytest.raises(NotByOneself):
        actions.decide_access(cast.bob, grant=grant.code, granted=True, at=AT)
    assert way(cast.bob, alices) is None


def test_a_grant_from_an_earlier_role_opens_nothing(cast, alices):
    grant = actions.ask_for_access(cast.bob, alices, reason=REASON, at=AT)
    actions.decide_access(cast.dana, grant=grant.code, granted=True, at=AT)
    actions.change_roles(cast.carol, member=cast.bob.member.code, roles=["approver"], at=AT)
    cast.bob.member.refresh_from_db()
    assert way(cast.bob, alices) is None


@pytest.mark.parametrize("who", ["alice", "bob", "carol", "audrey", "otto", "charlie"])
def test_only_approvers_of_the_office_decide(cast, alices, who):
    grant = actions.ask_for_access(cast.bob, alices, reason=REASON, at=AT)
    with pytest.raises(NoRight):
        actions.decide_access(getattr(cast, who), grant=grant.code, granted=True, at=AT)


def test_an_approver_of_another_office_finds_no_such_request(cast, alices):
    cast.charlie.member.roles = ["approver"]
    grant = actions.ask_for_access(cast.bob, alices, reason=REASON, at=AT)
    with pytest.raises(AlreadyDecided):
        actions.decide_access(cast.charlie, grant=grant.code, granted=True, at=AT)


def test_what_is_asked_twice_or_for_nothing_is_told(cast, alices):
    with pytest.raises(ReasonMissing):
        actions.ask_for_access(cast.bob, alices, reason="   because   ", at=AT)
    with pytest.raises(MayAlready):
        actions.ask_for_access(cast.alice, alices, reason=REASON, at=AT)
    actions.ask_for_access(cast.bob, alices, reason=REASON, at=AT)
    with pytest.raises(MayAlready):
        actions.ask_for_access(cast.bob, alices, reason=REASON, at=AT)
    with pytest.raises(NoRight):
        actions.ask_for_access(cast.charlie, alices, reason=REASON, at=AT)


def test_a_reason_is_read_by_the_office_alone(cast, alices):
    grant = actions.ask_for_access(cast.bob, alices, reason=REASON, at=AT)
    assert "Zarghuna" not in str(Grant.objects.values()) + str(Line.objects.values())
    assert read_reason(cast.dana, grant) == REASON
    with pytest.raises(SealBroken):
        read_reason(cast.charlie, grant)
    other = actions.break_glass(cast.bob, alices, reason="Another reason altogether.", at=AT)
    grant.sealed_reason = other.sealed_reason
    with pytest.raises(SealBroken):
        read_reason(cast.dana, grant)


def test_requests_go_with_the_case(cast, alices):
    actions.break_glass(cast.bob, alices, reason=REASON, at=AT)
    forget_case(CASE)
    assert not Grant.objects.exists()
    assert not Notice.objects.exists()


# --- breaking the glass ------------------------------------------------------------------------


def test_broken_glass_opens_for_three_hours_and_is_told(cast, alices):
    actions.break_glass(cast.bob, alices, reason=REASON, at=AT)
    assert way(cast.bob, alices) is Way.BROKEN_GLASS
    assert way(cast.bob, alices, AT + timedelta(hours=3)) is None
    told = set(Notice.objects.values_list("member__handle", flat=True))
    assert told == {"alice", "carol", "dana"}
    line = Line.objects.get(deed="glass broken")
    assert (line.about, line.member) == (CASE, cast.bob.member.code)


@pytest.mark.parametrize("who", ["dana", "audrey", "otto", "charlie"])
def test_glass_is_for_casework_of_ones_own_office(cast, alices, who):
    with pytest.raises(NoRight):
        actions.break_glass(getattr(cast, who), alices, reason=REASON, at=AT)


def test_what_an_approver_gave_is_told_as_given(cast, alices):
    grant = actions.ask_for_access(cast.bob, alices, reason=REASON, at=AT)
    actions.break_glass(cast.bob, alices, reason=REASON, at=AT)
    actions.decide_access(cast.dana, grant=grant.code, granted=True, at=AT)
    assert way(cast.bob, alices) is Way.GRANTED


# --- pages -------------------------------------------------------------------------------------


def test_by_the_pages_from_the_request_to_the_decision(cast, inside):
    bob, dana = inside(cast.bob), inside(cast.dana)
    assert bob.client.get(f"/cases/{CASE}/ask/").status_code == 200
    short = bob.client.post(f"/cases/{CASE}/ask/", {"reason": "short"})
    assert "reason" in short.context["form"].errors
    assert bob.client.post(f"/cases/{CASE}/ask/", {"reason": REASON})["Location"] == "/access/"
    assert "not decided yet" in bob.client.get("/access/").content.decode()
    page = dana.client.get("/access/").content.decode()
    assert "Zarghuna" in page
    grant = Grant.objects.get()
    assert dana.client.post(f"/access/{grant.code}/decide/", {"answer": "give"}).status_code == 302
    again = dana.client.post(f"/access/{grant.code}/decide/", {"answer": "refuse"})
    assert again.status_code == 409
    assert "given until" in bob.client.get("/access/").content.decode()
    assert "given by dana" in dana.client.get("/access/").content.decode()


def test_without_a_clear_answer_nothing_is_given(cast, inside, alices):
    grant = actions.ask_for_access(cast.bob, alices, reason=REASON, at=AT)
    inside(cast.dana).client.post(f"/access/{grant.code}/decide/")
    assert Grant.objects.get().granted is False


def test_broken_glass_is_shown_until_it_is_seen(cast, inside):
    bob, carol = inside(cast.bob), inside(cast.carol)
    done = bob.client.post(f"/cases/{CASE}/break-glass/", {"reason": REASON})
    assert done["Location"] == "../"
    notice = Notice.objects.get(member=cast.carol.member)
    mine = f"/access/notices/{notice.pk}/seen/"
    bob.client.post(mine)
    for page in ("/me/", "/office/"):
        shown = carol.client.get(page).content.decode()
        assert "broke the glass" in shown
        assert "Zarghuna" in shown
    assert "broke the glass" not in bob.client.get("/me/").content.decode()
    carol.client.post(mine)
    assert "Zarghuna" not in carol.client.get("/me/").content.decode()
    assert Line.objects.filter(deed="broken glass seen").count() == 1


@pytest.mark.parametrize("who", ["dana", "audrey", "otto", "charlie"])
@pytest.mark.parametrize("way_in", ["ask", "break-glass"])
def test_others_find_no_such_page(cast, inside, who, way_in):
    answer = inside(getattr(cast, who)).client.get(f"/cases/{CASE}/{way_in}/")
    assert answer.status_code == 404


def test_a_code_that_nobody_has_is_no_page(cast, inside):
    assert inside(cast.bob).client.get("/cases/K0000/ask/").status_code == 404


@pytest.mark.parametrize(("who", "status"), [("audrey", 404), ("otto", 404), ("dana", 200)])
def test_the_page_of_access_is_for_those_concerned(cast, inside, who, status):
    assert inside(getattr(cast, who)).client.get("/access/").status_code == status
