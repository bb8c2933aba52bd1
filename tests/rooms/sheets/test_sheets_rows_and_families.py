"""How rows become people and families: by the sheet's own signs, everybody counted, nobody guessed into a family."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
from sheets_at_hand import read

from safeconduct.core.facts import Household, Relation, Sex
from safeconduct.core.rows import Intake, RowEnd
from safeconduct.sheets.cells import clean, sex_of
from safeconduct.sheets.headings import recognise

Writer = Callable[..., Path]


def names(household: Household) -> list[str | None]:
    return [person.given_name or person.native_name for person in household.people]


def families(intake: Intake) -> list[list[str | None]]:
    return [names(plea.household) for plea in intake.pleas]


def held(intake: Intake) -> list[tuple[str, str | None]]:
    return [(row.kind, row.cell) for row in intake.rows if row.end is RowEnd.QUARANTINED]


# --- families -----------------------------------------------------------------------------


def test_it_makes_one_family_of_one_reference(written: Writer) -> None:
    rows = [
        ["Case ref", "Name", "Phone"],
        ["A-01", "Ahmad", ""],
        ["A-02", "Zia", ""],
        ["A-01", "Laila", ""],
    ]
    assert families(read(written(rows))) == [["Ahmad", "Laila"], ["Zia"]]


def test_it_takes_a_merged_caller_to_each_of_his_rows(workbook: Writer) -> None:
    def merge(book: openpyxl.Workbook) -> None:
        book.worksheets[0].merge_cells("A2:A4")

    rows = [
        ["Caller", "Name", "DOB"],
        ["Gul Noori", "Ahmad", 1980],
        [None, "Laila", 1982],
        [None, "Omar", 2010],
        ["Jo Safi", "Zia", 1990],
    ]
    intake = read(workbook(rows, change=merge))
    assert families(intake) == [["Ahmad", "Laila", "Omar"], ["Zia"]]
    assert [plea.caller.name for plea in intake.pleas] == ["Gul Noori", "Jo Safi"]
    assert any("Merged" in told.sentence for told in intake.noticed)


def test_it_does_not_count_a_caller_abroad_among_the_family(written: Writer) -> None:
    rows = [
        ["Caller", "Caller's phone", "Relationship to caller", "Name", "Age"],
        ["Gul Noori", "07700 900100", "brother", "Ahmad", 40],
        ["Gul Noori", "", "sister in law", "Laila", 38],
    ]
    (plea,) = read(written(rows)).pleas
    assert plea.household.size == 2
    assert plea.caller.phones == ("+447700900100",)
    assert plea.caller.relation == "brother"
    assert [person.relation for person in plea.household.people] == [Relation.PRINCIPAL, None]


def test_it_begins_a_family_at_each_principal(written: Writer) -> None:
    rows = [
        ["Name", "Relationship", "Age"],
        ["Ahmad", "Principal", 40],
        ["Laila", "Wife", 38],
        ["Zia", "Self", 50],
        ["Omar", "son", 9],
    ]
    intake = read(written(rows))
    assert families(intake) == [["Ahmad", "Laila"], ["Zia", "Omar"]]
    assert [p.sex for p in intake.pleas[0].household.people] == [None, Sex.FEMALE]


def test_relatives_of_a_held_principal_do_not_join_the_family_before(written: Writer) -> None:
    rows = [
        ["Name", "Relationship", "DOB"],
        ["Ahmad", "Principal", "1980"],
        ["Laila", "Wife", "1982"],
        ["Zia", "Principal", "31/02/1970"],
        ["Omar", "son", "2001"],
    ]
    intake = read(written(rows))
    assert families(intake) == [["Ahmad", "Laila"], ["Omar"]]
    assert [plea.household.size for plea in intake.pleas] == [2, 2]
    assert held(intake) == [("bad date", "C4")]


def test_it_takes_blocks_between_blank_rows_as_families_where_there_is_no_other_sign(
    written: Writer,
) -> None:
    text = (
        "Name,Father's name,Age\nAhmad,Karim,40\nLaila,Zia,38\n,,\nNadia,Yusuf,30\nOmar,Hamid,9\n"
    )
    intake = read(written(text))
    assert families(intake) == [["Ahmad", "Laila"], ["Nadia", "Omar"]]
    assert any("blank rows" in told.sentence for told in intake.noticed)


def test_it_guesses_no_ties_between_rows_without_a_sign(written: Writer) -> None:
    rows = [
        ["Name", "Age"],
        ["Ahmad Karimi", 40],
        ["Laila Karimi", 38],
    ]
    assert families(read(written(rows))) == [["Ahmad Karimi"], ["Laila Karimi"]]


def test_it_reads_a_family_told_in_one_row(written: Writer) -> None:
    rows = [
        ["Name", "Family members", "Family size"],
        ["Ahmad Karimi", "1. Laila (wife, 30)\n2. Omar, son, 12\n3. baby", "6"],
    ]
    (plea,) = read(written(rows)).pleas
    assert names(plea.household) == ["Ahmad Karimi", "Laila", "Omar", None]
    assert plea.household.size == 6
    assert plea.household.principal is plea.household.people[0]


def test_it_counts_people_who_are_only_counted(written: Writer) -> None:
    rows = [
        ["Name", "Dependants", "Phone"],
        ["Ahmad Karimi", "wife and 4 children", ""],
        ["Zia Safi", "brother, sister", ""],
    ]
    sizes = [plea.household.size for plea in read(written(rows)).pleas]
    assert sizes == [6, 3]


def test_dependants_are_counted_without_the_principal(written: Writer) -> None:
    rows = [
        ["Name", "No. of dependants"],
        ["Ahmad Karimi", 4],
        ["Zia Safi", 0],
    ]
    assert [plea.household.size for plea in read(written(rows)).pleas] == [5, 1]


def test_it_holds_a_family_whose_members_cannot_be_told_apart(written: Writer) -> None:
    rows = [
        ["Name", "Family members"],
        ["Ahmad Karimi", "see the list Jo has"],
        ["Zia Safi", "Laila, wife"],
    ]
    assert held(read(written(rows))) == [("members unclear", "B2")]


def test_it_reads_people_in_columns_of_their_own(written: Writer) -> None:
    rows = [
        ["Applicant", "", "Spouse", "", "Child 1", ""],
        ["Name", "DOB", "Name", "DOB", "Name", "Age"],
        ["Ahmad Karimi", "1980-02-03", "Laila", "1982", "Omar", 9],
        ["Zia", "1990", "", "", "", 4],
    ]
    intake = read(written(rows))
    assert families(intake) == [["Ahmad Karimi", "Laila", "Omar"], ["Zia"]]
    assert [p.relation for p in intake.pleas[0].household.people] == [
        Relation.PRINCIPAL,
        Relation.SPOUSE,
        Relation.CHILD,
    ]
    assert intake.pleas[1].household.size == 2


def test_names_that_come_again_in_a_row_are_people_of_their_own(written: Writer) -> None:
    rows = [
        ["Name", "Age", "Name", "Age"],
        ["Ahmad", 40, "Laila", 38],
        ["Zia", 30, "", ""],
    ]
    assert families(read(written(rows))) == [["Ahmad", "Laila"], ["Zia"]]


# --- people --------------------------------------------------------------------------------


def test_it_reads_one_name_in_two_scripts_as_one_person(written: Writer) -> None:
    rows = [
        ["Name", "نام", "Phone"],
        ["Ahmad Karimi", "احمد کریمی", ""],
        ["Laila (لیلا)", "", ""],
    ]
    people = [plea.household.people[0] for plea in read(written(rows)).pleas]
    assert [(p.given_name, p.native_name) for p in people] == [
        ("Ahmad Karimi", "احمد کریمی"),
        ("Laila", "لیلا"),
    ]


def test_a_surname_before_a_comma_is_a_family_name(written: Writer) -> None:
    rows = [
        ["Name", "Phone"],
        ["KARIMI, Ahmad", ""],
    ]
    (person,) = read(written(rows)).pleas[0].household.people
    assert (person.given_name, person.family_name) == ("Ahmad", "KARIMI")


def test_it_counts_an_infant_with_a_surname_and_no_name_yet(written: Writer) -> None:
    rows = [
        ["Case ref", "First name", "Surname", "Age"],
        ["A1", "Laila", "Karimi", 30],
        ["A1", "", "Karimi", "2 months"],
        ["A2", "", "Safi", 30],
    ]
    intake = read(written(rows))
    assert intake.pleas[0].household.size == 2
    assert held(intake) == [("no name", "B4")]


def test_an_unreadable_phone_holds_nobody_and_is_counted(written: Writer) -> None:
    rows = [
        ["Name", "Phone"],
        ["Ahmad Karimi", "ask Jo"],
        ["Laila Safi", "0700 000 001"],
    ]
    intake = read(written(rows))
    assert [plea.household.people[0].phones for plea in intake.pleas] == [(), ("+93700000001",)]
    assert any("1 cell held no telephone" in told.sentence for told in intake.noticed)


def test_a_phone_that_became_a_fraction_is_a_phone(workbook: Writer) -> None:
    rows = [
        ["Name", "Phone"],
        ["Ahmad Karimi", 93700000001.0],
        ["Zia Safi", 700000002],
    ]
    phones = [plea.household.people[0].phones for plea in read(workbook(rows)).pleas]
    assert phones == [("+93700000001",), ("+93700000002",)]


def test_it_strips_marks_that_are_not_seen_and_says_so(written: Writer) -> None:
    rows = [
        ["Name", "Phone"],
        ["\u202eAhmad\u200b Karimi\x07", ""],
        ["Laila", ""],
    ]
    intake = read(written(rows))
    assert names(intake.pleas[0].household) == ["Ahmad Karimi"]
    assert any("not seen" in told.sentence for told in intake.noticed)


def test_a_formula_is_text_and_is_never_worked_out(written: Writer) -> None:
    rows = [
        ["Name", "Phone", "Notes"],
        ["Ahmad Karimi", "", '=HYPERLINK("http://x.invalid","click")'],
    ]
    (plea,) = read(written(rows)).pleas
    assert plea.household.words == ('notes: =HYPERLINK("http://x.invalid","click")',)


def test_a_row_of_formulas_never_worked_out_is_held_and_not_blank(workbook: Writer) -> None:
    rows = [
        ["Name", "Phone"],
        ["Ahmad Karimi", None],
        ["=A2", "=B2"],
    ]
    assert held(read(workbook(rows))) == [("formula", "A3")]


def test_it_tells_of_each_person_what_stands_in_their_row(written: Writer) -> None:
    rows = [
        ["Case ref", "Name", "Occupation", "Threat"],
        ["A1", "Ahmad", "interpreter", "night letter"],
        ["A1", "Laila", "teacher", ""],
    ]
    (plea,) = read(written(rows)).pleas
    assert plea.household.words == ()
    assert [person.words for person in plea.household.people] == [
        ("work: interpreter", "threat: night letter"),
        ("work: teacher",),
    ]


def test_it_tells_of_the_family_what_stands_in_several_of_its_rows(written: Writer) -> None:
    rows = [
        ["Case ref", "Name", "Occupation", "Notes"],
        ["A1", "Ahmad", "judge", "hiding in Kabul"],
        ["A1", "Laila", "judge", "hiding in Kabul"],
        ["A1", "Omar", "judge", "asthma"],
    ]
    (plea,) = read(written(rows)).pleas
    assert set(plea.household.words) == {"work: judge", "notes: hiding in Kabul"}
    assert plea.household.people[2].words == ("notes: asthma",)


def test_a_running_number_in_two_lists_makes_no_repeat(written: Writer) -> None:
    rows = [["Ref", "Name", "Province"], ["1", "Mohammad", "Kabul"]]
    intake = read(written(rows, "c.csv"), written(rows, "d.csv"))
    assert len(intake.pleas) == 2


def test_two_cousins_of_one_name_are_two_people(written: Writer) -> None:
    rows = [
        ["Caller", "Name", "Province"],
        ["Zahra in Leeds", "Mohammad", "Kabul"],
        ["Zahra in Leeds", "Mohammad", "Kabul"],
    ]
    assert sum(len(plea.household.people) for plea in read(written(rows)).pleas) == 2


def test_a_family_is_not_torn_by_one_row_that_stands_in_another_list_too(written: Writer) -> None:
    heading = ["Ref", "Name", "Relation", "Passport"]
    ahmad = ["CO-0017", "Ahmad Karimi", "principal", "P01234567"]
    first = [heading, ahmad, ["CO-0017", "Laila", "wife", ""]]
    second = [heading, ahmad, ["CO-0017", "Leila", "wife", ""], ["CO-0017", "Omid", "son", ""]]
    intake = read(written(first, "e.csv"), written(second, "f.csv"))
    assert [len(plea.household.people) for plea in intake.pleas] == [2, 3]


def test_a_family_that_stands_whole_in_two_lists_is_a_repeat(written: Writer) -> None:
    rows = [
        ["Ref", "Name", "Relation", "Passport"],
        ["CO-0017", "Ahmad Karimi", "principal", "P01234567"],
        ["CO-0017", "Laila Karimi", "wife", "P01234568"],
    ]
    intake = read(written(rows, "e.csv"), written(rows, "f.csv"))
    assert len(intake.pleas) == 1
    assert intake.count(RowEnd.REPEATED) == 2


def test_the_same_row_again_is_a_repeat_of_the_first(written: Writer) -> None:
    rows = [
        ["No.", "Name", "DOB", "Phone"],
        [1, "Ahmad Karimi", "1980-02-03", "0700000001"],
        [2, "AHMAD  karimi", "1980-02-03", "0700000001"],
    ]
    intake = read(written(rows))
    assert [row.end for row in intake.rows] == [RowEnd.ACCEPTED, RowEnd.REPEATED]
    assert intake.rows[1].same_as == intake.rows[0].origin


def test_twins_siblings_and_namesakes_are_no_repeats(written: Writer) -> None:
    rows = [
        ["Ref", "Name", "Father's name", "DOB"],
        ["A1", "Hassan", "Karim", "2015-05-06"],
        ["A1", "Hussain", "Karim", "2015-05-06"],
        ["A2", "Baby", "Zia", "2021-08-01"],
        ["A2", "Baby", "Zia", "2021-08-01"],
        ["A3", "Ahmad", "", ""],
        ["A4", "Ahmad", "", ""],
    ]
    assert read(written(rows)).count(RowEnd.REPEATED) == 0


def test_one_name_and_passport_in_one_family_is_one_person(written: Writer) -> None:
    rows = [
        ["Ref", "Name", "Passport no", "Notes"],
        ["A1", "Ahmad Karimi", "P01234567", ""],
        ["A1", "Ahmad Karimi", "P 01234567", "again"],
        ["A2", "Ahmad Karimi", "P01234567", ""],
    ]
    assert [row.end.value for row in read(written(rows)).rows] == [
        "accepted",
        "repeated",
        "accepted",
    ]


# --- rows that are no people ---------------------------------------------------------------


def test_it_holds_notes_totals_and_headings_in_the_middle(written: Writer) -> None:
    rows = [
        ["List of families, June"],
        ["Name", "Father's name", "Phone"],
        ["Ahmad", "Karim", ""],
        ["Added on Tuesday by Jo"],
        ["Name", "Father's name", "Phone"],
        ["Zia", "Omar", ""],
        ["Total", "", "2"],
        ["", "Hamid", "0700000001"],
    ]
    assert held(read(written(rows))) == [
        ("note", "A4"),
        ("heading again", "A5"),
        ("total", "A7"),
        ("no name", "A8"),
    ]


def test_no_reason_quotes_the_sheet(written: Writer) -> None:
    rows = [
        ["Name", "DOB", "Family members"],
        ["Zarghona", "Yaldanight", ""],
        ["Parwana", "1990", "Torpekai of the photo"],
        ["12345 Spinghar", "1990", ""],
    ]
    intake = read(written(rows))
    told = " ".join(
        [row.reason for row in intake.rows] + [note.sentence for note in intake.noticed]
    )
    assert len(held(intake)) == 3
    assert not [
        word
        for row in rows[1:]
        for cell in row
        for word in cell.split()
        if len(word) > 4 and word in told
    ]


def test_a_hidden_row_parts_what_stands_below_it_from_the_family_above(workbook: Writer) -> None:
    rows = [
        ["Name", "Relationship", "Age"],
        ["Ahmad", "Principal", 40],
        ["Zia", "Principal", 50],
        ["Omar", "son", 9],
    ]

    def hide(book: openpyxl.Workbook) -> None:
        book.worksheets[0].row_dimensions[3].hidden = True

    assert families(read(workbook(rows, change=hide))) == [["Ahmad"], ["Omar"]]


def test_an_address_without_an_owner_is_where_the_answer_goes(written: Writer) -> None:
    rows = [
        ["Name", "Email"],
        ["Ahmad Karimi", "ahmad@example.org"],
        ["Laila", "laila@example.org"],
    ]
    assert [plea.caller.email for plea in read(written(rows)).pleas] == [
        "ahmad@example.org",
        "laila@example.org",
    ]


def test_nothing_of_a_sheet_is_remembered_after_it_was_read(written: Writer) -> None:
    read(written([["Name", "Gender"], ["Ahmad Karimi", "M"]]))
    assert (
        clean.cache_info().currsize
        == sex_of.cache_info().currsize
        == recognise.cache_info().currsize
        == 0
    )


def test_people_above_the_headings_are_held_and_titles_are_told_of(written: Writer) -> None:
    rows = [
        ["Our list", "", ""],
        ["Date:", "20 August", ""],
        ["Ahmad Karimi", "701234567", ""],
        ["Laila Noori", "", "Kabul"],
        ["Name", "Phone", "Province"],
        ["Omar Safi", "0700000001", "Kabul"],
    ]
    intake = read(written(rows))
    assert held(intake) == [("above the headings", "A3"), ("above the headings", "A4")]
    assert families(intake) == [["Omar Safi"]]
    assert any("2 rows above the headings" in noticed.sentence for noticed in intake.noticed)
