"""Wrapped keys open for their own private key and their own purpose, and for nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from safeconduct.core.errors import KeyDoesNotFit, KeysLocked, KeySwapped
from safeconduct.vault.wrapping import (
    PUBLIC_LENGTH,
    fingerprint,
    is_vouched,
    new_pair,
    public_of,
    unwrap,
    vouched,
    wrap,
)

PAIR = new_pair()
WRAPPED = wrap(PAIR.public, b"a key of thirty-two bytes, or so", purpose="case K1")
# Made by an earlier version of this code: a library that opened it otherwise would lose every case.
SEED = bytes(range(32))
KEPT = bytes.fromhex(Path(__file__).with_name("wrapped.hex").read_text())


def test_a_wrapped_key_opens():
    assert unwrap(PAIR.private, WRAPPED, purpose="case K1") == b"a key of thirty-two bytes, or so"


def test_a_key_wrapped_by_an_earlier_version_still_opens():
    assert unwrap(SEED, KEPT, purpose="kept for the test") == b"safe"


def test_a_seed_gives_the_pair_that_x_wing_gives():
    """The first vector of draft-connolly-cfrg-xwing-kem-08, appendix C: how its public key begins."""
    seed = bytes.fromhex("7f9c2ba4e88f827d616045507605853ed73b8093f6efbc88eb1a6eacfa66ef26")
    public = public_of(seed)
    assert len(public) == PUBLIC_LENGTH == 1216
    assert public.hex().startswith(
        "e2236b35a8c24b39b10aa1323a96a919a2ced88400633a7b07131713fc14b2b5"
    )


@given(st.integers(0, len(WRAPPED) - 1), st.integers(1, 255))
def test_any_changed_byte_is_refused(place, by):
    changed = bytearray(WRAPPED)
    changed[place] ^= by
    with pytest.raises(KeyDoesNotFit):
        unwrap(PAIR.private, bytes(changed), purpose="case K1")


@given(st.integers(0, len(WRAPPED) - 1))
def test_a_wrapped_key_cut_or_lengthened_is_refused(end):
    for changed in (WRAPPED[:end], WRAPPED + b"\0", b"\x02" + WRAPPED):
        with pytest.raises(KeyDoesNotFit):
            unwrap(PAIR.private, changed, purpose="case K1")


def test_another_purpose_or_another_private_key_is_refused():
    with pytest.raises(KeyDoesNotFit):
        unwrap(PAIR.private, WRAPPED, purpose="case K2")
    with pytest.raises(KeyDoesNotFit):
        unwrap(new_pair().private, WRAPPED, purpose="case K1")


@pytest.mark.parametrize("public", [b"", bytes(32), bytes(PUBLIC_LENGTH), b"\xff" * PUBLIC_LENGTH])
def test_nothing_is_sealed_to_what_is_no_public_key(public):
    with pytest.raises(KeySwapped):
        wrap(public, b"secret", purpose="case K1")


def test_a_closed_ring_says_so():
    for work in (lambda: public_of(b""), lambda: unwrap(b"", WRAPPED, purpose="case K1")):
        with pytest.raises(KeysLocked):
            work()
    with pytest.raises(KeysLocked):
        vouched(b"", b"ALICE")


def test_a_voucher_is_for_those_values_in_that_order():
    voucher = vouched(PAIR.private, b"ALICE", b"public")
    assert is_vouched(PAIR.private, voucher, b"ALICE", b"public")
    assert not is_vouched(PAIR.private, voucher, b"BOB", b"public")
    assert not is_vouched(PAIR.private, voucher, b"ALICEp", b"ublic")
    assert not is_vouched(new_pair().private, voucher, b"ALICE", b"public")


def test_a_fingerprint_can_be_read_out():
    told = fingerprint(PAIR.public)
    assert [len(group) for group in told.split()] == [4] * 8
    assert told != fingerprint(new_pair().public)
