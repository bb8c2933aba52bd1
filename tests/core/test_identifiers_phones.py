"""Telephone numbers: Afghan and British, in any dress, and never guessed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st

from safeconduct.core.identifiers import normal_phone, phones_in

EASTERN = (str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"), str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
few = settings(max_examples=150, deadline=None)

KABUL, DERBY = "+93701234567", "+447911123456"


@pytest.mark.parametrize(
    "value",
    ["0701234567", "070 123 4567", "070.123.4567", "(070) 123-4567", "+93 70 123 4567", "0093701234567",
     "00 93 (0) 701 234 567", "+93 0701234567", "(+93) 701234567", "93701234567", "701234567", 93701234567.0,
     701234567.0, 701234567, "9.3701234567E+10", "7.01234567e8", "701234567.0", "۰۷۰۱۲۳۴۵۶۷",
     "+۹۳۷۰۱۲۳۴۵۶۷", "tel: 0701234567 (brother)", "070 123 4567 ext 12", "0701234567/8", "0701234567-8", "070/1234567"],
)  # fmt: skip
def test_every_way_to_write_an_afghan_mobile_is_one_number(value: str | float) -> None:
    assert phones_in(value) == (KABUL,)


@pytest.mark.parametrize(
    "value",
    ["07911 123456", "+44 7911 123456", "+44 (0)7911 123456", "0044 7911 123456", "447911123456",
     7911123456.0, 447911123456.0, "WhatsApp 07911-123-456"],
)  # fmt: skip
def test_every_way_to_write_a_british_mobile_is_one_number(value: str | float) -> None:
    assert phones_in(value) == (DERBY,)
    assert phones_in(value, country="44") == (DERBY,)


@pytest.mark.parametrize(
    "joint",
    [" / ", "/", ", ", ",", ";", " | ", "\n", " or ", " و ", " ", " - ", " and ", "، ", " & "],
)
def test_several_in_one_cell_are_all_found(joint: str) -> None:
    assert phones_in(f"0701234567{joint}07911 123456") == (KABUL, DERBY)
    assert normal_phone(f"0701234567{joint}07911 123456") == KABUL


def test_another_last_digit_after_a_stroke_does_not_make_a_british_number() -> None:
    assert phones_in("0791234567/8") == ("+93791234567",)
    assert phones_in("079/1234567") == ("+93791234567",)


def test_one_number_written_twice_is_one() -> None:
    assert phones_in("0701234567 / +93 70 123 4567") == (KABUL,)


def test_a_zero_in_front_is_of_the_country_given() -> None:
    assert normal_phone("020 1234567") == "+93201234567"
    assert normal_phone("020 7946 0958", country="44") == "+442079460958"
    assert normal_phone("0301 2345678", country="92") == "+923012345678"


def test_other_countries_need_their_code() -> None:
    assert normal_phone("+1 202 555 0123") == "+12025550123"
    assert normal_phone("0049 151 23456789") == "+4915123456789"
    assert normal_phone("923001234567") == "+923001234567"
    assert normal_phone("12025550123") is None


@pytest.mark.parametrize(
    "value",
    [None, "", "n/a", "unknown", "12345", "070123456", "07012345678", "+93 70 123", "+4479111234567", "020 7946 0958",
     "9.37E+10", "+93 70 000 0000", "0000000000", 0, -701234567, True, float("nan"),
     float("inf"), 701234567.5, "1" * 40],
)  # fmt: skip
def test_what_is_too_short_or_odd_is_unknown(value: str | float | None) -> None:
    assert phones_in(value) == ()
    assert normal_phone(value) is None


MOBILES = st.one_of(
    st.from_regex(r"\+937[0-9]{8}", fullmatch=True),
    st.from_regex(r"\+447[1-9][0-9]{8}", fullmatch=True),
).filter(lambda number: not number.endswith("0000000"))


@st.composite
def dressed(draw: st.DrawFn, number: str) -> str | float:
    """One mobile as somebody, or their spreadsheet, may write it."""
    national = number[3:]
    bare = draw(st.sampled_from([number, "00" + number[1:], number[1:], "0" + national, national]))
    gap = draw(st.sampled_from(["", " ", "-", "."]))
    at = draw(st.integers(6, len(bare)))
    text = bare[:at] + gap + bare[at:] if at < len(bare) else bare
    if bare.isdigit() and draw(st.booleans()):
        return float(bare) if not bare.startswith("0") else text.translate(EASTERN[0])
    return text.translate(draw(st.sampled_from([{}, *EASTERN])))


@few
@given(MOBILES, st.data())
def test_any_dress_of_a_mobile_is_the_mobile(number: str, data: st.DataObject) -> None:
    assert normal_phone(data.draw(dressed(number))) == number


@few
@given(
    st.lists(MOBILES, min_size=1, max_size=3, unique=True),
    st.sampled_from([" / ", ", ", "\n", " "]),
)
def test_a_cell_of_mobiles_holds_them_all(numbers: list[str], joint: str) -> None:
    assert phones_in(joint.join(numbers)) == tuple(numbers)


@few
@given(st.one_of(st.text(max_size=30), st.text("0123456789۰۷+-/(). ", max_size=30), st.floats()))
def test_whatever_is_written_a_number_found_is_found_again(value: str | float) -> None:
    for number in phones_in(value):
        assert phones_in(number) == (number,)
        assert number.startswith("+")
        assert 9 <= len(number) <= 16


@pytest.mark.parametrize("value", ["+92 00 486 737 634", "+98001 2797 897"])
def test_a_subscriber_never_begins_with_zero(value: str) -> None:
    assert phones_in(value) == ()
