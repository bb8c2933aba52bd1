"""The way of a sheet in Chromium: handed in, looked at, begun and imported, narrow too, and what axe says of it."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from tests.browser.cases.conftest import desk, keep  # noqa: F401 (a fixture)
from tests.browser.cases.test_the_file_in_chromium import SERIOUS
from tests.rooms.intake.arrivals import SHEET, run_import

from safeconduct.config.clock import now
from safeconduct.intake.models import Delivery, End, Plea

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(databases=["default", "keys"], transaction=True),
]
FILE = {"name": "our list.csv", "mimeType": "text/csv", "buffer": SHEET}
MESSAGE = "From: Halima\nMy sister Zarghuna Testivand, 34, is in Herat. Her son Omid, 4. Call 07700 900142."


def headed(page, name: str) -> None:
    """The page of this heading has arrived: nothing after it reads or clicks the page before."""
    page.get_by_role("heading", name=name, level=1).wait_for()


def check(page, name: str) -> None:
    page.wait_for_load_state()  # all of it, not only what was waited for
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 900})
        keep(page, f"intake-{name}-{width}")
        over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert over <= 0, (name, width)
    found = Axe().run(page).response["violations"]
    serious = [each["id"] for each in found if each["impact"] in SERIOUS]
    assert serious == [], name


def test_a_sheet_becomes_cases(desk, cast):  # noqa: F811
    page = desk.page_of("alice", scripts=True)
    page.goto(f"{desk.url}/intake/")
    check(page, "nothing-yet")
    page.get_by_role("link", name="Import a sheet").click()
    headed(page, "Import a sheet")
    check(page, "upload")
    page.get_by_label("Files", exact=True).set_input_files(FILE)
    page.get_by_role("button", name="Hand it in").click()
    page.get_by_text("We have it: taken and sealed").wait_for()
    why = page.get_by_role("list", name="Why rows are held")
    why.get_by_text("No name is told in this row; write the name").wait_for()
    why.get_by_text("1 row", exact=True).wait_for()
    check(page, "preview")
    page.get_by_role("link", name="Look at the columns").click()
    headed(page, "What each column is")
    check(page, "columns")
    page.get_by_role("button", name="Read it with these columns").click()
    page.get_by_text("Read. Look at what would be opened, then begin.").wait_for()
    page.get_by_role("button", name="Begin: open 3 cases").click()
    page.get_by_text("It is being imported").wait_for()
    check(page, "at-work")
    run_import(cast.alice, at=now())
    # The page looks again by itself.
    page.get_by_text("3 families have a case each").wait_for(timeout=15_000)
    check(page, "done")
    page.get_by_role("link", name="Undo the whole import").click()
    headed(page, "Undo the import")
    check(page, "undo")
    page.goto(f"{desk.url}/intake/quarantine/")
    check(page, "quarantine")
    held = Plea.objects.get(end=End.QUARANTINED)
    page.goto(f"{desk.url}/intake/pleas/{held.code}/")
    check(page, "held")
    page.get_by_role("link", name="Open a case from it").click()
    headed(page, "Open a case from plea")
    check(page, "take-in")
    page.get_by_label("Given or whole name").first.fill("Zeba")
    page.get_by_role("button", name="Open the case").click()
    page.get_by_role("heading", name="How it arrived").wait_for()
    check(page, "case")
    page.goto(f"{desk.url}/intake/pleas/?end=any")
    check(page, "pleas")


def test_a_message_becomes_a_case_without_scripts(desk):  # noqa: F811
    page = desk.page_of("alice")
    page.goto(f"{desk.url}/intake/text/")
    keep(page, "intake-text")
    page.get_by_label("The message").fill(MESSAGE)
    page.get_by_role("button", name="Take it").click()
    page.get_by_text("Its receipt is").wait_for()
    keep(page, "intake-text-taken")
    page.get_by_role("link", name="Open a case from it").click()
    headed(page, "Open a case from plea")
    keep(page, "intake-text-take-in")
    page.get_by_role("button", name="Open the case").click()
    page.get_by_role("heading", name="How it arrived").wait_for()
    assert Plea.objects.get().end == End.ATTACHED
    assert Delivery.objects.get().way == "text"
