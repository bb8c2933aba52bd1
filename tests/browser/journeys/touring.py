"""The tour of docs/tour.md: the pages of an office that has just imported its sheet, in the order of a first evening.

Of each page its picture is kept, and its skeleton: what stands on it to be read first and to be pressed (headings,
labels, buttons, columns), without numbers, codes and days. The skeleton tells when a picture is of another page than
the one that people now see; pixels are not compared.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page
from tests.browser.journeys.hands import another_page
from tests.browser.journeys.members import SHEET, Member, code_in, lines_of

from safeconduct.config.clock import now

WIDTH, TALLEST = 1040, 1500  # points; a longer page is shown from its top
COLOURS = 48
SKELETON = """() => [...document.querySelectorAll(
        "h1, h2, h3, main label, legend, main button, a.button, th[scope=col], summary, main nav a")]
    .filter(each => each.checkVisibility() && !each.closest(".aligned, details:not([open]) > :not(summary)"))
    .map(each => `${each.localName}: ${each.innerText.replace(/\\s+/g, " ").trim()}`)
    .filter(each => !each.endsWith(": "))"""
_CODE = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]\b|\b[0-9A-Z]{9}\b")
_NUMBER = re.compile(r"[\d٠-٩۰-۹]+([.,٫٬-][\d٠-٩۰-۹]+)*")


@dataclass(frozen=True, slots=True)
class Taken:
    """A page as it was met: what stands on it, and its picture where one was asked for."""

    skeleton: str
    picture: bytes


@dataclass
class Tour:
    """`taken`: by name, in the order of the tour."""

    member: Member
    with_pictures: bool
    taken: dict[str, Taken] = field(default_factory=dict)

    def take(self, name: str, picture: Callable[[Page], bytes] | None = None) -> None:
        page = self.member.page
        page.evaluate("() => { document.activeElement?.blur(); scrollTo(0, 0); }")
        skeleton = skeleton_of(page)
        drawn = small((picture or _as_seen)(page)) if self.with_pictures else b""
        self.taken[name] = Taken(skeleton, drawn)


def walk(tour: Tour) -> None:
    """From the door to the printed file. The office is new, and nobody has come in."""
    one, page = tour.member, tour.member.page
    page.goto(one.base + "/door/")
    tour.take("door")
    one.comes_in("carol")
    tour.take("first-steps")
    one.follows("Import a sheet")
    one.hands.give(page.get_by_label("Files", exact=True), SHEET)
    one.presses("Hand it in")
    one.presses("Look at the columns")
    tour.take("columns")
    one.presses("Read it with these columns")
    tour.take("preview")
    one.presses("Begin: open … cases")
    page.get_by_role("heading", name="Imported", exact=True).wait_for(timeout=120_000)
    one.goes_to("Doubles")
    one.looks_again_until(lambda: one.goes_to("Doubles"), "Begin with the first")
    one.goes_to("Cases")
    tour.take("worklist")
    first = code_in(lines_of(page)[0])
    one.follows("Why is it first?")
    one.presses("I look after it")
    page.goto(f"{one.base}/cases/{first}/")
    tour.take("case")
    tour.take("case-printed", _as_printed)
    one.presses("Answer these questions")
    tour.take("questions")
    page.goto(f"{one.base}/cases/{first}/")
    one.follows("What they were told last, and what is due to them…")
    tour.take("caller")
    _judge_a_pair(tour)
    _ask_for_another_band(tour, first)
    one.goes_to("Figures")
    tour.take("figures")
    one.goes_to("Search")
    _search(one)
    tour.take("search")
    one.goes_to("Your day")
    tour.take("your-day")
    _in_dari(tour)


def _judge_a_pair(tour: Tour) -> None:
    one = tour.member
    one.goes_to("Doubles")
    one.presses("Begin with the first")
    codes = one.page.locator("h2 a.code").all_inner_texts()
    tour.take("pair")
    one.presses("Same family")
    one.page.goto(f"{one.base}/doubles/family/{codes[0].replace('-', '')}/")
    tour.take("merged-family")


def _ask_for_another_band(tour: Tour, code: str) -> None:
    one, until = tour.member, now().date() + timedelta(days=7)
    one.page.goto(f"{one.base}/cases/{code}/")
    one.follows("Another band, or earlier ones")
    one.chooses("urgent")
    one.types("Last day", f"{until.day} {until:%B %Y}")
    one.types("Why", "Neighbours took them in yesterday, and nobody knows where they are.")
    tour.take("override")
    one.presses("Ask a colleague to agree")


def _search(one: Member) -> None:
    def asks() -> None:
        one.types("Name, telephone, paper or case", "زرغونه رحیمی")
        one.presses("Search")

    asks()
    one.looks_again_until(asks, "Rahimi")


def _in_dari(tour: Tour) -> None:
    """The list as a reader of Dari has it, on a telephone; then everything is as it was."""
    page = tour.member.page
    reads_in(page, tour.member.base, "prs")
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(tour.member.base + "/cases/")
    tour.take("worklist-dari")
    page.set_viewport_size({"width": WIDTH, "height": 900})
    reads_in(page, tour.member.base, "en-gb")


def reads_in(page: Page, base: str, language: str) -> None:
    page.goto(base + "/me/")
    form = page.locator("form:has(select[name=language])")
    form.locator("select[name=language]").select_option(language)
    with another_page(page):
        form.locator("button").click()


def skeleton_of(page: Page) -> str:
    """Each line once. People stand beside each other in an order of their own (`.aligned`): they are left out."""
    told = (_NUMBER.sub("#", _CODE.sub("CODE", each)) for each in page.evaluate(SKELETON))
    return "\n".join(dict.fromkeys(told)) + "\n"


def _as_seen(page: Page) -> bytes:
    drawn = Image.open(io.BytesIO(page.screenshot(full_page=True)))
    return _png(drawn.crop((0, 0, drawn.width, min(drawn.height, TALLEST))))


def _as_printed(page: Page) -> bytes:
    """The first sheet of paper. Without pdftoppm: as the page would look on one."""
    if shutil.which("pdftoppm") is None:
        page.emulate_media(media="print")
        drawn = _as_seen(page)
        page.emulate_media(media="screen")
        return drawn
    words = ["pdftoppm", "-png", "-r", "96", "-f", "1", "-l", "1", "-singlefile", "-"]
    done = subprocess.run(
        words, input=page.pdf(format="A4"), capture_output=True, check=True, timeout=60
    )
    return done.stdout


def small(picture: bytes) -> bytes:
    """The same in few colours."""
    return _png(Image.open(io.BytesIO(picture)).convert("RGB").quantize(COLOURS, dither=0))


def _png(drawn: Image.Image) -> bytes:
    out = io.BytesIO()
    drawn.save(out, "PNG", optimize=True)
    return out.getvalue()


def write(tour: Tour, folder: Path) -> None:
    """Every picture with its skeleton beside it; what stood there before is gone."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    for name, taken in tour.taken.items():
        (folder / f"{name}.png").write_bytes(taken.picture)
        (folder / f"{name}.txt").write_text(taken.skeleton, encoding="utf-8")
