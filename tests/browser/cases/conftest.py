"""Chromium in front of a desk that this process serves, with a case in it and members who have come in."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from tests.rooms.cases_pages.conftest import Pages, open_pages

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


@dataclass
class Desk:
    """Where the desk is, its case, and a browser for each member with scripts off."""

    url: str
    pages: Pages
    browser: Browser
    complaints: list[str] = field(default_factory=list)

    def page_of(self, who: str, *, width: int = 1280, scripts: bool = False) -> Page:
        context = self.browser.new_context(
            java_script_enabled=scripts, viewport={"width": width, "height": 900}
        )
        self._let_in(context, who)
        page = context.new_page()
        page.on("console", lambda told: self.complaints.append(told.text))
        return page

    def _let_in(self, context: BrowserContext, who: str) -> None:
        name = django_settings.SESSION_COOKIE_NAME
        value = self.pages.clients[who].cookies[name].value
        context.add_cookies([{"name": name, "value": value, "url": self.url}])

    def at(self, path: str = "") -> str:
        return self.url + self.pages.url(path)


@pytest.fixture
def desk(transactional_db, cast, live_server, monkeypatch) -> Iterator[Desk]:
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed, so no page was looked at")
    # The browser's driver runs a loop in this thread; the databases are used by one thread at a time all the same.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    pages = open_pages(cast)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        found = Desk(live_server.url, pages, browser)
        yield found
        browser.close()
    assert not [said for said in found.complaints if "Content Security" in said]


def keep(page: Page, name: str) -> None:
    """A picture for those who want to look, where SAFECONDUCT_PICTURES names a folder."""
    folder = os.environ.get("SAFECONDUCT_PICTURES")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
