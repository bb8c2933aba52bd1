"""A few households side by side, and newcomers among themselves: weighed as in the list from which they come."""

from __future__ import annotations

from dataclasses import replace

import pytest

from safeconduct.core.dates import UncertainDate
from safeconduct.core.errors import RepeatedPerson
from safeconduct.core.linkage import KnownPeople, LinkRecord, find_pairs
from safeconduct.core.linkage.between import households_apart, pairs_between

NAMES = ("Naeem", "Zahra", "Wali", "Gulnar")


def household(code: str, *, family: str = "Barechfictional", phone: str | None = "+93799000111"):
    return [
        LinkRecord(
            person_id=f"{code}{number}",
            household_id=code,
            given_name=name,
            family_name=family,
            father_name="Karim",
            birth=UncertainDate.of_year(1980 + number),
            phones=(phone,) if phone else (),
        )
        for number, name in enumerate(NAMES)
    ]


def test_everybody_finds_themselves_and_nobody_of_their_own_household():
    found = pairs_between([household("A"), household("B")], among=1_000)
    best = {(pair.person_a, pair.person_b) for pair in found.pairs if not pair.apart}
    assert best == {(f"A{n}", f"B{n}") for n in range(4)}
    assert all(pair.person_a[0] != pair.person_b[0] for pair in found.pairs)


def test_the_longer_the_list_the_less_a_namesake_says():
    one, two = household("A", phone=None)[:1], household("B", phone=None)[:1]
    few, many = (pairs_between([one, two], among=n) for n in (20, 150_000))
    assert many.prior_bits < few.prior_bits
    assert few.pairs[0].match_weight - few.prior_bits == pytest.approx(
        pairs_between([one, two], among=200).pairs[0].match_weight
        - pairs_between([one, two], among=200).prior_bits
    )


def test_it_says_of_a_short_list_what_the_list_says():
    one, two = household("A"), household("B")
    listed = {(p.person_a, p.person_b): p for p in find_pairs([*one, *two]).pairs}
    beside = {(p.person_a, p.person_b): p for p in pairs_between([one, two], among=8).pairs}
    assert beside == listed


def test_nobody_is_nobody():
    assert pairs_between([[], household("B")], among=10).pairs == ()
    assert pairs_between([[], []], among=0).pairs == ()
    with pytest.raises(RepeatedPerson):
        pairs_between([household("A"), household("A")], among=10)


def test_households_are_apart_where_nobody_can_be_anybody():
    one = [replace(household("A")[0], passport="P0000001")]
    elder = [replace(household("B")[0], passport="P0000001", birth=UncertainDate.of_year(1940))]
    home = {"A0": "A", "B0": "B", **{f"B{n}": "B" for n in range(1, 4)}}
    assert households_apart(pairs_between([one, elder], among=100).pairs, home) == {("A", "B")}
    both = [*elder, replace(household("B")[1], given_name="Naeem", birth=one[0].birth)]
    found = pairs_between([one, both], among=100).pairs
    assert any(not pair.apart for pair in found)
    assert households_apart(found, home) == set()
    assert households_apart((), home) == set()


def test_newcomers_among_themselves_are_weighed_as_in_the_list():
    known = KnownPeople(household("K", family="Safifictional", phone=None))
    one, two = household("A"), household("B")
    found = known.among([*one, *two])
    assert found.prior_bits == known.against(one).prior_bits
    assert {(pair.person_a, pair.person_b) for pair in found.pairs if not pair.apart} == {
        (f"A{n}", f"B{n}") for n in range(4)
    }
    with pytest.raises(RepeatedPerson):
        known.among([*one, *one])
