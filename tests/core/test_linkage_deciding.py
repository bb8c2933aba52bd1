"""Each line of the decision "same", with what lies on either side of it (core/linkage/deciding, apart).

A pair is told twice; a row says what the second telling changes. Short lists of two people are the hard case: the
prior lets almost anything through, and only these lines stand between a name and a person.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, strategies as st
from tests.depths import to_two_depths

from safeconduct.core.dates import UncertainDate
from safeconduct.core.facts import Sex
from safeconduct.core.linkage import LinkRecord, Pair, find_pairs
from safeconduct.core.linkage.apart import (
    BIRTHS_APART,
    DIFFERENT_FATHER,
    DIFFERENT_PASSPORT,
    DIFFERENT_TAZKIRA,
)
from safeconduct.core.linkage.births import OTHER_YEAR, SWAPPED, slip_between
from safeconduct.core.linkage.weights import SHIPPED

YEAR = UncertainDate.of_year(1990)
DAY = UncertainDate.of_day(date(1990, 3, 14))
PHONE = ("0701234567",)
# Only the names: each test adds what it is about.
RARE = LinkRecord(
    person_id="1", given_name="Torpekai", family_name="Zakhilwal", father_name="Sorosh"
)
COMMON = LinkRecord(
    person_id="1", given_name="Mohammad", family_name="Ahmadi", father_name="Ahmad", sex=Sex.MALE
)

# Everything agrees.
IDENTIFIED = replace(
    RARE, birth=DAY, phones=PHONE, province="AF01", passport="P01234567", tazkira="1400-0101-23456"
)


def pair_of(one: LinkRecord, **changed: object) -> Pair | None:
    """What is proposed of a record and the same told again with these changes, alone in a list."""
    pairs = find_pairs([one, replace(one, person_id="2", **changed)]).pairs
    return pairs[0] if pairs else None


def decision_on(one: LinkRecord, **changed: object) -> str:
    pair = pair_of(one, **changed)
    return pair.decision if pair else "nothing"


def certain(pair: Pair | None) -> Pair:
    """The pair, of which the weights alone are sure: only a line of the decision can keep it from "same"."""
    assert pair is not None
    assert pair.probability >= 0.98
    return pair


# --- by the year of birth ----------------------------------------------------------


def test_a_rare_name_a_father_and_a_year_are_for_review() -> None:
    assert certain(pair_of(replace(RARE, birth=YEAR, sex=Sex.FEMALE))).decision == "review"


@pytest.mark.parametrize(
    "more",
    [{"phones": PHONE}, {"province": "AF01"}, {"tazkira": "123456"}],
    ids=["phone", "province", "plain tazkira"],
)
def test_a_rare_name_a_father_a_year_and_one_thing_more_are_the_same(
    more: dict[str, object],
) -> None:
    assert decision_on(replace(RARE, birth=YEAR, **more)) == "same"


@pytest.mark.parametrize("more", [{"phones": PHONE}, {"province": "AF01"}])
def test_without_the_father_a_year_and_one_thing_more_are_for_review(
    more: dict[str, object],
) -> None:
    told = replace(RARE, birth=YEAR, father_name=None, sex=Sex.FEMALE, **more)
    assert certain(pair_of(told)).decision == "review"


def test_without_the_year_a_father_and_a_phone_are_for_review() -> None:
    told = replace(RARE, phones=PHONE, province="AF01", sex=Sex.FEMALE)
    assert certain(pair_of(told)).decision == "review"


def test_ages_that_leave_several_years_open_are_no_year() -> None:
    about = UncertainDate(date(1988, 1, 1), date(1992, 12, 31), YEAR.precision)
    told = replace(RARE, birth=about, phones=PHONE, province="AF01", sex=Sex.FEMALE)
    assert certain(pair_of(told)).decision == "review"


def test_a_common_name_a_father_and_a_year_are_for_review_even_in_one_province() -> None:
    told = replace(COMMON, birth=YEAR)
    assert certain(pair_of(told)).decision == "review"
    assert certain(pair_of(replace(told, province="AF01"))).decision == "review"


def test_a_common_name_needs_the_phone_and_the_province() -> None:
    told = replace(COMMON, birth=YEAR, phones=PHONE)
    assert certain(pair_of(told)).decision == "review"
    assert decision_on(replace(told, province="AF01")) == "same"


def test_a_common_name_in_different_provinces_is_for_review() -> None:
    told = replace(COMMON, birth=YEAR, province="AF01")
    assert decision_on(told, province="AF02") == "review"


@pytest.mark.parametrize(
    ("one", "two"),
    [("Nasir", "Naseer"), ("ناصر", "Nasir"), ("Hamid", "Hamed"), ("Mohammad Ali", "Ali")],
)
def test_brothers_of_one_year_whose_names_may_be_one_are_for_review(one: str, two: str) -> None:
    """Brothers share the father, the family, the phone and the province."""
    brother = replace(RARE, given_name=one, birth=YEAR, phones=PHONE, province="AF01")
    assert certain(pair_of(brother, given_name=two)).decision == "review"


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Naseer", "نصیر"),
        ("Mohammad Naeem", "Naeem"),
        ("Haji Naeem", "Naeem"),
        ("Ali", "علی"),
        ("Sayed Ali", "Ali"),
        ("Sayed Naeem", "Said Naeem"),
    ],
)
def test_one_mans_name_told_in_two_ways_is_no_doubt(one: str, two: str) -> None:
    told = replace(RARE, given_name=one, birth=YEAR, phones=PHONE, province="AF01")
    assert decision_on(told, given_name=two) == "same"


def test_a_whole_name_in_one_cell_must_meet_in_every_part() -> None:
    told = replace(RARE, given_name="Ali", birth=YEAR, phones=PHONE, province="AF01")
    whole: dict[str, object] = {"given_name": None, "family_name": None}
    assert decision_on(told, native_name="علی زاخیلوال", **whole) == "same"
    more = pair_of(told, native_name="محمد علی زاخیلوال", **whole)
    assert certain(more).decision == "review"
    short = replace(told, given_name="Mohammad Naeem", family_name=None)
    assert certain(pair_of(short, native_name="نعیم", given_name=None)).decision == "review"
    nasir = replace(told, given_name="Nasir")
    assert certain(pair_of(nasir, native_name="نصیر زاخیلوال", **whole)).decision == "review"
    naseer = replace(told, given_name="Naseer")
    assert decision_on(naseer, native_name="نصیر زاخیلوال", **whole) == "same"


# --- by the day of birth -----------------------------------------------------------


def test_a_name_a_father_and_a_day_are_the_same() -> None:
    assert decision_on(replace(COMMON, birth=DAY)) == "same"


def test_a_name_and_a_day_without_father_or_phone_are_for_review() -> None:
    told = replace(RARE, father_name=None, birth=DAY, province="AF01")
    assert certain(pair_of(told)).decision == "review"


@pytest.mark.parametrize("more", [{"phones": PHONE}, {"tazkira": "123456"}])
def test_a_name_and_a_day_with_a_phone_or_a_plain_tazkira_are_the_same(
    more: dict[str, object],
) -> None:
    assert decision_on(replace(RARE, father_name=None, birth=DAY, **more)) == "same"


def test_a_name_told_in_part_is_for_review_however_much_else_agrees() -> None:
    """Ahmad and Ahmad Zia may be twins."""
    told = replace(RARE, given_name="Ahmad", birth=DAY, phones=PHONE, province="AF01")
    assert certain(pair_of(told, given_name="Ahmad Zia")).decision == "review"


def test_the_first_of_january_is_no_day() -> None:
    january = UncertainDate.of_day(date(1990, 1, 1))
    told = replace(RARE, father_name=None, birth=january, phones=PHONE, province="AF01")
    assert certain(pair_of(told)).decision == "review"


def test_a_day_and_a_phone_under_a_name_that_half_of_all_men_bear_are_for_review() -> None:
    """The phone may be that of a caller who writes for hundreds."""
    told = replace(
        COMMON, family_name=None, father_name=None, birth=DAY, phones=PHONE, province="AF01"
    )
    assert certain(pair_of(told)).decision == "review"


# --- by a document -----------------------------------------------------------------

DOCUMENTS = [{"passport": "P01234567"}, {"tazkira": "1400-0101-23456"}, {"tazkira": "12/34/567"}]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_document_and_a_name_are_the_same(document: dict[str, object]) -> None:
    assert decision_on(replace(COMMON, father_name=None, **document)) == "same"


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_document_without_a_name_is_for_review(document: dict[str, object]) -> None:
    told = replace(COMMON, birth=DAY, phones=PHONE, **document)
    nameless = pair_of(told, given_name=None, family_name=None)
    assert certain(nameless).decision == "review"
    other = pair_of(told, given_name="Torpekai", family_name="Zakhilwal", sex=None)
    assert certain(other).decision == "review"


def test_a_given_name_beside_another_family_name_needs_the_birth_beside_the_document() -> None:
    told = replace(RARE, father_name=None, passport="P01234567", phones=PHONE)
    assert certain(pair_of(told, family_name="Wardak")).decision == "review"
    assert decision_on(replace(told, birth=YEAR), family_name="Wardak") == "same"


def test_a_given_name_of_which_little_meets_is_for_review_even_beside_a_document() -> None:
    told = replace(
        IDENTIFIED, given_name="Ali", family_name="Zakhilwal Bashardost", father_name=None
    )
    assert certain(pair_of(told, given_name="Ali Karim Naeem")).decision == "review"


def test_a_document_and_a_family_name_alone_are_for_review() -> None:
    told = replace(RARE, birth=YEAR, passport="P01234567")
    assert certain(pair_of(told, given_name=None)).decision == "review"
    assert decision_on(told, given_name=None, family_name="Torpekai Zakhilwal") == "same"


def test_a_plain_tazkira_and_a_name_are_for_review() -> None:
    """Old offices counted each for themselves."""
    told = replace(RARE, tazkira="123456", sex=Sex.FEMALE, province="AF01", phones=PHONE)
    pair = certain(pair_of(told))
    assert pair.decision == "review"
    full = certain(pair_of(replace(told, tazkira="1400-0101-23456")))
    plain, whole = (
        next(item.weight for item in each.evidence if item.field == "tazkira")
        for each in (pair, full)
    )
    assert plain == whole / 2


def test_a_name_told_in_part_needs_the_birth_beside_the_document() -> None:
    """Ahmad and Ahmad Zia may be brothers on their father's passport."""
    told = replace(COMMON, given_name="Ahmad", passport="P01234567", birth=YEAR)
    assert decision_on(told, given_name="Ahmad Zia") == "same"
    unknown = pair_of(told, given_name="Ahmad Zia", birth=None)
    assert certain(unknown).decision == "review"
    short = replace(told, family_name=None)
    assert decision_on(short, given_name="Ahmad Zia") == "same"
    apart = pair_of(told, given_name="Ahmad Zia", birth=UncertainDate.of_year(1991))
    assert certain(apart).decision == "review"


# --- what contradicts --------------------------------------------------------------

CONTRADICTIONS = {
    DIFFERENT_FATHER: {"father_name": "Mirwais"},
    BIRTHS_APART: {"birth": UncertainDate.of_year(1993)},
    DIFFERENT_PASSPORT: {"passport": "P07654321"},
    DIFFERENT_TAZKIRA: {"tazkira": "1399-0202-65432"},
    "they are told as of different sex": {"sex": Sex.MALE},
    "their given names differ, as those of siblings or twins do": {"given_name": "Palwasha"},
}


@pytest.mark.parametrize("rule", CONTRADICTIONS)
def test_no_document_overrides_a_contradiction_and_the_reason_is_told(rule: str) -> None:
    told = replace(IDENTIFIED, sex=Sex.FEMALE)
    assert decision_on(told) == "same"
    pair = certain(pair_of(told, **CONTRADICTIONS[rule]))
    assert pair.decision == "review"
    assert pair.apart == (rule,)
    assert rule in pair.plain_reasons


@pytest.mark.parametrize("father", ["Sorosh Mirwais", "Sorosh"])
def test_fathers_names_that_meet_only_in_part_contradict_a_document(father: str) -> None:
    told = replace(IDENTIFIED, father_name="Sorosh Bashardost Hakmal")
    assert certain(pair_of(told, father_name=father)).apart == (DIFFERENT_FATHER,)


def test_brothers_who_share_one_of_two_given_names_contradict_a_document() -> None:
    told = replace(IDENTIFIED, family_name="Barech Zakhilwal Bashardost Hakmal")
    pair = pair_of(replace(told, given_name="Karim Omid"), given_name="Naeem Omid")
    assert certain(pair).apart == ("their given names differ, as those of siblings or twins do",)


def test_a_father_named_within_the_given_name_is_no_parent_of_its_own_child() -> None:
    """Naeem, son of Karim, is told as "Naeem Karim" too: that is not Karim, his father."""
    told = replace(IDENTIFIED, given_name="Naeem", father_name="Karim")
    assert decision_on(told, given_name="Naeem Karim", father_name=None) == "same"


def test_mother_and_daughter_under_one_passport_are_for_review() -> None:
    mother = replace(RARE, birth=UncertainDate.of_year(1970), passport="P01234567")
    daughter = pair_of(mother, father_name=None, birth=UncertainDate.of_year(1984))
    assert certain(daughter).decision == "review"


@pytest.mark.parametrize(
    "numbers",
    [
        {"passport": "P01234568"},
        {"tazkira": "1400-0101-23457"},
        {"tazkira": "12/34/567"},
        {"tazkira": "123456"},
    ],
    ids=["slip of a passport", "slip of a tazkira", "paper beside electronic", "of unknown kind"],
)
def test_numbers_that_one_person_may_have_both_do_not_contradict(
    numbers: dict[str, object],
) -> None:
    assert decision_on(IDENTIFIED, **numbers) == "same"


def test_two_plain_tazkira_numbers_do_not_contradict() -> None:
    assert decision_on(replace(IDENTIFIED, tazkira="123456"), tazkira="998877") == "same"


@pytest.mark.parametrize(
    "birth",
    [date(1991, 3, 14), date(1990, 11, 2), date(1993, 3, 14)],
    ids=["next year", "same year", "same day of another year"],
)
def test_a_birth_within_a_slip_does_not_contradict_a_document(birth: date) -> None:
    assert decision_on(IDENTIFIED, birth=UncertainDate.of_day(birth)) == "same"


def a_contradicted_pair_is_never_the_same(rule: str, unknown: set[str]) -> None:
    nothing = {field: () if field == "phones" else None for field in unknown}
    told = replace(IDENTIFIED, **{"sex": Sex.FEMALE, **nothing})
    changed = CONTRADICTIONS[rule]
    if not unknown & changed.keys():
        assert decision_on(told, **changed) in ("review", "nothing")


contradicted = given(
    st.sampled_from(sorted(CONTRADICTIONS)),
    st.sets(
        st.sampled_from(["father_name", "birth", "passport", "tazkira", "sex", "phones"]),
        max_size=4,
    ),
)
test_whatever_else_is_known_a_contradicted_pair_is_never_the_same, test_nor_by_any_fields = (
    to_two_depths(contradicted, a_contradicted_pair_is_never_the_same, quick=8, deep=80)
)


# --- day and month exchanged ---------------------------------------------------------


def test_day_and_month_exchanged_weigh_for_and_are_told_as_a_slip() -> None:
    told = replace(IDENTIFIED, birth=UncertainDate.of_day(date(1990, 3, 12)))
    turned = certain(pair_of(told, birth=UncertainDate.of_day(date(1990, 12, 3))))
    other = certain(pair_of(told, birth=UncertainDate.of_day(date(1990, 12, 4))))
    assert turned.match_weight > other.match_weight + 3
    birth = next(item for item in turned.evidence if item.field == "birth")
    assert (birth.level, birth.plain) == ("slip", "days of birth differ as a slip of the pen does")
    assert turned.decision == "same"


def test_day_and_month_exchanged_are_no_agreement_on_the_day() -> None:
    told = replace(
        IDENTIFIED, passport=None, tazkira=None, birth=UncertainDate.of_day(date(1990, 3, 12))
    )
    assert decision_on(told) == "same"
    turned = pair_of(told, birth=UncertainDate.of_day(date(1990, 12, 3)))
    assert certain(turned).decision == "review"


@pytest.mark.parametrize(
    ("one", "two", "slip"),
    [
        (date(1990, 3, 12), date(1990, 12, 3), SWAPPED),
        (date(1990, 3, 14), date(1991, 3, 14), OTHER_YEAR),
        (date(1990, 3, 14), date(2003, 3, 14), None),
        (date(1990, 3, 12), date(1991, 12, 3), None),
        (date(1990, 3, 14), date(1990, 3, 15), None),
    ],
)
def test_two_slips_of_a_day_are_known(one: date, two: date, slip: str | None) -> None:
    assert slip_between(one.toordinal(), two.toordinal()) == slip
    assert slip_between(two.toordinal(), one.toordinal()) == slip


# --- by the family -----------------------------------------------------------------

MOTHER = LinkRecord(
    person_id="mother",
    household_id="h1",
    given_name="Torpekai",
    family_name="Zakhilwal",
    father_name="Mirwais",
    passport="P01234567",
)
CHILD = LinkRecord(
    person_id="child",
    household_id="h1",
    given_name="Palwasha",
    family_name="Zakhilwal",
    father_name="Sorosh",
    phones=PHONE,
    province="AF01",
)


def of_the_child(**changed: object) -> Pair:
    """The pair of a child whose mother's passport identifies the family, the child told again with these changes."""
    again = [
        replace(MOTHER, person_id="mother again", household_id="h2"),
        replace(CHILD, **{"person_id": "child again", "household_id": "h2", **changed}),
    ]
    pairs = find_pairs([MOTHER, CHILD, *again]).pairs
    decisions = {(pair.person_a, pair.person_b): pair for pair in pairs}
    assert decisions["mother", "mother again"].decision == "same"
    return decisions["child", "child again"]


def test_a_child_told_again_with_its_mother_is_the_same() -> None:
    assert of_the_child().decision == "same"


def test_a_child_whose_father_is_another_is_not_told_again_with_its_mother() -> None:
    assert certain(of_the_child(father_name="Bashardost")).decision == "review"


def test_a_child_whose_name_is_told_in_part_is_not_told_again_with_its_mother() -> None:
    """Ahmad is told in the one household, Ahmad Zia in the other: they may be brothers."""
    told = replace(CHILD, given_name="Ahmad", birth=YEAR)
    again = replace(told, person_id="again", household_id="h2", given_name="Ahmad Zia")
    mother = replace(MOTHER, person_id="mother again", household_id="h2")
    pairs = {p.person_a: p for p in find_pairs([MOTHER, told, mother, again]).pairs}
    assert pairs["mother"].decision == "same"
    assert certain(pairs["child"]).decision == "review"


def test_a_child_whose_given_name_is_not_marked_must_meet_in_every_part() -> None:
    unmarked = of_the_child(given_name=None, family_name="Palwasha Omid Zakhilwal")
    assert certain(unmarked).decision == "review"
    assert of_the_child(given_name=None, family_name="Palwasha Zakhilwal").decision == "same"


def test_a_child_of_a_name_alone_rests_on_the_family() -> None:
    """Neither birth nor document of its own: without the mother's passport the same child is for review."""
    alone = find_pairs([CHILD, replace(CHILD, person_id="child again", household_id="h2")]).pairs
    assert [pair.decision for pair in alone] == ["review"]


def test_others_of_the_household_are_the_one_thing_more_beside_a_year() -> None:
    """Nobody is identified by a document: each of two rests on the other, on their own father and year."""
    family = [
        replace(CHILD, person_id=name, given_name=name, birth=YEAR, phones=(), province=None)
        for name in ("Palwasha", "Mirwais")
    ]
    again = [replace(one, person_id=f"{one.person_id} 2", household_id="h2") for one in family]
    assert [pair.decision for pair in find_pairs([*family, *again]).pairs] == ["same", "same"]
    assert find_pairs([family[0], again[0]]).pairs[0].decision == "review"


# --- the line of the weights ----------------------------------------------------------


def test_the_same_is_proposed_only_from_the_probability_on_that_the_weights_set() -> None:
    records = [IDENTIFIED, replace(IDENTIFIED, person_id="2", passport=None, tazkira=None)]
    probability = find_pairs(records).pairs[0].probability
    below, above = (probability + 0.5 * step * (1 - probability) for step in (-1, 1))
    for line, decision in ((below, "same"), (above, "review")):
        found = find_pairs(records, weights=replace(SHIPPED, same_from=line)).pairs
        assert [pair.decision for pair in found] == [decision]


# --- chains ------------------------------------------------------------------------


def test_a_chain_never_joins_two_whose_passports_differ() -> None:
    one = replace(IDENTIFIED, household_id="h1")
    two = replace(one, person_id="2", household_id="h2", passport=None)
    three = replace(one, person_id="3", household_id="h3", passport="P07654321", tazkira=None)
    linkage = find_pairs([one, two, three])
    same = {(p.person_a, p.person_b) for p in linkage.pairs if p.decision == "same"}
    assert same == {("1", "2"), ("2", "3")}
    assert not any({"1", "3"} <= set(cluster) for cluster in linkage.clusters())
