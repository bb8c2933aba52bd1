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


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Wife: Laila\nChildren: Omar, Ali, Mina", ["Laila", "Omar", "Ali", "Mina"]),
        ("Wife Laila\nChildren Omar (12), Ali (9)", ["Laila", "Omar", "Ali"]),
        ("Wife: Laila (38) Son: Omar (12) Daughter: Mina (9)", ["Laila", "Omar", "Mina"]),
        ("Laila Karimi (wife) - Omar Karimi (son)", ["Laila Karimi", "Omar Karimi"]),
        ("wife Laila 38, sons Omar 12 and Ali 9, baby girl", ["Laila", "Omar", "Ali", None]),
        ("Laila/Omar/Ali", ["Laila", "Omar", "Ali"]),
        ("1-Laila 2-Omar 3-Ali", ["Laila", "Omar", "Ali"]),
        ('["Laila","Omar"]', ["Laila", "Omar"]),
        ("لیلا و عمر و علی", ["لیلا", "عمر", "علی"]),
        ("لیلا خانم ۳۸ ساله، عمر پسر ۱۲ ساله و مینا دختر ۶ ماهه", ["لیلا", "عمر", "مینا"]),
        ("Laila, Karimi, wife, 30\nOmar, Karimi, son, 12", ["Laila Karimi", "Omar Karimi"]),
        ("Laila DOB: 1980, Omar DOB: 2010", ["Laila", "Omar"]),
        ("Laila (38, born 1983); Omar (12)", ["Laila", "Omar"]),
    ],
)
def test_nobody_is_run_into_another(text: str, names: list[str | None]) -> None:
    found = members_in(text, ON)
    assert found is not None
    assert ([member.name for member in found.people], found.more) == (names, 0)


def test_the_ages_of_children_only_counted_are_no_more_children() -> None:
    found = members_in("Laila wife + 3 children (12,9,4)", ON)
    assert found is not None
    assert (len(found.people), found.more) == (1, 3)


def test_sons_named_together_are_all_sons() -> None:
    found = members_in("wife Laila 38, sons Omar 12 and Ali 9", ON)
    assert found is not None
    assert [member.relation for member in found.people[1:]] == [Relation.CHILD, Relation.CHILD]


@pytest.mark.parametrize(
    "text",
    [
        "father (deceased), mother (60)",
        "Wife and 4 children: Laila, Omar, Ali, Mina, Sara",
        "8 (names to follow)",
        "wife (pregnant) and son 3",
        "wife Laila is pregnant",
        "me and my mother",
        "Laila (30) - Omar",
        "Laila - Omar",
        "Laila | wife | 30",
        "wife and kids",
        "wife and children",
        "Laila, children",
    ],
)
def test_a_cell_that_may_tell_of_more_is_held(text: str) -> None:
    assert members_in(text, ON) is None
