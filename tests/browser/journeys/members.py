"""A person at the desk in Chromium, who does what the words on the screen say, with one kind of hands."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Browser, Error, Locator, Page, expect
from tests.browser.journeys.following import ROOT
from tests.browser.journeys.hands import Hands, Keyboard, Mouse, called
from tests.deployed import PASSPHRASE

SHEET = ROOT / "src/safeconduct/packs/afghanistan_2021/sheets/constituency_office.xlsx"


class Member:
    """A person at the desk, with their hands."""

    def __init__(self, hands: Hands, base: str) -> None:
        self.hands, self.page, self.base = hands, hands.page, base.rstrip("/")
        self.page.set_default_timeout(20_000)

    def comes_in(self, handle: str) -> None:
        self.page.goto(self.base + "/door/")
        self.types("Handle", handle)
        self.types("Passphrase", PASSPHRASE)
        self.presses("Open")

    def presses(self, name: str, within: Locator | None = None) -> None:
        """A button, or a link that looks like one."""
        found = (within or self.page.locator("main")).get_by_role("button", name=called(name))
        links = (within or self.page.locator("main")).locator("a.button")
        self.hands.press(found.or_(links.filter(has_text=called(name))).first)

    def follows(self, name: str, within: str = "main") -> None:
        self.hands.press(self.page.locator(within).get_by_role("link", name=called(name)).first)

    def goes_to(self, room: str) -> None:
        ways = self.page.locator(".masthead")
        link = ways.get_by_role("link", name=called(room))
        if not link.is_visible():
            self.hands.press(ways.locator("summary"))
        self.hands.press(link)

    def types(self, label: str, text: str) -> None:
        named = re.compile(rf"^\s*{re.escape(label)}\s*(\(may stay empty\))?\s*$")
        self.hands.type(self.page.locator("main").get_by_label(named).first, text)

    def chooses(self, label: str, answer: str = "") -> None:
        """An answer of a list, or a box or button of that name."""
        field = self.page.locator("main").get_by_label(called(label)).first
        self.hands.choose(field, answer)

    def sees(self, words: str) -> None:
        shown = self.page.locator("main").get_by_text(re.compile(re.escape(words)))
        expect(shown.filter(visible=True).first).to_be_visible()

    def looks_again_until(self, way: Callable[[], None], words: str) -> None:
        shown = self.page.locator("main").get_by_text(words).filter(visible=True)
        for _ in range(60):
            try:
                shown.first.wait_for(timeout=1_500)  # a person would wait a moment, too
            except Error:
                way()
            else:
                return
        raise AssertionError(f"“{words}” did not come")


def hands_with(browser: Browser, way: str) -> Hands:
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, java_script_enabled=way != "scripts off"
    )
    page = context.new_page()
    return Keyboard(page) if way == "keyboard" else Mouse(page)


def lines_of(page: Page) -> list[Locator]:
    page.locator("table.worklist").wait_for()
    return page.locator("table.worklist tbody tr").all()


def line_of(page: Page, code: str) -> Locator:
    return page.locator(f"table.worklist tr:has(a.row-link[href*='{code}'])")


def code_in(line: Locator) -> str:
    return line.locator("a.row-link").inner_text().replace("-", "")
