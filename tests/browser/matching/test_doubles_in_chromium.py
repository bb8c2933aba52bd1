"""The review bench in Chromium: side by side and narrow, by keyboard, with single keys, from right to left."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from tests.browser.cases.conftest import desk, keep  # noqa: F401 (a fixture)
from tests.browser.cases.test_the_file_in_chromium import SERIOUS
from tests.rooms.matching.doubles import TOLD_AGAIN, TOLD_TWICE, case_of, look, twice_told

from safeconduct.core.linkage.judgements import Verdict
from safeconduct.matching.actions import judge
from safeconduct.matching.models import Judgement, Together
from safeconduct.people.models import Member

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(databases=["default", "keys"], transaction=True),
]


@pytest.fixture
def bench(desk, cast):  # noqa: F811
    """Three cases of one family that nobody owns, two of which stand together."""
    one, two = twice_told(cast.carol, cast.carol, owned=False)
    third = case_of(cast.bob, *TOLD_AGAIN, owned=False)
    case_of(cast.bob, *TOLD_TWICE)
    look(cast.carol)
    judge(
        cast.alice,
        (one.code, third.code),
        Verdict.SAME,
        note="She said so.",
        at=one.cover.opened_at,
    )
    desk.pair = f"/doubles/pair/{min(one.code, two.code)}/{max(one.code, two.code)}/"
    desk.judged = f"/doubles/pair/{min(one.code, third.code)}/{max(one.code, third.code)}/"
    desk.paths = (
        "/doubles/?whose=office",
        "/doubles/?whose=mine&state=settled",
        "/doubles/two/",
        "/doubles/cards/",
        desk.pair,
        desk.judged,
        f"/doubles/family/{one.code}/",
        f"/doubles/judgement/{Judgement.objects.get().code}/withdraw/",
        f"/cases/{one.code}/",
    )
    return desk


def test_every_page_is_sound_and_narrow_enough(bench):
    page = bench.page_of("carol", scripts=True)
    for number, path in enumerate(bench.paths):
        page.set_viewport_size({"width": 1280, "height": 900})
        answer = page.goto(bench.url + path)
        assert answer is not None
        assert answer.status == 200, path
        found = Axe().run(page).response["violations"]
        told = [
            (each["id"], each["nodes"][0]["html"][:200])
            for each in found
            if each["impact"] in SERIOUS
        ]
        assert told == [], path
        keep(page, f"doubles-{number}")
        page.set_viewport_size({"width": 360, "height": 800})
        keep(page, f"doubles-{number}-narrow")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path


def test_by_keyboard_alone_and_without_scripts(bench):
    page = bench.page_of("bob")
    page.goto(bench.url + bench.pair)
    page.focus("#id_note")
    page.keyboard.type("The caller said so.")
    for _ in range(2):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.value") == "different"
    page.keyboard.press("Enter")
    page.get_by_text("Kept: different families.").wait_for()
    said = Judgement.objects.get(by__handle="bob")
    assert (said.verdict, said.by.handle) == ("different", "bob")


def test_single_keys_only_for_whoever_ticked_that(bench):
    page = bench.page_of("bob", scripts=True)
    page.goto(bench.url + bench.pair)
    before = Judgement.objects.count()
    page.keyboard.press("s")
    assert Judgement.objects.count() == before
    page.check("[data-keys]")
    page.focus("#id_note")
    page.keyboard.type("so said she")  # an s in a field is a letter
    assert Judgement.objects.count() == before
    page.focus("#main")
    page.keyboard.press("s")
    page.get_by_text("Kept: same family.").wait_for()
    assert Judgement.objects.count() == before + 1
    assert Together.objects.count() == 3


def test_from_right_to_left(bench, cast):
    Member.objects.filter(code=cast.carol.member.code).update(language="prs")
    page = bench.page_of("carol")
    for number, path in enumerate((bench.pair, bench.paths[0])):
        page.goto(bench.url + path)
        assert page.get_attribute("html", "dir") == "rtl"
        keep(page, f"doubles-rtl-{number}")
        page.set_viewport_size({"width": 360, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
