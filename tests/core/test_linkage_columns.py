"""What linkage counts with, held against plain Python: ragged columns, marks of slips, words as told, keys, bounds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, strategies as st
from rapidfuzz.distance import OSA

from safeconduct.core.dates import UncertainDate
from safeconduct.core.facts import Sex
from safeconduct.core.linkage import LinkRecord
from safeconduct.core.linkage.blocking import Candidates
from safeconduct.core.linkage.duck import Duck
from safeconduct.core.linkage.families import CAPS, Family, cap_of, keys_of
from safeconduct.core.linkage.levels import FIELDS
from safeconduct.core.linkage.marks import mark_of, marks_of
from safeconduct.core.linkage.model import columns_of, fields_in, lists_of
from safeconduct.core.linkage.name_scores import NameScores, rarity_of
from safeconduct.core.linkage.people import UNKNOWN, People, people_of
from safeconduct.core.linkage.ragged import Ragged, crossed, packed, pairs_within, unpacked
from safeconduct.core.linkage.slips import area_of, near, one_slip_apart
from safeconduct.core.linkage.told_words import normal_code, normal_words
from safeconduct.core.linkage.weighing import Scales, Weighed, weigh
from safeconduct.core.linkage.weights import SHIPPED, prior_bits

# --- ragged columns ------------------------------------------------------------

ROW = st.lists(st.integers(0, 9), max_size=5)
ROWS = st.lists(ROW, max_size=8)
TWO_LISTS = st.lists(st.tuples(ROW, ROW), max_size=8)


def rows_of(ragged: Ragged) -> list[list[int]]:
    return [ragged.row(at) for at in range(len(ragged))]


def two(pairs: list[tuple[list[int], list[int]]]) -> tuple[Ragged, Ragged]:
    return Ragged.of_lists(one for one, _ in pairs), Ragged.of_lists(other for _, other in pairs)


@given(ROWS)
def test_a_ragged_column_holds_its_lists(lists: list[list[int]]) -> None:
    ragged = Ragged.of_lists(lists)
    assert rows_of(ragged) == lists
    assert ragged.lengths.tolist() == [len(row) for row in lists]
    assert ragged.rows.tolist() == [at for at, row in enumerate(lists) for _ in row]


@given(st.lists(st.integers(UNKNOWN, 9), max_size=8))
def test_a_column_becomes_one_value_a_row_and_none_where_unknown(column: list[int]) -> None:
    ragged = Ragged.of_column(np.asarray(column, dtype=np.int64))
    assert rows_of(ragged) == [[value] if value != UNKNOWN else [] for value in column]


@given(st.integers(1, 6), st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=20))
def test_each_value_stands_once_in_its_row(count: int, told: list[tuple[int, int]]) -> None:
    told = [(row % count, value) for row, value in told]
    rows, values = np.asarray(told, dtype=np.int64).reshape(-1, 2).T
    found = Ragged.each_once(count, rows, values)
    assert rows_of(found) == [sorted({v for r, v in told if r == at}) for at in range(count)]


@given(ROWS, st.lists(st.integers(UNKNOWN, 7), max_size=10))
def test_rows_are_taken_in_the_order_asked_and_unknown_ones_are_empty(
    lists: list[list[int]], asked: list[int]
) -> None:
    asked = [at if at < len(lists) else UNKNOWN for at in asked]
    taken = Ragged.of_lists(lists).take(np.asarray(asked, dtype=np.int64))
    assert rows_of(taken) == [lists[at] if at != UNKNOWN else [] for at in asked]


@given(TWO_LISTS)
def test_rows_beside_others_hold_what_either_holds(
    pairs: list[tuple[list[int], list[int]]],
) -> None:
    one, other = two(pairs)
    assert rows_of(one.beside(other)) == [sorted({*x, *y}) for x, y in pairs]
    assert one.meets(other).tolist() == [bool({*x} & {*y}) for x, y in pairs]


@given(TWO_LISTS)
def test_every_value_is_crossed_with_every_other_of_its_row(
    pairs: list[tuple[list[int], list[int]]],
) -> None:
    found = list(zip(*(part.tolist() for part in crossed(*two(pairs))), strict=True))
    assert found == [
        (at, x, y) for at, (left, right) in enumerate(pairs) for x in left for y in right
    ]


@given(ROWS, st.integers(1, 4))
def test_every_two_of_a_row_stand_together_and_one_alone_with_itself(
    lists: list[list[int]], most: int
) -> None:
    found = pairs_within(Ragged.of_lists(lists), most)
    wanted = [
        (at, min(pair), max(pair))
        for at, row in enumerate(lists)
        for pair in (
            combinations(row[:most], 2) if len(row[:most]) > 1 else [(x, x) for x in row[:1]]
        )
    ]
    assert sorted(zip(*(part.tolist() for part in found), strict=True)) == sorted(wanted)


@given(st.lists(st.tuples(st.integers(0, 2**31 - 1), st.integers(0, 2**31 - 1)), max_size=5))
def test_two_numbers_are_packed_into_one_and_back(pairs: list[tuple[int, int]]) -> None:
    one, other = np.asarray(pairs, dtype=np.int64).reshape(-1, 2).T
    again = unpacked(packed(one, other))
    assert list(zip(*(part.tolist() for part in again), strict=True)) == pairs


# --- slips of the hand ---------------------------------------------------------

NUMBER = st.text("0123456789ab", min_size=8, max_size=12)


def share_a_mark(one: str, other: str) -> bool:
    marks = near([one, other])
    return bool(set(marks.row(0)) & set(marks.row(1)))


@st.composite
def slips(draw: st.DrawFn) -> tuple[str, str]:
    """A number, and the same with one letter wrong, missing, too many, or two exchanged."""
    number = draw(NUMBER)
    at, letter = draw(st.integers(0, len(number) - 2)), draw(st.sampled_from("0123456789ab"))
    before, after = number[:at], number[at + 1 :]
    slipped = (before + letter + after, before + after, before + letter + number[at:],
               before + after[0] + number[at] + after[1:])  # fmt: skip
    return number, draw(st.sampled_from(slipped))


@given(slips())
def test_numbers_one_slip_apart_share_a_mark(pair: tuple[str, str]) -> None:
    assert OSA.distance(*pair) <= 1
    assert one_slip_apart(*pair)
    assert share_a_mark(*pair)


@given(NUMBER, NUMBER)
def test_numbers_that_share_a_mark_are_a_letter_out_of_place_apart_at_the_most(
    one: str, other: str
) -> None:
    assert share_a_mark(one, other) <= (OSA.distance(one, other) <= 2)


def test_unlike_numbers_share_no_mark() -> None:
    numbers = [f"{number:08}" for number in np.random.default_rng(7).integers(0, 10**8, 150)]
    marks = [set(row) for row in rows_of(near(numbers))]
    meeting = [(i, j) for i, j in combinations(range(len(numbers)), 2) if marks[i] & marks[j]]
    assert not meeting


def test_a_short_number_has_no_marks_unless_short_ones_are_asked_for() -> None:
    assert rows_of(near(["123456", "1234567"]))[0] == []
    assert len(near(["123456"], shortest=5).row(0)) == 7


def test_the_kind_of_a_tazkira_is_no_letter_of_its_number() -> None:
    assert not share_a_mark("e:12345678", "p:12345678")
    assert share_a_mark("paper:12345678", "paper:12345687")


@pytest.mark.parametrize(
    ("postcode", "area"),
    [
        ("sw1a1aa", "sw1a"),
        ("m11ae", "m11"),
        ("1001", "10"),
        ("10", "1"),
        ("1", "1"),
        ("", ""),
    ],
)
def test_the_area_of_a_postcode_is_what_it_begins_with(postcode: str, area: str) -> None:
    assert area_of(postcode) == area


# --- words and codes as told ---------------------------------------------------


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ("  Street 4,  House-7 ", "street 4 house 7"),
        ("قندهار", "قندهار"),
        ("كابل", "کابل"),
        ("سړک ۴", "سړک 4"),
        ("unknown", None),
        ("n/a", None),
        ("نامعلوم", None),
        ("--", None),
        ("", None),
    ],
)
def test_words_are_told_alike_whatever_their_case_marks_and_gaps(
    told: str, words: str | None
) -> None:
    assert normal_words(told) == words


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ("ab-12 34_5", "ab12345"),
        ("AB۱۲۳۴۵", "ab12345"),
        ("0000000", None),
        ("---", None),
        ("TBC", None),
        ("", None),
    ],
)
def test_codes_are_letters_and_digits_alone_and_no_placeholders(
    told: str, code: str | None
) -> None:
    assert normal_code(told) == code


# blake2b, its first eight bytes halved: lists of another day and machine meet by these.
KABUL, KABUL_IN_DARI = 147_740_115_225_204_552, 5_470_850_365_715_416_782


def test_marks_are_the_same_on_every_machine_and_fit_a_column() -> None:
    assert mark_of("kabul") == KABUL
    assert marks_of(["kabul", "کابل", "kabul"]).tolist() == [KABUL, KABUL_IN_DARI, KABUL]


# --- keys ----------------------------------------------------------------------

NAEEM = LinkRecord(
    person_id="1", household_id="h", given_name="Naeem", family_name="Barech", father_name="Karim",
    sex=Sex.MALE, birth=UncertainDate.of_year(1988), phones=("0701234567",), passport="O1234567",
    tazkira="1400-0101-23456", province="AF01",
)  # fmt: skip


def families_of(*records: LinkRecord) -> dict[int, set[Family]]:
    """The families of which each has a key."""
    keys = keys_of(people_of(records))
    return {
        at: {Family(family) for family in keys.family[keys.person == at].tolist()}
        for at in range(len(records))
    }


def shared_by(one: LinkRecord, other: LinkRecord) -> set[Family]:
    """The families by whose keys two find each other."""
    keys = keys_of(people_of([one, other]))
    ones, others = (set(keys.key[keys.person == at].tolist()) for at in (0, 1))
    return {Family(family) for key, family in zip(keys.key.tolist(), keys.family.tolist(), strict=True)
            if key in ones & others}  # fmt: skip


def test_of_somebody_of_whom_nothing_is_told_there_is_no_key() -> None:
    assert families_of(LinkRecord(person_id="1")) == {0: set()}
    assert len(keys_of(people_of([])).key) == 0


@pytest.mark.parametrize(
    ("told", "families"),
    [
        ({"passport": "O1234567"}, {Family.PASSPORT}),
        ({"tazkira": "1400-0101-23456"}, {Family.TAZKIRA}),
        ({"other_id": "AB-12345"}, {Family.OTHER_ID}),
        ({"given_name": "Naeem"}, {Family.NAME}),
        ({"given_name": "Naeem", "phones": ("0701234567",)}, {Family.NAME, Family.PHONE}),
        ({"given_name": "Naeem", "father_name": "Karim"}, {Family.NAME, Family.GIVEN_FATHER}),
        (
            {"given_name": "Naeem", "birth": UncertainDate.of_year(1988)},
            {Family.NAME, Family.NAME_YEAR, Family.KEY_YEAR},
        ),
        ({"given_name": "Naeem", "province": "AF01"}, {Family.NAME, Family.NAME_PROVINCE}),
        ({"postcode": "10011"}, {Family.POSTCODE}),
        ({"phones": ("0701234567",), "province": "AF01"}, set()),
    ],
)
def test_each_family_needs_what_it_is_made_of(
    told: dict[str, object], families: set[Family]
) -> None:
    assert families_of(LinkRecord(person_id="1", **told))[0] == families


def test_a_name_is_found_in_another_script_by_every_family_but_the_documents() -> None:
    again = replace(NAEEM, person_id="2", given_name="نعیم", family_name="بریڅ", father_name="کریم")
    again = replace(again, passport=None, tazkira=None)
    assert shared_by(NAEEM, again) == families_of(again)[0]
    assert {Family.PHONE, Family.NAME, Family.NAME_YEAR, Family.GIVEN_FATHER} <= families_of(again)[
        0
    ]


def test_an_age_is_looked_under_each_year_it_leaves_open() -> None:
    aged = replace(NAEEM, person_id="2", birth=UncertainDate.of_age(33, on=date(2021, 8, 20)))
    for year, found in ((1986, False), (1987, True), (1988, True), (1989, False)):
        born = replace(NAEEM, birth=UncertainDate.of_year(year))
        assert (Family.NAME_YEAR in shared_by(born, aged)) == found


def test_different_people_share_no_key() -> None:
    other = LinkRecord(
        person_id="2", given_name="Torpekai", family_name="Zakhilwal", father_name="Sorosh",
        birth=UncertainDate.of_year(1988), phones=("0701234567",), province="AF01",
    )  # fmt: skip
    assert shared_by(NAEEM, other) == set()


def test_a_name_and_a_year_are_looked_under_less_where_families_stand() -> None:
    single = people_of([LinkRecord(person_id="1", given_name="Naeem", birth_place="Kandahar")])
    families = people_of([NAEEM])
    assert families.of_families
    assert not single.of_families
    assert cap_of(Family.KEY_YEAR, families) < cap_of(Family.KEY_YEAR, single)
    others = set(Family) - {Family.KEY_YEAR}
    assert all(cap_of(one, families) == cap_of(one, single) == CAPS[one] for one in others)


# --- which fields are asked ----------------------------------------------------


def asked(*records: LinkRecord) -> set[str]:
    people = people_of(records)
    bits = np.zeros(len(people), dtype=np.int64)
    columns = columns_of(people, bits, np.full(len(people), UNKNOWN))
    return {field.name for field in fields_in(columns, lists_of(people), FIELDS)}


def test_only_fields_of_which_two_people_tell_something_are_asked_and_always_the_names() -> None:
    nobody = LinkRecord(person_id="2")
    again = replace(NAEEM, person_id="3")
    everything = {"name_bits", "sex", "birth", "passport", "tazkira", "phone", "province"}
    assert asked() == asked(nobody) == asked(NAEEM, nobody) == {"name_bits"}
    assert asked(NAEEM, nobody, again) == everything
    assert asked(NAEEM, nobody, replace(again, phones=(), birth=None)) == everything - {
        "phone",
        "birth",
    }


# --- what names can say at the most --------------------------------------------

WRITTEN = (
    "Naeem Barech|نعیم بریڅ|Abdul Rahman Karimi|Abdurrahman Karimi|عبدالرحمن کریمی|M. Torpekai Zakhilwal|"
    "Zakhilwal Torpekai|Sayed Nur Ahmad|Noorahmad Sayed|Torpekai|T|Mohammad|Md|محمد|Gul Bashar|Gulbashar|"
    "Hakmal Sorosh Bashardost|حسین علی|Hussain Ali|Zarghuna|زرغونه|Abd al-Qadir|Abdulqader|Shah Wali|Shahwali"
).split("|")


def everybody(**more: object) -> People:
    return people_of([
        LinkRecord(
            person_id=str(at), given_name=name, native_name=WRITTEN[at - 1],
            birth=UncertainDate.of_year(1980 + at % 3), **more,
        )
        for at, name in enumerate(WRITTEN)
    ])  # fmt: skip


def test_no_two_names_say_more_than_the_lesser_of_them_can() -> None:
    people = people_of([LinkRecord(person_id=name, given_name=name) for name in WRITTEN])
    names = NameScores(people, rarity_of(people), SHIPPED)
    a, b = np.triu_indices(len(people), 1)
    _, bits = names.scores_and_bits(people.given[a], people.given[b])
    most = names.most(people.given)
    assert (bits > 3).sum() > 10
    assert (bits <= np.minimum(most[a], most[b])).all()


def weighed(people: People, engine: Duck, least: float) -> Weighed:
    a, b = np.triu_indices(len(people), 1)
    names = NameScores(people, rarity_of(people), SHIPPED)
    scales = Scales.of(
        people, names, engine, SHIPPED, prior=prior_bits(len(people)), least_bits=least
    )
    return weigh(scales, Candidates(a, b, np.ones(len(a), dtype=np.int64)))


@pytest.mark.parametrize("more", [{"father_name": "Sorosh"}, {"birth_place": "Kandahar"}])
def test_nobody_is_lost_who_could_still_be_worth_a_look(more: dict[str, str]) -> None:
    people, least = everybody(**more), 0.0
    assert people.of_families == ("father_name" in more)
    with Duck() as engine:
        all_of_them, kept = (weighed(people, engine, bits) for bits in (-1000.0, least))
    worth = all_of_them.only(all_of_them.bits + prior_bits(len(people)) >= least)
    still = kept.only(kept.bits + prior_bits(len(people)) >= least)
    assert 10 < len(still) <= len(kept)
    for part in ("a", "b", "bits", "name_view", "father_score"):
        np.testing.assert_array_equal(getattr(still, part), getattr(worth, part))
