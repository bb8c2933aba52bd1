"""Laws of padding and sealing: what goes in comes out, in its own place and under its own key, and nowhere else."""

from __future__ import annotations

import secrets
from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

from safeconduct.core.errors import SealBroken
from safeconduct.vault.padding import SHORTEST, padded, unpadded
from safeconduct.vault.sealing import (
    Place,
    SealKey,
    derived,
    framed,
    new_seal_key,
    open_sealed,
    seal,
    state_seal,
)

PLACE = Place("cases_version", "K7Q4MX2PD/E1", "note", 3)
KEY = new_seal_key()
PLAINS = st.binary(max_size=600)
WORDS = st.text(max_size=12)
PLACES = st.builds(Place, WORDS, WORDS, WORDS, st.integers(0, 2**40))


@given(PLAINS)
def test_what_is_padded_comes_back(plain):
    assert unpadded(padded(plain)) == plain


@given(st.integers(0, 5_000_000))
def test_padding_costs_at_most_an_eighth_and_hides_short_lengths(length):
    filled = len(padded(bytes(length)))
    told = length + 4
    assert filled >= told
    if told <= SHORTEST:
        assert filled == SHORTEST
    else:
        assert filled <= told * 1.12


@given(st.integers(0, 100_000), st.integers(0, 100_000))
def test_a_longer_value_is_never_padded_to_less(one, other):
    shorter, longer = sorted((one, other))
    assert len(padded(bytes(shorter))) <= len(padded(bytes(longer)))


def test_few_lengths_are_told_apart():
    assert len({len(padded(bytes(length))) for length in range(10_000)}) < 110


@given(PLAINS, st.data())
def test_no_other_filling_is_taken(plain, data):
    filled = bytearray(padded(plain))
    if len(plain) + 4 < len(filled):
        place = data.draw(st.integers(len(plain) + 4, len(filled) - 1))
        filled[place] = 1
        with pytest.raises(ValueError, match="not padded"):
            unpadded(bytes(filled))
    with pytest.raises(ValueError, match="not padded"):
        unpadded(padded(plain) + b"\0")
    with pytest.raises(ValueError, match="not padded"):
        unpadded(padded(plain)[:-1])


@given(PLAINS, PLACES, st.integers(1, 2**31))
def test_what_is_sealed_comes_back(plain, place, version):
    key = SealKey(KEY.raw, version)
    assert open_sealed(key, seal(key, plain, place), place) == plain


@given(PLAINS, st.data())
def test_any_changed_byte_is_refused(plain, data):
    sealed = bytearray(seal(KEY, plain, PLACE))
    place = data.draw(st.integers(0, len(sealed) - 1))
    sealed[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(SealBroken):
        open_sealed(KEY, bytes(sealed), PLACE)


def test_every_single_bit_of_one_value_counts():
    sealed = seal(KEY, b"a fictional name", PLACE)
    for bit in range(len(sealed) * 8):
        changed = bytearray(sealed)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(SealBroken):
            open_sealed(KEY, bytes(changed), PLACE)


@given(PLAINS, st.data())
def test_a_value_cut_or_lengthened_is_refused(plain, data):
    sealed = seal(KEY, plain, PLACE)
    end = data.draw(st.integers(0, len(sealed) - 1))
    for changed in (sealed[:end], sealed[end + 1 :], sealed + b"\0", sealed + sealed):
        with pytest.raises(SealBroken):
            open_sealed(KEY, changed, PLACE)


@given(PLACES, PLACES)
def test_a_value_moved_to_another_place_is_refused(one, other):
    sealed = seal(KEY, b"a fictional name", one)
    if one == other:
        assert open_sealed(KEY, sealed, other)
    else:
        with pytest.raises(SealBroken):
            open_sealed(KEY, sealed, other)


@pytest.mark.parametrize(
    "other",
    [
        replace(PLACE, table="cases_case"),
        replace(PLACE, row="K7Q4MX2PD/E2"),
        replace(PLACE, field="threat"),
        replace(PLACE, revision=2),
        Place("cases_versionK", "7Q4MX2PD/E1", "note", 3),
    ],
    ids=["table", "row", "field", "older revision", "the same letters parted otherwise"],
)
def test_each_part_of_a_place_counts(other):
    with pytest.raises(SealBroken):
        open_sealed(KEY, seal(KEY, b"a fictional name", other), PLACE)


def test_two_values_swapped_are_both_refused():
    other = replace(PLACE, row="K7Q4MX2PD/E2")
    one, two = seal(KEY, b"one", PLACE), seal(KEY, b"two", other)
    for sealed, place in ((two, PLACE), (one, other)):
        with pytest.raises(SealBroken):
            open_sealed(KEY, sealed, place)


def test_another_key_or_another_version_of_it_is_refused():
    sealed = seal(KEY, b"a fictional name", PLACE)
    for key in (new_seal_key(), SealKey(KEY.raw, 2)):
        with pytest.raises(SealBroken):
            open_sealed(key, sealed, PLACE)


def test_the_same_value_is_sealed_otherwise_each_time():
    assert len({seal(KEY, b"the same", PLACE) for _ in range(1000)}) == 1000


def test_short_values_are_all_of_one_length():
    lengths = {len(seal(KEY, bytes(length), PLACE)) for length in range(SHORTEST - 3)}
    assert len(lengths) == 1


@given(st.lists(st.binary(max_size=6), max_size=4), st.lists(st.binary(max_size=6), max_size=4))
def test_no_two_lists_look_alike(one, other):
    assert (framed(*one) == framed(*other)) == (one == other)
    seals = [state_seal(KEY, each, purpose=b"card") for each in (one, other)]
    assert (seals[0] == seals[1]) == (one == other)


def test_a_state_seal_belongs_to_its_key_and_purpose():
    parts = [b"a", b"b"]
    made = state_seal(KEY, parts, purpose=b"card")
    assert made != state_seal(KEY, parts, purpose=b"contents")
    assert made != state_seal(new_seal_key(), parts, purpose=b"card")


def test_keys_for_different_purposes_differ():
    secret = secrets.token_bytes(32)
    assert derived(secret, b"one") != derived(secret, b"two") != secret
