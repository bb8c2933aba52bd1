"""Whatever is sent: a clear answer of the four hundreds in the words of the error, nothing lost, nothing half taken."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.test import Client, override_settings
from tests.cast import AT, Cast
from tests.rooms.intake.arrivals import HEAD, SHEET, again, csv, file, imported

from safeconduct.cases.entries import PleaTold
from safeconduct.cases.models import Case
from safeconduct.cases.purposes import Purpose
from safeconduct.cases.reading import case_for
from safeconduct.config.clock import now
from safeconduct.intake.models import Delivery, End, Plea, State
from safeconduct.vault.models import CaseKey

pytestmark = [pytest.mark.slow, pytest.mark.django_db(databases=["default", "keys"])]


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


OLE = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF"
ZIP = zipped(**{"readme.txt": b"hello"})
# Code of the error, what is sent, and what it is called.
UNREADABLE = {
    "empty": ("SC101", b"", "empty.csv"),
    "an old or protected workbook": (None, OLE, "locked.xlsx"),
    "a paper": (None, PDF, "list.xlsx"),
    "a picture": (None, b"\x89PNG\r\n\x1a\n" + b"\0" * 60, "list.png"),
    "a program": (None, b"\x7fELF" + b"\0" * 60, "list.csv"),
    "a windows program": (None, b"MZ" + b"\0" * 600, "list.xlsx"),
    "a zip of something": (None, ZIP, "list.xlsx"),
    "a zip cut short": (None, ZIP[:-20], "list.xlsx"),
    "a paper that is a zip too": (None, PDF + ZIP, "list.xlsx"),
    "a workbook with entities": (
        None,
        zipped(
            **{
                "[Content_Types].xml": b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
                "xl/workbook.xml": b"<workbook/>",
            }
        ),
        "list.xlsx",
    ),
    "nothing but zeros": (None, b"\0" * 4096, "list.csv"),
    "an unclosed quote": (None, (HEAD + '\nA1,"Zarmina').encode() + b",x" * 50_000, "list.csv"),
}


@pytest.mark.parametrize("which", UNREADABLE)
def test_a_file_that_cannot_be_read_is_refused_whole(cast: Cast, alice: Client, which: str):
    code, content, name = UNREADABLE[which]
    keys = CaseKey.objects.count()
    answer = alice.post("/intake/upload/", {"sheets": [file(content, name)]})
    page = answer.content.decode()
    if answer.status_code == 302:  # it can be read, and its rows are held: nothing is lost by that
        assert Delivery.objects.get().quarantined
        return
    assert answer.status_code == 400
    assert f"({code})" in page if code else "(SC1" in page
    assert not Delivery.objects.exists()
    assert CaseKey.objects.count() == keys


NAMES = [
    "../../etc/passwd",
    "..\\..\\windows\\system.ini",
    "\u202elmx.tsil.csv",
    "na\u200bme\u200d.csv",
    "x" * 400 + ".csv",
    " .csv",
    "=cmd|' /C calc'!A0.csv",
    "<script>alert(1)</script>.csv",
    "کابل.csv",
    "a\r\nSet-Cookie: b=c.csv",
    "CON",
    "%00.csv",
    "نام\u202b.csv",
]


@pytest.mark.parametrize("name", NAMES)
def test_any_name_of_a_file_is_taken_and_shown_as_text(alice: Client, name: str):
    answer = alice.post("/intake/upload/", {"sheets": [file(SHEET, name)]})
    assert answer.status_code == 302
    page = alice.get(answer["Location"]).content.decode()
    assert "<script>alert" not in page
    assert "\u202e" not in page
    assert "\u200b" not in page


CELLS = [
    "\u202eanimraZ Madeup",
    "Zar\u200bmina Madeup",
    "=HYPERLINK(A1)",
    "<img src=x onerror=alert(1)>",
    "Zarmina\x00Madeup",
    "Zarmina\x07Madeup",
    "{{ 7*7 }}",
    "' OR 1=1 --",
    "Ⓩⓐⓡ Madeup",
    "z" * 5000,
    "\u2066Zarmina\u2069 Madeup",
    "زرمینه\u200cجان",
]


@pytest.mark.parametrize("cell", CELLS)
def test_any_cell_is_kept_word_for_word_and_shown_as_text(cast: Cast, alice: Client, cell: str):
    sheet = csv(f'A1,"{cell}",self,1988,,Kabul,"a letter {cell}",')
    answer = alice.post("/intake/upload/", {"sheets": [file(sheet, "list.csv")]})
    if answer.status_code == 400:
        assert not Delivery.objects.exists()
        return
    page = alice.get(answer["Location"]).content.decode()
    assert "<img src=x" not in page
    assert "\u202e" not in page
    delivery = Delivery.objects.get()
    assert delivery.rows == 1
    Delivery.objects.all().delete()
    Plea.objects.all().delete()
    done = imported(cast.alice, sheet, at=now())
    plea = Plea.objects.get(delivery=done)
    if plea.end == End.ATTACHED:
        opened = case_for(cast.alice, plea.case, Purpose.CASEWORK, at=AT)
        (told,) = opened.entries(PleaTold)
        kept = cell.replace("\x00", " ").replace("\x07", " ")[:1000]
        assert kept in told.says.words
        assert alice.get(f"/cases/{plea.case}/").status_code == 200


def test_a_body_over_the_limit_is_refused_by_its_length_alone(alice: Client):
    with override_settings(SHEETS_LIMIT=1000):
        answer = alice.post("/intake/upload/", {"sheets": [file(b"a,b\n" * 30_000, "big.csv")]})
    assert answer.status_code == 413
    assert not Delivery.objects.exists()


def test_sheets_may_be_larger_than_documents(alice: Client, monkeypatch):
    monkeypatch.setattr("safeconduct.intake.views.deliveries.AT_ONCE", 10)
    with override_settings(FILE_UPLOAD_MAX_MEMORY_SIZE=200, UPLOAD_LIMIT=100):
        answer = alice.post("/intake/upload/", {"sheets": [file(SHEET * 10, "big.csv")]})
    assert answer.status_code == 302
    assert Delivery.objects.get().size == len(SHEET) * 10


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"sheets": ""},
        {"sheets": "a text where a file should be"},
        {"sheets": [], "again": "on"},
        {"other": "x"},
    ],
)
def test_a_form_without_a_file_says_so(alice: Client, sent: dict[str, object]):
    answer = alice.post("/intake/upload/", sent)
    assert answer.status_code == 400
    assert "Choose one or several files" in answer.content.decode()


def test_two_files_of_one_name_are_told_and_none_is_lost_silently(alice: Client):
    two = [file(SHEET, "list.csv"), file(SHEET + b"\n", "list.csv")]
    answer = alice.post("/intake/upload/", {"sheets": two})
    assert answer.status_code == 400
    assert not Delivery.objects.exists()


def test_too_many_files(alice: Client):
    many = [file(SHEET + str(i).encode(), f"{i}.csv") for i in range(21)]
    answer = alice.post("/intake/upload/", {"sheets": many})
    assert answer.status_code == 400
    assert "(SC881)" in answer.content.decode()


@pytest.mark.parametrize(
    "text",
    ["", "   \n ", "\u200b\u200b", "x" * 200_001, "\x00\x01"],
)
def test_a_text_that_is_none_is_refused_and_comes_back(alice: Client, text: str):
    answer = alice.post("/intake/text/", {"text": text})
    assert answer.status_code in {400, 302}
    if answer.status_code == 400:
        assert not Plea.objects.exists()
        assert answer.context["form"]["text"].value() == text


@pytest.mark.parametrize(
    "text",
    [
        "\u202etxet denrut a",
        "<script>alert(1)</script> Zarmina",
        "=1+1\n@SUM(A1)",
        "nul\x00l and bell\x07",
        "🛟 " * 500,
        "a" * 10_000,
        "\n" * 500 + "one word",
    ],
)
def test_a_text_of_any_signs_is_kept(alice: Client, text: str):
    answer = alice.post("/intake/text/", {"text": text})
    if (
        answer.status_code == 400
    ):  # no database holds a NUL: Django refuses it, and what was typed is there
        assert "\x00" in text
        return
    page = alice.get(answer["Location"])
    assert page.status_code == 200
    assert b"<script>alert" not in page.content
    assert "\u202e" not in page.content.decode()


def test_a_list_of_more_people_than_the_form_has_lines_says_so_and_opens_a_case(alice: Client):
    family = "\n".join(
        f"{number}. Gulmakai Madeupzai, {number + 9} years" for number in range(1, 46)
    )
    alice.post("/intake/text/", {"text": family})
    plea = Plea.objects.get()
    path = f"/intake/pleas/{plea.code}/take-in/"
    page = alice.get(path)
    assert "The first 40 of 45." in page.content.decode()
    people, household = page.context["rows"], page.context["form"]
    sent = {
        f"person-{i}-{name}": row[name].value() or ""
        for i, row in enumerate(people)
        for name in row.fields
    }
    sent |= {name: household[name].value() or "" for name in household.fields}
    sent |= {"person-TOTAL_FORMS": len(people.forms), "person-INITIAL_FORMS": len(people.forms)}
    answer = alice.post(path, sent)
    assert (answer.status_code, Plea.objects.get().end) == (302, End.ATTACHED)
    assert "45. Gulmakai" in alice.get(answer["Location"]).content.decode()


@pytest.mark.parametrize(
    "revision", ["", "x", "-1", "0", "99999999999999999999", "1.5", "１", "1;drop"]
)
def test_a_step_with_a_strange_revision_changes_nothing(alice: Client, revision: str):
    alice.post("/intake/upload/", {"sheets": [file(SHEET, "list.csv")]})
    delivery = Delivery.objects.get()
    answer = alice.post(f"/intake/{delivery.code}/begin/", {"revision": revision})
    assert answer.status_code == 409
    assert again(delivery).state == State.READ
    alice.post("/intake/text/", {"text": "one of them"})
    plea = Plea.objects.get()
    sent = {"revision": revision, "why": "not-for-us"}
    answer = alice.post(f"/intake/pleas/{plea.code}/set-aside/", sent)
    if revision != "１":
        assert answer.status_code in {400, 409}
        assert Plea.objects.get().end == End.QUARANTINED


@pytest.mark.parametrize(
    "why", ["", "no-such-reason", "<b>", "x" * 5000, "withdrawn by the family"]
)
def test_a_reason_of_ones_own_is_none(alice: Client, cast: Cast, why: str):
    delivery = imported(cast.alice, at=now())
    held = Plea.objects.get(end=End.QUARANTINED)
    for path in (f"{delivery.code}/undo/", f"pleas/{held.code}/set-aside/"):
        answer = alice.post(f"/intake/{path}", {"why": why, "revision": held.revision})
        assert answer.status_code == 400
    assert Case.objects.count() == 3


@pytest.mark.parametrize("code", ["x", "0" * 9, "..", "NULL", "K7Q4MX2PD" * 5, "%2e%2e", "زرمینه"])
def test_codes_of_nothing_are_nowhere(alice: Client, code: str):
    for path in ("", "columns/", "undo/", "progress/"):
        assert alice.get(f"/intake/{code}/{path}").status_code in {404, 301}
    for path in ("", "take-in/"):
        assert alice.get(f"/intake/pleas/{code}/{path}").status_code in {404, 301}


@pytest.mark.parametrize(
    "query", ["?page=0", "?page=x", "?page=-1", "?page=9999999", "?end=x", "?end=", "?whose=x"]
)
def test_lists_take_any_query(alice: Client, query: str):
    for path in ("", "pleas/", "quarantine/"):
        assert alice.get(f"/intake/{path}{query}").status_code == 200
