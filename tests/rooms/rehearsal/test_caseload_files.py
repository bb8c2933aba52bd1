"""What is written of a caseload: the public formats, the truth beside them, and sheets in offices' own manners."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from caseload_by_hand import BY_HERSELF, BY_HIS_BROTHER, CASELOAD, FIRST_DAY
from hypothesis import given, strategies as st

from safeconduct.cli.link import OPTIONAL, REQUIRED, read_people
from safeconduct.core.dates import Precision, UncertainDate, parse_age, parse_date
from safeconduct.core.facts import Source
from safeconduct.core.operation import Operation
from safeconduct.core.rulebook import Band
from safeconduct.core.rulebook.cases import household_from
from safeconduct.packs.caseload.records import CaseloadModel, Distribution, Rate
from safeconduct.rehearsal.caseload import files
from safeconduct.rehearsal.caseload.cells import by_context
from safeconduct.rehearsal.caseload.dates import (
    day_first,
    iso,
    iso_birth,
    sheet_birth,
    solar_hijri,
    with_month_name,
)
from safeconduct.rehearsal.caseload.layouts import DARI, FAMILIES, PERSONS, RELATIVES
from safeconduct.rehearsal.caseload.sheets import office_sheets
from safeconduct.rehearsal.caseload.truth import assessed_on, true_needs
from safeconduct.reports.writing import write_csv

LAYOUTS = {"relatives": RELATIVES, "families": FAMILIES, "persons": PERSONS, "dari": DARI}


def rows_of(columns, rows) -> list[dict[str, object]]:
    return [dict(zip(columns, row, strict=True)) for row in rows]


def cells_of(layout, plea, operation: Operation) -> list[dict[str, object]]:
    places = {province.pcode: province for province in operation.provinces}
    return rows_of(layout.headings, layout.rows(plea, places))


# --- the truth ---------------------------------------------------------------------------------


def test_the_truth_is_the_rulebook_over_all_that_is_true(operation: Operation):
    needs = true_needs(CASELOAD, operation, on=date(2021, 8, 20))
    assert list(needs) == ["F1", "F2"]
    assert needs["F1"].band is Band.URGENT
    assert {"ARAP-1", "ARAP-2"} <= {
        each.scheme for each in needs["F1"].schemes if each.outcome == "yes"
    }


def test_the_truth_is_written_for_the_operations_own_day_or_the_first_if_that_is_later(operation):
    assert assessed_on(operation, date(2021, 8, 13)) == date(2021, 8, 20)
    assert assessed_on(operation, date(2021, 9, 1)) == date(2021, 9, 1)


def test_every_family_stands_in_the_truth_once_with_how_often_it_asked(operation: Operation):
    needs = true_needs(CASELOAD, operation, on=date(2021, 8, 20))
    rows = rows_of(files.TRUE_FAMILIES_COLUMNS, files.true_families_rows(CASELOAD, needs))
    assert [(row["family_id"], row["size"], row["pleas"]) for row in rows] == [
        ("F1", 3, 2),
        ("F2", 1, 1),
    ]
    assert rows[0]["province"] == "AF01"
    assert "ARAP-2" in str(rows[0]["schemes"]).split("|")
    assert rows[0]["priority"] == needs["F1"].priority


def test_everybody_who_is_told_stands_in_the_truth_and_every_plea_too():
    people = rows_of(files.TRUE_PEOPLE_COLUMNS, files.true_people_rows(CASELOAD))
    told = [row[0] for row in files.people_rows(CASELOAD)]
    assert [row["person_id"] for row in people] == told
    assert {row["true_person_id"]: row["true_family_id"] for row in people}["F1/2"] == "F1"
    pleas = rows_of(files.TRUE_PLEAS_COLUMNS, files.true_pleas_rows(CASELOAD))
    assert [row["plea_id"] for row in pleas] == ["P1", "P2", "P3"]
    assert pleas[1]["family_id"] == "F1"
    assert pleas[2]["received_on"] == date(2021, 8, 17)


# --- the public formats --------------------------------------------------------------------------


def test_people_have_the_columns_that_link_reads_in_its_order():
    assert (*REQUIRED, *OPTIONAL) == files.PEOPLE_COLUMNS


def test_people_say_what_was_told_and_no_more():
    rows = rows_of(files.PEOPLE_COLUMNS, files.people_rows(CASELOAD))
    first, wife, child = rows[:3]
    assert first["household_id"] == "P1"
    assert (first["given_name"], first["native_name"]) == ("Naim", "نعیم بریڅ")
    assert (first["birth_date"], first["birth_date_precision"]) == ("1988", "year")
    assert (wife["birth_date"], wife["birth_date_precision"]) == ("1991", "year")
    assert (child["birth_date"], child["birth_date_precision"]) == ("2012-01-20", "day")
    assert first["phone"] == "+93700000123"
    assert (child["sex"], child["passport"]) == (None, None)


def test_people_are_read_back_by_link_as_they_were_told(tmp_path: Path):
    path = tmp_path / "people.csv"
    write_csv(path, files.PEOPLE_COLUMNS, files.people_rows(CASELOAD), exact=True)
    told = [
        (each.plea.household, person)
        for each in CASELOAD.pleas
        for person in each.plea.household.people
    ]
    records = read_people(path)
    assert len(records) == len(told)
    for record, (household, person) in zip(records, told, strict=True):
        assert (record.household_id, record.office) == (household.household_id, household.office)
        assert record.province == household.province
        for name in "person_id given_name family_name father_name native_name sex phones passport tazkira".split():
            assert getattr(record, name) == getattr(person, name), name


def test_no_id_of_a_family_or_a_true_person_stands_in_what_the_engines_read(operation: Operation):
    told = [str(cell) for row in files.people_rows(CASELOAD) for cell in row]
    told += files.case_lines(CASELOAD)
    told += [
        str(cell)
        for sheet in office_sheets(CASELOAD, operation)
        for row in sheet.rows()
        for cell in row
    ]
    true = {family.family_id for family in CASELOAD.families}
    assert not [text for text in told if any(each in text for each in true)]


def test_cases_are_read_back_as_they_were_told(operation: Operation):
    kinds, on = operation.rulebook.facts, FIRST_DAY
    cases = [
        household_from(json.loads(line), line=1, kinds=kinds, on=on)
        for line in files.case_lines(CASELOAD)
    ]
    for case, each in zip(cases, CASELOAD.pleas, strict=True):
        told = each.plea.household
        assert (case.household_id, case.size, case.province) == (
            told.household_id,
            told.size,
            told.province,
        )
        assert dict(case.facts) == dict(told.facts)
        assert [person.birth for person in case.people] == [person.birth for person in told.people]
        assert [dict(person.facts) for person in case.people] == [
            dict(x.facts) for x in told.people
        ]


def test_what_it_was_drawn_from_has_a_source_or_says_that_it_is_an_assumption():
    cited = Source(url="https://counts.example/2021", as_of="2021-09-01")
    ours = Source(url=None, verified=False, note="An assumption of this pack's author.")
    size = Distribution(
        name="household_size", what="People.", choices={"2": 1, "5": 3}, source=cited
    )
    told = Rate(name="told_sex", what="Of people told, whose sex is told.", value=0.8, source=ours)
    model = CaseloadModel(
        names=(),
        profiles=(),
        distributions={"household_size": size},
        rates={"told_sex": told},
        arrivals=(),
    )
    every = rows_of(files.DISTRIBUTIONS_COLUMNS, files.distribution_rows(model))
    rows = [row for row in every if row["kind"] != "in the code"]
    assert [(row["choice"], row["value"]) for row in rows] == [("2", 1), ("5", 3), (None, 0.8)]
    assert [row["source"] for row in rows] == [cited.url, cited.url, "assumption"]
    assert [row["verified"] for row in rows] == ["yes", "yes", "no"]


# --- sheets ----------------------------------------------------------------------------------------


def test_every_office_has_a_sheet_with_its_own_pleas_and_nobody_is_left_out(operation: Operation):
    sheets = office_sheets(CASELOAD, operation)
    assert [sheet.file for sheet in sheets] == [
        "charity-01.csv",
        "constituency-office-01.csv",
        "volunteers-01.csv",
    ]
    assert [plea.plea_id for sheet in sheets for plea in sheet.pleas] == ["P2", "P1", "P3"]
    assert len({id(sheet.layout) for sheet in sheets}) == 3


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_layout_writes_everybody_with_the_reference_of_the_plea(
    name: str, operation: Operation
):
    rows = cells_of(LAYOUTS[name], BY_HIS_BROTHER, operation)
    assert len(rows) == (1 if LAYOUTS[name].by_family else 3)
    assert {next(iter(row.values())) for row in rows} == {"P1"}
    text = "\n".join(str(cell) for row in rows for cell in row.values())
    assert "Leila" in text
    assert "Umar" in text
    assert "a night letter came" in text
    assert "teacher at a girls' school" in text


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_plea_that_names_nobody_still_has_its_row(name: str, operation: Operation):
    plea = type(BY_HERSELF)(
        plea_id="P9",
        origins=(),
        received_on=FIRST_DAY,
        household=type(BY_HERSELF.household)(household_id="P9", people=(), told_size=8),
    )
    (row,) = cells_of(LAYOUTS[name], plea, operation)
    assert "P9" in row.values()
    assert "8" in row.values()


def test_of_the_family_a_list_of_persons_tells_once(operation: Operation):
    first, *others = cells_of(PERSONS, BY_HIS_BROTHER, operation)
    assert (first["Location"], first["Household size"]) == ("Kabul", "4")
    assert first["Date of contact"] == "2021-08-14"
    for row in others:
        assert not any(row[name] for name in ("Location", "Household size", "Date of contact"))


def test_members_stand_in_one_cell_with_what_is_known_of_them(operation: Operation):
    (row,) = cells_of(FAMILIES, BY_HIS_BROTHER, operation)
    assert row["Family members"] == "1. Leila (wife, born 1991)\n2. Umar (child, 9)"
    assert row["Comments"] == "please hurry. wife: teacher at a girls' school"


def test_a_list_in_dari_has_its_headings_words_digits_and_calendar(operation: Operation):
    first, wife, child = cells_of(DARI, BY_HIS_BROTHER, operation)
    assert first["نام مکمل"] == "نعیم بریڅ"
    assert (first["جنسیت"], wife["جنسیت"]) == ("مرد", "زن")
    assert (first["نسبت"], wife["نسبت"], child["نسبت"]) == ("سرپرست فامیل", "خانم", "فرزند")
    assert first["ولایت"] == "کابل"
    assert first["تاریخ تولد"] == "۳۳"
    assert child["تاریخ تولد"] == "۱۳۹۰/۱۰/۳۰"


def test_no_list_is_in_dari_where_no_name_is(operation: Operation):
    sheets = office_sheets(CASELOAD, operation)
    native = {sheet.file for sheet in sheets if sheet.layout.in_dari}
    assert native <= {"constituency-office-01.csv", "volunteers-01.csv"}


def test_words_go_to_their_columns_and_other_words_to_the_notes():
    texts = ("work: driver", "threat: a letter", "work: guard", "at 5: rang again", "please hurry")
    assert by_context(texts) == {
        "work": "driver; guard",
        "threat": "a letter",
        "notes": "at 5: rang again; please hurry",
    }


# --- dates -----------------------------------------------------------------------------------------

BIRTHS = st.one_of(
    st.dates(date(1930, 1, 2), date(2021, 8, 1)).map(UncertainDate.of_day),
    st.dates(date(1930, 1, 1), date(2021, 7, 1)).map(
        lambda day: UncertainDate.of_month(day.year, day.month)
    ),
    st.integers(1930, 2020).map(UncertainDate.of_year),
    st.integers(1930, 2020).map(
        lambda year: UncertainDate(date(year, 1, 1), date(year, 12, 31), Precision.DAY)
    ),
    st.integers(0, 90).map(lambda age: UncertainDate.of_age(age, on=FIRST_DAY)),
)


@given(birth=BIRTHS, manner=st.sampled_from([iso, day_first, with_month_name, solar_hijri]))
def test_a_birth_on_a_sheet_is_read_as_what_was_told(birth: UncertainDate, manner):
    cell = sheet_birth(birth, received_on=FIRST_DAY, manner=manner)
    read = (
        parse_age(cell, on=FIRST_DAY)
        if len(cell) <= 2
        else parse_date(cell, on=FIRST_DAY, day_first=True)
    )
    assert isinstance(read, UncertainDate), cell
    assert read.earliest <= birth.earliest
    assert birth.latest <= read.latest
    assert (read.latest - read.earliest).days <= max((birth.latest - birth.earliest).days, 366)


@given(birth=BIRTHS)
def test_a_birth_in_our_files_is_never_more_exact_than_it_was_told(birth: UncertainDate):
    written, precision = iso_birth(birth)
    case = {"case_id": "C", "people": [{"birth_date": written, "birth_date_precision": precision}]}
    read = household_from(case, line=1, kinds={}, on=FIRST_DAY).people[0].birth
    assert read is not None
    if birth.earliest.year == birth.latest.year:
        assert (read.earliest, read.latest) == (birth.earliest, birth.latest)
    else:
        assert read == UncertainDate.of_year(read.earliest.year)
        assert birth.earliest.year <= read.earliest.year <= birth.latest.year


def test_the_first_of_january_is_written_out_and_known_to_the_year():
    told = UncertainDate(date(1990, 1, 1), date(1990, 12, 31), Precision.DAY)
    assert iso_birth(told) == ("1990-01-01", "year")
    assert sheet_birth(told, received_on=FIRST_DAY, manner=day_first) == "01/01/1990"


def test_an_unknown_birth_stays_empty():
    assert iso_birth(None) == ("", "")
    assert sheet_birth(None, received_on=FIRST_DAY, manner=iso) == ""
