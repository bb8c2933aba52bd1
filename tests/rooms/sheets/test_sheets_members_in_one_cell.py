"""A family told in one cell: read where the people can be told apart, held where they cannot."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st
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


# --- the marks of a name, and a name in lower case -------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "Dr. Khaleel",
        "Dr.Khaleel",
        "Eng. Ahmad",
        "M. Karim",
        "M.Karim",
        "Fatema M. Naim",
        "Gh. Ali Mohd. Karimi",
        "Abdul-Rahman",
        "Zia ul-Haq",
        "Noor-ul-Haq",
        "Al-Haj Ziauddin",
        "Rahmat-Ullah",
        "Ra'ana",
        "نقیب\u200cالله",
        "بی\u200cبی عزیزه",
        "محمّد",
        "م. کریم",
        "laila karimi",
        "bibi laila",
    ],
)
def test_the_marks_of_a_name_hold_no_row(name: str) -> None:
    found = members_in(f"1. Omar (son, 12)\n2. {name} (child, 4)\n3. Ali", ON)
    assert found is not None
    assert [member.name for member in found.people] == ["Omar", name, "Ali"]
    assert found.people[1].relation is Relation.CHILD
    assert found.people[1].birth is not None


@pytest.mark.parametrize(
    "line",
    [
        "Laila. Omar. Ali",
        "Laila. Omar (son, 12)",
        "Mohd. Ali. Omar (son)",
        "Laila Dr. Omar (son)",
        "Laila, Dr. Omar, son",
        "Laila, Dr Omar, son",
        "Laila, M. Omar, son, 12",
        "Laila F. Omar 12",
        "Laila F Omar M (12)",
        "Laila-Omar (son, 2)",
        "Omar-Abdul-Rahman (son)",
        "Laila-wife",
        "Omar's (wife, 30)",
        "Dr. (son)",
        "Dr. Laila's children",
    ],
)
def test_marks_that_may_part_two_people_hold_the_row(line: str) -> None:
    assert members_in(f"1. Mina (daughter, 4)\n2. {line}", ON) is None


@pytest.mark.parametrize(
    "line",
    [
        "doctor (wife, 30)",
        "new arrival (son, 12)",
        "unnamed (son, 1)",
        "twins (daughter, 3)",
        "Twins (3)",
        "in kabul (2019)",
        "his laila (wife)",
        "wife of omar (30)",
    ],
)
def test_words_in_the_place_of_a_name_hold_the_row_whatever_the_size(line: str) -> None:
    for agreed in (None, 2, 3, 4):
        assert members_in(f"1. Mina (daughter, 4)\n2. {line}", ON, agreed=agreed) is None


def test_a_lower_case_name_we_do_not_know_is_one_where_the_size_agrees() -> None:
    cell = "1. Mina (daughter, 4)\n2. zarlakhta (wife)"
    found = members_in(cell, ON, agreed=3)
    assert found is not None
    assert [member.name for member in found.people] == ["Mina", "zarlakhta"]
    assert members_in(cell, ON) is None
    assert members_in(cell, ON, agreed=5) is None


_TOLD = (
    "Dr. Khaleel",
    "M. Karim",
    "Abdul-Rahman",
    "laila",
    "Ra'ana",
    "Zahra",
    "عبدالله",
    "Omar M. Ali",
)
_TIES = ("wife", "son", "daughter, 4", "brother, born 1990", "12")


@given(
    st.lists(st.tuples(st.sampled_from(_TOLD), st.sampled_from(_TIES)), min_size=2, max_size=9),
    st.sampled_from(["\n", "; "]),
    st.booleans(),
)
def test_every_line_of_a_list_is_one_person(
    people: list[tuple[str, str]], between: str, numbered: bool
) -> None:
    lines = [
        f"{f'{at}. ' if numbered else ''}{name} ({ties})"
        for at, (name, ties) in enumerate(people, start=1)
    ]
    found = members_in(between.join(lines), ON)
    assert found is not None
    assert [member.name for member in found.people] == [name for name, _ in people]
