"""The pages of a case in Chromium: scripts off, from the call to the conflict, and what axe says of them."""

from __future__ import annotations

import io
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from tests.browser.cases.conftest import keep

from safeconduct.core.codes import spelt

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(databases=["default", "keys"], transaction=True),
]
SERIOUS = {"serious", "critical"}
SCROLLED_SIDEWAYS = """[...document.querySelectorAll(".scroll:has(.cards)")]
    .filter(each => each.scrollWidth > each.clientWidth).map(each => each.ariaLabel)"""
WIDTHS = (1280, 400, 360)


def photograph() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (640, 400), "#cfd8dc").save(out, "JPEG")
    return out.getvalue()


def arrives(page, words: str, *, within: str = "main") -> None:
    """Waited for, and not read: after a click the page before may still stand, or a long one still be arriving."""
    page.locator(within).get_by_text(words).first.wait_for()


def test_a_call_becomes_a_case_and_a_note_is_added(desk):
    page = desk.page_of("alice")
    page.goto(desk.url + "/cases/")
    page.click("text=New case")
    page.fill("#id_caller_name", "Ahmad")
    page.fill("#id_caller_phones", "07700 900123")
    page.fill("#id_hours", "after nine in the evening, Kabul time")
    page.fill("#id_told_size", "7")
    page.select_option("#id_province", "AF01")
    page.fill("#id_threat", "Men asked for her at the school.")
    page.fill("#id_person-0-given_name", "مریم")
    page.fill("#id_person-0-birth", "34")
    page.click("text=More lines for people")
    page.locator("#id_person-4-given_name").wait_for()
    assert page.input_value("#id_caller_name") == "Ahmad"  # nothing typed was lost
    keep(page, "new-case")
    page.click("text=Open the case")
    arrives(page, "after nine in the evening", within=".before-call")
    arrives(page, "+44 7700 900 123", within=".before-call")
    arrives(page, "7 people")
    page.click("text=Add a note")
    page.fill("#id_words", "Called back; no answer.")
    page.click("main button")
    arrives(page, "Called back; no answer.")


def test_what_is_amiss_is_said_beside_the_field_and_what_was_typed_stays(desk):
    page = desk.page_of("alice", width=400)
    page.goto(desk.at("add/person/"))
    page.fill("#id_given_name", "Maryam")
    page.fill("#id_birth", "the year of the flood")
    page.click("main button")
    arrives(page, "could not be read as a date", within=".field.wrong")
    assert page.input_value("#id_birth") == "the year of the flood"
    assert page.input_value("#id_given_name") == "Maryam"
    keep(page, "amiss-400")


def test_a_photograph_is_attached_and_seen(desk):
    page = desk.page_of("alice")
    page.goto(desk.at("add/document/"))
    page.set_input_files(
        "#id_file", {"name": "x.jpg", "mimeType": "image/jpeg", "buffer": photograph()}
    )
    page.fill("#id_title", "Tazkira of the mother")
    page.click("main button")
    page.wait_for_url(re.compile(r"/document/\w+/"))  # where it was attached ends in /document/
    assert page.locator("figure img").bounding_box()["height"] > 200
    keep(page, "document")


def test_two_members_write_and_nothing_is_lost(desk):
    note = desk.pages.entries["note"]
    alice, carol = desk.page_of("alice"), desk.page_of("carol")
    for page in (alice, carol):
        page.goto(desk.at(f"entry/{note}/"))
    carol.fill("#id_words", "Carol heard that they moved to Herat.")
    carol.click("main button")
    arrives(carol, "Carol heard that they moved to Herat.")  # hers is saved first
    alice.fill("#id_words", "Alice heard that the boy is in hospital.")
    alice.click("main button")
    arrives(alice, "Carol heard", within=".both")
    arrives(alice, "Alice heard", within=".both")
    keep(alice, "conflict")
    alice.fill("#id_words", "Carol heard: Herat. Alice heard: the boy is in hospital.")
    alice.click("main button")
    arrives(alice, "Carol heard: Herat. Alice heard")


def tab_to(page, told: str) -> None:
    """By the keyboard alone, to the first thing of that text or id."""
    here = "[document.activeElement.id, document.activeElement.textContent.trim()]"
    for _ in range(120):
        page.keyboard.press("Tab")
        if told in page.evaluate(here):
            return
    raise AssertionError(told)


def test_a_conversation_is_written_down_by_the_keyboard_alone(desk):
    page = desk.page_of("alice")
    page.goto(desk.at(f"caller/{desk.pages.entries['caller']}/"))
    tab_to(page, "I am calling now")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/add/talk/"))
    words = {"id_told": "Nothing new.", "id_next_words": "we call", "id_next_on": "1 January 2090"}
    for field, typed in words.items():
        tab_to(page, field)
        page.keyboard.type(typed)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/caller/"))
    told = page.inner_text(".last-told")
    assert "Nothing new." in told
    assert "we call, promised for 1 January 2090" in told
    keep(page, "caller-after-a-call")


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_is_wider_than_the_screen(desk, width: int):
    page = desk.page_of("carol", width=width, scripts=True)
    for name, path in looked_at(desk).items():
        page.goto(desk.url + path)
        over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert over <= 0, (path, over)
        assert page.evaluate(SCROLLED_SIDEWAYS) == [], path
        keep(page, f"{name}-{width}")


def test_right_to_left_and_printed_nothing_is_cut_off(desk):
    page = desk.page_of("carol", width=400, scripts=True)
    for name, path in looked_at(desk).items():
        page.goto(desk.url + path)
        page.evaluate("document.documentElement.dir = 'rtl'")
        assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0, path
        keep(page, f"{name}-rtl")
    page.goto(desk.at())
    page.emulate_media(media="print")
    keep(page, "case-printed")
    assert page.locator(".before-call").is_visible()
    assert page.locator(".sheet-head").is_visible()
    assert spelt(desk.pages.code) in page.locator(".sheet-head").inner_text()
    assert not page.locator(".masthead").is_visible()
    assert not page.locator(".links").first.is_visible()


def test_axe_finds_nothing_serious(desk):
    page = desk.page_of("carol", scripts=True)
    for path in looked_at(desk).values():
        page.goto(desk.url + path)
        found = Axe().run(page).response["violations"]
        told = [
            (each["id"], [node["html"][:200] for node in each["nodes"]])
            for each in found
            if each["impact"] in SERIOUS
        ]
        assert told == [], path


def looked_at(desk) -> dict[str, str]:
    entries, url = desk.pages.entries, desk.pages.url
    return {
        "list": "/cases/",
        "new": "/cases/new/",
        "case": url(""),
        "caller": url(f"caller/{entries['caller']}/"),
        "household-caller": url("caller/"),
        "talk": url(f"add/talk/?with={entries['caller']}&calling=now"),
        "conversations": url("?show=conversations"),
        "person": url(f"entry/{entries['person']}/"),
        "contact": url(f"entry/{entries['safe_contact']}/"),
        "history": url(f"entry/{entries['note']}/history/"),
        "remove": url(f"entry/{entries['threat']}/remove/"),
        "cover": url("cover/"),
        "looks": url("looks/"),
        "decision": url("add/decision/"),
        "attach": url("add/document/"),
        "document-page": url(f"document/{entries['document']}/"),
        "hand-over": url("hand-over/"),
        "share": url("share/"),
        "shred": url("shred/"),
    }
