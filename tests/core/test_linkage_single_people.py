"""Lists of single people, where facts identify, and lists of families, where every relative is a trap."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from safeconduct.core.dates import UncertainDate
from safeconduct.core.facts import Sex
from safeconduct.core.linkage import Linkage, LinkRecord, Pair, find_pairs
from safeconduct.core.linkage.apart import GENERATION
from safeconduct.core.linkage.people import people_of

# --- single people -------------------------------------------------------------

TRADES = ["teacher", "judge", "driver", "nurse", "baker", "engineer", "tailor"]
ALONE = LinkRecord(
    person_id="1", given_name="Torpekai", family_name="Zakhilwal", birth=UncertainDate.of_year(1988),
    birth_place="Kandahar", address="House 4 Street 7 Shar-e Naw", postcode="10011", occupation="judge",
)  # fmt: skip


def sounds(seed: int) -> str:
    """A name that nobody bears."""
    draw = random.Random(seed)
    return "".join(draw.choice("bdfgkmnrst") + draw.choice("aiou") for _ in range(4)).capitalize()


def register(people: int) -> list[LinkRecord]:
    """A register of single people: no household, no father, no telephone, no document."""
    return [
        LinkRecord(
            person_id=f"r{at}",
            given_name=sounds(at % 50),
            family_name=sounds(100 + at % 83),
            sex=(Sex.MALE, Sex.FEMALE)[at % 2],
            birth=UncertainDate.of_day(date(1940, 1, 2) + timedelta(days=97 * at)),
            birth_place=f"{sounds(300 + at % 40)}",
            postcode=f"{10_000 + 17 * (at % 150)}",
            address=f"house {at} street {sounds(400 + at % 60)}",
            occupation=TRADES[at % 7],
        )
        for at in range(people)
    ]


def slipped(record: LinkRecord, at: int) -> LinkRecord:
    """The same person told again with one slip or one thing left out."""
    changes: list[dict[str, object]] = [
        {},
        {"family_name": sounds(900 + at)},
        {"birth": None},
        {"postcode": f"{str(record.postcode)[:3]}99", "address": None},
        {"sex": (Sex.FEMALE, Sex.MALE)[at % 2]},
        {"birth_place": None, "occupation": None},
    ]
    return replace(record, person_id=f"again-{record.person_id}", **changes[at % 6])


def same_in(linkage: Linkage) -> set[tuple[str, str]]:
    return {(pair.person_a, pair.person_b) for pair in linkage.pairs if pair.decision == "same"}


@pytest.mark.parametrize("people", [150, 320], ids=["as shipped", "the list teaches"])
def test_a_person_without_any_document_is_found_again_by_facts(people: int) -> None:
    records = register(people)
    twice = [slipped(records[at], at) for at in range(0, people, 5)]
    found = find_pairs([*records, *twice])
    assert ("+" in found.model) == (people >= 300)
    true = {(record.person_id.removeprefix("again-"), record.person_id) for record in twice}
    same = same_in(found)
    assert len(same & true) >= 0.9 * len(true)
    assert len(same & true) >= 0.95 * len(same)


FACTS = ("birth", "birth_place", "address", "postcode", "occupation")


def pair_of(one: LinkRecord, two: LinkRecord) -> Pair | None:
    """What is found of two among a few others who have nothing to do with them."""
    found = find_pairs([one, two, *register(20)])
    return next((p for p in found.pairs if {p.person_a, p.person_b} == {"1", "2"}), None)


def test_two_single_people_are_never_the_same_on_a_name_alone() -> None:
    nameless = dict.fromkeys(FACTS)
    one = replace(ALONE, given_name="Torpekai Zarghuna Palwasha", sex=Sex.FEMALE, **nameless)
    two = replace(one, person_id="2")
    assert not people_of([one, two, *register(20)]).of_families
    pair = pair_of(one, two)
    assert pair is not None
    assert pair.probability > 0.9
    assert pair.decision == "review"


def test_a_father_and_a_son_of_one_name_at_one_address_are_not_the_same() -> None:
    son = replace(ALONE, person_id="2", birth=UncertainDate.of_year(1961))
    pair = pair_of(ALONE, son)
    assert pair is not None
    assert pair.probability > 0.98
    assert pair.decision == "review"
    assert GENERATION in pair.apart
    near = pair_of(ALONE, replace(son, birth=UncertainDate.of_year(1987)))
    assert near is not None
    assert near.decision == "same"


def test_two_who_share_an_address_and_nothing_of_their_names_are_not_the_same() -> None:
    lodger = replace(
        ALONE, person_id="2", given_name="Mirwais", family_name="Barech", occupation="driver",
        birth=UncertainDate.of_year(1979), birth_place="Herat",
    )  # fmt: skip
    pair = pair_of(ALONE, lodger)
    assert pair is None or pair.decision == "review"


# --- families: siblings, twins, father and son ---------------------------------

SONS = ["Naeem", "Mirwais", "Najib", "Samir", "Jamil", "Jamal", "Hassan", "Hussain", "Karim", "Rahim",
        "Ahmad", "Mohammad", "Zalmai", "Farid", "Wahid", "Nasir", "Naseer", "Ali", "Omid", "Bashir"]  # fmt: skip
DAUGHTERS = ["Torpekai", "Palwasha", "Zarghuna", "Karima", "Rahima", "Najiba", "Nasima", "Nasrin",
             "Parwin", "Zahra", "Zohra", "Shukria", "Malalai", "Maryam", "Marwa", "Latifa"]  # fmt: skip
HOUSES = [
    "Barech",
    "Zakhilwal",
    "Tokhi",
    "Ahmadi",
    "Karimi",
    "Popal",
    "Wardak",
    "Hakmal",
    "Sorosh",
    "Noori",
]
FAMILIES = 200


def members(number: int, draw: random.Random) -> Iterator[LinkRecord]:
    """A father, a son who bears his whole name, a son and daughters, and twins of one day."""
    father, other_son, *twins = draw.sample(SONS, 4)
    daughters = draw.sample(DAUGHTERS, 2)
    year = draw.randrange(1955, 1975)
    born = [year, *(year + 20 + draw.randrange(1, 15) for _ in range(4))]
    whole = [(father, Sex.MALE), (father, Sex.MALE), (other_son, Sex.MALE),
             *((name, Sex.FEMALE) for name in daughters)]  # fmt: skip
    births = [UncertainDate.of_year(each) for each in born]
    twin_day = UncertainDate.of_day(date(year + 27, draw.randrange(2, 13), draw.randrange(2, 28)))
    births += [twin_day, twin_day]
    phone, province = (f"070{2_000_000 + number}",), f"AF{draw.randrange(1, 35):02}"
    house = draw.choice(HOUSES)
    grandfather = draw.choice(SONS)
    for at, ((name, sex), birth) in enumerate(
        zip([*whole, *((twin, Sex.MALE) for twin in twins)], births, strict=True)
    ):
        yield LinkRecord(
            person_id=f"{number}/{at}", given_name=name, family_name=house,
            father_name=grandfather if at == 0 else father, sex=sex, birth=birth, phones=phone,
            province=province, passport=f"P{3_000_000 + 7919 * (10 * number + at)}" if at == 0 else None,
        )  # fmt: skip


def left_out(record: LinkRecord, draw: random.Random) -> LinkRecord:
    """As another office tells it: something is left out, or known less well; a passport is copied down the rows."""
    changes: list[dict[str, object]] = [
        {},
        {"birth": None},
        {"father_name": None},
        {"phones": ()},
        {"sex": None, "province": None},
        {"birth": UncertainDate.of_year(record.birth.earliest.year)} if record.birth else {},
        {"family_name": None},
    ]
    return replace(record, **draw.choice(changes))


@pytest.fixture(scope="module")
def families() -> list[LinkRecord]:
    """Families told twice, the second time half of each as households of their own: every relative may be met."""
    draw = random.Random(11)
    records = []
    for number in range(FAMILIES):
        family = list(members(number, draw))
        copied = draw.random() < 0.2
        for telling in "ab":
            for at, one in enumerate(family):
                alone = telling == "b" and at % 2
                told = left_out(one, draw)
                if copied and telling == "b":
                    told = replace(told, passport=family[0].passport)
                records.append(
                    replace(
                        told,
                        person_id=f"{one.person_id}{telling}",
                        household_id=f"{number}{telling}{at if alone else ''}",
                    )
                )
    return records


def is_one(pair: Pair) -> bool:
    return pair.person_a[:-1] == pair.person_b[:-1]


def are_kin(pair: Pair) -> bool:
    return not is_one(pair) and pair.person_a.split("/")[0] == pair.person_b.split("/")[0]


def test_relatives_are_hardly_ever_proposed_as_the_same(families: list[LinkRecord]) -> None:
    """At most 1 in 100 of the pairs of relatives, of all that two tellings of a family make."""
    found = find_pairs(families)
    same = [pair for pair in found.pairs if pair.decision == "same"]
    told_twice = FAMILIES * 7
    assert sum(map(is_one, same)) > 0.5 * told_twice
    looked_at = [pair for pair in found.pairs if are_kin(pair)]
    proposed = [pair for pair in looked_at if pair.decision == "same"]
    assert len(looked_at) > 100
    assert len(proposed) <= 0.01 * len(looked_at)
    assert all(
        any(item.weight > 0 and item.field not in NAMES for item in p.evidence) for p in same
    )
    groups = [{person.split("/")[1][0] for person in group} for group in found.clusters()]
    assert sum(len(group) > 1 for group in groups) <= 0.01 * FAMILIES


NAMES = {"name", "given", "family", "father", "sex"}


def test_of_families_of_whom_names_alone_are_told_nobody_is_proposed_as_the_same(
    families: list[LinkRecord],
) -> None:
    bare = [
        replace(one, birth=None, phones=(), province=None, passport=None) for one in families[:700]
    ]
    found = find_pairs(bare)
    assert len(found.pairs) > 50
    assert same_in(found) == set()
