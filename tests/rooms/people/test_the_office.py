"""Roles, and parting with a member."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from tests.cast import PASSPHRASE, make_member

from safeconduct.core.errors import (
    KeysLocked,
    KeySwapped,
    LastApprover,
    LastCoordinator,
    NoRight,
    NoSuchMember,
    NotByOneself,
    StaysShut,
)
from safeconduct.jobs import with_keys
from safeconduct.jobs.models import Job
from safeconduct.journal.models import Line
from safeconduct.people import actions
from safeconduct.people.access import CaseOutline
from safeconduct.people.models import Grant, Member, Office, Role
from safeconduct.people.opening import unlocked
from safeconduct.people.reasons import read_reason, reseal_reasons
from safeconduct.vault.actions.case_keys import new_case_keys, open_case_keys
from safeconduct.vault.models import MemberKey, OfficeKey
from safeconduct.vault.wrapping import new_pair

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
AT = datetime(2021, 8, 15, 8, 0, tzinfo=UTC)


def leave(cast, who="bob"):
    return actions.leave(cast.carol, member=getattr(cast, who).member.code, at=AT)


class Child:
    """A process that was given keys, as the board of running ones knows it."""

    ended = False

    def kill(self) -> None:
        self.ended = True


@pytest.fixture
def running(cast, monkeypatch) -> dict[str, Child]:
    """One of Bob's and one of Alice's."""
    children = {"bob": Child(), "alice": Child()}
    told = {child: getattr(cast, name).member.code for name, child in children.items()}
    monkeypatch.setattr(with_keys, "_RUNNING", told)
    return children


def test_the_running_jobs_of_whoever_leaves_end_with_their_keys(cast, running):
    leave(cast)
    assert (running["bob"].ended, running["alice"].ended) == (True, False)


def test_whoever_may_less_has_their_running_jobs_ended_and_whoever_may_more_has_not(cast, running):
    for who, roles in (("alice", ["caseworker", "coordinator"]), ("bob", ["auditor"])):
        actions.change_roles(cast.carol, member=getattr(cast, who).member.code, roles=roles, at=AT)
    assert (running["bob"].ended, running["alice"].ended) == (True, False)


# --- roles -------------------------------------------------------------------------------------


def test_roles_count_from_the_next_page_on(cast, inside):
    alice = inside(cast.alice)
    assert alice.client.get("/office/").status_code == 404
    roles = ["caseworker", "coordinator"]
    actions.change_roles(cast.carol, member=cast.alice.member.code, roles=roles, at=AT)
    assert alice.client.get("/office/").status_code == 200
    assert Line.objects.filter(deed="roles changed").get().facts == {"roles": ",".join(roles)}


def test_no_office_is_left_without_a_coordinator(cast):
    with pytest.raises(LastCoordinator):
        actions.change_roles(cast.carol, member=cast.carol.member.code, roles=["caseworker"], at=AT)


def test_nobody_gives_themselves_a_right_more(cast):
    for roles in (["coordinator", "approver"], ["coordinator", "auditor"]):
        with pytest.raises(NotByOneself):
            actions.change_roles(cast.carol, member=cast.carol.member.code, roles=roles, at=AT)


def test_one_who_is_only_invited_does_not_count(cast):
    actions.invite(cast.carol, handle="erin", roles=["coordinator"], at=AT)
    with pytest.raises(LastCoordinator):
        actions.change_roles(cast.carol, member=cast.carol.member.code, roles=["caseworker"], at=AT)


def test_the_last_approver_stays(cast):
    with pytest.raises(LastApprover):
        actions.change_roles(cast.carol, member=cast.dana.member.code, roles=["auditor"], at=AT)
    with pytest.raises(LastApprover):
        leave(cast, "dana")


def test_another_office_is_none_of_hers(cast, inside):
    with pytest.raises(NoSuchMember):
        actions.change_roles(cast.carol, member=cast.charlie.member.code, roles=["auditor"], at=AT)
    carol = inside(cast.carol)
    code = cast.charlie.member.code
    assert carol.client.get(f"/office/{code}/").status_code == 404
    for deed in ("invite-again", "part-with"):
        assert carol.client.post(f"/office/{code}/{deed}/", {"sure": "on"}).status_code == 404
    assert carol.client.get(f"/office/{cast.otto.member.code}/").status_code == 404


@pytest.mark.parametrize("who", ["alice", "dana", "audrey", "otto"])
def test_the_office_is_for_coordinators(cast, inside, who):
    someone = inside(getattr(cast, who))
    bob = cast.bob.member.code
    for path in ("/office/", "/office/invite/", f"/office/{bob}/"):
        assert someone.client.get(path).status_code == 404
    with pytest.raises(NoRight):
        actions.change_roles(getattr(cast, who), member=bob, roles=["auditor"], at=AT)


# --- leaving -----------------------------------------------------------------------------------


def test_at_once_nothing_opens_for_who_left(cast, inside, rings_of):
    bob = inside(cast.bob)
    leave(cast)
    assert rings_of(cast.bob.member) == 0
    assert bob.client.get("/me/")["Location"] == "/door/"
    assert bob.types("bob").status_code == 400
    assert not MemberKey.objects.filter(member=cast.bob.member.code).exists()
    assert not OfficeKey.objects.filter(member=cast.bob.member.code).exists()
    with pytest.raises(StaysShut):
        actions.recover(
            handle="bob", code=cast.recovery["bob"], passphrase="x" * 20, doors=[], at=AT
        )


def test_the_key_is_another_and_who_left_does_not_have_it(cast):
    kept_by_bob = dict(cast.bob.ring.office_keys)
    leave(cast)
    office = Office.objects.get(code=cast.home.code)
    assert office.generation == 2
    new_case_keys(
        cast.carol.ring,
        case="K1",
        office=office.code,
        generation=2,
        public=bytes(office.public),
    )
    assert set(kept_by_bob) == {1}
    with pytest.raises(KeysLocked):
        open_case_keys(cast.bob.ring, case="K1", version=1)
    alice = unlocked(Member.objects.select_related("office").get(handle="alice"), PASSPHRASE)
    assert set(alice.office_keys) == {1, 2}
    assert open_case_keys(alice, case="K1", version=1)


def test_colleagues_at_work_go_on_with_the_new_key(cast, inside):
    alice = inside(cast.alice)
    leave(cast)
    page = alice.client.get("/me/")
    assert page.status_code == 200
    assert set(page.context["request"].present.ring.office_keys) == {1, 2}


def test_grants_end_and_a_job_is_asked_for(cast):
    outline = CaseOutline("K1", cast.home.code, cast.alice.member.code)
    reason = "The family calls me and nobody else."
    actions.break_glass(cast.bob, outline, reason=reason, at=AT - timedelta(minutes=5))
    leave(cast)
    assert Grant.objects.get().ends_at == AT
    job = Job.objects.get()
    assert (job.kind, job.needs_keys) == ("rewrap-case-keys", True)
    assert job.facts == {"office": cast.home.code, "generation": 2}
    line = Line.objects.get(deed="member left")
    assert (line.about, line.member) == (cast.bob.member.code, cast.carol.member.code)


def test_two_leave_one_after_the_other(cast):
    leave(cast)
    leave(cast, "audrey")
    alice = unlocked(Member.objects.select_related("office").get(handle="alice"), PASSPHRASE)
    assert set(alice.office_keys) == {1, 2, 3}


def test_an_invited_newcomer_keeps_their_invitation_over_a_turn_of_the_key(cast):
    _, code = actions.invite(cast.carol, handle="erin", roles=["caseworker"], at=AT)
    leave(cast)
    present, _ = actions.welcome(
        handle="erin", invitation=code, passphrase="quite another set of words", doors=[], at=AT
    )
    assert set(present.ring.office_keys) == {1, 2}


def test_nobody_parts_with_themselves_or_a_stranger(cast):
    with pytest.raises(NotByOneself):
        leave(cast, "carol")
    with pytest.raises(NoSuchMember):
        leave(cast, "charlie")
    with pytest.raises(NoRight):
        actions.leave(cast.alice, member=cast.bob.member.code, at=AT)


def test_a_swapped_colleague_is_noticed_and_nobody_has_left(cast):
    MemberKey.objects.filter(member=cast.alice.member.code).update(public=new_pair().public)
    with pytest.raises(KeySwapped):
        leave(cast)
    assert Member.objects.get(handle="bob").is_active
    assert Office.objects.get(code=cast.home.code).generation == 1


def test_reasons_follow_the_key(cast):
    outline = CaseOutline("K1", cast.home.code, cast.alice.member.code)
    actions.ask_for_access(cast.bob, outline, reason="The family asked for me.", at=AT)
    make_member("erin", Role.CASEWORKER, office=cast.home, by=cast.carol)
    leave(cast, "audrey")
    office = Office.objects.get(code=cast.home.code)
    assert reseal_reasons(cast.carol.ring, office) == 1
    cast.carol.ring.office_keys.pop(1)
    assert read_reason(cast.carol, Grant.objects.get()) == "The family asked for me."


def test_by_the_pages_a_step_that_cannot_be_taken_back_is_ticked(cast, inside):
    carol, bob = inside(cast.carol), cast.bob.member.code
    assert "bob" in carol.client.get("/office/").content.decode()
    assert carol.client.post(f"/office/{bob}/part-with/").status_code == 400
    assert Member.objects.get(code=bob).is_active
    answer = carol.client.post(f"/office/{bob}/part-with/", {"sure": "on"})
    assert answer["Location"].endswith("/hand-over/")
    assert not Member.objects.get(code=bob).is_active
    assert "bob" not in carol.client.get("/office/").content.decode()
    again = carol.client.post(f"/office/{cast.alice.member.code}/invite-again/", {"sure": "on"})
    assert b"once code" in again.content
    mine = carol.client.post(f"/office/{cast.carol.member.code}/part-with/", {"sure": "on"})
    assert "SC748" in mine.content.decode()
    answer = carol.client.post(f"/office/{cast.audrey.member.code}/", {"roles": ["approver"]})
    assert answer["Location"] == "/office/"
