"""People are found by what a tired caseworker types, in whichever script, among thousands of others."""

from __future__ import annotations

from functools import cache

import pytest
from data_search import people
from tests.shipped import shipped

from safeconduct.core.names.searching import Findable, NameIndex
from safeconduct.rehearsal.bench.told_people import told_people

OTHERS = 4_000


@cache
def crowd() -> NameIndex:
    """The made-up people of the list among thousands of a simulated caseload."""
    index = NameIndex()
    others = told_people(shipped(), OTHERS, 3).records
    cases = [(f"crowd-{at}", [_findable(at, record)]) for at, record in enumerate(others)]
    sought = [
        (f"sought-{at}", [Findable(key=f"sought-{at}", names=(names,), fathers=(father,))])
        for at, (names, father, _) in enumerate(people())
    ]
    index.add_many([*cases, *sought])
    return index


def _findable(at: int, record) -> Findable:
    names = (record.given_name, record.family_name, record.native_name)
    return Findable(
        key=f"crowd-{at}",
        names=tuple(filter(None, names)),
        fathers=tuple(filter(None, (record.father_name,))),
        phones=record.phones,
        numbers=tuple(filter(None, (record.passport, record.tazkira))),
    )


def found_at(query: str, key: str, most: int) -> bool:
    return key in {hit.key for hit in crowd().find(query, most).hits}


def test_95_of_100_are_among_the_first_ten_and_most_are_the_first():
    asked = [(f"sought-{at}", query) for at, (*_, some) in enumerate(people()) for query in some]
    assert len(asked) >= 70
    lost = [query for key, query in asked if not found_at(query, key, 10)]
    assert len(lost) <= 0.05 * len(asked), lost
    not_first = [query for key, query in asked if not found_at(query, key, 1)]
    assert len(not_first) <= 0.15 * len(asked), not_first


def test_everybody_is_found_by_their_name_as_it_stands():
    lost = [
        names for at, (names, *_) in enumerate(people()) if not found_at(names, f"sought-{at}", 1)
    ]
    assert not lost


@pytest.mark.parametrize("cut", [0.8, 0.9])
def test_everybody_is_found_before_the_name_is_typed_to_its_end(cut):
    typed = [names[: int(len(names) * cut)].rstrip() for names, *_ in people()]
    lost = [name for at, name in enumerate(typed) if not found_at(name, f"sought-{at}", 10)]
    assert not lost


def test_one_slip_of_the_hand_loses_nobody():
    """Two neighbouring letters in each other's place, in the middle of the longest word."""
    slipped = []
    for names, *_ in people():
        words = names.split()
        long = max(range(len(words)), key=lambda at: len(words[at]))
        word, middle = words[long], len(words[long]) // 2
        words[long] = word[:middle] + word[middle + 1] + word[middle] + word[middle + 2 :]
        slipped.append(" ".join(words))
    lost = [name for at, name in enumerate(slipped) if not found_at(name, f"sought-{at}", 10)]
    assert len(lost) <= 1, lost
