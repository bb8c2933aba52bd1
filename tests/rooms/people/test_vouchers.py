"""What the office vouches for stays good through every lawful change; no lawful change makes good what was altered."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.db import transaction
from tests.cast import PASSPHRASE, give_app
from tests.rooms.people.conftest import SECRET

from safeconduct.core.errors import KeysLocked, NotVouchedFor
from safeconduct.journal.actions import write_line
from safeconduct.journal.deeds import Deed
from safeconduct.people import actions
from safeconduct.people.access import CaseOutline, Way, way_to
from safeconduct.people.models import Grant, Member, Office
from safeconduct.people.opening import key_facts, unlocked
from safeconduct.people.present import Present
from safeconduct.people.second_factors import code_at, kinds_of
from safeconduct.people.vouchers import is_vouched_for
from safeconduct.vault.actions.offices import new_generation

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
AT = datetime(2021, 8, 15, 8, 0, tzinfo=UTC)
REASON = "The family calls me and nobody else."
ANOTHER = "quite another set of words"


def comes_in(who: Present, passphrase: str = PASSPHRASE) -> Present:
    member = Member.objects.select_related("office").get(code=who.member.code)
    return Present(member, unlocked(member, passphrase))


def alters(who: Present, **columns) -> None:
    Member.objects.filter(code=who.member.code).update(**columns)


def gives_roles(cast, who: Present, *roles: str) -> None:
    actions.change_roles(cast.carol, member=who.member.code, roles=roles, at=AT)


def sets_up(who: Present, at: datetime = AT) -> None:
    actions.set_up_app(who, secret=SECRET, code=code_at(SECRET, at), at=at)


def way(by: Present, case: CaseOutline) -> Way | None:
    return way_to(by, case=case.code, office=case.office, owner=case.owner, shared_with=(), at=AT)


@pytest.fixture
def case(cast) -> CaseOutline:
    return CaseOutline("K1", cast.home.code, cast.alice.member.code)


# --- every lawful change ------------------------------------------------------------------------


def test_roles_and_second_factors_change_beside_each_other(cast):
    sets_up(cast.alice)
    gives_roles(cast, cast.alice, "caseworker", "auditor")
    sets_up(comes_in(cast.alice), AT + timedelta(hours=1))
    gives_roles(cast, cast.alice, "caseworker")
    alice = comes_in(cast.alice)
    assert (alice.member.roles, alice.member.standing) == (["caseworker"], 5)
    number = Authenticator.objects.get().pk
    actions.remove_second_factor(alice, authenticator=number, one_is_needed=False, at=AT)
    assert not kinds_of(comes_in(alice).member)


def test_an_operator_vouches_for_themselves(db_of_both):
    otto, _ = actions.open_operator("otto", PASSPHRASE, AT)
    sets_up(otto)
    assert comes_in(otto).member.factors


def test_the_first_member_of_an_office_comes_in(db_of_both):
    alice, recovery = actions.open_office("Harbour Street", "alice", PASSPHRASE, AT)
    sets_up(comes_in(alice))
    actions.recover(handle="alice", code=recovery, passphrase=ANOTHER, doors=[], at=AT)
    assert comes_in(alice, ANOTHER)


def test_the_turn_of_the_key_takes_along_what_was_good_and_nothing_else(cast, case):
    sets_up(cast.alice)
    given = actions.ask_for_access(cast.bob, case, reason=REASON, at=AT)
    actions.decide_access(cast.dana, grant=given.code, granted=True, at=AT)
    asked = actions.ask_for_access(cast.bob, CaseOutline("K2", *_of(case)), reason=REASON, at=AT)
    made = actions.ask_for_access(cast.bob, CaseOutline("K3", *_of(case)), reason=REASON, at=AT)
    Grant.objects.filter(code=made.code).update(granted=True, ends_at=AT + timedelta(days=1))
    alters(cast.dana, roles=["approver", "coordinator"])
    actions.leave(cast.carol, member=cast.audrey.member.code, at=AT)
    bob = comes_in(cast.bob)
    assert comes_in(cast.alice).member.voucher_generation == 2
    assert way(bob, case) is Way.GRANTED
    assert way(bob, CaseOutline("K3", *_of(case))) is None
    with pytest.raises(NotVouchedFor):
        comes_in(cast.dana)
    assert is_vouched_for(bob.ring, Grant.objects.get(code=asked.code))


def _of(case: CaseOutline) -> tuple[str, str | None]:
    return case.office, case.owner


def test_an_older_main_database_fits_the_keys_that_were_renewed_since(cast, case):
    """As `restore` leaves it: its rows are vouched for by a generation from before, and nobody left by its account."""
    actions.break_glass(cast.bob, case, reason=REASON, at=AT)
    members = Member.objects.filter(office=cast.home).values_list("code", flat=True)
    generation, public = new_generation(cast.carol.ring, members=members)
    Office.objects.filter(code=cast.home.code).update(generation=generation, public=public)
    office = Office.objects.get(code=cast.home.code)
    with transaction.atomic():
        by, facts = cast.carol.actor, key_facts(office)
        write_line(Deed.KEY_RENEWED, by=by, at=AT, about=office.code, facts=facts)
    bob = comes_in(cast.bob)
    assert (bob.member.voucher_generation, office.generation) == (1, 2)
    assert way(bob, case) is Way.BROKEN_GLASS
    actions.leave(comes_in(cast.carol), member=cast.audrey.member.code, at=AT)
    assert comes_in(cast.bob).member.voucher_generation == 3


def test_a_look_while_a_second_factor_is_being_set_up_is_no_alarm(cast):
    """The member's row was read before, the second factors after."""
    before = Member.objects.select_related("office").get(code=cast.alice.member.code)
    sets_up(cast.alice)
    assert unlocked(before, PASSPHRASE)


def test_a_ring_that_closes_meanwhile_is_not_told_as_a_forgery(cast):
    cast.alice.ring.close()
    with pytest.raises(KeysLocked):
        is_vouched_for(cast.alice.ring, cast.alice.member)


# --- what was altered ---------------------------------------------------------------------------


def test_an_altered_member_is_made_good_by_a_coordinator_in_two_steps(cast):
    """The roles are chosen anew; second factors that nobody can vouch for go with a new invitation."""
    sets_up(cast.bob)
    alters(cast.bob, roles=["coordinator"])
    bob = cast.bob.member.code
    with pytest.raises(NotVouchedFor):
        actions.invite_again(cast.carol, member=bob, at=AT)
    gives_roles(cast, cast.bob, "caseworker")
    with pytest.raises(NotVouchedFor):
        comes_in(cast.bob)
    code = actions.invite_again(cast.carol, member=bob, at=AT)
    actions.welcome(handle="bob", invitation=code, passphrase=ANOTHER, doors=[], at=AT)
    again = comes_in(cast.bob, ANOTHER)
    assert (again.member.roles, again.member.factors) == (["caseworker"], "")


def test_nor_does_another_role_make_a_row_good_that_was_put_back(cast):
    before = Member.objects.filter(code=cast.bob.member.code).values().get()
    sets_up(cast.bob)
    Authenticator.objects.all().delete()
    alters(cast.bob, **before)
    gives_roles(cast, cast.bob, "auditor")
    with pytest.raises(NotVouchedFor):
        comes_in(cast.bob)


def test_an_invitation_of_another_role_is_not_taken(cast):
    member, code = actions.invite(cast.carol, handle="erin", roles=["caseworker"], at=AT)
    Member.objects.filter(code=member.code).update(roles=["coordinator"])
    with pytest.raises(NotVouchedFor):
        actions.welcome(handle="erin", invitation=code, passphrase=ANOTHER, doors=[], at=AT)


def test_a_recovery_code_is_not_used_up_by_an_altered_row(cast):
    alters(cast.bob, factors="another")
    told = {"handle": "bob", "code": cast.recovery["bob"], "passphrase": ANOTHER}
    with pytest.raises(NotVouchedFor):
        actions.recover(**told, doors=[], at=AT)
    alters(cast.bob, factors="")
    assert actions.recover(**told, doors=[], at=AT)


def test_a_line_added_to_the_journal_shuts_out_and_lets_nobody_in(cast):
    told = {"by": cast.carol.actor, "at": AT, "about": cast.bob.member.code, "revision": 9}
    with transaction.atomic():
        write_line(Deed.ROLES_CHANGED, **told, facts={"roles": "coordinator"})
    with pytest.raises(NotVouchedFor):
        comes_in(cast.bob)
    gives_roles(cast, cast.bob, "caseworker")
    code = actions.invite_again(cast.carol, member=cast.bob.member.code, at=AT)
    actions.welcome(handle="bob", invitation=code, passphrase=ANOTHER, doors=[], at=AT)
    assert comes_in(cast.bob, ANOTHER).member.standing == 11


def test_the_door_says_it_in_words_that_help(cast, at_the_door, clock):
    give_app(cast.alice, secret=SECRET, at=clock.at)
    alters(cast.alice, roles=["coordinator"])
    page = at_the_door.types("alice").content.decode()
    assert "SC758" in page
    assert "coordinator" in page
