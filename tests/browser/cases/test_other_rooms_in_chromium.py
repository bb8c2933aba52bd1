"""Exports, the desk itself and the office in Chromium: nothing wider than a telephone, and what axe says of them."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from tests.browser.cases.conftest import keep
from tests.browser.cases.test_the_file_in_chromium import SERIOUS
from tests.cast import AT

from safeconduct.exports.actions.recipients import confirm_recipient, name_recipient
from safeconduct.exports.models import Export
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
    confirm_recipient(cast.dana, known.code, at=AT)
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
        keep(page, f"{who}-{number}-narrow")
