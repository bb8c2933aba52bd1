"""Submissions of a form: each is a plea, its repeats are members; what a public key closed is refused."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.test import Client
from tests.cast import AT, Cast
from tests.rooms.intake.arrivals import again, file, run_import

from safeconduct.cases.models import Case
from safeconduct.cases.purposes import Purpose
from safeconduct.cases.reading import case_for
from safeconduct.config.clock import now
from safeconduct.intake.actions.beginning import begin_import
from safeconduct.intake.models import Delivery, Plea

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

HEAD = ["full_name", "province", "_id", "_uuid", "_submission_time", "__version__", "_index"]
ROW = ["Zarmina Madeupzai", "Kabul", 51, "aaaa-1", "2021-08-18T05:00:00", "v1", 1]
MEMBERS = [
    "full_name",
    "relation",
    "age",
    "_index",
    "_parent_table_name",
    "_parent_index",
    "_submission__uuid",
]
SURVEY = [
    ["type", "name", "label"],
    ["text", "full_name", "Full name"],
    ["text", "province", "Province"],
]


def book(sheets: dict[str, list[list[object]]]) -> bytes:
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


SENT = book(
    {
        "Pleas": [HEAD, ROW],
        "members": [
            MEMBERS,
            ["Omid Madeupzai", "child", 7, 1, "Pleas", 1, "aaaa-1"],
            ["Laila Madeupzai", "child", 5, 2, "Pleas", 1, "aaaa-1"],
        ],
    }
)
FORM = book(
    {
        "survey": SURVEY,
        "choices": [["list_name", "name", "label"]],
        "settings": [["form_title"], ["Pleas"]],
    }
)


def closed(by: str) -> bytes:
    """The definition of a form with a public key, or the export of one."""
    if by == "definition":
        settings = [["form_title", "public_key"], ["Pleas", "MIIBIjANBg"]]
        return book({"survey": SURVEY, "choices": [["list_name", "name"]], "settings": settings})
    return book(
        {"Pleas": [[*HEAD, "encryptedXmlFile", "base64EncryptedKey"], [*ROW, "a.enc", "b64"]]}
    )


@pytest.mark.parametrize("with_form", [True, False])
def test_a_submission_and_its_repeats_are_one_case(cast: Cast, alice: Client, with_form: bool):
    files = [file(SENT, "export.xlsx"), *([file(FORM, "form.xlsx")] if with_form else [])]
    answer = alice.post("/intake/upload/", {"sheets": files})
    assert answer.status_code == 302
    delivery = Delivery.objects.get()
    assert (delivery.way, delivery.rows, delivery.households) == ("form", 3, 1)
    begin_import(cast.alice, delivery.code, at=now())
    run_import(cast.alice, at=now())
    opened = case_for(cast.alice, Case.objects.get().code, Purpose.CASEWORK, at=AT)
    names = [kept.says.given_name for kept in opened.persons]
    assert names == ["Zarmina Madeupzai", "Omid Madeupzai", "Laila Madeupzai"]
    assert Plea.objects.get().rows == 3
    assert again(delivery).repeated == 0


@pytest.mark.parametrize("by", ["definition", "export"])
def test_what_only_a_private_key_can_read_is_refused_with_the_reason(alice: Client, by: str):
    files = {"export": [file(closed("export"), "export.xlsx")]}
    files["definition"] = [file(SENT, "export.xlsx"), file(closed("definition"), "form.xlsx")]
    answer = alice.post("/intake/upload/", {"sheets": files[by]})
    assert answer.status_code == 400
    assert "key" in answer.content.decode()
    assert not Delivery.objects.exists()


def test_a_definition_by_itself_opens_no_case(alice: Client):
    answer = alice.post("/intake/upload/", {"sheets": [file(FORM, "form.xlsx")]})
    assert answer.status_code == 400
    assert "it is the definition of a form" in answer.content.decode()
    assert not Delivery.objects.exists()
