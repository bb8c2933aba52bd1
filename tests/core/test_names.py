"""Names in several scripts: the same name meets, another name does not, whatever the spelling."""

from __future__ import annotations

import pytest
from data_names import DIFFERENT, SAME
from hypothesis import given, settings, strategies as st

from safeconduct.core.names import compare, keys

WORDS = sorted({word for pair in SAME + DIFFERENT for name in pair for word in name.split()})
NAMES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)
ANY_TEXT = st.text(max_size=30)
QUICK = settings(max_examples=150, deadline=None)


# --- laws ----------------------------------------------------------------------


@QUICK
@given(NAMES, NAMES)
def test_it_does_not_matter_which_name_comes_first(one: str, two: str) -> None:
    there, back = compare(one, two), compare(two, one)
    assert there.score == back.score
    assert there.same == back.same
    assert there.rarity == back.rarity
    turned = sorted((str(part.b_token), str(part.a_token), part.score) for part in back.alignment)
    assert turned == sorted(
        (str(part.a_token), str(part.b_token), part.score) for part in there.alignment
    )


@QUICK
@given(NAMES)
def test_a_name_is_the_same_as_itself(name: str) -> None:
    match = compare(name, name)
    assert match.score == 1.0
    assert match.same


@QUICK
@given(ANY_TEXT, ANY_TEXT)
def test_any_text_whatever_gives_a_score_from_nought_to_one(one: str, two: str) -> None:
    match = compare(one, two)
    assert 0.0 <= match.score <= 1.0
    assert compare(two, one).score == match.score
    assert isinstance(keys(one), tuple)


@QUICK
@given(NAMES)
def test_case_spacing_digits_and_marks_do_not_matter(name: str) -> None:
    assert compare(name, name.upper()).score == 1.0
    assert compare(name, "  " + name.replace(" ", "   ") + " 7").score == 1.0
    assert compare(name, name.replace(" ", "\u200f ")).score == 1.0


@QUICK
@given(NAMES, NAMES)
def test_every_part_of_both_names_stands_in_the_alignment(one: str, two: str) -> None:
    match = compare(one, two)
    assert match.alignment
    assert all(part.a_token or part.b_token for part in match.alignment)
    assert all(
        part.how == "missing" for part in match.alignment if None in (part.a_token, part.b_token)
    )


@QUICK
@given(NAMES)
def test_the_keys_of_a_name_do_not_depend_on_the_order_of_its_words(name: str) -> None:
    words = [word for word in name.split() if word.isalpha() and word.isascii() and len(word) > 5]
    if not any(word.lower().startswith(("abd", "ullah")) for word in words):
        assert keys(" ".join(words)) == keys(" ".join(reversed(words)))


# --- the hand-made pairs -------------------------------------------------------


def test_names_that_are_the_same_meet() -> None:
    missed = [(one, two, compare(one, two).text) for one, two in SAME if not compare(one, two).same]
    # One spelling in fifty may still be missed; Nikpai for Nikpa is one of them.
    assert len(missed) <= len(SAME) // 50, missed


def test_names_that_only_look_alike_do_not_meet() -> None:
    met = [(one, two, compare(one, two).text) for one, two in DIFFERENT if compare(one, two).same]
    assert met == []


def test_names_that_are_the_same_share_a_key_so_that_they_can_be_found() -> None:
    lost = [(one, two) for one, two in SAME if not set(keys(one)) & set(keys(two))]
    assert lost == []


@pytest.mark.parametrize(
    ("latin", "native"),
    [
        ("Naeem", "نعیم"),
        ("Muhammad", "محمد"),
        ("Hosein", "حسین"),
        ("Zahra", "زهرا"),
        ("Fatema", "فاطمه"),
        ("Abdullah", "عبدالله"),
        ("Qureshi", "قریشی"),
        ("Wardak", "وردک"),
        ("Nurzay", "نورزی"),
        ("Karimi", "کریمی"),
        # Not in the list of common names: heard letter by letter.
        ("Zakhilwal", "زاخیلوال"),
        ("Bashardost", "بشردوست"),
        ("Tokhi", "توخی"),
        ("Payenda", "پاینده"),
        ("Shahbaz", "شهباز"),
        ("Dehqan", "دهقان"),
    ],
)
def test_a_name_in_latin_letters_meets_itself_in_arabic_script(latin: str, native: str) -> None:
    assert compare(latin, native).same


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("كريم", "کریم"),
        ("علي", "علی"),
        ("مُحَمَّد", "محمد"),
        ("محمـــد", "محمد"),
        ("ګل", "گل"),
        ("فاطمة", "فاطمه"),
        ("أحمد", "احمد"),
        ("پروېز", "پرویز"),
    ],
)
def test_letters_of_different_keyboards_are_one_letter(one: str, two: str) -> None:
    assert compare(one, two).score == 1.0


@pytest.mark.parametrize(
    "spelling",
    ["Abdul Rahman", "Abdurrahman", "Abd al-Rahman", "Abdulrahman", "عبدالرحمن", "عبد الرحمن"],
)
def test_all_ways_to_write_abdul_rahman_meet(spelling: str) -> None:
    assert compare("Abdur Rahman", spelling).same
    assert set(keys("Abdur Rahman")) & set(keys(spelling))


@pytest.mark.parametrize("spelling", ["Habib Ullah", "Habibullah", "Habibollah", "حبیب الله"])
def test_all_ways_to_write_habibullah_meet(spelling: str) -> None:
    assert compare("Habibullah", spelling).same


@pytest.mark.parametrize("spelling", ["Najm al-Din", "Najmuddin", "Najm ud Din", "نجم الدین"])
def test_all_ways_to_write_najmuddin_meet(spelling: str) -> None:
    assert compare("Najmuddin", spelling).same


@pytest.mark.parametrize(
    ("man", "woman"),
    [
        ("Karim", "Karima"),
        ("Hamid", "حمیده"),
        ("نجیب", "Najiba"),
        ("Farid", "Farida"),
        ("Zarmin", "Zarmina"),
    ],
)
def test_the_ending_of_a_womans_name_tells_it_from_a_mans(man: str, woman: str) -> None:
    assert not compare(man, woman).same
    assert compare(man, woman).score < 0.5


# --- what weighs how much ------------------------------------------------------


def test_a_missing_family_name_counts_less_than_another_family_name() -> None:
    missing = compare("Naeem Barech", "Naeem").score
    other = compare("Naeem Barech", "Naeem Wardak").score
    assert other < 0.6
    assert 0.65 < missing < 0.8


def test_sharing_a_rare_name_says_more_than_sharing_mohammad() -> None:
    assert compare("Mohammad", "Mohammad").rarity < compare("Mirwais", "Mirwais").rarity
    assert compare("Mirwais", "Mirwais").rarity < compare("Zakhilwal", "Zakhilwal").rarity


@pytest.mark.parametrize("title", ["Haji", "Dr", "Eng.", "Mullah", "Qari", "Mr", "حاجی"])
def test_a_title_more_or_less_changes_little(title: str) -> None:
    assert compare(f"{title} Naeem Barech", "Naeem Barech").score > 0.95


def test_a_name_of_titles_alone_is_still_a_name() -> None:
    assert compare("Haji Khan", "Haji Khan").score == 1.0
    assert not compare("Haji Khan", "Mullah Naeem").same


def test_sharing_only_a_title_is_not_sharing_a_name() -> None:
    assert compare("Haji Naeem", "Haji Salim").score < 0.5


def test_an_initial_fits_its_name_and_no_other() -> None:
    assert compare("N. Barech", "Naeem Barech").same
    assert not compare("S. Barech", "Naeem Barech").same


def test_the_order_of_the_parts_counts_little() -> None:
    assert 0.95 < compare("Barech Naeem", "Naeem Barech").score < 1.0


def test_father_and_son_with_exchanged_names_are_not_one_name() -> None:
    assert not compare("Salman bin Latif", "Latif bin Salman").same
    assert compare("Salman bin Latif", "Salman son of Lateef").same


def test_a_slip_of_the_hand_in_a_long_name_keeps_it() -> None:
    assert compare("Bashardost", "Bashrdost").same
    assert compare("Zakhilwal", "Zakhliwal").same


def test_a_name_without_letters_agrees_with_nothing() -> None:
    for unknown in ("", "  ", "123", "?!"):
        assert compare(unknown, "Naeem").score == 0.0
        assert not compare(unknown, unknown).same
        assert keys(unknown) == ()


def test_the_alignment_reads_as_a_sentence_a_person_understands() -> None:
    match = compare("Naeem Barech", "نعیم")
    assert match.text == "Naeem = نعیم (0.98); Barech missing"


def test_names_in_scripts_it_cannot_hear_are_compared_as_written() -> None:
    assert compare("李明", "李明").score == 1.0
    assert not compare("李明", "Naeem").same
