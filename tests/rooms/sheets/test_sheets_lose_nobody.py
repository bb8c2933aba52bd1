"""Whoever is named in a cell of a family is read, or the cell is held: nobody is dropped or run into another."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from hypothesis import given, settings, strategies as st
from sheets_at_hand import ON, csv_text, read

from safeconduct.core.facts import Plea
from safeconduct.core.rows import RowEnd
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


HEADED = {
    "name": [
        "Name",
        "Full name",
        "What is the name of the main applicant?",
        "نام",
        "Head",
        "Passenger",
    ],
    "age": ["Age", "DOB", "Date of birth (or age)", "سن"],
    "ref": ["Ref", "Case ref", "Family", "ARAP ref", "ID"],
    "tie": ["Relationship", "Relation to HR1", "Role", "نسبت"],
    "family": ["Family members", "Dependents (inc. ages)", "Children", "Other family"],
    "size": ["Family size", "Adults", "How many family members?"],
    "phone": ["Phone", "Contact no", "Phone 1 - Value"],
    "caller": ["Caller", "Your name", "Referred by"],
    "notes": ["Notes", "Status of case", "Organization name"],
}
FILLED = {
    "age": ["40", "1990", "12/03/1987", "65+", "", "n/a", "baby"],
    "ref": ["A1", "A2", "", "", "Active"],
    "tie": ["principal", "wife", "son", "", "Mother"],
    "family": ["", "wife and 2 kids", "none", "Parwana (wife, 30), Torpekai (son, 9)", "see list"],
    "size": ["3", "", "2 adults 1 child"],
    "phone": ["0700111001", "", "ask Jo"],
    "caller": ["Jo Hill", "Sam Moss", ""],
    "notes": ["Active", "Embassy", "", "rang twice"],
}
WRITTEN = [
    "{}",
    "Mr. {}",
    "{} s/o Karim",
    "{} (wife of Karim)",
    "{} – widow",
    "1. {}",
    "KARIMI, {}",
    "{} and family",
]


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_everybody_named_in_a_sheet_is_accepted_by_name_or_held(data: st.DataObject) -> None:
    kinds = data.draw(st.permutations(sorted(HEADED)))[: data.draw(st.integers(2, len(HEADED)))]
    kinds = kinds if "name" in kinds else ["name", *kinds]
    names = data.draw(st.lists(st.sampled_from(LATIN), min_size=1, max_size=6, unique=True))
    rows = [[data.draw(st.sampled_from(HEADED[kind])) for kind in kinds]]
    for name in names:
        told = data.draw(st.sampled_from(WRITTEN)).format(name)
        rows.append([told if k == "name" else data.draw(st.sampled_from(FILLED[k])) for k in kinds])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "any.csv"
        path.write_text(csv_text(rows), encoding="utf-8", newline="")
        intake = read(path)
    plea_of = {origin.row: plea for plea in intake.pleas for origin in plea.origins}
    ends = {row.origin.row: row.end for row in intake.rows}
    for number, name in enumerate(names, start=2):
        held = ends[number] is not RowEnd.ACCEPTED
        assert held or name in _names_of(plea_of[number]), (rows[0], rows[number - 1])


def _names_of(plea: Plea) -> str:
    return " ".join(f"{person.given_name} {person.family_name}" for person in plea.household.people)
