"""Exports of KoBoToolbox: a submission is a plea, its repeats are members, and every row of every sheet ends once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings, strategies as st
from kobo_by_hand import (
    CHOICES,
    MAIN,
    MEMBER,
    SURVEY,
    book,
    columns,
    ends,
    export,
    form,
    member,
    names,
    read_kobo_here,
    submission,
)
from sheets_at_hand import csv_text

from safeconduct.core.facts import Relation, Sex
from safeconduct.core.rows import RowEnd
from safeconduct.sheets.kobo import is_kobo_export

KARIM = {"name": "Omid Rahimi", "phone": "+44 7700 900123", "head": "Karim Rahimi"}
FAMILY = [member(1, 1, "Laila Rahimi", "sp", 38, 1), member(2, 1, "Omar", "ch", 9, 2)]


def test_a_submission_and_its_repeats_are_one_family() -> None:
    told = submission(1, **KARIM, head_sex=2, head_born="1979-03-01", where="p20")
    intake = read_kobo_here(export([told], FAMILY), form())
    (plea,) = intake.pleas
    karim, laila, omar = plea.household.people
    assert (karim.given_name, karim.sex, karim.relation) == (
        "Karim Rahimi",
        Sex.MALE,
        Relation.PRINCIPAL,
    )
    assert (laila.given_name, laila.sex, laila.relation) == (
        "Laila Rahimi",
        Sex.FEMALE,
        Relation.SPOUSE,
    )
    assert (omar.relation, omar.birth is not None) == (Relation.CHILD, True)
    assert plea.household.province == "AF20"
    assert (plea.caller.name, plea.caller.phones) == ("Omid Rahimi", ("+447700900123",))
    assert str(plea.received_on) == "2021-08-18"
    assert [(o.sheet, o.row) for o in plea.origins] == [
        ("Pleas", 2),
        ("members", 2),
        ("members", 3),
    ]


def test_each_submission_is_a_plea_of_its_own_though_one_person_sent_them_all() -> None:
    sent = [submission(n, name="Omid Rahimi", head=f"Family{'abc'[n]}") for n in range(3)]
    assert len(read_kobo_here(export(sent), form()).pleas) == 3


def test_the_rows_of_repeats_follow_their_submission_in_any_order() -> None:
    sent = [submission(1, head="Karim Rahimi"), submission(2, head="Nasir Azimi")]
    people = [
        member(1, 2, "Zahra Azimi", "sp", 44, 1),
        *FAMILY,
        member(4, 2, "Hamid Azimi", "ch", 7, 2),
    ]
    assert names(read_kobo_here(export(sent, people), form())) == [
        ["Karim Rahimi", "Laila Rahimi", "Omar"],
        ["Nasir Azimi", "Zahra Azimi", "Hamid Azimi"],
    ]


def test_a_submission_that_names_nobody_has_its_people_in_the_repeat() -> None:
    people = [member(1, 1, "Nasir Azimi", "self", 50, 2), member(2, 1, "Zahra Azimi", "sp", 44, 1)]
    intake = read_kobo_here(export([submission(1, name="Sara Azimi", where="p1")], people), form())
    (plea,) = intake.pleas
    assert [person.relation for person in plea.household.people] == [
        Relation.PRINCIPAL,
        Relation.SPOUSE,
    ]
    assert (plea.household.size, plea.household.province, plea.caller.name) == (
        2,
        "AF01",
        "Sara Azimi",
    )
    assert intake.count(RowEnd.ACCEPTED) == 3


def test_somebody_told_of_without_a_name_is_counted_beside_the_members() -> None:
    told = submission(1, head_born="1979-03-01", head_sex=2)
    (plea,) = read_kobo_here(export([told], FAMILY), form()).pleas
    assert (len(plea.household.people), plea.household.size) == (2, 3)


def test_a_submission_that_names_nobody_anywhere_is_held() -> None:
    intake = read_kobo_here(export([submission(1, name="Sara Azimi", where="p1")]), form())
    assert ends(intake) == [("Pleas", 2, "quarantined", "no name")]


def test_a_member_without_a_name_is_held_and_counted() -> None:
    intake = read_kobo_here(
        export([submission(1, **KARIM)], [*FAMILY, member(3, 1, None, "ch", 2, 1)]), form()
    )
    assert ends(intake)[-1] == ("members", 4, "quarantined", "no name")
    assert intake.pleas[0].household.size == 4


def test_a_repeat_left_blank_is_held_and_is_nobody() -> None:
    intake = read_kobo_here(export([submission(1, **KARIM)], [*FAMILY, member(3, 1)]), form())
    assert ends(intake)[-1] == ("members", 4, "quarantined", "nobody")
    assert intake.pleas[0].household.size == 3


def test_a_row_of_no_submission_is_held() -> None:
    intake = read_kobo_here(
        export([submission(1, **KARIM)], [*FAMILY, member(3, 77, "Lost Person", "ch", 2, 1)]),
        form(),
    )
    assert ends(intake)[-1] == ("members", 4, "quarantined", "no submission")
    assert [plea.household.size for plea in intake.pleas] == [3]


def test_a_row_that_names_two_submissions_is_held_and_never_given_to_one_of_them() -> None:
    torn = member(3, 1, "Hamid Azimi", "ch", 7, 2)
    torn[8] = "aaaa-2"  # _submission__uuid
    sent = [submission(1, **KARIM), submission(2, head="Nasir Azimi")]
    intake = read_kobo_here(export(sent, [*FAMILY, torn]), form())
    assert ends(intake)[-1] == ("members", 4, "quarantined", "no submission")


@pytest.mark.parametrize(
    "kept", [{"_parent_index", "_parent_table_name"}, {"_submission__uuid"}, {"_submission__id"}]
)
def test_one_sign_of_the_submission_is_enough(kept: set[str]) -> None:
    signs = {"_parent_index", "_parent_table_name", "_submission__uuid", "_submission__id"}
    left = [at for at, heading in enumerate(MEMBER) if heading not in signs - kept]
    rows = [[row[at] for at in left] for row in (MEMBER, *FAMILY)]
    content = book({"Pleas": [MAIN, submission(1, **KARIM)], "members": rows})
    assert names(read_kobo_here(content, form())) == [["Karim Rahimi", "Laila Rahimi", "Omar"]]


def test_of_two_submissions_of_one_uuid_the_index_tells() -> None:
    twice = submission(2, head="Nasir Azimi", _uuid="aaaa-1", _id=5001)
    people = [member(1, 1, "Laila Rahimi", "sp", 38, 1), member(2, 2, "Zahra Azimi", "sp", 44, 1)]
    people[1][7:9] = [5001, "aaaa-1"]
    intake = read_kobo_here(export([submission(1, **KARIM), twice], people), form())
    assert names(intake) == [["Karim Rahimi", "Laila Rahimi"], ["Nasir Azimi", "Zahra Azimi"]]


def test_a_repeat_within_a_repeat_is_of_the_same_family() -> None:
    wives = [
        ["members/wives/full_name", "_index", "_parent_table_name", "_parent_index"],
        ["Mina", 1, "members", 2],
    ]
    more = {"wives": wives}
    intake = read_kobo_here(export([submission(1, **KARIM)], FAMILY, more))
    assert names(intake) == [["Karim Rahimi", "Laila Rahimi", "Omar", "Mina"]]


def test_a_repeat_that_stands_before_the_main_sheet_is_read_too() -> None:
    wives = [
        ["full_name", "_index", "_parent_table_name", "_parent_index"],
        ["Mina", 1, "members", 1],
    ]
    content = book(
        {"wives": wives, "members": [MEMBER, *FAMILY], "Pleas": [MAIN, submission(1, **KARIM)]}
    )
    (plea,) = read_kobo_here(content, form()).pleas
    assert sorted(p.given_name or "" for p in plea.household.people) == [
        "Karim Rahimi",
        "Laila Rahimi",
        "Mina",
        "Omar",
    ]


def test_repeats_that_go_round_in_a_circle_are_held() -> None:
    heads = ["full_name", "_index", "_parent_table_name", "_parent_index"]
    content = book(
        {
            "Pleas": [MAIN, submission(1, **KARIM)],
            "one": [heads, ["Mina", 1, "two", 1]],
            "two": [heads, ["Roya", 1, "one", 1]],
        }
    )
    intake = read_kobo_here(content)
    assert [kind for *_, kind in ends(intake)] == ["", "no submission", "no submission"]


def test_a_repeat_of_dangers_is_words_of_the_family_and_nobody_more() -> None:
    dangers = [
        ["dangers/threat", "_index", "_parent_table_name", "_parent_index"],
        ["Men came at night", 1, "Pleas", 1],
        ["A letter on the door", 2, "Pleas", 1],
    ]
    intake = read_kobo_here(export([submission(1, **KARIM)], FAMILY, {"dangers": dangers}), form())
    (plea,) = intake.pleas
    assert plea.household.size == 3
    assert plea.household.words == ("threat: Men came at night", "threat: A letter on the door")
    assert intake.count(RowEnd.ACCEPTED) == 5


def test_what_hangs_on_a_held_submission_waits_with_it() -> None:
    dangers = [
        ["dangers/threat", "_index", "_parent_table_name", "_parent_index"],
        ["Men came", 1, "Pleas", 1],
    ]
    told = submission(1, **KARIM, head_born="1979-31-31")
    intake = read_kobo_here(export([told], FAMILY, {"dangers": dangers}), form())
    assert [kind for *_, kind in ends(intake)] == ["bad date", "", "", "with its submission"]
    assert [plea.household.size for plea in intake.pleas] == [
        3
    ]  # the head, though held, is counted


def test_the_head_told_again_as_a_member_is_one_person() -> None:
    again = member(3, 1, "Karim  RAHIMI", "self", 42, 2)
    intake = read_kobo_here(export([submission(1, **KARIM)], [*FAMILY, again]), form())
    assert ends(intake)[-1] == ("members", 4, "repeated", "")
    karim, *others = intake.pleas[0].household.people
    assert (karim.sex, karim.birth is not None, len(others)) == (Sex.MALE, True, 2)


@pytest.mark.parametrize(
    "again",
    [
        member(3, 1, "Karim Rahimi", "ch", 20, 2),
        member(3, 1, "Karim Azimi", "self", 42, 2),
        member(3, 1, "Karim Rahimi", "self", 20, 2),
        member(3, 1, "Karim Rahimi", "self", 42, 1),
    ],
    ids=["a son", "another name", "another age", "another sex"],
)
def test_somebody_else_of_the_name_stays_somebody_else(again: list[object]) -> None:
    told = submission(1, **KARIM, head_sex=2, head_born="1979-03-01")
    intake = read_kobo_here(export([told], [*FAMILY, again]), form())
    assert intake.count(RowEnd.REPEATED) == 0
    assert intake.pleas[0].household.size == 4


def test_words_of_the_submission_are_of_the_whole_family() -> None:
    told = submission(1, **KARIM, dangers="visit call", _notes="Called back twice")
    (plea,) = read_kobo_here(export([told], FAMILY), form()).pleas
    assert plea.household.words == (
        "threat: Armed men came to the house; Threats by telephone",
        "notes: Called back twice",
    )
    assert plea.household.people[0].words == ()


def test_what_the_server_adds_is_not_taken_for_what_a_family_told() -> None:
    intake = read_kobo_here(export([submission(1, **KARIM)], FAMILY), form())
    letters = dict(zip((c.column for c in intake.columns), MAIN, strict=False))
    taken = {letters[at]: field for at, field in columns(intake, "Pleas").items() if field}
    assert taken["_submission_time"] == "received_on"
    assert not {"_submitted_by", "_status", "_id", "_uuid", "_index", "start", "end"} & taken.keys()
    told = repr(intake.pleas)
    assert "enumerator_7" not in told
    assert "submitted_via_web" not in told


def test_a_csv_of_the_main_sheet_is_read() -> None:
    text = csv_text([MAIN, submission(1, **KARIM, where="p20")], delimiter=";")
    (plea,) = read_kobo_here(text.encode(), form(), name="export.csv").pleas
    assert (plea.household.people[0].given_name, plea.household.province) == (
        "Karim Rahimi",
        "AF20",
    )


def test_a_row_of_hxl_tags_below_the_headings_is_no_submission() -> None:
    tags = [f"#tag+{at}" for at in range(len(MAIN))]
    intake = read_kobo_here(book({"Pleas": [MAIN, tags, submission(1, **KARIM)]}), form())
    assert ends(intake) == [("Pleas", 3, "accepted", "")]


def test_a_sheet_of_another_kind_beside_the_export_is_read_as_any_sheet() -> None:
    more = {"Late": [["Name", "Father's name", "Phone"], ["Roya Karimi", "Hassan", "0700 123 456"]]}
    assert names(read_kobo_here(export([submission(1, **KARIM)], FAMILY, more), form()))[-1] == [
        "Roya Karimi"
    ]


def _hide_rows(made: openpyxl.Workbook) -> None:
    made["Pleas"].row_dimensions[2].hidden = True


def _hide_sheet(made: openpyxl.Workbook) -> None:
    made["members"].sheet_state = "hidden"


def _hide_column(made: openpyxl.Workbook) -> None:
    made["members"].column_dimensions["A"].hidden = True


@pytest.mark.parametrize(
    ("change", "held"),
    [
        (_hide_rows, ["hidden row", "", ""]),
        (_hide_sheet, ["", "hidden sheet", "hidden sheet"]),
        (_hide_column, ["", "no name", "no name"]),
    ],
    ids=["rows", "sheet", "column"],
)
def test_what_is_hidden_in_an_export_is_held_until_asked_for(
    change: Callable[[openpyxl.Workbook], None], held: list[str]
) -> None:
    content = book({"Pleas": [MAIN, submission(1, **KARIM)], "members": [MEMBER, *FAMILY]}, change)
    assert [kind for *_, kind in ends(read_kobo_here(content, form()))] == held
    unhidden = read_kobo_here(content, form(), read_hidden=True)
    assert names(unhidden) == [["Karim Rahimi", "Laila Rahimi", "Omar"]]


def test_the_cells_of_every_row_are_handed_on_in_words() -> None:
    kept: dict[Any, Any] = {}
    told = submission(1, **KARIM, head_sex=2, dangers="letter")
    content = export([told], [*FAMILY, member(3, 77, "Lost Person", "ch", 2, 1)])
    intake = read_kobo_here(
        content, form(), keep=lambda origin, cells: kept.update({origin: cells})
    )
    assert list(kept) == [row.origin for row in intake.rows]
    main = dict(kept[intake.rows[0].origin])
    assert main["Name of head of household"] == "Karim Rahimi"
    assert (main["Sex"], main["What threats are there?"]) == ("Male", "A night letter")
    assert main["_id"] == "5001"
    assert not {"_submitted_by", "case/dangers/call"} & main.keys()
    assert ("Full name", "Lost Person") in kept[intake.rows[-1].origin]


def test_an_export_is_known_by_its_headings() -> None:
    assert is_kobo_export(MAIN)
    assert is_kobo_export(MEMBER)
    assert is_kobo_export(["Name", "_UUID ", "_submission_time"])
    assert not is_kobo_export(["Name", "_id", "_notes", "Index", "start", "end", "Parent index"])
    assert not is_kobo_export(row[0] for row in SURVEY)
    assert not is_kobo_export([])


CELLS = st.sampled_from(
    [
        "Karim Rahimi",
        "Laila",
        "",
        None,
        "sp",
        "ch",
        "self",
        1,
        2,
        38,
        "31/31/2020",
        "Total",
        "n/a",
        "=1+1",
        "\u202eLaila",
    ]
)


@settings(max_examples=40)
@given(
    sent=st.lists(st.tuples(st.integers(1, 4), CELLS, CELLS, CELLS), max_size=4),
    people=st.lists(st.tuples(st.integers(1, 5), CELLS, CELLS, CELLS, CELLS), max_size=6),
    by_form=st.booleans(),
)
def test_every_submission_and_every_repeat_ends_once(
    sent: list[tuple[Any, ...]], people: list[tuple[Any, ...]], by_form: bool
) -> None:
    rows = [submission(n, head=head, head_sex=sex, head_born=born) for n, head, sex, born in sent]
    more = [member(at, of, *cells) for at, (of, *cells) in enumerate(people, start=1)]
    sheets = {"Pleas": [MAIN, *rows], "members": [MEMBER, *more]}
    text = {name: csv_text(cells) for name, cells in sheets.items()}
    intake = read_kobo_here(book(sheets), FORM if by_form else None)
    found = [(row.origin.sheet, row.origin.row) for row in intake.rows]
    assert sorted(found) == sorted(
        [("Pleas", n) for n in range(2, len(rows) + 2)]
        + [("members", n) for n in range(2, len(more) + 2)]
    ), text
    told = {origin for plea in intake.pleas for origin in plea.origins}
    assert told == {row.origin for row in intake.rows if row.end is RowEnd.ACCEPTED}
    assert all(row.reason for row in intake.rows if row.end is RowEnd.QUARANTINED)
    assert all(plea.household.people for plea in intake.pleas)


FORM = form(SURVEY, CHOICES)
