"""Handing over, sharing and taking back, documents, shredding, and a case that does not open."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from tests.rooms.cases.families import compared
from tests.rooms.everyform import forms_at

from safeconduct.cases import actions
from safeconduct.cases.entries import Consent, Document, Hold
from safeconduct.cases.models import Case, Version
from safeconduct.journal.models import Line
from safeconduct.people.models import Grant
from safeconduct.vault.wrapping import fingerprint

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def code_of(pages, who: str) -> str:
    return pages.cast.everybody()[who].member.code


def test_a_case_is_handed_over_with_a_note_that_the_next_one_finds(pages):
    told = {"to": code_of(pages, "bob"), "note": "Promised to call on Monday.", "expected": "1"}
    assert pages.post("alice", "hand-over/", told).status_code == 302
    assert "Promised to call on Monday." in pages.get("bob").content.decode()
    assert "Ask for access" in pages.get("alice").content.decode()


def test_two_hand_overs_at_once_do_not_pass_each_other(pages):
    told = {"to": code_of(pages, "bob"), "note": "first", "expected": "1"}
    pages.post("carol", "hand-over/", told)
    again = told | {"to": code_of(pages, "alice"), "note": "second"}
    answer = pages.post("carol", "hand-over/", again)
    assert "SC782" in answer.content.decode()
    assert "second" in answer.content.decode()


def test_a_case_that_nobody_owns_is_taken_over_once(pages):
    pages.code = actions.open_case(pages.cast.bob, at=pages.at, owned=False).code
    assert "nobody looks after it" in pages.get("alice").content.decode()
    assert pages.post("alice", "take-over/").status_code == 302
    assert "with alice" in pages.get("alice").content.decode()
    answer = pages.post("carol", "take-over/")
    assert answer.status_code == 409
    assert "SC789" in answer.content.decode()


def test_asking_and_breaking_the_glass_begin_at_the_page_of_the_case(pages):
    reason = {"reason": "The family stands at the gate and nobody else is here."}
    assert pages.post("bob", "break-glass/", reason).status_code == 302
    assert Grant.objects.get(case=pages.code).broke_glass
    assert "Ask for the tailor." in pages.get("bob").content.decode()
    assert pages.post("charlie", "ask/", reason).status_code == 404


# --- another office ------------------------------------------------------------------------------------


def test_a_card_is_shared_read_only_and_taken_back(pages):
    other = pages.cast.other
    refused = pages.post("carol", "share/", {"office": other.code, "extent": "card"})
    page = refused.content.decode()
    assert "SC791" in page
    assert f"/cases/offices/{other.code}/compare/" in page
    compared(pages.cast.carol, other)
    assert (
        pages.post("carol", "share/", {"office": other.code, "extent": "card"}).status_code == 302
    )
    page = pages.get("charlie").content.decode()
    assert "Maryam" in page
    assert "Do not call." in page  # the rules for calling are contents
    assert "tailor" not in page
    assert "Add a note" not in page
    assert pages.get("charlie", "add/note/").status_code == 409
    assert pages.get("charlie", f"entry/{pages.entries['note']}/history/").status_code == 404
    assert pages.post("carol", f"share/{other.code}/take-back/", {"sure": "on"}).status_code == 302
    assert pages.get("charlie").status_code == 404


def test_everything_is_shared_and_the_other_office_sees_who_looked_there_alone(pages):
    other = pages.cast.other
    compared(pages.cast.carol, other)
    pages.post("carol", "share/", {"office": other.code, "extent": "all"})
    assert "tailor" in pages.get("charlie").content.decode()
    looks = pages.get("charlie", "looks/").content.decode()
    assert "charlie" in looks
    assert "alice" not in looks


def test_another_offices_key_is_compared_by_what_is_heard(pages):
    other = pages.cast.other
    path = f"/cases/offices/{other.code}/compare/"
    print_of = fingerprint(bytes(other.public))
    assert print_of not in pages.get("carol", path).content.decode()
    assert "SC792" in pages.post("carol", path, {"fingerprint": "0000"}).content.decode()
    assert pages.post("carol", path, {"fingerprint": print_of}).status_code == 302


# --- documents ---------------------------------------------------------------------------------------------


def photograph() -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", (64, 40), "#cfd8dc").save(out, "JPEG")
    out.seek(0)
    out.name = "of the mother.jpg"
    return out


def test_a_photograph_is_attached_and_its_picture_is_kept_by_nobody(pages):
    answer = pages.post("alice", "add/document/", {"file": photograph(), "title": "Tazkira"})
    assert answer.status_code == 302
    picture = pages.get("alice", f"{answer.url}1.png")
    assert picture.status_code == 200
    assert picture["Content-Type"] == "image/png"
    assert picture["Cache-Control"] == "no-store"
    assert picture["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in picture["Content-Security-Policy"]
    assert Image.open(io.BytesIO(picture.content)).size == (64, 40)
    assert Line.objects.filter(about=pages.code, deed="document seen").exists()
    for who in ("charlie", "dana", "otto"):
        assert pages.get(who, f"{answer.url}1.png").status_code == 404
    assert pages.get("bob", f"{answer.url}1.png")["Content-Type"].startswith("text/html")
    assert pages.get("alice", f"{answer.url}2.png").status_code == 404


def test_a_file_that_is_no_document_is_refused_beside_its_field(pages):
    told = {"file": io.BytesIO(b"MZ\x90\x00"), "title": "Tazkira of the mother"}
    page = pages.post("alice", "add/document/", told).content.decode()
    assert "SC762" in page
    assert "Tazkira of the mother" in page
    assert len(pages.opened().entries(Document)) == 1


def test_no_document_at_all_is_said(pages):
    assert "No document arrived" in pages.post("alice", "add/document/").content.decode()


def test_a_text_is_shown_as_text(pages):
    page = pages.get("alice", f"document/{pages.entries['document']}/").content.decode()
    assert "a letter of thanks</pre>" in page
    assert "Its last line was cut." in page


# --- consents, holds, the end --------------------------------------------------------------------------------


def test_a_consent_is_withdrawn_by_the_family(pages):
    path = f"entry/{pages.entries['consent']}/withdraw/"
    form = forms_at(pages.clients["alice"], pages.url(path))[0]
    told = form.values | {"withdrawal_told_by": "Maryam, by telephone"}
    assert pages.post("alice", path, told).status_code == 302
    kept = pages.opened().entries(Consent)[0].says
    assert not kept.holds_on(pages.at.date())
    assert "Withdrawn" in pages.get("alice").content.decode()


def test_a_case_is_held_and_then_nobody_can_ask_for_its_shredding(pages):
    assert pages.post("carol", "hold/", {"words": "An inquiry asked for it."}).status_code == 302
    assert "An inquiry asked for it." in pages.get("alice").content.decode()
    told = {"ground": "opened-by-mistake", "reason": ""}
    assert "SC797" in pages.post("carol", "shred/", told).content.decode()
    assert pages.post("carol", "hold/end/", {"why": ""}).status_code == 302
    assert pages.opened().entries(Hold) == []


def test_one_asks_another_agrees_and_the_case_is_gone(pages):
    told = {"ground": "asked-by-the-family", "reason": "Maryam asked for it."}
    assert pages.post("carol", "shred/", told).status_code == 302
    assert pages.code[:4] in pages.get("dana", "/cases/shreddings/").content.decode()
    page = pages.get("dana", "shred/agree/").content.decode()
    assert "Maryam asked for it." in page
    assert "tailor" not in page
    answer = pages.post("dana", "shred/agree/", {"code": "K7Q4-MX2P-D"})
    assert "not the code of this case" in answer.content.decode()
    assert pages.post("dana", "shred/agree/", {"code": pages.code.lower()}).status_code == 302
    assert pages.get("alice").status_code == 404
    assert not Case.objects.exists()


def test_an_approver_says_no_and_the_case_stays(pages):
    pages.post("carol", "shred/", {"ground": "asked-by-the-family"})
    assert pages.post("dana", "shred/agree/", {"refuse": "yes"}).status_code == 302
    assert pages.get("alice").status_code == 200


def test_a_case_that_does_not_open_gives_a_calm_page_and_a_line_in_the_journal(pages):
    version = Version.objects.get(entry_id=pages.entries["note"])
    Version.objects.filter(pk=version.pk).update(sealed=bytes(version.sealed)[:-1] + b"\x00")
    answer = pages.get("alice")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "SC700" in page
    assert "Tell the operator" in page
    assert "Maryam" not in page
    line = Line.objects.filter(deed="case did not open").get()
    assert (line.about, line.facts) == (pages.code, {"error": "SC700"})
