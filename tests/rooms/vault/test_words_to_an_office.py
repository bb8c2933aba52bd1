"""Words sealed to an office's public key: every member of it reads them, in their place alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

from safeconduct.core.errors import KeysLocked, KeySwapped, SealBroken
from safeconduct.vault.keyring import Keyring
from safeconduct.vault.sealing import Place
from safeconduct.vault.to_office import generation_of, open_from_office, seal_to_office, sealed_anew
from safeconduct.vault.wrapping import new_pair

OLD, NEW = new_pair(), new_pair()
RING = Keyring("ALICE", b"", "HOME", {1: OLD.private, 2: NEW.private})
PLACE = Place("people_grant", "K7Q4MX2PD", "reason", 1)
WORDS = "Her brother called; he says that she has moved."


@given(st.text(max_size=300))
def test_a_member_reads_what_was_typed(words):
    sealed = seal_to_office(OLD.public, words, PLACE, generation=1)
    assert open_from_office(RING, sealed, PLACE) == words


@given(st.data())
def test_any_changed_byte_is_refused(data):
    sealed = bytearray(seal_to_office(OLD.public, WORDS, PLACE, generation=1))
    place = data.draw(st.integers(0, len(sealed) - 1))
    sealed[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises((SealBroken, KeysLocked)):
        open_from_office(RING, bytes(sealed), PLACE)


def test_words_moved_cut_or_aged_are_refused():
    sealed = seal_to_office(OLD.public, WORDS, PLACE, generation=1)
    for other in (
        replace(PLACE, row="K8"),
        replace(PLACE, field="note"),
        replace(PLACE, revision=2),
    ):
        with pytest.raises(SealBroken):
            open_from_office(RING, sealed, other)
    relabelled = sealed[:1] + (2).to_bytes(4, "big") + sealed[5:]
    for changed in (b"", sealed[:5], sealed[:-1], sealed + b"\0", relabelled):
        with pytest.raises(SealBroken):
            open_from_office(RING, changed, PLACE)


def test_another_office_reads_nothing():
    sealed = seal_to_office(OLD.public, WORDS, PLACE, generation=1)
    with pytest.raises(SealBroken):
        open_from_office(Keyring("CHARLIE", b"", "OTHER", {1: NEW.private}), sealed, PLACE)
    with pytest.raises(KeysLocked):
        open_from_office(Keyring("CHARLIE", b"", "OTHER", {}), sealed, PLACE)


def test_short_words_are_all_of_one_length():
    lengths = {
        len(seal_to_office(OLD.public, "a" * count, PLACE, generation=1)) for count in range(120)
    }
    assert len(lengths) == 1


def test_words_follow_the_office_to_its_newer_key():
    sealed = seal_to_office(OLD.public, WORDS, PLACE, generation=1)
    anew = sealed_anew(RING, sealed, PLACE, public=NEW.public, generation=2)
    assert (generation_of(sealed), generation_of(anew)) == (1, 2)
    only_new = Keyring("BOB", b"", "HOME", {2: NEW.private})
    assert open_from_office(only_new, anew, PLACE) == WORDS
    assert sealed_anew(RING, anew, PLACE, public=NEW.public, generation=2) == anew


def test_nothing_is_sealed_to_what_is_no_public_key():
    with pytest.raises(KeySwapped):
        seal_to_office(b"", WORDS, PLACE, generation=1)
