"""Exports, the desk itself and the office in Chromium: nothing wider than a telephone, and what axe says of them."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from tests.browser.cases.conftest import keep
from tests.browser.cases.test_the_file_in_chromium import SCROLLED_SIDEWAYS, SERIOUS
from tests.cast import AT

from safeconduct.exports.actions.recipients import confirm_recipient, name_recipient
from safeconduct.exports.models import Export
from safeconduct.jobs.actions import ask_for
from safeconduct.jobs.models import Job
from safeconduct.people.actions.leaving import REWRAP
from safeconduct.vault.age import new_identity

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(databases=["default", "keys"], transaction=True),
]
PAGES = {
    "carol": "/ /jobs/ /office/ /office/invite/ /access/ /me/ /lock-down/ /exports/ /exports/ask/ /exports/recipients/ "
    "/exports/recipients/{open}/confirm/ /exports/trace/ /exports/record/{case}/ /exports/{export}/",
    "dana": "/ /exports/{export}/ /cases/shreddings/",
    "audrey": "/ /journal/",
    "otto": "/ /jobs/ /lock-down/",
}


@pytest.fixture
def words(desk, cast) -> dict[str, str]:
    known = name_recipient(cast.carol, name="A Department", age_key=new_identity().recipient, at=AT)
    confirm_recipient(cast.dana, known.code, heard=known.age_key[-8:], at=AT)
    other = name_recipient(cast.carol, name="Else", age_key=new_identity().recipient, at=AT)
    export = Export.objects.create(
        code="EXPQRT000",
        office=cast.home,
        recipient=known,
        purpose="raising with an authority",
        form="xlsx",
        columns=["case_code", "full_name"],
        cases=[desk.pages.code],
        left_out={"ABCDEFGHJ": "no consent for this recipient"},
        row_count=101,
        needs_second_eyes=True,
        asked_by=cast.carol.member,
        asked_at=AT,
        lapses_at=AT.replace(year=2100),
        file_sha256="5c943f21b60b8deaaab0019e8951b84975cd8388a57a6cdd381544e3334a4953",
    )
    for told in ({"given_up_at": AT}, {}):
        ask_for(REWRAP, by=cast.carol.actor, at=AT, needs_keys=True)
        Job.objects.filter(last_trouble="").update(last_trouble="OperationalError", **told)
    return {"open": other.code, "case": desk.pages.code, "export": export.code}


@pytest.mark.parametrize("who", PAGES)
def test_every_page_is_sound_and_narrow_enough(desk, words, who):
    page = desk.page_of(who, scripts=True)
    for number, path in enumerate(PAGES[who].format(**words).split()):
        page.set_viewport_size({"width": 1280, "height": 900})
        answer = page.goto(desk.url + path)
        assert answer is not None
        assert answer.status == 200, path
        found = Axe().run(page).response["violations"]
        assert [each["id"] for each in found if each["impact"] in SERIOUS] == [], path
        keep(page, f"{who}-{number}")
        page.set_viewport_size({"width": 360, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path
        assert page.evaluate(SCROLLED_SIDEWAYS) == [], path
        keep(page, f"{who}-{number}-narrow")


def test_a_card_says_beside_each_value_what_it_is_and_stays_a_table_to_those_who_hear_it(
    desk, words
):
    page = desk.page_of("carol", width=360)
    page.goto(desk.url + "/exports/")
    state = page.locator(".cards td").first
    drawn = "told => getComputedStyle(told, '::before').content"
    assert state.evaluate(drawn).startswith('"State"')
    table = page.get_by_role("table")
    assert table.get_by_role("columnheader").count() == 7
    heard = table.aria_snapshot()
    assert 'cell "carol"' in heard, heard
    assert 'rowheader "EXPQ-RT00-0"' in heard, heard
    page.emulate_media(media="print")
    assert state.evaluate(drawn) == "none"
    assert state.evaluate("told => getComputedStyle(told).display") == "table-cell"


def test_a_familys_record_is_shown_in_its_own_style(desk, words):
    """The desk's policy would leave the page's style out; `desk` fails where the browser complains of that."""
    page = desk.page_of("carol")
    page.goto(desk.url + f"/exports/record/{words['case']}/")
    page.check("#id_sure")
    page.get_by_role("button", name="Show the record").click()
    style = page.locator("th").first.evaluate("told => getComputedStyle(told).textAlign")
    assert style == "start"
    keep(page, "record")
