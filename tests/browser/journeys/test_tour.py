"""docs/tour.md shows the desk as it is: made from a freshly imported office, and red when a page no longer looks so.

`SAFECONDUCT_TOUR=write pytest tests/browser/journeys/test_tour.py -k tour_shows` makes every picture anew. The same
office is walked through page by page afterwards: axe looks at every page that links lead to, in English on a wide
screen and in Dari on a telephone.
"""

from __future__ import annotations

import difflib
import os
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from tests.browser.journeys import touring
from tests.browser.journeys.following import ROOT

PICTURES = ROOT / "docs" / "pictures" / "tour"
DOCUMENT = ROOT / "docs" / "tour.md"
ANEW = "SAFECONDUCT_TOUR=write .venv/bin/pytest tests/browser/journeys/test_tour.py -k tour_shows"
GRAVE = {"serious", "critical"}
# What leads on to another page, and is no file.
LINKS = """[...document.querySelectorAll("a[href^='/']")].map(each => each.getAttribute("href"))"""
ENOUGH = 55  # pages of different kinds; fewer would mean that the way to them was lost
LARGEST, LARGEST_TOGETHER = 120_000, 1_500_000  # bytes


@pytest.mark.browser
@pytest.mark.slow
def test_the_tour_shows_the_pages_as_they_are(toured: touring.Tour):
    if os.environ.get("SAFECONDUCT_TOUR") == "write":
        touring.write(toured, PICTURES)
    stale = {
        name: "".join(difflib.unified_diff(*_lines(name, taken.skeleton), "the tour", "the desk"))
        for name, taken in toured.taken.items()
    }
    told = "\n".join(f"{name}\n{how}" for name, how in stale.items() if how)
    assert not told, f"The tour shows pages that look otherwise now. Make it anew: {ANEW}\n{told}"
    assert {each.stem for each in PICTURES.iterdir()} == set(toured.taken)


def test_every_picture_is_shown_with_a_sentence_and_is_small():
    shown = re.findall(
        r"^!\[([^\]]+)\]\(pictures/tour/([a-z-]+)\.png\)$", DOCUMENT.read_text(), re.MULTILINE
    )
    pictures = sorted(PICTURES.glob("*.png"))
    assert sorted(name for _, name in shown) == sorted(each.stem for each in pictures)
    assert all(len(sentence) > 20 for sentence, _ in shown)
    assert max(each.stat().st_size for each in pictures) < LARGEST
    assert sum(each.stat().st_size for each in pictures) < LARGEST_TOGETHER


def _lines(name: str, found: str) -> tuple[list[str], list[str]]:
    kept = PICTURES / f"{name}.txt"
    there = kept.read_text(encoding="utf-8") if kept.exists() else ""
    return there.splitlines(keepends=True), found.splitlines(keepends=True)


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize(("language", "width"), [("en-gb", 1280), ("prs", 360)])
def test_axe_finds_nothing_grave_on_any_page(toured: touring.Tour, language: str, width: int):
    page, base = toured.member.page, toured.member.base
    touring.reads_in(page, base, language)
    page.set_viewport_size({"width": width, "height": 800})
    seen: set[str] = set()
    to_see, troubles = ["/"], []
    axe = Axe()
    try:
        while to_see:
            path = to_see.pop(0)
            if shape(path) in seen:
                continue
            seen.add(shape(path))
            answer = page.goto(base + path)
            assert answer is not None
            assert answer.status == 200, path
            found = axe.run(page).response["violations"]
            troubles += [
                (path, each["id"], [node["html"][:160] for node in each["nodes"]][:3])
                for each in found
                if each["impact"] in GRAVE
            ]
            over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            if over > 0:
                troubles.append((path, f"{over} points wider than the screen", []))
            to_see += [each for each in page.evaluate(LINKS) if not each.endswith(".png")]
    finally:
        page.set_viewport_size({"width": touring.WIDTH, "height": 900})
        touring.reads_in(page, base, "en-gb")
    assert troubles == []
    assert len(seen) >= ENOUGH, sorted(seen)


def shape(path: str) -> str:
    """What is asked for, whatever the codes: one page of each kind is looked at."""
    return re.sub(r"(?<=/)[0-9A-Z]{9,14}(?=/)", "CODE", re.sub(r"[?#].*", "", path))
