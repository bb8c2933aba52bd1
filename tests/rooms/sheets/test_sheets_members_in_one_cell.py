"""A family told in one cell: read where the people can be told apart, held where they cannot."""

from __future__ import annotations

import pytest
from sheets_at_hand import ON

from safeconduct.core.facts import Relation
from safeconduct.sheets.members import members_in

TWO = [("Laila", Relation.SPOUSE), ("Omar", Relation.CHILD)]


@pytest.mark.parametrize(
    "text",
    [
        "1. Laila (wife, 30) 2. Omar, son, 12",
        "1) Laila wife 30 2) Omar son 12",
        "Laila, wife, 30\nOmar - son - 2009",
        "Laila (wife, 30); Omar (son, 12)",
        "Laila, wife, 30, Omar, son, 12",
        "wife Laila 30, son Omar 12",
        "Wife: Laila, 30; Son: Omar, 12",
        "laila wife 30, omar son 12",
        "• Laila/wife/30\n• Omar/son/12",
    ],
)
def test_it_tells_two_people_apart_however_they_are_written(text: str) -> None:
    found = members_in(text, ON)
    assert found is not None
    assert [(member.name, member.relation) for member in found.people] == TWO
    assert all(member.birth for member in found.people)


def test_it_reads_dari_members() -> None:
    found = members_in("۱. لیلا (همسر، ۳۰ ساله) ۲. عمر، پسر، ۱۲ ساله", ON)
    assert found is not None
    assert [(m.name, m.relation) for m in found.people] == [
        ("لیلا", Relation.SPOUSE),
        ("عمر", Relation.CHILD),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "see attached list",
        "whole family, about ten, names to follow",
        "Ahmad, Laila",
        "Laila wife 30\nall in Kabul",
        "ټوله کورنۍ",
    ],
)
def test_it_does_not_guess(text: str) -> None:
    assert members_in(text, ON) is None


def test_a_bare_pair_of_names_is_certain_where_the_size_agrees() -> None:
    found = members_in("Ahmad, Laila", ON, agreed=3)
    assert found is not None
    assert len(found.people) == 2


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("wife and 4 children", 5),
        ("3 sons, 2 daughters", 5),
        ("his mother, father and two sisters", 4),
    ],
)
def test_it_counts_those_who_are_only_counted(text: str, count: int) -> None:
    found = members_in(text, ON)
    assert found is not None
    assert (len(found.people), found.more) == (0, count)


def test_a_baby_without_a_name_is_a_person() -> None:
    found = members_in("Laila, wife, 30\nbaby", ON)
    assert found is not None
    baby = found.people[1]
    assert baby.birth is not None
    assert baby.birth.ages_on(ON) == (0, 1)
