"""Names of all nations: the same name in Latin and Arabic letters, and in the spellings of several languages."""

from __future__ import annotations

import pytest

from safeconduct.core.names import compare, keys
from safeconduct.core.names.common import COMMON, EVERYWHERE, KNOWN
from safeconduct.core.names.letters import words_of
from safeconduct.core.names.reading import read

# Fictional people, put together from given and family names of many countries.
ACROSS_SCRIPTS = """
Victor Lavrenko | فيكتور لافرينكو
Paul Fischer | بول فيشر
Pavel Novak | بافل نوفاك
Gerhard Vogel | غيرهارد فوجل
Charles Baker | تشارلز بيكر
Chantal Marchand | شانتال مارشان
Michele Ricci | ميشيل ريتشي
Alexandra Maximova | الکساندرا ماکسیمووا
Albert Garneau | ألبير غارنو
Jorge Quiroga | خورخي كيروغا
Jürgen Schneider | يورغن شنايدر
Milan Petrović | ميلان بيتروفيتش
Çetin Yıldız | تشتين يلدز
Maurice Garneau | موريس غارنو
Stefan Kowalski | ستيفان كوفالسكي
Steve Brand | استیو برند
Hiroshi Tanaka | هيروشي تاناكا
Wladimir Sokolow | ولادیمیر سوکولوف
Anna Castiglione | آنا كاستيليوني
Taha Mansour | طه منصور
Abu Yusuf Qasim | أبو يوسف قاسم
Abubakar Danjuma | أبو بكر دانجوما
Zine El Abidine Saleh | زین‌العابدین صالح
Mohammad Ali Noori | محمدعلی نوری
Nematullah Safi | نعمة الله صافي
Matiul Haq Safi | مطیع الحق صافی
Badr un Nisa Amiri | بدرالنسا امیری
Bibigul Ahmadi | بی بی گل احمدی
Mohaqiq Rezai | محقق رضایی
Saleh Alnajjar | صالح النجار
"""
ACROSS_LANGUAGES = """
Muammar Kadhafi | Moammar Gaddafi
Mourad Houcine | Murad Husayn
Nadia Chérif | Nadia Sharif
Djamel Youssouf | Jamal Yousef
Nour-Eddine Saïd | Nuruddin Saeed
Abdoul Khalik | Abdul Khaliq
Mohd Salim | Muhammad Saleem
Sergei Gavrilov | Sergej Gawrilow
Nikita Tschernow | Nikita Chernov
Jekaterina Orlowa | Yekaterina Orlova
Dschamila Nuri | Jamila Noori
Yaqub Ishak | Jakub Ishaq
Shams-u-Rahman | Shamsurrahman
Qasim Karimi | Kasim Karimi
Petar Milosevic | Petar Milošević
Hassan Elbaradei | Hassan al-Baradei
Abu Bakr Musa | Abubakr Moussa
Boumediene Ziani | Bumedian Ziani
Zia Ul Haq Noori | Ziaulhaq Noori
"""
OTHER_PEOPLE = """
Victor Lavrenko | فيكتور شنايدر
Anna Fischer | آنا كاستيليوني
Hamide Karimi | حمید کریمی
Karime Safi | Karim Safi
Fateme Rezaie | فاطمه رضوی
Ahmad Lida | Ahmad Leena
Shafiqa Kasimi | Shafiqa Karimi
Abu Yusuf | Abu Musa
N. N. | Nadia Noori
Salim Tikriti Hassan Mosuli | Salim Tikriti Hassan Dulaimi
"""


def pairs(lines: str) -> list[tuple[str, str]]:
    split = (line.split(" | ") for line in lines.strip().splitlines())
    return [(one, two) for one, two in split]


@pytest.mark.parametrize(("one", "two"), pairs(ACROSS_SCRIPTS) + pairs(ACROSS_LANGUAGES))
def test_a_name_meets_itself_in_another_script_or_language(one: str, two: str) -> None:
    match = compare(one, two)
    assert match.same, match.text
    assert compare(two, one).score == match.score


@pytest.mark.parametrize(("one", "two"), pairs(OTHER_PEOPLE))
def test_other_people_do_not_meet(one: str, two: str) -> None:
    match = compare(one, two)
    assert not match.same, match.text


@pytest.mark.parametrize(("one", "two"), pairs(ACROSS_SCRIPTS))
def test_a_name_can_be_found_in_the_other_script(one: str, two: str) -> None:
    assert set(keys(one)) & set(keys(two))


# --- what orders the scores ----------------------------------------------------


def test_agreeing_on_two_rare_parts_stands_above_agreeing_on_one_common_part() -> None:
    full = compare("Fawad Zakhilwal", "فواد زاخیلوال").score
    near = compare("Fawad Zakhilwal", "Foad Zakhelwal").score
    common = compare("Mohammad Zakhilwal", "Mohammad Barech").score
    alone = compare("Mohammad", "Mohammad Zakhilwal").score
    assert min(full, near) > 0.9
    assert common < 0.35
    assert common < alone < 0.75
    # Of two names that lack one part, that which agrees on less stands lower than its share alone.
    assert compare("Naeem", "Naeem Zakhilwal").score < 0.7


def test_what_is_missing_lowers_less_than_what_contradicts() -> None:
    missing = compare("Fawad Zakhilwal", "Fawad").score
    contradicting = compare("Fawad Zakhilwal", "Fawad Bashardost").score
    assert contradicting < 0.5 < missing


def test_the_more_agrees_the_less_a_missing_part_lowers() -> None:
    one = compare("Naeem", "Naeem Barech").score
    two = compare("Naeem Barech", "Naeem Barech Zakhilwal").score
    three = compare("Naeem Barech Zakhilwal", "Naeem Barech Zakhilwal Kandahari").score
    assert one < two < three


def test_a_part_that_contradicts_counts_in_a_long_name_too() -> None:
    long = compare("Salim Jamal Hassan Tikriti", "Salim Jamal Hassan Mosuli").score
    assert 0.4 < long < 0.65


def test_initials_alone_are_no_name() -> None:
    assert compare("N. B.", "Naeem Barech").score < 0.6
    assert compare("N. B.", "N. B.").score == 1.0
    assert compare("N. Barech", "Naeem Barech").same


# --- reading -------------------------------------------------------------------


def test_an_alef_with_a_mark_before_lam_is_no_article() -> None:
    assert [part.sound[0] for part in read("ألبرت")] == ["Â"]
    assert [part.sound[0] for part in read("البغدادي")] == ["Ļ"]


def test_two_consonants_in_arabic_script_have_a_vowel_between_them() -> None:
    assert compare("Mohaqiq", "محقق").score > 0.9
    assert compare("Haqi", "محقق").score < 0.5


@pytest.mark.parametrize(
    ("latin", "arabic"),
    [
        ("Garcete", "جارسيتي"),
        ("Garcete", "غارسيتي"),
        ("Pavlina", "بافلينا"),
        ("Pavlina", "پاولینا"),
    ],
)
def test_arabic_script_has_several_letters_for_a_sound_it_lacks(latin: str, arabic: str) -> None:
    assert compare(latin, arabic).score > 0.9


def test_three_words_written_as_two_and_one_find_each_other() -> None:
    assert compare("Noor Zai Sher Zad", "Noorzai Sherzad").score == 1.0


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Milošević", ("milošević".replace("ć", "č"),)),
        ("Ŝtefan", ("stefan",)),
        ("زین‌العابدین", ("زین", "العابدین")),
        ("علی‌زاده", ("علیزاده",)),
        ("N1ko", ("niko",)),
        ("Ali 1 2", ("ali",)),
        ("Aliعلی", ("ali", "علی")),
        ("O'Neil", ("oneil",)),
        ("\u0640محمـــد", ("محمد",)),
    ],
)
def test_words_are_folded(text: str, words: tuple[str, ...]) -> None:
    assert words_of(text) == words


def test_the_lists_of_common_names_are_long_and_name_no_name_twice() -> None:
    lines = [line.split() for group in (EVERYWHERE, COMMON, KNOWN) for line in group.split("\n")]
    families = [tuple(line) for line in lines if line]
    assert len(families) >= 500
    assert len(set(families)) == len(families)
    for line in families:
        assert len(set(line)) == len(line), line
