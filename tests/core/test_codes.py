"""Codes: whatever one slip of a pen or an ear does to one, it is noticed."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, strategies as st

from safeconduct.core.codes import ALPHABET, MOST_LETTERS, draw_code, read_code, spelt

LETTERS = st.integers(1, MOST_LETTERS)


@st.composite
def codes(draw: st.DrawFn) -> tuple[str, int]:
    letters = draw(LETTERS)
    signs = iter(draw(st.lists(st.integers(0, 30), min_size=letters, max_size=letters)))
    return draw_code(letters, lambda below: next(signs) % below), letters


@given(codes())
def test_a_code_is_read_back_as_it_was_drawn_shown_and_told(drawn):
    code, letters = drawn
    assert read_code(code, letters) == code
    assert read_code(f" {spelt(code).lower()} ", letters) == code
    assert read_code(code.replace("0", "o").replace("1", "l").replace("2", "z"), letters) == code


@given(codes(), st.data())
def test_any_single_slip_is_noticed(drawn, data):
    code, letters = drawn
    place = data.draw(st.integers(0, letters))
    other = data.draw(st.sampled_from([sign for sign in ALPHABET if sign != code[place]]))
    assert read_code(code[:place] + other + code[place + 1 :], letters) is None


@given(codes(), st.data())
def test_any_two_signs_that_changed_places_are_noticed(drawn, data):
    code, letters = drawn
    one = data.draw(st.integers(0, letters))
    two = data.draw(st.integers(0, letters))
    signs = list(code)
    signs[one], signs[two] = signs[two], signs[one]
    swapped = "".join(signs)
    assert swapped == code or read_code(swapped, letters) is None


def test_every_single_slip_in_one_code_is_noticed():
    code = draw_code(26, random.Random(1).randrange)
    slips = [
        code[:place] + sign + code[place + 1 :]
        for place in range(27)
        for sign in ALPHABET
        if sign != code[place]
    ]
    assert not [slip for slip in slips if read_code(slip, 26)]


@given(codes())
def test_a_sign_lost_or_added_is_noticed(drawn):
    code, letters = drawn
    assert read_code(code[:-1], letters) is None
    assert read_code(code + "7", letters) is None


@pytest.mark.parametrize("told", ["", "u", "K7Q4-MX2P-*", "K7Q4\nMX2P\nD", "٣٣٣٣٣٣٣٣٣"])
def test_what_is_no_code_is_not_read(told):
    assert read_code(told, 8) is None


def test_a_code_too_long_for_its_check_sign_is_not_drawn():
    with pytest.raises(AssertionError):
        draw_code(MOST_LETTERS + 1, random.Random(1).randrange)


def test_signs_are_drawn_evenly_and_by_chance():
    asked = []

    def below(count: int) -> int:
        asked.append(count)
        return count - 1

    assert draw_code(3, below).startswith("YYY")
    assert asked == [31, 31, 31]
