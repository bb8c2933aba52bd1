"""Whoever is named in a cell of a family is read, or the cell is held: nobody is dropped or run into another."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given, settings, strategies as st
from sheets_at_hand import ON

from safeconduct.sheets.members import members_in

LATIN = [
    "Laila",
    "Omar",
    "Zarmina",
    "Baryalay",
    "Spozhmay",
    "Yusuf Khan",
    "Gul Bibi",
    "Nasrin",
    "Tamim",
]
DARI = ["لیلا", "حمید", "زرمینه", "بریالی", "یوسف خان", "نسرین", "تمیم", "شکریه", "پروانه"]
TIES = ["wife", "son", "daughter", "brother", "mother", "sister", "niece"]
DARI_TIES = ["خانم", "پسر", "دختر", "برادر", "مادر", "خواهر"]
AGES = ["12", "30", "8 months", "2009", "12/03/1987", "6", "34 yrs", "age 40", "1366"]
DARI_AGES = ["۱۲", "۳۰ ساله", "۸ ماهه", "۱۳۶۶"]
SHAPES = [
    "{name}",
    "{name} {tie}",
    "{name} ({tie})",
    "{name}, {tie}, {age}",
    "{name} ({tie}, {age})",
    "{name} - {tie} - {age}",
    "{tie} {name} {age}",
    "{tie}: {name} ({age})",
    "{name} {age}",
    "{name} ({age})",
    "{name}/{tie}/{age}",
    "{name} {tie} {age}",
    "{tie} - {name} - {age}",
    "{name} ({tie}; {age})",
]
BETWEEN = ["\n", "; ", ", ", " / ", " - ", " and ", " & ", " + ", " | ", "،", " و ", "\n- ", " "]


@dataclass(frozen=True)
class Cell:
    text: str
    names: tuple[str, ...]


@st.composite
def cells(draw: st.DrawFn) -> Cell:
    """A cell of two to five people, all in one shape or each in another, between any marks, numbered or not."""
    dari = draw(st.booleans())
    names = draw(
        st.lists(st.sampled_from(DARI if dari else LATIN), min_size=2, max_size=5, unique=True)
    )
    one_shape = draw(st.sampled_from(SHAPES))
    mixed = draw(st.booleans())
    between = draw(st.sampled_from(BETWEEN))
    if between == " " and (mixed or one_shape == "{name}"):
        between = "; "  # names with spaces alone between them are one name to anybody
    numbered = draw(st.sampled_from(["", "{n}. ", "{n}) ", "{n}- ", "({n}) "]))
    told = []
    for n, name in enumerate(names, start=1):
        shape = draw(st.sampled_from(SHAPES)) if mixed else one_shape
        tie = draw(st.sampled_from(DARI_TIES if dari else TIES))
        age = draw(st.sampled_from(DARI_AGES if dari else AGES))
        told.append(numbered.format(n=n) + shape.format(name=name, tie=tie, age=age))
    return Cell(between.join(told), tuple(names))


def _told_names(text: str) -> list[str] | None:
    found = members_in(text, ON)
    return None if found is None else [member.name or "" for member in found.people]


@given(cells())
@settings(max_examples=400, deadline=None)
def test_everybody_named_in_a_cell_is_one_person_or_the_cell_is_held(cell: Cell) -> None:
    told = _told_names(cell.text)
    assert told is None or sorted(told) == sorted(cell.names), (cell.text, told)
