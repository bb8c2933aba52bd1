"""An office's key goes to its members, moves on when one leaves, and is usable however a change was cut off."""

from __future__ import annotations

import pytest
from tests.rooms.vault.rings import OFFICE, PASSPHRASE, Team, stranger

from safeconduct.core.errors import (
    KeyDoesNotFit,
    KeyPutBack,
    KeysLocked,
    KeySwapped,
    NoKey,
    StillWrapped,
)
from safeconduct.vault.actions.case_keys import new_case_keys, open_case_keys
from safeconduct.vault.actions.members import new_member_key
from safeconduct.vault.actions.offices import (
    drop_generations_before,
    give_office_key,
    new_generation,
    open_office_keys,
)
from safeconduct.vault.actions.rewrapping import rewrapping
from safeconduct.vault.keyring import Keyring
from safeconduct.vault.models import MemberKey, OfficeKey
from safeconduct.vault.wrapping import new_pair, public_of

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def a_case(team: Team, code: str = "K1") -> None:
    new_case_keys(
        team.alice, case=code, office=OFFICE, generation=team.generation, public=team.public
    )


def test_both_members_open_the_office(team: Team):
    assert team.again(team.bob).office_keys == team.alice.office_keys


def test_who_was_given_none_is_refused(team: Team):
    with pytest.raises(NoKey):
        team.open(stranger())


def test_a_swapped_public_key_of_the_office_is_noticed(team: Team):
    with pytest.raises(KeySwapped):
        open_office_keys(team.bob, office=OFFICE, generation=1, public=new_pair().public)
    with pytest.raises(KeySwapped):
        team.alice.office_public(1, stored=new_pair().public)
    assert team.alice.office_public(1, stored=team.public) == team.public


def test_an_office_key_moved_between_members_offices_or_generations_is_refused(team: Team):
    copies = OfficeKey.objects.filter(office=OFFICE)
    bobs = copies.get(member="BOB")
    copies.filter(member="BOB").update(wrapped=copies.get(member="ALICE").wrapped)
    with pytest.raises(KeyDoesNotFit):
        team.again(team.bob)
    copies.filter(member="BOB").update(wrapped=bobs.wrapped, generation=2)
    with pytest.raises(KeyDoesNotFit):
        open_office_keys(team.bob, office=OFFICE, generation=2, public=team.public)
    copies.filter(member="BOB").update(generation=1, office="ELSEWHERE")
    with pytest.raises(KeyDoesNotFit):
        open_office_keys(team.bob, office="ELSEWHERE", generation=1, public=team.public)


def test_who_leaves_has_no_copy_of_the_new_key_nor_of_the_old(team: Team):
    generation, public = new_generation(team.alice, members=["ALICE"])
    assert generation == 2
    assert public != team.public
    assert set(OfficeKey.objects.values_list("member", flat=True)) == {"ALICE"}
    team.generation, team.public = generation, public
    with pytest.raises(NoKey):
        team.again(team.bob)
    assert set(team.again(team.alice).office_keys) == {1, 2}


def test_the_office_works_on_where_main_never_heard_of_the_new_key(team: Team):
    """Cut off between the key store and the office's row."""
    a_case(team)
    new_generation(team.alice, members=["ALICE", "BOB"])
    for ring in (team.again(team.alice), team.again(team.bob)):
        assert open_case_keys(ring, case="K1", version=1)
    a_case(team, "K2")
    assert open_case_keys(team.again(team.bob), case="K2", version=1)


def test_an_attempt_that_was_cut_off_is_made_again_and_not_taken_up(team: Team):
    cut_off, lost = new_generation(team.alice, members=["ALICE", "BOB"])
    team.generation, team.public = new_generation(team.again(team.bob), members=["BOB"])
    assert team.generation > cut_off
    assert team.public != lost
    assert team.generation in team.again(team.bob).office_keys
    with pytest.raises(NoKey):
        team.again(team.alice)


def test_who_was_left_out_of_an_attempt_makes_no_key_for_those_who_stay(team: Team):
    """Bob was to leave, the attempt was cut off before main knew, and his ring of this morning is still open."""
    new_generation(team.alice, members=["ALICE"])
    with pytest.raises(KeySwapped):
        new_generation(team.bob, members=["ALICE", "BOB"])
    assert set(OfficeKey.objects.values_list("member", flat=True)) == {"ALICE"}


def test_a_failed_change_leaves_the_ring_as_it_was(team: Team):
    MemberKey.objects.filter(member="BOB").update(public=new_pair().public)
    with pytest.raises(KeySwapped):
        new_generation(team.alice, members=["ALICE", "BOB"])
    assert set(team.alice.office_keys) == {1}
    assert set(OfficeKey.objects.values_list("generation", "member")) == {(1, "ALICE"), (1, "BOB")}


@pytest.mark.parametrize(
    "change", [{"voucher": None}, {"voucher": bytes(32)}, {"voucher_generation": 7}]
)
def test_no_office_key_is_given_to_a_public_key_that_nobody_vouched_for(team: Team, change):
    MemberKey.objects.filter(member="BOB").update(**change)
    with pytest.raises(KeySwapped):
        new_generation(team.alice, members=["ALICE", "BOB"])


def test_a_voucher_of_another_member_is_no_voucher(team: Team):
    alices = MemberKey.objects.get(member="ALICE")
    MemberKey.objects.filter(member="BOB").update(public=alices.public, voucher=alices.voucher)
    with pytest.raises(KeySwapped):
        new_generation(team.alice, members=["ALICE", "BOB"])


def test_a_ring_opened_yesterday_gives_the_newest_key(team: Team):
    yesterday = team.again(team.bob)
    team.generation, team.public = new_generation(team.alice, members=["ALICE", "BOB"])
    with pytest.raises(KeysLocked):
        yesterday.office_key(2)
    newcomer, _ = new_member_key(member="DANA", passphrase=PASSPHRASE)
    give_office_key(yesterday, member="DANA", public=public_of(newcomer.private))
    assert set(team.again(newcomer).office_keys) == {1, 2}


def test_a_generation_put_back_in_main_is_noticed(team: Team):
    a_case(team)
    before = team.generation, team.public
    team.generation, team.public = new_generation(team.alice, members=["ALICE", "BOB"])
    done = list(
        rewrapping(team.alice, office=OFFICE, generation=team.generation, public=team.public)
    )
    assert done[-1].finished
    team.generation, team.public = before
    with pytest.raises(KeyPutBack):
        team.again(team.alice)


def test_copies_put_back_in_the_key_store_are_noticed(team: Team):
    older = list(OfficeKey.objects.all())
    team.generation, team.public = new_generation(team.alice, members=["ALICE", "BOB"])
    OfficeKey.objects.all().delete()
    OfficeKey.objects.bulk_create(older)
    with pytest.raises(NoKey):
        team.again(team.bob)


def test_older_generations_go_only_when_nothing_needs_them(team: Team):
    a_case(team)
    team.generation, team.public = new_generation(team.alice, members=["ALICE", "BOB"])
    with pytest.raises(StillWrapped):
        drop_generations_before(team.alice, 2)
    list(rewrapping(team.alice, office=OFFICE, generation=2, public=team.public))
    with pytest.raises(StillWrapped):
        drop_generations_before(team.alice, 2, still_sealed=[1, 2])
    assert drop_generations_before(team.alice, 2, still_sealed=[2]) == 2
    assert set(team.alice.office_keys) == {2}
    assert open_case_keys(team.again(team.bob), case="K1", version=1)


def test_a_closed_ring_gives_nothing(team: Team):
    team.alice.close()
    with pytest.raises(KeysLocked):
        give_office_key(team.alice, member="BOB", public=public_of(team.bob.private))
    with pytest.raises(KeysLocked):
        team.open(team.alice)


def test_a_member_without_an_office_gives_no_key(team: Team):
    with pytest.raises(NoKey):
        new_generation(Keyring("OTTO", new_pair().private), members=["OTTO"])
