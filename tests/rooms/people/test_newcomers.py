"""The first office, invitations, welcome, recovery, another passphrase."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.urls import reverse
from tests.cast import PASSPHRASE

from safeconduct.core.errors import (
    HandleTaken,
    KeyPutBack,
    KeySwapped,
    NoKey,
    NoRight,
    NoSuchMember,
    NotByOneself,
    PassphraseWeak,
    RolesUnclear,
    StaysShut,
)
from safeconduct.journal.models import Line
from safeconduct.people import actions
from safeconduct.people.attempts import WRITTEN_CODE
from safeconduct.people.models import Member
from safeconduct.people.opening import unlocked
from safeconduct.people.second_factors import code_at
from safeconduct.vault.models import MemberKey
from safeconduct.vault.wrapping import new_pair

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
AT = datetime(2021, 8, 15, 8, 0, tzinfo=UTC)
ANOTHER = "quite another set of words"
NEW = {"new": ANOTHER, "once_more": ANOTHER}


def invited(cast, handle="erin"):
    return actions.invite(cast.carol, handle=handle, roles=["caseworker"], at=AT)


def welcomed(handle, code, passphrase=ANOTHER, at=AT):
    return actions.welcome(
        handle=handle,
        invitation=code,
        passphrase=passphrase,
        doors=[(WRITTEN_CODE, handle)],
        at=at,
    )


def recovered(handle, code, passphrase=ANOTHER):
    return actions.recover(
        handle=handle, code=code, passphrase=passphrase, doors=[(WRITTEN_CODE, handle)], at=AT
    )


def code_on(page) -> str:
    found = re.search(r'<p class="once code">([0-9A-Z-]+)</p>', page.content.decode())
    assert found, page.content.decode()
    return found[1]


# --- the first office --------------------------------------------------------------------------


def test_the_first_member_may_invite_and_open_again(db_of_both):
    present, recovery = actions.open_office("Harbour Street", "Alice", PASSPHRASE, AT)
    assert present.member.handle == "alice"
    assert present.member.roles == ["caseworker", "coordinator", "approver"]
    again = unlocked(Member.objects.get(handle="alice"), PASSPHRASE)
    assert again.office_keys == present.ring.office_keys
    assert recovered("alice", recovery)[0].ring.private == present.ring.private
    assert Line.objects.first().deed == "office opened"


def test_an_operator_has_no_office(db_of_both):
    present, _ = actions.open_operator("otto", PASSPHRASE, AT)
    assert present.member.office is None
    assert present.ring.office_keys == {}
    with pytest.raises(RolesUnclear):
        actions.roles.checked_roles(["operator", "caseworker"])


@pytest.mark.parametrize(
    "weak", ["short", "a" * 40, "alice alice alice!", "             ", "ababababababababab"]
)
def test_a_weak_passphrase_is_refused_before_anything_is_made(db_of_both, weak):
    with pytest.raises(PassphraseWeak):
        actions.open_office("Harbour Street", "alice", weak, AT)
    assert not MemberKey.objects.exists()


@pytest.mark.parametrize("handle", ["a", "Two Words", "é", "x" * 41, "", "-a", "a/b"])
def test_a_handle_is_plain(db_of_both, handle):
    with pytest.raises(HandleTaken):
        actions.open_office("Harbour Street", handle, PASSPHRASE, AT)


# --- invitations -------------------------------------------------------------------------------


def test_an_invitation_becomes_a_member_with_keys_that_nobody_else_held(cast):
    member, code = invited(cast)
    before = bytes(MemberKey.objects.get(member=member.code).public)
    present, _ = welcomed("erin", code)
    key = MemberKey.objects.get(member=member.code)
    assert bytes(key.public) != before
    assert key.by_invitation is None
    ring = unlocked(Member.objects.get(code=member.code), ANOTHER)
    assert ring.office_keys == cast.carol.ring.office_keys
    assert present.ring.private == ring.private


def test_an_invitation_opens_once(cast):
    _, code = invited(cast)
    welcomed("erin", code)
    with pytest.raises(StaysShut):
        welcomed("erin", code, "somebody else's words")


def test_an_invitation_is_over_after_a_week(cast):
    _, code = invited(cast)
    with pytest.raises(StaysShut):
        welcomed("erin", code, at=AT + timedelta(days=7))


def test_an_invitation_is_told_the_same_for_a_handle_that_nobody_has(cast):
    _, code = invited(cast)
    with pytest.raises(StaysShut):
        welcomed("nobody.here", code)


def test_a_weak_passphrase_does_not_use_the_invitation_up(cast):
    _, code = invited(cast)
    with pytest.raises(PassphraseWeak):
        welcomed("erin", code, "weak")
    assert welcomed("erin", code)


def test_a_handle_is_given_once_for_all_time(cast):
    actions.leave(cast.carol, member=cast.bob.member.code, at=AT)
    with pytest.raises(HandleTaken):
        invited(cast, "bob")


@pytest.mark.parametrize("who", ["alice", "bob", "dana", "audrey", "otto"])
def test_only_a_coordinator_invites(cast, who):
    with pytest.raises(NoRight):
        actions.invite(getattr(cast, who), handle="erin", roles=["caseworker"], at=AT)


@pytest.mark.parametrize("roles", [[], ["operator"], ["operator", "caseworker"], ["king"]])
def test_roles_that_cannot_stand_together(cast, roles):
    with pytest.raises(RolesUnclear):
        actions.invite(cast.carol, handle="erin", roles=roles, at=AT)


def test_a_swapped_office_key_is_noticed_before_it_is_given_on(cast):
    cast.home.public = new_pair().public
    cast.home.generation = 2
    cast.home.save()
    with pytest.raises(NoKey):
        invited(cast)
    assert not Member.objects.filter(handle="erin").exists()


def test_who_lost_everything_is_invited_again(cast, inside, rings_of):
    bob = inside(cast.bob)
    code = actions.invite_again(cast.carol, member=cast.bob.member.code, at=AT)
    assert rings_of(cast.bob.member) == 0
    assert bob.client.get("/me/").status_code == 302
    assert not Authenticator.objects.filter(user=cast.bob.member).exists()
    with pytest.raises(StaysShut):
        recovered("bob", cast.recovery["bob"])
    assert bob.types("bob", PASSPHRASE).status_code == 400
    present, _ = welcomed("bob", code)
    assert present.ring.office_keys == cast.carol.ring.office_keys
    assert unlocked(Member.objects.get(handle="bob"), ANOTHER)


def test_nobody_invites_themselves_or_a_stranger_again(cast):
    with pytest.raises(NotByOneself):
        actions.invite_again(cast.carol, member=cast.carol.member.code, at=AT)
    with pytest.raises(NoSuchMember):
        actions.invite_again(cast.carol, member=cast.charlie.member.code, at=AT)


def test_by_the_pages_from_the_invitation_to_the_first_day(cast, inside, at_the_door, clock):

    carol = inside(cast.carol)
    told = carol.client.post("/office/invite/", {"handle": "erin", "roles": ["caseworker"]})
    answer = at_the_door.client.post(
        "/door/welcome/", {"handle": "erin", "invitation": code_on(told).lower(), **NEW}
    )
    recovery = code_on(answer)
    assert at_the_door.client.get("/").status_code == 302
    kept = at_the_door.client.post("/door/recovery-code/")
    assert kept["Location"] == reverse("people:set_up")
    secret = at_the_door.client.get("/door/set-up/").context["secret"].replace(" ", "")
    done = at_the_door.client.post("/door/set-up/", {"code": code_at(secret, clock.at)})
    assert done["Location"] == "/"
    assert at_the_door.client.get("/me/").status_code == 200
    assert recovered("erin", recovery, "yet another set of words")


def test_two_passphrases_that_differ_are_told_beside_the_field(cast, at_the_door):
    told = {"handle": "erin", "invitation": "x", "new": ANOTHER, "once_more": "another"}
    page = at_the_door.client.post("/door/welcome/", told)
    assert "once_more" in page.context["form"].errors


# --- recovery ----------------------------------------------------------------------------------


def test_a_recovery_code_opens_once_and_gives_another(cast):
    present, another = recovered("alice", cast.recovery["alice"].lower())
    assert present.ring.private == cast.alice.ring.private
    with pytest.raises(StaysShut):
        recovered("alice", cast.recovery["alice"])
    with pytest.raises(StaysShut):
        recovered("bob", another)
    assert recovered("alice", another, "yet another set of words")


def test_recovery_asks_for_the_second_factor_and_ends_other_sessions(cast, inside, browser):
    alice, elsewhere = inside(cast.alice), browser()
    told = {"handle": "alice", "recovery": cast.recovery["alice"], **NEW}
    code_on(elsewhere.client.post("/door/recover/", told))
    assert elsewhere.client.post("/door/recovery-code/")["Location"] == "/door/second-factor/"
    assert elsewhere.client.get("/me/").status_code == 302
    assert alice.client.get("/me/")["Location"] == "/door/"


def test_a_wrong_recovery_code_and_an_unknown_handle_are_told_the_same(cast, browser):
    def words(handle):
        told = {"handle": handle, "recovery": cast.recovery["bob"], **NEW}
        page = browser().client.post("/door/recover/", told)
        return str(page.context["form"].non_field_errors())

    assert words("alice") == words("nobody.here")


def test_who_has_not_written_the_code_down_sees_nothing_else(cast, at_the_door, with_app):
    with_app(cast.alice)
    Member.objects.filter(handle="alice").update(recovery_revision=0)
    at_the_door.comes_in(cast.alice.member)
    assert at_the_door.client.get("/access/")["Location"] == reverse("people:recovery_code")
    assert at_the_door.client.get("/door/recovery-code/").status_code == 200
    told = at_the_door.client.post("/me/recovery-code/", {"passphrase": PASSPHRASE})
    code = code_on(told)
    assert at_the_door.client.get("/access/")["Location"] == reverse("people:recovery_code")
    at_the_door.client.post("/door/recovery-code/")
    assert at_the_door.client.get("/access/").status_code == 200
    assert recovered("alice", code)


# --- another passphrase ------------------------------------------------------------------------


def test_another_passphrase_ends_the_other_sessions_and_not_this_one(
    cast, inside, browser, rings_of
):
    here, elsewhere = inside(cast.alice), browser()
    elsewhere.comes_in(cast.alice.member)
    assert rings_of(cast.alice.member) == 2
    code_on(here.client.post("/me/passphrase/", {"old": PASSPHRASE, **NEW}))
    assert here.client.post("/door/recovery-code/")["Location"] == "/"
    assert here.client.get("/me/").status_code == 200
    assert elsewhere.client.get("/me/")["Location"] == "/door/"
    assert rings_of(cast.alice.member) == 1
    assert elsewhere.types("alice", PASSPHRASE).status_code == 400
    assert elsewhere.types("alice", ANOTHER).status_code == 302


def test_the_old_passphrase_is_asked_for(cast, inside):
    alice = inside(cast.alice)
    page = alice.client.post("/me/passphrase/", {"old": "not the passphrase", **NEW})
    assert "SC740" in str(page.context["form"].non_field_errors())
    assert unlocked(Member.objects.get(handle="alice"), PASSPHRASE)


def test_a_cut_between_the_two_databases_locks_nobody_out(cast, monkeypatch):
    """The key store is one revision ahead; the next opening mends the member's row."""

    class CutError(Exception):
        pass

    def cut(*_, **__):
        raise CutError

    with monkeypatch.context() as cutting:
        cutting.setattr("safeconduct.people.actions.locking.write_line", cut)
        with pytest.raises(CutError), transaction.atomic():
            actions.change_passphrase(
                cast.alice, old=PASSPHRASE, new=ANOTHER, doors=[(WRITTEN_CODE, "alice")], at=AT
            )
    alice = Member.objects.get(handle="alice")
    assert (alice.key_revision, MemberKey.objects.get(member=alice.code).revision) == (1, 2)
    assert unlocked(alice, ANOTHER)
    alice.refresh_from_db()
    assert alice.key_revision == 2
    assert not alice.has_kept_the_code, "the code was never shown: another one must be made"


def test_a_key_store_put_back_from_before_does_not_open(cast):
    before = MemberKey.objects.filter(member=cast.alice.member.code).values().get()
    actions.change_passphrase(
        cast.alice, old=PASSPHRASE, new=ANOTHER, doors=[(WRITTEN_CODE, "alice")], at=AT
    )
    MemberKey.objects.filter(member=cast.alice.member.code).update(**before)
    with pytest.raises(KeyPutBack):
        unlocked(Member.objects.get(handle="alice"), PASSPHRASE)


def test_a_swapped_member_key_is_told_at_the_door(cast, at_the_door):

    MemberKey.objects.filter(member=cast.alice.member.code).update(public=new_pair().public)
    assert "SC705" in at_the_door.types("alice").content.decode()
    with pytest.raises(KeySwapped):
        unlocked(cast.alice.member, PASSPHRASE)
