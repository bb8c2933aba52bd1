"""Two ways of doing the same on a page: with the mouse, and with the keyboard alone.

What is to be done is said in the words that stand on the screen. With the keyboard nothing is ever clicked: Tab leads
there, and every stop on the way must be seen to have the focus and must let go of it again.
"""

from __future__ import annotations

import re
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from playwright.sync_api import Locator, Page

# Where the focus is, and whether a person sees that it is there.
STOP = """() => {
    const here = document.activeElement;
    if (!here || here === document.body) return null;
    const style = getComputedStyle(here), box = here.getBoundingClientRect();
    const drawn = (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
    return { drawn, what: here.outerHTML.slice(0, 120), file: here.type === "file",
             seen: box.width > 1 && box.height > 1 && box.bottom > 0 && box.top < innerHeight }; }"""
IS_HERE = "here => here === document.activeElement"
MOST_STOPS = 600


class Hands(Protocol):
    """A page, and how things are done on it."""

    page: Page

    def press(self, found: Locator) -> None: ...
    def type(self, field: Locator, text: str) -> None: ...
    def choose(self, field: Locator, label: str) -> None: ...
    def give(self, field: Locator, file: Path) -> None: ...


class Mouse:
    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, found: Locator) -> None:
        if _unfolds(found):
            found.click()
            return
        with another_page(self.page):
            found.click()

    def type(self, field: Locator, text: str) -> None:
        field.fill(text)

    def choose(self, field: Locator, label: str) -> None:
        if field.evaluate("each => each.tagName") == "SELECT":
            field.select_option(label=label)
        else:
            field.check()

    def give(self, field: Locator, file: Path) -> None:
        field.set_input_files(file)


class Keyboard:
    """Tab, Enter, Space, arrows and letters."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, found: Locator) -> None:
        self._reach(found)
        if _unfolds(found):
            self.page.keyboard.press("Enter")
            return
        with another_page(self.page):
            self.page.keyboard.press("Enter")

    def type(self, field: Locator, text: str) -> None:
        self._reach(field)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)
        assert field.input_value() == text

    def choose(self, field: Locator, label: str) -> None:
        """An answer of a list by arrows; a box by Space; one of several buttons by Tab to the group, then arrows."""
        if field.evaluate("each => each.tagName") == "SELECT":
            self._reach(field)
            for _ in range(field.locator("option").count() + 1):
                if field.evaluate("each => each.selectedOptions[0].label.trim()") == label:
                    return
                self.page.keyboard.press("ArrowDown")
            raise AssertionError(f"no arrow leads to {label}")
        if field.get_attribute("type") == "radio":
            self._reach(
                field.locator("xpath=ancestor::fieldset[1]").locator("input[type=radio]"),
                any_of=True,
            )
            while not field.is_checked():
                self.page.keyboard.press("ArrowDown")
        else:
            self._reach(field)
            self.page.keyboard.press("Space")
            assert field.is_checked()

    def give(self, field: Locator, file: Path) -> None:
        self._reach(field)
        with self.page.expect_file_chooser() as asked:
            self.page.keyboard.press("Space")
        asked.value.set_files(file)

    def _reach(self, found: Locator, *, any_of: bool = False) -> None:
        """By Tab alone, once round the page at most."""
        found.first.wait_for()
        wanted = [each.element_handle() for each in (found.all() if any_of else [found])]
        last, stuck = "", 0
        for _ in range(MOST_STOPS):
            if any(each is not None and each.evaluate(IS_HERE) for each in wanted):
                return
            self.page.keyboard.press("Tab")
            stop = self.page.evaluate(STOP)
            if stop is None:  # round the page; the next begins at its top
                last, stuck = "", 0
                continue
            assert stop["drawn"], (
                f"{self.page.url}: nobody sees that the focus is at {stop['what']}"
            )
            assert stop["seen"], f"{self.page.url}: the focus is out of sight, at {stop['what']}"
            # A field of several parts (a file's, a day's) is several stops: more would be a trap.
            stuck = stuck + 1 if stop["what"] == last else 0
            assert stuck < 4, f"{self.page.url}: the focus does not leave {stop['what']}"
            last = stop["what"]
        raise AssertionError(f"{self.page.url}: no Tab leads to {found}")


def another_page(page: Page) -> AbstractContextManager[object]:
    """What is done within leads to another page. It is whole before anybody reads it, or presses anything there."""
    return page.expect_navigation(wait_until="domcontentloaded")


def _unfolds(found: Locator) -> bool:
    """It shows more of the page that is there; everything else that is pressed leads on."""
    return bool(found.evaluate("each => each.localName") == "summary")


def called(name: str) -> re.Pattern[str]:
    """The whole name of something; "…" stands for anything."""
    return re.compile(rf"^\s*{re.escape(name).replace('…', '.+')}\s*$")
