"""Chromium in front of a whole desk that this process serves."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


@dataclass
class Desk:
    """A page, where the desk is, and what the browser complained of."""

    page: Page
    url: str
    complaints: list[str] = field(default_factory=list)

    def goes_to(self, path: str) -> None:
        self.page.goto(self.url + path)

    def types_passphrase(self, handle: str, passphrase: str) -> None:
        self.goes_to("/door/")
        self.page.fill("#id_handle", handle)
        self.page.fill("#id_passphrase", passphrase)
        self.page.click("main form:has(#id_passphrase) button")


@pytest.fixture
def desk(request, live_server, settings, monkeypatch) -> Iterator[Desk]:
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed, so no page was looked at")
    settings.ROOT_URLCONF = "tests.rooms.people.urls"
    # The browser's driver runs a loop in this thread; the databases are used by one thread at a time all the same.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        context = browser.new_context(java_script_enabled=getattr(request, "param", True))
        page = context.new_page()
        found = Desk(page, live_server.url)
        page.on("console", lambda told: found.complaints.append(told.text))
        page.on("pageerror", lambda told: found.complaints.append(str(told)))
        yield found
        browser.close()
    assert not [said for said in found.complaints if "Content Security" in said]
