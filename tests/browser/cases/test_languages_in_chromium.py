"""Dari and Pashto in Chromium: from right to left, on a narrow screen and on paper, and what axe says of them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from tests.browser.cases.conftest import keep

from safeconduct.people.models import Member

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(databases=["default", "keys"], transaction=True),
]
SERIOUS = {"serious", "critical"}
# What stands beyond either edge of the screen, but for what scrolls by itself and what is hidden on purpose.
BEYOND_THE_EDGE = """[...document.querySelectorAll("main *, .masthead *")]
    .filter(each => !each.closest(".scroll, .unseen, .skip, thead, pre"))
    .filter(each => !each.closest("details:not([open]) > :not(summary)"))
    .filter(each => { const box = each.getBoundingClientRect();
                      return box.width && (box.left < -1 || box.right > innerWidth + 1); })
    .map(each => each.outerHTML.slice(0, 120))"""

# How far the words of the heading begin from the right edge of their column.
FROM_THE_RIGHT = """() => { const heading = document.querySelector("h1"), words = document.createRange();
    words.selectNodeContents(heading);
    return heading.getBoundingClientRect().right - words.getBoundingClientRect().right; }"""


def reads(desk, who: str, language: str) -> None:
    member = getattr(desk.pages.cast, who).member
    Member.objects.filter(code=member.code).update(language=language)


@pytest.mark.parametrize("language", ["prs", "ps"])
def test_nothing_runs_over_the_edge_and_everything_begins_at_the_right(desk, language):
    reads(desk, "carol", language)
    for width in (1280, 360):
        page = desk.page_of("carol", width=width, scripts=True)
        for name, path in pages_of(desk).items():
            page.goto(desk.url + path)
            keep(page, f"{language}-{name}-{width}")
            assert page.get_attribute("html", "dir") == "rtl"
            assert page.evaluate(BEYOND_THE_EDGE) == [], (name, width)
            assert page.evaluate(FROM_THE_RIGHT) < 2, (name, width)
        if folder := os.environ.get("SAFECONDUCT_PICTURES"):
            page.goto(desk.at())
            page.pdf(path=str(Path(folder) / f"{language}-case.pdf"), format="A4")
        if width == 360:
            at_the_door(desk, page, language)


def test_axe_finds_nothing_serious_in_dari_on_a_narrow_screen(desk):
    reads(desk, "carol", "prs")
    page = desk.page_of("carol", width=360, scripts=True)
    page.goto(desk.at())
    assert serious_on(page) == []
    at_the_door(desk, page, "prs")
    assert serious_on(page) == []


def test_codes_and_telephones_read_from_the_left(desk):
    reads(desk, "carol", "prs")
    page = desk.page_of("carol", width=360)
    page.goto(desk.at())
    for island in page.locator(".code, a[href^='tel:']").all():
        assert island.evaluate("each => getComputedStyle(each).direction") == "ltr"


def at_the_door(desk, page, language: str) -> None:
    """As a stranger meets it, who chooses their language there."""
    page.context.clear_cookies()
    page.goto(f"{desk.url}/door/")
    page.click(f"button[lang={language}]")
    page.locator(f"strong[lang={language}]").wait_for()  # the door anew, in that language
    page.wait_for_load_state()
    assert page.get_attribute("html", "lang") == language
    keep(page, f"{language}-door-{page.viewport_size['width']}")


def serious_on(page) -> list[tuple[str, list[str]]]:
    found = Axe().run(page).response["violations"]
    return [
        (each["id"], [node["html"][:200] for node in each["nodes"]])
        for each in found
        if each["impact"] in SERIOUS
    ]


def pages_of(desk) -> dict[str, str]:
    return {
        "home": "/",
        "list": "/cases/",
        "case": desk.pages.url(""),
        "new": "/cases/new/",
        "looks": desk.pages.url("looks/"),
        "you": "/me/",
    }
