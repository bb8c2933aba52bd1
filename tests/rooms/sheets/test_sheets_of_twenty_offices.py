"""Sheets as other offices and programs make them: forms, exports, manifests, logs. Everybody fictional."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from sheets_at_hand import ON, read

from safeconduct.core.facts import Household, Person, Relation, Sex
from safeconduct.core.rows import Intake, RowEnd
from safeconduct.sheets.headings import recognise

Writer = Callable[..., Path]


def name(person: Person) -> str:
    parts = (person.given_name, person.family_name)
    return " ".join(part for part in parts if part) or person.native_name or ""


def names(household: Household) -> list[str]:
    return [name(person) for person in household.people]


def families(intake: Intake) -> list[list[str]]:
    return [names(plea.household) for plea in intake.pleas]


def sizes(intake: Intake) -> list[int]:
    return [plea.household.size for plea in intake.pleas]


def held(intake: Intake) -> list[tuple[str, str | None]]:
    return [(row.kind, row.cell) for row in intake.rows if row.end is RowEnd.QUARANTINED]


def fields(intake: Intake) -> list[str | None]:
    return [column.field for column in intake.columns]


# --- forms and their exports -------------------------------------------------------------


def test_it_reads_the_questions_of_a_form(written: Writer) -> None:
    rows = [
        [
            "Timestamp",
            "What is the full name of the main applicant?",
            "What is the date of birth of the main applicant?",
            "How many family members will be travelling?",
            "List all family members (name, DOB, relationship)",
            "What is your relationship to the applicant?",
            "What is your name?",
            "What is your phone number?",
            "Is the family in immediate danger? Please explain.",
        ],
        [
            "2021/08/18 3:45:12 PM GMT+1",
            "Ahmad Karimi",
            "25/12/1987",
            "3",
            "Laila Karimi, 1990, wife\nOmar Karimi, 2012, son",
            "Cousin",
            "Gul Noori",
            "07700 900123",
            "A night letter came",
        ],
    ]
    intake = read(written(rows))
    (plea,) = intake.pleas
    assert names(plea.household) == ["Ahmad Karimi", "Laila Karimi", "Omar Karimi"]
    assert (plea.household.size, plea.received_on) == (3, date(2021, 8, 18))
    assert (plea.caller.name, plea.caller.relation) == ("Gul Noori", "Cousin")
    assert plea.caller.phones == ("+447700900123",)
    assert "threat: A night letter came" in plea.household.words


def test_your_name_is_the_person_where_no_other_name_is_asked_for(written: Writer) -> None:
    rows = [["Your name", "Your date of birth", "Your phone"], ["Zia Safi", "1980", "0700111001"]]
    intake = read(written(rows))
    assert families(intake) == [["Zia Safi"]]
    assert fields(intake) == ["full_name", "birth", "phone"]


def test_the_sender_of_a_form_is_not_counted_among_the_family(written: Writer) -> None:
    rows = [
        ["ID", "Email", "Name", "Full name of person at risk", "Relationship to you"],
        ["1", "anonymous", "Jo Hill", "Ahmad Karimi", "Friend"],
    ]
    (plea,) = read(written(rows)).pleas
    assert names(plea.household) == ["Ahmad Karimi"]
    assert (plea.caller.name, plea.caller.email) == ("Jo Hill", None)


def test_it_reads_the_groups_of_a_form_as_paths(written: Writer) -> None:
    rows = [
        [
            "start",
            "caller/name",
            "family/principal_name",
            "family/principal_dob",
            "family/member_1/name",
            "family/member_1/age",
            "Family Members >> Row 2 >> Name",
            "_id",
        ],
        ["2021-08-18T10:00:00.000+01:00", "Gul", "Ahmad", "1987-03-12", "Laila", 31, "Omar", 17],
    ]
    (plea,) = read(written(rows)).pleas
    assert names(plea.household) == ["Ahmad", "Laila", "Omar"]
    assert plea.caller.name == "Gul"
    assert plea.household.people[0].birth is not None


def test_relatives_on_a_sheet_of_their_own_join_the_family_of_the_main_sheet(
    workbook: Writer,
) -> None:
    main = [["hoh_name", "province", "_index"], ["Ahmad", "Kabul", 1], ["Zia", "Herat", 2]]
    relatives = [
        ["name", "relation", "_parent_index", "_parent_table_name", "_index"],
        ["Nadia", "wife", 2, "main", 1],
        ["Laila", "wife", 1, "main", 2],
        ["Omar", "son", 1, "main", 3],
    ]
    intake = read(workbook(main, relatives))
    assert families(intake) == [["Ahmad", "Laila", "Omar"], ["Zia", "Nadia"]]
    assert any("3 rows were taken into the families" in told.sentence for told in intake.noticed)


def test_a_second_line_of_headings_for_programs_is_nobody(workbook: Writer) -> None:
    rows = [
        ["Respondent ID", "What is your full name?", "Please list everyone in your family"],
        [None, "Open-Ended Response", "Open-Ended Response"],
        [1234567890, "Ahmad Karimi", "Laila 35 wife, Omar 9 son"],
    ]
    intake = read(workbook(rows))
    assert families(intake) == [["Ahmad Karimi", "Laila", "Omar"]]
    assert held(intake) == [("note", "B2")]


def test_names_of_things_are_no_people(written: Writer) -> None:
    rows = [
        [
            "First Name",
            "Last Name",
            "Name Prefix",
            "Organization Name",
            "Phone 1 - Label",
            "Phone 1",
        ],
        ["Ahmad", "Karimi", "Mr", "Embassy", "Mobile", "0700111001"],
        ["Laila", "Safi", "", "Clinic", "Mobile", "0700111002"],
        ["Omar", "Noori", "", "", "Home", "0700111003"],
    ]
    intake = read(written(rows))
    assert sizes(intake) == [1, 1, 1]
    assert intake.pleas[0].caller.name is None
    assert intake.pleas[0].household.people[0].phones == ("+93700111001",)


def test_a_form_whose_headings_stand_below_each_other_is_held_with_its_mend(
    workbook: Writer,
) -> None:
    rows = [["Name", "Ahmad Karimi"], ["DOB", "1980"], ["Phone", "0700111001"]]
    intake = read(workbook(rows))
    assert intake.count(RowEnd.QUARANTINED) == 3
    assert any("transpose" in told.sentence for told in intake.noticed)


# --- lists and manifests -----------------------------------------------------------------


def test_it_reads_a_manifest_as_airlines_write_it(written: Writer) -> None:
    rows = [
        ["SEQ", "SURNAME/GIVEN", "DOB", "PP NO", "NAT", "PAX TYPE", "SEAT"],
        ["1", "KARIMI/AHMAD MR", "12MAR1987", "P01234567", "AFG", "ADT", "1A"],
        ["2", "KARIMI/LAILA MRS", "12MAR87", "P01234568", "AFG", "ADT", "1B"],
        ["3", "KARIMI/MINA INF", "01JUN21", "", "AFG", "INF", ""],
    ]
    intake = read(written(rows))
    people = [plea.household.people[0] for plea in intake.pleas]
    assert [(p.given_name, p.family_name, p.sex) for p in people] == [
        ("AHMAD", "KARIMI", Sex.MALE),
        ("LAILA", "KARIMI", Sex.FEMALE),
        ("MINA", "KARIMI", None),
    ]
    assert sizes(intake) == [1, 1, 1]


def test_it_reads_the_codes_of_registration_lists(written: Writer) -> None:
    rows = [
        ["Individual ID", "Case number", "Given name", "Family name", "Relationship to HR1"],
        ["AFG-01", "C-1", "Ahmad", "Karimi", "HR1"],
        ["AFG-02", "C-1", "Laila", "Karimi", "WIF"],
        ["AFG-03", "C-2", "Nadia", "Safi", "PA"],
    ]
    intake = read(written(rows))
    assert families(intake) == [["Ahmad Karimi", "Laila Karimi"], ["Nadia Safi"]]
    assert intake.pleas[0].household.people[1].relation is Relation.SPOUSE


@pytest.mark.parametrize(
    ("told", "given", "father"),
    [
        ("Mr. Ahmad Karimi s/o Karim Khan", "Mr. Ahmad Karimi", "Karim Khan"),
        ("Nadia Safi (d/o Yusuf)", "Nadia Safi", "Yusuf"),
        ("Laila (wife of Omar)", "Laila", None),
        ("Ahmad (brother of Gul)", "Ahmad", None),
        ("Nadia Noori – widow", "Nadia Noori", None),
    ],
)
def test_a_name_is_parted_from_what_is_told_with_it(
    written: Writer, told: str, given: str, father: str | None
) -> None:
    (person,) = read(written([["Name", "Phone"], [told, "0700111001"]])).pleas[0].household.people
    assert (person.given_name, person.father_name) == (given, father)


@pytest.mark.parametrize(
    "told",
    [
        "Family of Ahmad Zaki",
        "Mr & Mrs Zia Noori",
        "Ahmad & family",
        "Omar + family",
        "Aziz, Bilal",
        "Ditto",
        "deceased",
        "yes",
    ],
)
def test_what_is_not_the_name_of_one_person_is_held(written: Writer, told: str) -> None:
    rows = [["Name", "Phone"], [told, "0700111001"], ["Laila Safi", "0700111002"]]
    assert held(read(written(rows))) == [("not a name", "A2")]


def test_two_people_joined_in_a_cell_of_names_are_two(written: Writer) -> None:
    rows = [["Name", "Phone"], ["Ahmad and Laila Karimi", "0700111001"]]
    assert families(read(written(rows))) == [["Ahmad", "Laila Karimi"]]


def test_a_tick_in_a_column_of_names_is_nobody(workbook: Writer) -> None:
    rows = [["Name", "Phone"], [True, "0700111001"], ["Laila Safi", "0700111002"]]
    assert held(read(workbook(rows))) == [("not a name", "A2")]


def test_two_columns_called_name_side_by_side_are_the_names_of_one_person(written: Writer) -> None:
    rows = [["Name", "Name", "Phone", "DOB"], ["Ahmad", "Karimi", "0700111001", "1980"]]
    intake = read(written(rows))
    assert families(intake) == [["Ahmad Karimi"]]
    assert intake.pleas[0].household.people[0].phones == ("+93700111001",)


def test_a_spouse_said_not_to_be_is_not_counted(written: Writer) -> None:
    rows = [
        ["Main applicant", "Spouse", "Child 1", "Child1_DOB", "Dependant 1", "Dependant 1 age"],
        ["Nadia", "deceased", "Ali", "2001", "Gul", "70"],
        ["Zia", "yes", "", "", "", ""],
    ]
    intake = read(written(rows))
    assert families(intake) == [["Nadia", "Ali", "Gul"], ["Zia"]]
    assert sizes(intake) == [3, 2]


# --- how many they are ---------------------------------------------------------------------


def test_adults_and_children_counted_apart_are_the_family(workbook: Writer) -> None:
    rows = [
        ["Family", "Head", "Adult M", "Adult F", "Children <18", "Infants"],
        [1, "Ahmad Karimi", 1, 1, 3, 1],
        [2, "Zia Safi", None, None, 2, None],
    ]
    assert sizes(read(workbook(rows))) == [6, 3]


@pytest.mark.parametrize(
    ("told", "size"),
    [
        ("2 adults 3 children", 5),
        ("5+2", 7),
        ("2A 3C", 5),
        ("self, wife, 3 kids", 5),
        ("Husband, wife and two sons", 4),
        ("wife + 5 children", 7),
        ("شوهر، دو پسر و یک دختر", 5),
        ("alone", 1),
    ],
)
def test_a_family_only_counted_is_counted_once(written: Writer, told: str, size: int) -> None:
    rows = [["Name", "Family composition", "Phone"], ["Ahmad Karimi", told, "0700111001"]]
    assert sizes(read(written(rows))) == [size]


def test_children_named_under_a_heading_of_counts_are_read(workbook: Writer) -> None:
    rows = [
        ["Ref", "Principal", "Spouse name & DOB", "Children", "Other family"],
        ["A1", "Ahmad Karimi", "Laila, 1985", "Omar 12, Ali 9", "mother"],
        ["A2", "Zia Safi", "Nadia (1990)", "Hoda (3)", ""],
    ]
    intake = read(workbook(rows))
    assert families(intake) == [
        ["Ahmad Karimi", "Laila", "Omar", "Ali"],
        ["Zia Safi", "Nadia", "Hoda"],
    ]
    assert sizes(intake) == [5, 3]


def test_lists_of_people_under_family_are_no_reference(written: Writer) -> None:
    rows = [
        ["Name", "Family"],
        ["Ahmad Karimi", "Laila (wife; 35); Omar (son; 9)"],
        ["Yusuf", "(1) Laila (2) Hoda (3) Ali"],
        ["Hamid", "۱- لیلا ۲- عمر ۳- علی"],
    ]
    assert sizes(read(written(rows))) == [3, 4, 4]


def test_somebody_without_a_name_beside_the_members_is_counted(written: Writer) -> None:
    rows = [["Name", "DOB", "Family members"], ["", "1980", "Laila (wife, 35), Omar (son, 9)"]]
    (plea,) = read(written(rows)).pleas
    assert (len(plea.household.people), plea.household.size) == (2, 3)


# --- families -------------------------------------------------------------------------------


def test_a_blank_reference_is_not_the_one_above_where_a_row_is_a_family(written: Writer) -> None:
    rows = [
        ["FCDO ref", "Surname", "Forename(s)", "Dependents (inc. ages)"],
        ["FC/123", "Karimi", "Ahmad", "Laila (38), Omar (9)"],
        ["", "Safi", "Nadia", "none"],
    ]
    assert families(read(written(rows))) == [["Ahmad Karimi", "Laila", "Omar"], ["Nadia Safi"]]


def test_a_new_principal_does_not_join_the_reference_above(written: Writer) -> None:
    rows = [
        ["Ref", "Name", "Relationship"],
        ["A1", "Ahmad", "principal"],
        ["", "Laila", "wife"],
        ["", "Zia", "principal"],
    ]
    assert families(read(written(rows))) == [["Ahmad", "Laila"], ["Zia"]]


@pytest.mark.parametrize(
    "heading", ["Status of case", "Case owner", "Line manager", "Travel group"]
)
def test_words_about_a_case_are_no_reference_of_a_family(written: Writer, heading: str) -> None:
    found = recognise(heading)
    assert found is None or found.field.name not in {"reference", "row_number"}


def test_a_word_that_a_crowd_shares_is_no_family(written: Writer) -> None:
    people = [["Group", "Name", "Phone"]]
    people += [["ARAP", f"Ahmad {chr(65 + n)}ada", f"07001110{n:02}"] for n in range(26)]
    assert sizes(read(written(people))) == [1] * 26


def test_a_caller_for_a_crowd_is_not_one_family(written: Writer) -> None:
    people = [["Referred by", "Name", "Phone"]]
    people += [["Alliance", f"Ahmad {chr(65 + n)}ada", f"07001110{n:02}"] for n in range(26)]
    intake = read(written(people))
    assert sizes(intake) == [1] * 26
    assert any("many families" in told.sentence for told in intake.noticed)


# --- tables, rows and notices -----------------------------------------------------------------


def test_another_table_below_is_held_and_not_read_under_the_first_headings(
    workbook: Writer,
) -> None:
    rows = [
        ["No", "Name", "DOB", "Phone"],
        [1, "Ahmad Karimi", "1980-02-03", "0700111001"],
        ["Passport", "Full name", "Family size", "Contact"],
        ["P01234567", "Zia Noori", 6, "0700111003"],
        ["No", "Name", "DOB", "Phone"],
        [2, "Laila Safi", "1982-02-03", "0700111002"],
    ]
    intake = read(workbook(rows))
    assert [row.kind for row in intake.rows] == [
        "",
        "other headings",
        "other headings",
        "heading again",
        "",
    ]
    assert families(intake) == [["Ahmad Karimi"], ["Laila Safi"]]


def test_the_same_headings_in_other_words_are_the_headings_again(written: Writer) -> None:
    rows = [
        ["Name", "Father's name", "DOB", "Phone"],
        ["Ahmad", "Karim", "1980", "0700111001"],
        ["Full name", "F/Name", "Date of birth", "Contact no"],
        ["Laila", "Zia", "1982", "0700111002"],
    ]
    intake = read(written(rows))
    assert held(intake) == [("heading again", "A3")]
    assert len(intake.pleas) == 2


def test_a_file_without_rows_says_so(workbook: Writer, written: Writer) -> None:
    def chart(book: openpyxl.Workbook) -> None:
        book.create_chartsheet("Figures")

    intake = read(workbook([], change=chart), written([["Name", "Phone"]]))
    assert [told.sentence for told in intake.noticed] == [
        "It holds a sheet that is no table (of a chart or of macros). It was not read.",
        "No row was found in this file.",
        "No row was found in this file.",
    ]


def test_days_of_calls_are_no_births(written: Writer) -> None:
    rows = [
        ["Ahmad Karimi", "0700111001", "2021-08-18"],
        ["Laila Safi", "0700111002", "2021-08-19"],
        ["Zia Noori", "0700111003", "2021-08-19"],
    ]
    assert fields(read(written(rows))) == ["full_name", "phone", None]


def test_an_age_in_words_is_read_in_a_column_of_ages(written: Writer) -> None:
    rows = [["Name", "Age"], ["Ahmad", "thirty"], ["Laila", "65+"], ["Omar", "6m"]]
    births = [plea.household.people[0].birth for plea in read(written(rows)).pleas]
    ages = [birth.ages_on(ON) if birth else None for birth in births]
    assert ages == [(30, 30), (65, 120), (0, 6)]
