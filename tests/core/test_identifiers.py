"""Passport and tazkira numbers: one key for every way to write one number, none for a placeholder."""

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st

from safeconduct.core.identifiers import normal_passport, normal_tazkira

EASTERN = (str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"), str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
NOTHING = ["", " ", "n/a", "none", "N/A", "-", "lost", "نامعلوم", "unknown", "0000000", "TBC"]
few = settings(max_examples=150, deadline=None)


@pytest.mark.parametrize(
    "value",
    [
        "O1234567",
        "o 1234567",
        "0-123-4567",
        "01234567",
        "۰۱۲۳۴۵۶۷",
        "Passport No: O1234567",
        "O12345 67",
    ],
)
def test_every_way_to_write_an_afghan_passport_is_one_key(value: str) -> None:
    assert normal_passport(value) == "O1234567"


@pytest.mark.parametrize(
    ("value", "key"),
    [
        ("P0123456O", "P01234560"),
        ("TR1234567", "TR1234567"),
        ("012345678", "012345678"),
        ("C01X00T47", "C01X00T47"),
        (1234567.0, "1234567"),
        ("1234567.0", "1234567"),
        (123456789, "123456789"),
    ],
)
def test_other_passports_keep_their_letters_and_digits(value: str | float, key: str) -> None:
    assert normal_passport(value) == key


@pytest.mark.parametrize(
    "value",
    [*NOTHING, None, "passport lost", "P0000000", "P11111111", "applied 2021", "123", True, 0, -5],
)
def test_what_is_no_passport_number_is_unknown(value: str | float | None) -> None:
    assert normal_passport(value) is None


@pytest.mark.parametrize(
    "value",
    ["1400-0101-12345", "1400 0101 12345", "1400/0101/12345", "1400010112345", 1400010112345.0,
     "e-tazkira 1400-0101-12345", "۱۴۰۰-۰۱۰۱-۱۲۳۴۵"],
)  # fmt: skip
def test_an_electronic_tazkira_is_its_thirteen_digits(value: str | float) -> None:
    assert normal_tazkira(value) == "e:1400010112345"


@pytest.mark.parametrize(
    "value",
    ["Jild 12 Safha 34 Sabt 567", "Safha 34, Jild 12, Sabt 567", "Vol. 12, Page 34, Reg. No. 567",
     "جلد ۱۲ صفحه ۳۴ ثبت ۵۶۷", "جلد: ۱۲، صفحه: ۳۴، شماره ثبت: ۵۶۷", "12/34/567", "12-34-567", "012/034/0567",
     "jeld12safheh34sabt567", "volume no 12 page no 34 registration number 567"],
)  # fmt: skip
def test_a_paper_tazkira_is_found_by_volume_page_and_entry(value: str) -> None:
    assert normal_tazkira(value) == "paper:12/34/567"


@pytest.mark.parametrize(
    "value", ["123456", "00123456", "No 123456 Kabul", "123 456", 123456.0, "۱۲۳۴۵۶"]
)
def test_an_old_number_alone_is_plain(value: str | float) -> None:
    assert normal_tazkira(value) == "plain:123456"


@pytest.mark.parametrize(
    "value",
    [*NOTHING, None, "111111", "Jild 12", "Jild 12 Safha 34", "1/1/1", "0/0/0", "1111-1111-11111", "12", "applied",
     "123456 and 654321", True],
)  # fmt: skip
def test_what_is_no_tazkira_number_is_unknown(value: str | float | None) -> None:
    assert normal_tazkira(value) is None


PASSPORTS = st.from_regex(r"(O|P|D|TR)?[0-9]{7,9}", fullmatch=True)
TAZKIRAS = st.one_of(
    st.from_regex(r"1[34][0-9]{2}-[0-9]{4}-[0-9]{5}", fullmatch=True),
    st.from_regex(r"[1-9][0-9]{3,7}", fullmatch=True),
    st.builds("Jild {} Safha {} Sabt {}".format, *[st.integers(1, 9999)] * 3),
)


@few
@given(st.one_of(st.text(max_size=20), PASSPORTS, TAZKIRAS))
def test_a_key_is_its_own_key(written: str) -> None:
    for normal in (normal_passport, normal_tazkira):
        key = normal(written)
        assert key is None or normal(key) == key


@few
@given(PASSPORTS, TAZKIRAS)
def test_the_script_of_the_digits_does_not_matter(passport: str, tazkira: str) -> None:
    for eastern in EASTERN:
        assert normal_passport(passport.translate(eastern)) == normal_passport(passport)
        assert normal_tazkira(tazkira.translate(eastern)) == normal_tazkira(tazkira)


@few
@given(PASSPORTS, st.integers(0, 9), st.from_regex(r"[1-9][0-9]{3,7}", fullmatch=True))
def test_spaces_do_not_matter(passport: str, at: int, tazkira: str) -> None:
    assert normal_passport(f" {passport[:at]} {passport[at:]} ") == normal_passport(passport)
    assert normal_tazkira(f" {tazkira[:at]} {tazkira[at:]} ") == normal_tazkira(tazkira)


@few
@given(PASSPORTS, PASSPORTS)
def test_two_numbers_share_a_key_only_through_the_letter_o(a: str, b: str) -> None:
    key = normal_passport(a)
    if key is not None and key == normal_passport(b):
        assert a.replace("O", "0") == b.replace("O", "0")
