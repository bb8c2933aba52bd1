"""Chromium in front of a desk as an operator has it: a process of its own, made by the commands that make one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ViewportSize, sync_playwright
from tests.browser.journeys.hands import Mouse
from tests.browser.journeys.members import Member
from tests.browser.journeys.touring import WIDTH, Tour, walk
from tests.deployed import PASSPHRASE, Deployed
from tests.visitor import Visitor

VIEWPORT: ViewportSize = {"width": WIDTH, "height": 900}
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One for all tests of a file, and not longer: its driver runs a loop in this thread."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed, so no page was looked at")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


class OnLoopback(Deployed):
    """As `Deployed`, for a desk that only its own computer reaches: a passphrase is enough there."""

    @property
    def environment(self) -> dict[str, str]:
        return {**super().environment, "SAFECONDUCT_SECOND_FACTOR": "not on loopback"}


@pytest.fixture(scope="session")
def two_members(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A deployment with Carol, who has every role as the first member has, and Alice, a caseworker."""
    root = tmp_path_factory.mktemp("made")
    for name in ("tmp", "user"):
        (root / name).mkdir()
    made = OnLoopback(root)
    made.run(
        "init", "--office", "Harbour Street", "--handle", "carol", "--passphrase-from-stdin",
        given=PASSPHRASE + "\n",
    )  # fmt: skip
    with made.served():
        carol = Visitor(made.base)
        page = carol.get("/door/")
        carol.send(page, page.form("handle"), {"handle": "carol", "passphrase": PASSPHRASE})
        made.joins(carol, "alice", "caseworker")
    return root


@pytest.fixture
def office(two_members: Path, tmp_path: Path) -> Iterator[OnLoopback]:
    """A copy of it, served."""
    root = tmp_path / "office"
    shutil.copytree(two_members, root)
    deployed = OnLoopback(root)
    with deployed.served():
        yield deployed


@pytest.fixture(scope="module")
def toured(
    browser: Browser, two_members: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Tour]:
    """An office that has just imported its sheet, served, with Carol in it; and what her pages looked like."""
    root = tmp_path_factory.mktemp("toured") / "office"
    shutil.copytree(two_members, root)
    deployed = OnLoopback(root)
    with deployed.served(), browser.new_context(viewport=VIEWPORT) as context:
        tour = Tour(
            Member(Mouse(context.new_page()), deployed.base),
            with_pictures=os.environ.get("SAFECONDUCT_TOUR") == "write",
        )
        walk(tour)
        yield tour
