"""A form puts the names of its questions and the codes of its answers back into words, however they were exported."""

from __future__ import annotations

import openpyxl
import pytest
from kobo_by_hand import (
    CHOICES,
    MAIN,
    MEMBER,
    SETTINGS,
    SURVEY,
    book,
    export,
    form,
    member,
    names,
    read_kobo_here,
    submission,
)

from safeconduct.core.errors import (
    BadSheet,
    ExportNotRead,
    FormEncrypted,
    FormNotRead,
    FormOfAnother,
    SheetNamedTwice,
)
from safeconduct.core.facts import Relation, Sex
from safeconduct.sheets.grid import grids_from
from safeconduct.sheets.kobo_form import questions_of
from safeconduct.sheets.limits import Limits
from safeconduct.sheets.parse import parse

TOLD = submission(
    1,
    name="Omid Rahimi",
    phone="+447700900123",
    head="Karim Rahimi",
    head_sex=2,
    where="p20",
    dangers="visit call",
)
FAMILY = [member(1, 1, "Laila Rahimi", "sp", 38, 1)]
ADDED_CELLS = [cell for heading, cell in zip(MAIN, TOLD, strict=True) if heading.startswith("_")]
ADDED = [heading for heading in MAIN if heading.startswith("_")]
# The same columns as KoBoToolbox writes them in other settings of the export.
LABELS = {
    "caller/name": "Name",
    "caller/phone": "Phone number",
    "case/head": "Name of head of household",
    "case/head_sex": "Sex",
    "case/head_born": "Date of birth",
    "case/where": "Which province are they in?",
    "case/dangers": "What threats are there?",
    "case/dangers/visit": "What threats are there?/Armed men came to the house",
    "case/dangers/letter": "What threats are there?/A night letter",
    "case/dangers/call": "What threats are there?/Threats by telephone",
    "members/full_name": "Full name",
    "members/tie": "Relationship to head",
    "members/years": "How old is ${full_name}?",
    "members/sex": "Sex",
}
DARI = {
    "caller/name": "نام",
    "caller/phone": "شماره تلفون",
    "case/head": "نام سرپرست فامیل",
    "case/head_sex": "جنسیت",
    "case/head_born": "تاریخ تولد",
    "case/where": "ولایت",
    "case/dangers": "تهدیدات",
    "case/dangers/visit": "تهدیدات/visit",
    "case/dangers/letter": "تهدیدات/letter",
    "case/dangers/call": "تهدیدات/call",
    "members/full_name": "نام مکمل",
    "members/tie": "قرابت",
    "members/years": "سن",
    "members/sex": "جنسیت",
}
GROUPS = {"caller": "Who is calling", "case": "The family", "members": "Family members"}
WITH_GROUPS = {
    heading: f"{GROUPS[heading.partition('/')[0]]}/{label}" for heading, label in LABELS.items()
}
WITHOUT_GROUPS = {
    heading: heading.removeprefix("case/").removeprefix("caller/").removeprefix("members/")
    for heading in LABELS
}
WITH_DOTS = {heading: heading.replace("/", ".") for heading in LABELS}


@pytest.mark.parametrize(
    "called",
    [{}, LABELS, DARI, WITH_GROUPS, WITHOUT_GROUPS, WITH_DOTS],
    ids=["paths", "labels", "labels in Dari", "labels of groups", "names", "dots"],
)
def test_an_export_is_read_in_whatever_way_its_columns_are_called(called: dict[str, str]) -> None:
    main = [called.get(heading, heading) for heading in MAIN]
    members = [called.get(heading, heading) for heading in MEMBER]
    content = book({"Pleas": [main, TOLD], "members": [members, *FAMILY]})
    (plea,) = read_kobo_here(content, form()).pleas
    karim, laila = plea.household.people
    assert (karim.given_name, karim.sex, plea.household.province) == (
        "Karim Rahimi",
        Sex.MALE,
        "AF20",
    )
    assert (laila.given_name, laila.relation, laila.sex) == (
        "Laila Rahimi",
        Relation.SPOUSE,
        Sex.FEMALE,
    )
    assert laila.birth is not None
    assert (plea.caller.name, plea.caller.phones) == ("Omid Rahimi", ("+447700900123",))
    assert plea.household.words == ("threat: Armed men came to the house; Threats by telephone",)


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"dangers": "visit call"}, "Armed men came to the house; Threats by telephone"),
        (
            {"dangers": "Armed men came to the house Threats by telephone"},
            "Armed men came to the house; Threats by telephone",
        ),
        ({"dangers": "call"}, "Threats by telephone"),
        ({"dangers": "somebody shouted at us"}, "somebody shouted at us"),
        ({"dangers": "visit shouting"}, "visit shouting"),
    ],
    ids=["codes", "labels", "one", "other words", "an unknown code among them"],
)
def test_several_answers_in_one_column_become_words(cells: dict[str, object], words: str) -> None:
    (plea,) = read_kobo_here(export([submission(1, head="Karim Rahimi", **cells)]), form()).pleas
    assert plea.household.words == (f"threat: {words}",)


@pytest.mark.parametrize("by_form", [True, False], ids=["with its form", "alone"])
@pytest.mark.parametrize("yes", [1, "1", True, "TRUE"])
def test_several_answers_in_columns_of_their_own_become_words(yes: object, by_form: bool) -> None:
    heads = ["head", "threats/night_letter", "threats/call", "threats/visit", *ADDED]
    row = [
        "Karim Rahimi",
        yes,
        0,
        yes,
        *ADDED_CELLS,
    ]
    survey = [
        ["type", "name", "label"],
        ["text", "head", "Full name"],
        ["select_multiple t", "threats", "Threats"],
    ]
    choices = [
        ["list_name", "name", "label"],
        *(["t", each, each.replace("_", " ")] for each in ("night_letter", "call", "visit")),
    ]
    asked = form(survey, choices) if by_form else None
    (plea,) = read_kobo_here(book({"Pleas": [heads, row]}), asked).pleas
    assert plea.household.words == ("threat: night letter; visit",)


@pytest.mark.parametrize("by_form", [True, False], ids=["with its form", "alone"])
@pytest.mark.parametrize(
    ("hidden", "words"),
    [("B", ("threat: call; visit",)), ("C", ("threat: night letter; visit",))],
    ids=["the first of them", "another"],
)
def test_an_answer_in_a_hidden_column_is_not_read_and_the_others_are(
    hidden: str, words: tuple[str, ...], by_form: bool
) -> None:
    heads = ["head", "threats/night_letter", "threats/call", "threats/visit", *ADDED]
    survey = [
        ["type", "name", "label"],
        ["text", "head", "Full name"],
        ["select_multiple t", "threats", "Threats"],
    ]
    choices = [
        ["list_name", "name", "label"],
        *(["t", each, each.replace("_", " ")] for each in ("night_letter", "call", "visit")),
    ]

    def hide(made: openpyxl.Workbook) -> None:
        made["Pleas"].column_dimensions[hidden].hidden = True

    content = book({"Pleas": [heads, ["Karim Rahimi", 1, 1, 1, *ADDED_CELLS]]}, hide)
    kept: list[tuple[str, str]] = []
    (plea,) = read_kobo_here(
        content,
        form(survey, choices) if by_form else None,
        keep=lambda _origin, cells: kept.extend(cells),
    ).pleas
    assert plea.household.words == words
    assert words[0].removeprefix("threat: ") in [text for _, text in kept]


def test_no_answer_chosen_says_nothing() -> None:
    heads = ["head", "threats/letter", "threats/call", *ADDED]
    row = [
        "Karim Rahimi",
        0,
        0,
        *ADDED_CELLS,
    ]
    (plea,) = read_kobo_here(book({"Pleas": [heads, row]})).pleas
    assert plea.household.words == ()


def test_numbers_of_people_in_a_group_are_no_answers_that_were_chosen() -> None:
    heads = ["head", "family/adults", "family/children", *ADDED]
    row = [
        "Karim Rahimi",
        1,
        1,
        *ADDED_CELLS,
    ]
    (plea,) = read_kobo_here(book({"Pleas": [heads, row]})).pleas
    assert plea.household.size == 2


def test_an_export_alone_is_read_by_the_names_of_its_questions() -> None:
    heads = [
        "caller/name",
        "caller/phone",
        "person/full_name",
        "person/father/name",
        "person/gender",
        "province",
        *ADDED,
    ]
    row = ["Omid", "07700 900123", "Karim Rahimi", "Hassan", "male", "herat", *ADDED_CELLS]
    members = [
        ["members/full_name", "members/relation", "members/age", "_parent_index"],
        ["Laila", "wife", 38, 1],
    ]
    (plea,) = read_kobo_here(book({"Pleas": [heads, row], "members": members})).pleas
    karim, laila = plea.household.people
    assert (karim.given_name, karim.father_name, karim.sex) == ("Karim Rahimi", "Hassan", Sex.MALE)
    assert (laila.relation, plea.household.province, plea.caller.name) == (
        Relation.SPOUSE,
        "AF24",
        "Omid",
    )


def test_of_several_languages_the_answer_that_is_read_is_taken() -> None:
    choices = [
        ["list_name", "name", "label::Deutsch (de)", "label::Dari (prs)"],
        ["ties", "x", "Ehepartner", "همسر"],
    ]
    survey = [
        ["type", "name", "label::Deutsch (de)", "label::Dari (prs)"],
        ["begin repeat", "members", "Mitglieder", ""],
        ["text", "n", "Wie heißen sie?", "نام مکمل"],
        ["select_one ties", "t", "Verwandtschaft", "قرابت"],
        ["end repeat", "", "", ""],
    ]
    members = [["members/n", "members/t", "_index", "_parent_index"], ["Laila", "x", 1, 1]]
    content = book({"Pleas": [ADDED, ADDED_CELLS], "members": members})
    (plea,) = read_kobo_here(content, form(survey, choices)).pleas
    assert [(p.given_name, p.sex) for p in plea.household.people] == [("Laila", None)]
    assert plea.household.people[0].relation in {Relation.PRINCIPAL, Relation.SPOUSE}


@pytest.mark.parametrize("code", [1, "1", 1.0, " 1 "])
def test_a_code_that_is_a_number_is_the_same_in_every_form(code: object) -> None:
    intake = read_kobo_here(export([submission(1, head="Laila Karimi", head_sex=code)]), form())
    assert intake.pleas[0].household.people[0].sex is Sex.FEMALE


@pytest.mark.parametrize(
    "survey",
    [
        [["Type", "NAME", "Label"], ["text", "head", "Name of head of household"]],
        [["type", "name", "label:English"], ["text", "head", "**Name of head** of household"]],
        [["type", "name"], ["begin group", "case"], ["text", "head"]],
        [
            [],
            ["type", "name", "label"],
            ["end group"],
            ["text", "head", "Full name"],
            ["end repeat"],
        ],
        [["type", "name", "label", "label"], ["text", "head", "Full name", "Something else"]],
        [["type", "name", "label"], ["text", "head", "<span style='color:red'>Full name</span>"]],
    ],
    ids=["capitals", "one colon", "no labels", "ends of nothing", "two labels", "markup"],
)
def test_forms_are_written_in_many_ways(survey: list[list[str]]) -> None:
    told = export([submission(1, head="Karim Rahimi")])
    assert names(read_kobo_here(told, form(survey))) == [["Karim Rahimi"]]


def _settings(**told: str) -> list[list[str]]:
    return [[*SETTINGS[0], *told], [*SETTINGS[1], *told.values()]]


@pytest.mark.parametrize(
    "told",
    [
        {"public_key": "MIIBIjANBg", "submission_url": "https://kc.kobotoolbox.org/submission"},
        {"public_key": "MIIBIjANBg"},
        {"Public_Key": "MIIBIjANBg"},
    ],
)
def test_a_form_with_a_public_key_is_refused_with_the_reason_and_the_way_on(
    told: dict[str, str],
) -> None:
    with pytest.raises(FormEncrypted, match=r"public_key.*ODK Briefcase") as refused:
        read_kobo_here(export([TOLD]), form(settings=_settings(**told)))
    assert refused.value.code == "SC118"
    assert "MIIB" not in str(refused.value)


def test_an_empty_public_key_encrypts_nothing() -> None:
    assert read_kobo_here(
        export([TOLD]), form(settings=_settings(public_key="", submission_url=""))
    )


def test_an_export_of_encrypted_submissions_is_refused() -> None:
    heads = ["base64EncryptedKey", "encryptedXmlFile", *ADDED]
    with pytest.raises(FormEncrypted, match="Briefcase"):
        read_kobo_here(book({"Pleas": [heads, ["a2V5", "submission.xml.enc", *ADDED]]}))


@pytest.mark.parametrize(
    ("export_file", "form_file", "error"),
    [
        (export([TOLD]), export([TOLD]), FormNotRead),
        (export([TOLD]), book({"survey": []}), FormNotRead),
        (export([TOLD]), book({"survey": [["type", "name"]]}), FormNotRead),
        (export([TOLD]), book({"survey": [["type", "name"], ["end group", ""]]}), FormNotRead),
        (export([TOLD]), book({"survey": [["Frage", "Name"], ["text", "a"]]}), FormNotRead),
        (form(), None, ExportNotRead),
        (form(), form(), ExportNotRead),
        (book({"List": [["Name", "Phone"], ["Karim", "0700 123 456"]]}), form(), ExportNotRead),
        (book({"members": [MEMBER, *FAMILY]}), form(), ExportNotRead),
        (book({"List": []}), None, ExportNotRead),
        (book({"Pleas": [["q1", "q2", *ADDED], ["a", "b", *ADDED]]}), form(), FormOfAnother),
        (b"Name;Phone\nKarim;0700", form(), ExportNotRead),
    ],
)  # fmt: skip
def test_files_that_are_not_what_they_were_given_for_are_refused(
    export_file: bytes, form_file: bytes | None, error: type[BadSheet]
) -> None:
    with pytest.raises(error):
        read_kobo_here(export_file, form_file)


def test_a_form_given_as_the_export_is_said_to_be_one() -> None:
    with pytest.raises(ExportNotRead, match="definition of a form"):
        read_kobo_here(form(), None)


def test_two_files_of_one_name_are_refused() -> None:
    with pytest.raises(SheetNamedTwice):
        read_kobo_here(export([TOLD]), form(), name="form.xlsx")


def test_a_form_knows_its_groups_its_repeats_and_its_labels() -> None:
    asked = questions_of(
        grids_from(parse(form(), "form.xlsx", Limits()), "form.xlsx")[0], "form.xlsx"
    )
    by_name = {question.name: question for question in asked}
    assert by_name["tie"].repeat == "members"
    assert by_name["head"].repeat is None
    assert [group.name for group in by_name["head"].groups] == ["case"]
    assert by_name["head"].labels == ("Name of head of household", "نام سرپرست فامیل")
    assert by_name["sex"].choices["1"].labels == ("Female", "زن")
    assert by_name["head"].choices == {}
    assert len(by_name["tie"].choices) == len([row for row in CHOICES if row[0] == "ties"])
    assert (
        len(asked)
        == sum(bool(row[0]) and "group" not in row[0] and "repeat" not in row[0] for row in SURVEY)
        - 1
    )
