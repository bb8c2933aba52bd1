"""From the office's sheet to the lock-down, in Chromium: with the mouse, with the keyboard alone, and with scripts off.

Every way through the same deployment as an operator has it, with the sheet of fictional people that ships.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.journeys.members import (
    SHEET,
    Member,
    code_in,
    hands_with,
    line_of,
    lines_of,
)
from tests.deployed import Deployed

from safeconduct.config.clock import now

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FAMILIES = 49
BANDS = ["emergency", "urgent", "priority", "routine", "not assessed"]
LOOKED_FOR = "armed people who came looking for them"


@pytest.mark.parametrize("way", ["mouse", "keyboard", "scripts off"])
def test_from_the_sheet_to_the_lock_down(browser: Browser, office: Deployed, way: str):
    alice, carol = (Member(hands_with(browser, way), office.base) for _ in range(2))
    try:
        alice.comes_in("alice")
        alice.sees("Three ways to begin")
        imports_the_sheet(alice, scripts=way != "scripts off")
        settles_a_double_and_takes_it_back(alice)
        code = answers_a_question(alice)
        notes_what_was_said(alice, code)
        finds_a_family(alice)
        carol.comes_in("carol")
        two_agree_on_another_band(alice, carol, code)
        alice.goes_to("Figures")
        alice.sees(f"{FAMILIES} families with an open case")
        locks_down_and_opens_again(alice, carol)
    finally:
        for member in (alice, carol):
            member.page.context.close()


def imports_the_sheet(member: Member, *, scripts: bool) -> None:
    member.follows("Import a sheet")
    member.hands.give(member.page.get_by_label("Files", exact=True), SHEET)
    member.presses("Hand it in")
    member.sees("We have it: taken and sealed. Nothing is imported yet.")
    member.sees("As they would be opened")
    member.presses(f"Begin: open {FAMILIES} cases")
    member.sees("It is being imported")
    if scripts:  # the page looks again by itself
        heading = member.page.get_by_role("heading", name="Imported", exact=True)
        expect(heading).to_be_visible(timeout=120_000)
    else:
        member.looks_again_until(lambda: member.follows("Look again"), "families have a case each")
    member.presses("To the cases, most urgent first")
    assert len(lines_of(member.page)) == FAMILIES
    assert_most_urgent_first(member.page)


def settles_a_double_and_takes_it_back(member: Member) -> None:
    member.goes_to("Doubles")
    member.looks_again_until(lambda: member.goes_to("Doubles"), "Begin with the first")
    member.presses("Begin with the first")
    pair = {code.replace("-", "") for code in member.page.locator("h2 a.code").all_inner_texts()}
    member.presses("Same family")
    member.sees("Kept: same family.")
    member.goes_to("Cases")
    lines = lines_of(member.page)
    merged = [line for line in lines if "together with" in line.inner_text()]
    assert len(lines) == FAMILIES - 1
    assert len(merged) == 1
    lead = code_in(merged[0])
    assert lead in pair
    member.hands.press(merged[0].locator("a.row-link"))
    member.follows("Undo")
    member.types("Why it does not hold", "They are two sisters' families.")
    member.presses("Take it back")
    member.goes_to("Cases")
    assert {code_in(line) for line in lines_of(member.page)} > pair
    assert not [each for each in lines_of(member.page) if "together with" in each.inner_text()]


def answers_a_question(member: Member) -> str:
    """The last family of all, of which nearly nothing is known, becomes one of the first. Its code."""
    last = lines_of(member.page)[-1]
    code = code_in(last)
    assert "not assessed" in last.inner_text()
    member.hands.press(last.locator("a.row-link"))
    member.presses("Answer these questions")
    member.follows("The family")
    member.chooses(LOOKED_FOR)
    member.presses("Save the answers")
    member.sees("1 answer was kept.")
    member.sees("emergency")
    member.goes_to("Cases")
    assert "emergency" in line_of(member.page, code).inner_text()
    assert_most_urgent_first(member.page)
    return code


def notes_what_was_said(member: Member, code: str) -> None:
    tomorrow = now().date() + timedelta(days=1)
    member.hands.press(line_of(member.page, code).locator("a.row-link"))
    member.presses("Write down a conversation")
    member.chooses("we called")
    member.types("What they were told", "We have your plea.")
    member.types("What is due to them next", "we call back about the passports")
    member.types("By when", f"{tomorrow.day} {tomorrow:%B %Y}")
    member.presses("Write it down")
    member.sees("we call back about the passports")
    member.goes_to("Cases")
    due = line_of(member.page, code).locator("time").get_attribute("datetime")
    assert due is not None
    assert due.startswith(tomorrow.isoformat())


def finds_a_family(member: Member) -> None:
    """By their name in Dari letters, where the sheet tells it in Latin ones, and by the caller's telephone."""
    found = []
    for sought in ("زرغونه رحیمی", "07700 900101"):
        member.goes_to("Search")

        def asks(sought: str = sought) -> None:
            member.types("Name, telephone, paper or case", sought)
            member.presses("Search")

        asks()
        member.looks_again_until(asks, "Rahimi")
        found.append(member.page.locator(".found a.code").first.inner_text())
    assert found[0] == found[1]
    assert "900101" not in member.page.url


def two_agree_on_another_band(asks: Member, agrees: Member, code: str) -> None:
    until = now().date() + timedelta(days=7)
    asks.goes_to("Cases")
    asks.hands.press(line_of(asks.page, code).locator("a.row-link"))
    asks.follows("Another band, or earlier ones")
    asks.chooses("urgent")
    asks.types("Last day", f"{until.day} {until:%B %Y}")
    asks.types("Why", "Neighbours took them in yesterday, and nobody knows where they are.")
    asks.presses("Ask a colleague to agree")
    asks.goes_to("Cases")
    assert "emergency" in line_of(asks.page, code).inner_text()  # one alone changes nothing
    agrees.goes_to("Bands agreed")
    agrees.hands.press(agrees.page.locator(f"main a[href*='{code}']").first)
    agrees.presses("Agree")
    asks.goes_to("Cases")
    line = line_of(asks.page, code).inner_text()
    assert "urgent" in line
    assert "agreed until" in line
    assert_most_urgent_first(asks.page)


def locks_down_and_opens_again(one: Member, approver: Member) -> None:
    one.goes_to("Lock down")
    one.presses("Lock everything down now")
    one.sees("Everything is closed for everyone.")
    approver.goes_to("Cases")
    approver.sees("Everything is closed for everyone.")
    one.comes_in("alice")
    one.sees("Everything is closed for everyone.")
    assert not one.page.locator(".worklist").count()
    approver.comes_in("carol")
    approver.sees("Open again once you know that the danger is over.")
    approver.presses("Open again for everyone")
    one.comes_in("alice")
    one.goes_to("Cases")
    assert len(lines_of(one.page)) == FAMILIES


def assert_most_urgent_first(page: Page) -> None:
    told = [line.locator("td.band").inner_text() for line in lines_of(page)]
    bands = [next(number for number, band in enumerate(BANDS) if band in each) for each in told]
    assert bands == sorted(bands)
    assert bands[0] == 0
