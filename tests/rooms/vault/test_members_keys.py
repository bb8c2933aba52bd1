"""A member's key opens by what that member knows, in its newest form, and every other copy is noticed."""

from __future__ import annotations

import unicodedata
from datetime import timedelta

import pytest
from hypothesis import given, strategies as st
from tests.rooms.vault.rings import AT, PASSPHRASE, Team

from safeconduct.core.codes import ALPHABET
from safeconduct.core.errors import KeyPutBack, KeySwapped, WrongPassphrase
from safeconduct.vault.actions.members import (
    invite,
    lock_anew,
    open_by_invitation,
    open_by_passphrase,
    open_by_recovery,
)
from safeconduct.vault.costs import CHEAPEST, PassphraseCost
from safeconduct.vault.models import MemberKey
from safeconduct.vault.passphrases import (
    locked_by_invitation,
    locked_by_passphrase,
    locked_by_recovery,
    opened_by_invitation,
    opened_by_passphrase,
    opened_by_recovery,
)
from safeconduct.vault.wrapping import new_pair

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
SECRET = bytes(range(32))
UNTIL = AT + timedelta(days=3)
LOCKED = {
    "passphrase": locked_by_passphrase(SECRET, "words", member="ALICE", revision=2, cost=CHEAPEST),
    "recovery": locked_by_recovery(SECRET, "words", member="ALICE", revision=2),
    "invitation": locked_by_invitation(SECRET, "words", member="ALICE", revision=2, until=UNTIL),
}


def opened(kind: str, locked: bytes, words: str = "words", **where: object) -> bytes:
    told = {"member": "ALICE", "revision": 2} | where
    if kind == "invitation":
        return opened_by_invitation(locked, words, **{"until": UNTIL} | told)
    way = {"passphrase": opened_by_passphrase, "recovery": opened_by_recovery}[kind]
    return way(locked, words, **told)


@pytest.mark.parametrize("kind", LOCKED)
def test_the_right_words_open(kind):
    assert opened(kind, LOCKED[kind]) == SECRET


@pytest.mark.parametrize("kind", LOCKED)
@pytest.mark.parametrize(
    "wrong", [{"words": "Words"}, {"member": "BOB"}, {"revision": 1}, {"revision": 3}], ids=str
)
def test_other_words_another_member_or_another_revision_do_not(kind, wrong):
    with pytest.raises(WrongPassphrase):
        opened(kind, LOCKED[kind], **wrong)


@pytest.mark.parametrize("kind", LOCKED)
def test_any_changed_byte_is_refused(kind):
    for place in range(len(LOCKED[kind])):
        # The cost's lowest byte among them: it asks for other memory, and makes another key.
        changed = bytearray(LOCKED[kind])
        changed[place] ^= 1
        with pytest.raises(WrongPassphrase):
            opened(kind, bytes(changed))


@pytest.mark.parametrize("kind", LOCKED)
def test_a_locked_key_cut_lengthened_or_of_another_kind_is_refused(kind):
    others = [locked for other, locked in LOCKED.items() if other != kind]
    whole = LOCKED[kind]
    for changed in (b"", whole[:1], whole[:30], whole[:-1], whole + b"\0", *others):
        with pytest.raises(WrongPassphrase):
            opened(kind, changed)


@pytest.mark.parametrize(
    "cost",
    [PassphraseCost(2**32 - 1, 1, 1), PassphraseCost(8, 2**32 - 1, 1), PassphraseCost(8, 1, 255)],
    ids=["memory", "passes", "lanes"],
)
def test_a_stored_key_cannot_ask_for_all_the_memory_or_time_there_is(cost):
    dear = bytearray(LOCKED["passphrase"])
    dear[1:10] = (
        cost.memory_kib.to_bytes(4, "big") + cost.passes.to_bytes(4, "big") + bytes([cost.lanes])
    )
    with pytest.raises(WrongPassphrase):
        opened("passphrase", bytes(dear))


@given(st.text(max_size=40))
def test_the_same_words_from_another_keyboard_open(words):
    locked = locked_by_passphrase(SECRET, words, member="ALICE", revision=1, cost=CHEAPEST)
    typed = unicodedata.normalize("NFD", words)
    assert opened_by_passphrase(locked, typed, member="ALICE", revision=1) == SECRET


def test_a_prolonged_invitation_is_refused(team: Team):
    _, code = invite(member="DANA", until=UNTIL)
    assert open_by_invitation(member="DANA", code=code, at=AT, revision=1).member == "DANA"
    late = UNTIL + timedelta(minutes=1)
    with pytest.raises(WrongPassphrase):
        open_by_invitation(member="DANA", code=code, at=late, revision=1)
    MemberKey.objects.filter(member="DANA").update(invited_until=late + timedelta(days=9))
    with pytest.raises(WrongPassphrase):
        open_by_invitation(member="DANA", code=code, at=late, revision=1)


def test_an_invitation_moved_to_where_the_recovery_code_opens_is_refused(team: Team):
    _, code = invite(member="DANA", until=UNTIL)
    key = MemberKey.objects.get(member="DANA")
    key.by_recovery = key.by_invitation
    key.save()
    with pytest.raises(WrongPassphrase):
        open_by_recovery(member="DANA", code=code, revision=key.revision)


def test_an_older_invitation_put_back_is_noticed(team: Team):
    _, first = invite(member="DANA", until=UNTIL)
    older = MemberKey.objects.get(member="DANA")
    invite(member="DANA", until=UNTIL)
    with pytest.raises(WrongPassphrase):
        open_by_invitation(member="DANA", code=first, at=AT, revision=2)
    older.save()
    with pytest.raises(KeyPutBack):
        open_by_invitation(member="DANA", code=first, at=AT, revision=2)


def test_an_older_row_put_back_is_noticed(team: Team):
    older = MemberKey.objects.get(member="ALICE")
    recovery = lock_anew(team.alice, passphrase="five other plain words", revision=2)
    open_by_passphrase(member="ALICE", passphrase="five other plain words", revision=2)
    open_by_recovery(member="ALICE", code=recovery, revision=2)
    older.save()
    with pytest.raises(KeyPutBack):
        open_by_passphrase(member="ALICE", passphrase=PASSPHRASE, revision=2)
    with pytest.raises(KeyPutBack):
        open_by_recovery(member="ALICE", code=team.recovery, revision=2)
    # With its number made the newest one it does not open at all.
    MemberKey.objects.filter(member="ALICE").update(revision=2)
    with pytest.raises(WrongPassphrase):
        open_by_passphrase(member="ALICE", passphrase=PASSPHRASE, revision=2)


def test_the_older_passphrase_and_recovery_code_no_longer_open(team: Team):
    lock_anew(team.alice, passphrase="five other plain words", revision=2)
    with pytest.raises(WrongPassphrase):
        open_by_passphrase(member="ALICE", passphrase=PASSPHRASE, revision=2)
    with pytest.raises(WrongPassphrase):
        open_by_recovery(member="ALICE", code=team.recovery, revision=2)


def test_another_members_row_does_not_open(team: Team):
    bobs = MemberKey.objects.get(member="BOB")
    MemberKey.objects.filter(member="ALICE").update(
        public=bobs.public, by_passphrase=bobs.by_passphrase, by_recovery=bobs.by_recovery
    )
    with pytest.raises(WrongPassphrase):
        open_by_passphrase(member="ALICE", passphrase=PASSPHRASE, revision=1)


def test_a_swapped_public_key_is_noticed_at_the_next_opening(team: Team):
    MemberKey.objects.filter(member="ALICE").update(public=new_pair().public)
    with pytest.raises(KeySwapped):
        open_by_passphrase(member="ALICE", passphrase=PASSPHRASE, revision=1)
    with pytest.raises(KeySwapped):
        open_by_recovery(member="ALICE", code=team.recovery, revision=1)


def test_a_recovery_code_with_one_slip_does_not_open(team: Team):
    sign = ALPHABET[ALPHABET.index(team.recovery[4]) - 1]
    slip = team.recovery[:4] + sign + team.recovery[5:]
    for code in (slip, "", team.recovery[:-1]):
        with pytest.raises(WrongPassphrase):
            open_by_recovery(member="ALICE", code=code, revision=1)
    assert open_by_recovery(member="ALICE", code=team.recovery.lower(), revision=1)


def test_nobody_and_somebody_with_a_wrong_passphrase_are_told_the_same(team: Team):
    told = set()
    for member in ("ALICE", "NOBODY"):
        with pytest.raises(WrongPassphrase) as refusal:
            open_by_passphrase(member=member, passphrase="wrong", revision=1)
        told.add(str(refusal.value))
    assert len(told) == 1
