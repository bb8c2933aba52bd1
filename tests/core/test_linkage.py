"""Are these the same person? Proposed with reasons, never on a name alone, families kept apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import duckdb
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings, strategies as st
from tests.depths import to_two_depths

from safeconduct.core.dates import UncertainDate
from safeconduct.core.errors import RepeatedPerson
from safeconduct.core.facts import Household, Person, Sex
from safeconduct.core.linkage import LinkRecord, Pair, find_pairs, household_doubles, record_of
from safeconduct.core.linkage.clusters import clusters_of
from safeconduct.core.linkage.duck import Duck
from safeconduct.core.linkage.people import people_of
from safeconduct.core.linkage.weights import model_hash, prior_bits, probability_of

DAY = UncertainDate.of_day(date(1988, 3, 14))
NAEEM = LinkRecord(
    person_id="naeem",
    household_id="h1",
    given_name="Naeem",
    family_name="Barech",
    father_name="Karim",
    sex=Sex.MALE,
    birth=DAY,
    phones=("0701234567",),
    passport="O1234567",
    tazkira="1400-0101-23456",
    province="AF01",
)
TOLD_AGAIN = replace(
    NAEEM,
    person_id="again",
    household_id="h2",
    given_name="نعیم",
    family_name="بریڅ",
    father_name="کریم",
    birth=UncertainDate.of_year(1988),
    phones=("+93 70 123 4567",),
    passport=None,
    tazkira=None,
)


def pair_of(one: LinkRecord, two: LinkRecord) -> Pair | None:
    """What is proposed about two records that stand alone in a list."""
    pairs = find_pairs([one, two]).pairs
    assert len(pairs) <= 1
    return pairs[0] if pairs else None


def decision_on(one: LinkRecord, two: LinkRecord) -> str:
    pair = pair_of(one, two)
    return pair.decision if pair else "nothing"


# --- who is the same -----------------------------------------------------------


def test_a_person_told_again_in_another_script_is_proposed_as_the_same() -> None:
    assert decision_on(NAEEM, TOLD_AGAIN) == "same"


def test_the_same_passport_and_name_are_enough() -> None:
    one = LinkRecord(person_id="1", given_name="Najiba", family_name="Wardak", passport="P 0123456")
    two = LinkRecord(person_id="2", native_name="نجیبه وردک", passport="p-0123456")
    assert decision_on(one, two) == "same"


def test_the_same_passport_under_another_name_is_a_matter_for_review() -> None:
    one = LinkRecord(person_id="1", given_name="Najiba", family_name="Wardak", passport="P0123456")
    two = LinkRecord(person_id="2", given_name="Samir", family_name="Popal", passport="P0123456")
    assert decision_on(one, two) == "review"


def test_a_given_name_in_the_family_names_column_still_meets() -> None:
    swapped = replace(TOLD_AGAIN, given_name="بریڅ", family_name="نعیم")
    assert decision_on(NAEEM, swapped) == "same"


def test_a_whole_name_in_the_given_names_column_still_meets() -> None:
    assert (
        decision_on(NAEEM, replace(TOLD_AGAIN, given_name="نعیم بریڅ", family_name=None)) == "same"
    )


def test_the_first_of_january_is_read_as_the_year_alone() -> None:
    january = replace(TOLD_AGAIN, birth=UncertainDate.of_day(date(1988, 1, 1)))
    assert decision_on(NAEEM, january) == "same"


# --- who is not ----------------------------------------------------------------


def test_never_the_same_on_a_name_alone() -> None:
    one = LinkRecord(person_id="1", given_name="Torpekai", family_name="Zakhilwal")
    two = replace(one, person_id="2")
    assert decision_on(one, two) == "review"


RARE_NAMES = st.sampled_from(["Torpekai", "Zakhilwal", "Bashardost", "Hakmal", "Sorosh", "Tokhi"])


def names_alone_are_for_review(
    given_name: str, family: str, father: str | None, sex: Sex, with_phone: bool
) -> None:
    one = LinkRecord(
        person_id="1",
        given_name=given_name,
        family_name=family,
        father_name=father,
        sex=sex,
        phones=("0701234567",) if with_phone else (),
        province="AF01",
    )
    assert decision_on(one, replace(one, person_id="2")) in ("review", "nothing")


rare_people = given(
    RARE_NAMES, RARE_NAMES, RARE_NAMES | st.none(), st.sampled_from(Sex), st.booleans()
)
test_no_names_however_rare_make_two_records_the_same, test_no_names_of_many_either = to_two_depths(
    rare_people, names_alone_are_for_review, quick=5, deep=60
)


@pytest.mark.parametrize("name", ["Rahim", "Karima", "Najib", "نسیم"])
def test_siblings_are_not_the_same(name: str) -> None:
    sibling = replace(
        NAEEM,
        person_id="sibling",
        household_id="h2",
        given_name=name,
        birth=UncertainDate.of_year(1988),
        passport=None,
        tazkira=None,
    )
    assert decision_on(NAEEM, sibling) != "same"


@pytest.mark.parametrize(
    ("one", "two"),
    [("Hassan", "Hussain"), ("Karim", "Rahim"), ("Jamil", "Jamal"), ("حسن", "Hussain")],
)
def test_twins_are_not_the_same(one: str, two: str) -> None:
    first = replace(NAEEM, person_id="first", given_name=one, passport=None, tazkira=None)
    second = replace(first, person_id="second", given_name=two, household_id="h2")
    assert decision_on(first, second) != "same"


def test_twins_told_under_one_passport_are_for_review() -> None:
    whole = {"family_name": "Barech Zakhilwal Bashardost Torpekai"}
    first = replace(NAEEM, person_id="first", given_name="Hassan", **whole)
    second = replace(first, person_id="second", given_name="Hussain", household_id="h2")
    pair = pair_of(first, second)
    assert pair is not None
    assert pair.decision == "review"
    assert "their given names differ, as those of siblings or twins do" in pair.plain_reasons


def test_father_and_son_told_under_one_passport_are_for_review() -> None:
    father = replace(NAEEM, person_id="f", birth=UncertainDate.of_year(1960))
    son = replace(father, person_id="s", household_id="h2", birth=UncertainDate.of_year(1985))
    pair = pair_of(father, son)
    assert pair is not None
    assert pair.probability > 0.98
    assert pair.decision == "review"
    assert "their births lie a generation apart" in pair.plain_reasons


def test_father_and_son_of_one_name_are_not_the_same() -> None:
    father = replace(NAEEM, person_id="f", birth=UncertainDate.of_year(1960), passport=None)
    son = replace(
        NAEEM, person_id="s", household_id="h2", birth=UncertainDate.of_year(1985), passport=None
    )
    assert decision_on(father, replace(son, tazkira=None)) != "same"


def test_a_man_named_as_anothers_father_is_not_that_other() -> None:
    father = LinkRecord(
        person_id="f", given_name="Tokhi", family_name="Barech", sex=Sex.MALE, passport="P0123456"
    )
    son = replace(father, person_id="s", father_name="Tokhi")
    pair = pair_of(father, son)
    assert pair is not None
    assert pair.decision == "review"
    assert "one bears the name of the other's father" in pair.reasons


def test_people_told_as_of_different_sex_are_never_proposed_as_the_same() -> None:
    other = replace(TOLD_AGAIN, sex=Sex.FEMALE, passport=NAEEM.passport)
    assert decision_on(NAEEM, other) == "review"


def test_two_people_of_one_household_are_not_compared_without_a_document() -> None:
    namesake = replace(NAEEM, person_id="other", passport=None, tazkira=None)
    assert pair_of(NAEEM, namesake) is None


def test_two_people_of_one_household_with_one_passport_are_for_review() -> None:
    pair = pair_of(NAEEM, replace(NAEEM, person_id="other"))
    assert pair is not None
    assert pair.decision == "review"
    assert "both stand in the same household" in pair.plain_reasons


def test_a_placeholder_for_a_number_makes_nobody_the_same() -> None:
    one = LinkRecord(person_id="1", given_name="Samir", passport="0000000")
    two = LinkRecord(person_id="2", given_name="Torpekai", passport="0000000")
    assert pair_of(one, two) is None


# --- unknown is not no ---------------------------------------------------------

FIELDS = ("father_name", "sex", "birth", "passport", "tazkira", "province", "phones")


@pytest.mark.parametrize("field", FIELDS)
def test_an_unknown_field_says_nothing(field: str) -> None:
    unknown = replace(TOLD_AGAIN, passport=NAEEM.passport, tazkira=NAEEM.tazkira)
    unknown = replace(unknown, **{field: () if field == "phones" else None})
    pair = pair_of(NAEEM, unknown)
    assert pair is not None
    told = {"father_name": "father", "phones": "phone"}.get(field, field)
    assert told not in {item.field for item in pair.evidence}


def unknown_fields_never_weigh_against(fields: set[str]) -> None:
    agreeing = replace(TOLD_AGAIN, passport=NAEEM.passport, tazkira=NAEEM.tazkira)
    unknown = replace(agreeing, **{field: () if field == "phones" else None for field in fields})
    told = replace(NAEEM, **{field: () if field == "phones" else None for field in fields})
    for pair in (pair_of(NAEEM, unknown), pair_of(told, unknown)):
        if pair is not None:
            assert all(item.weight >= 0 for item in pair.evidence)
            evidence = sum(item.weight for item in pair.evidence)
            assert pair.match_weight == pytest.approx(prior_bits(2) + evidence)


test_what_is_unknown_never_weighs_against, test_nor_does_any_set_of_fields = to_two_depths(
    given(st.sets(st.sampled_from(FIELDS))),
    unknown_fields_never_weigh_against,
    quick=5,
    deep=60,
)


# --- reasons -------------------------------------------------------------------


def test_each_pair_says_why() -> None:
    pair = pair_of(NAEEM, TOLD_AGAIN)
    assert pair is not None
    assert "Naeem = نعیم" in pair.reasons
    assert "father: Karim = کریم" in pair.reasons
    assert pair.match_weight == pytest.approx(
        prior_bits(2) + sum(item.weight for item in pair.evidence)
    )
    assert pair.probability == pytest.approx(probability_of(pair.match_weight))


def test_plain_reasons_name_nobody() -> None:
    pair = pair_of(NAEEM, replace(TOLD_AGAIN, passport=NAEEM.passport))
    assert pair is not None
    plain = " ".join(pair.plain_reasons)
    assert "same passport number" in plain
    for told in ("Naeem", "نعیم", "Barech", "Karim", "1234567", "1988"):
        assert told not in plain


# --- households ----------------------------------------------------------------


def family(prefix: str, household: str, **more: object) -> list[LinkRecord]:
    names = (("Torpekai", Sex.FEMALE), ("Mirwais", Sex.MALE), ("Palwasha", Sex.FEMALE))
    return [
        LinkRecord(
            person_id=f"{prefix}{number}",
            household_id=household,
            given_name=name,
            father_name="Sorosh",
            sex=sex,
            birth=UncertainDate.of_year(2001 + 4 * number),
            **more,
        )
        for number, (name, sex) in enumerate(names)
    ]


def test_each_of_a_family_that_is_told_twice_supports_the_others() -> None:
    alone = pair_of(family("a", "h1")[0], family("b", "h2")[0])
    pairs = find_pairs(family("a", "h1") + family("b", "h2")).pairs
    together = next(pair for pair in pairs if pair.person_a == "a0")
    assert {(pair.person_a, pair.person_b) for pair in pairs} == {
        ("a0", "b0"),
        ("a1", "b1"),
        ("a2", "b2"),
    }
    assert "others of the same two households agree too" in together.plain_reasons
    assert alone is None or together.match_weight > alone.match_weight


def test_two_households_that_may_be_one_are_told_once_with_reasons() -> None:
    records = family("a", "h1") + family("b", "h2")
    doubles = household_doubles(
        find_pairs(records).pairs,
        {record.person_id: str(record.household_id) for record in records},
    )
    assert [(double.household_a, double.household_b) for double in doubles] == [("h1", "h2")]
    assert doubles[0].plain_reasons[0] == "3 pairs of people may be the same"
    assert not any("Torpekai" in reason for reason in doubles[0].plain_reasons)


def test_a_person_of_a_family_that_is_identified_otherwise_is_told_twice_with_it() -> None:
    """The mother's passport identifies the family; of the child no birth was told."""
    mother, child = family("a", "h1", province="AF01")[:2]
    mother, child = replace(mother, passport="P0123456"), replace(child, birth=None)
    again = [
        replace(one, person_id=f"again-{one.person_id}", household_id="h2")
        for one in (mother, child)
    ]
    decisions = {p.person_a: p.decision for p in find_pairs([mother, child, *again]).pairs}
    assert decisions == {"a0": "same", "a1": "same"}
    without = [replace(one, passport=None, birth=None) for one in (mother, child, *again)]
    assert all(p.decision == "review" for p in find_pairs(without).pairs)


def test_two_sisters_of_one_name_are_not_taken_to_be_either_of_them() -> None:
    mother, child = family("a", "h1", province="AF01")[:2]
    mother, child = replace(mother, passport="P0123456"), replace(child, birth=None)
    sister = replace(child, person_id="sister")
    again = [
        replace(one, person_id=f"again-{one.person_id}", household_id="h2")
        for one in (mother, child)
    ]
    pairs = find_pairs([mother, child, sister, *again]).pairs
    told = {(p.person_a, p.person_b): p.decision for p in pairs if "again-a1" in p.person_b}
    assert set(told.values()) == {"review"}
    assert len(told) == 2


# --- clusters ------------------------------------------------------------------


def test_everybody_stands_in_exactly_one_cluster() -> None:
    records = [NAEEM, TOLD_AGAIN, *family("a", "h3"), *family("b", "h4")]
    clusters = find_pairs(records).clusters()
    listed = [person for cluster in clusters for person in cluster]
    assert sorted(listed) == sorted(record.person_id for record in records)
    assert ("naeem", "again") in clusters


def test_a_chain_never_joins_two_whom_a_rule_holds_apart() -> None:
    """The middle record leaves the sex unknown and so agrees with both ends; the ends do not with each other."""
    common = replace(NAEEM, given_name="Torpekai", father_name="Sorosh")
    man = replace(common, person_id="man", household_id="h1", sex=Sex.MALE)
    unknown = replace(common, person_id="unknown", household_id="h2", sex=None)
    woman = replace(common, person_id="woman", household_id="h3", sex=Sex.FEMALE)
    linkage = find_pairs([man, unknown, woman])
    same = {(p.person_a, p.person_b) for p in linkage.pairs if p.decision == "same"}
    assert same == {("man", "unknown"), ("unknown", "woman")}
    assert not any({"man", "woman"} <= set(cluster) for cluster in linkage.clusters())


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=20),
    st.sets(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=6),
)
def test_clusters_hold_everybody_once_and_nobody_beside_one_they_are_held_apart_from(
    same: list[tuple[int, int]], apart: set[tuple[int, int]]
) -> None:
    def held(one: int, two: int) -> bool:
        return (one, two) in apart or (two, one) in apart

    groups = clusters_of(10, same, held)
    assert sorted(member for group in groups for member in group) == list(range(10))
    assert not any(held(x, y) for group in groups for x in group for y in group if x != y)


# --- the engine ----------------------------------------------------------------


def test_a_list_gives_the_same_pairs_in_whatever_order_it_stands() -> None:
    records = [NAEEM, TOLD_AGAIN, *family("a", "h3"), *family("b", "h4")]

    def found(told: list[LinkRecord]) -> set[tuple[frozenset[str], str, float]]:
        return {
            (frozenset((p.person_a, p.person_b)), p.decision, round(p.match_weight, 9))
            for p in find_pairs(told).pairs
        }

    assert found(records) == found(records[::-1])


def test_an_empty_list_and_a_list_of_one_give_no_pairs() -> None:
    assert find_pairs([]).pairs == ()
    assert find_pairs([]).clusters() == ()
    assert find_pairs([NAEEM]).clusters() == (("naeem",),)


def test_the_longer_the_list_the_less_likely_any_two_are_one() -> None:
    assert prior_bits(300) > prior_bits(150_000) > prior_bits(1_000_000)


def test_a_key_that_very_many_share_is_passed_over() -> None:
    crowd = [LinkRecord(person_id=str(n), given_name="Mohammad Karim") for n in range(300)]
    with Duck() as engine:
        assert len(engine.candidates(people_of(crowd))) == 0
        assert len(engine.candidates(people_of(crowd[:20]))) == 20 * 19 / 2


def test_nothing_but_numbers_enters_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    lay_out, entered = Duck._table, []

    def watched(self: Duck, name: str, columns: pa.Table | dict[str, np.ndarray]) -> object:
        table = columns if isinstance(columns, pa.Table) else pa.table(columns)
        entered.extend(column.type for column in table.columns)
        return lay_out(self, name, columns)

    monkeypatch.setattr(Duck, "_table", watched)
    everything = replace(NAEEM, other_id="AB-1234567", birth_place="Kandahar", address="Street 4")
    assert find_pairs([replace(everything, postcode="1001", occupation="Judge"), TOLD_AGAIN]).pairs
    kinds = [kind.value_type if pa.types.is_list(kind) else kind for kind in entered]
    assert len(kinds) > 20
    assert all(pa.types.is_integer(kind) for kind in kinds)


def test_the_database_may_not_write_to_disk_nor_reach_out() -> None:
    with Duck() as engine:
        settings = ("temp_directory", "max_temp_directory_size", "enable_external_access")
        told = [
            engine._database.execute(f"select current_setting('{name}')").fetchone()[0]
            for name in settings
        ]
        assert told == ["", "0 bytes", False]
        with pytest.raises(duckdb.Error, match="disabled"):
            engine._database.execute("copy (select 1) to 'somewhere.csv'")


def test_a_person_id_that_stands_twice_is_refused() -> None:
    with pytest.raises(RepeatedPerson, match="naeem"):
        find_pairs([NAEEM, NAEEM])


def test_progress_is_told() -> None:
    told: list[tuple[str, float]] = []
    find_pairs([NAEEM, TOLD_AGAIN], progress=lambda what, share: told.append((what, share)))
    assert all(0.0 <= share <= 1.0 for _, share in told)
    assert told[-1] == ("Explaining pairs", 1.0)


def test_the_weights_have_a_name_that_changes_with_them() -> None:
    assert len(model_hash()) == 16
    assert find_pairs([NAEEM]).model == model_hash()


def test_a_record_is_made_from_a_person_and_their_household() -> None:
    person = Person(person_id="p", given_name="Naeem", sex=Sex.MALE, phones=("0701234567",))
    household = Household(household_id="h", people=(person,), province="AF01", office="o")
    record = record_of(person, household)
    assert (record.person_id, record.household_id, record.province) == ("p", "h", "AF01")
    assert record.given_name == "Naeem"
