"""Follows a document step by step, word for word: in a terminal, and in Chromium.

A step is a numbered line of the document. It consists of these sentences and of no others; what stands indented below
it explains, and is not followed. **Bold** is on the screen, `code` is typed; "…" in bold stands for anything.

    Run `a command`.                                   in a terminal, in the folder of the project
    Type `this` at **prompt**.                         when the command asks for it
    Press Ctrl and C in the terminal.
    Open <address> in the browser.
    Type `this` into **label**.
    Type the code of your app into **label**.
    Type tomorrow's day, like `20 August 2021`, into **label**.
    Give your app the letters after **words**.
    Choose the file `path` at **label**.
    Choose **answer** under **question**.
    Press **button**.                                  what looks like a button
    Follow **link**.    Follow **link** until you see **words**.
    You see **words**.  Wait until you see **words**.  on the page, or after Run in the terminal

Three things are done otherwise than written, so that a test can do them: the desk is served at a port that is free,
`.venv/bin` is where this Python is, and of `make setup` it is only asked that make knows it (it is what made the
environment that this runs in).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Error, Locator, Page
from tests.browser.journeys.hands import another_page
from tests.browser.journeys.terminals import Terminal
from tests.deployed import code_now

from safeconduct.config.clock import now

ROOT = Path(__file__).parents[3]
WAITS = 120.0  # seconds, for what the document says to wait for
LOOKS = 1.5  # seconds that a person looks at a page before following the link once more
_STEP = re.compile(r"^(\d+)\. (.+)$")
_BOLD, _CODE = r"\*\*(.+?)\*\*", r"`(.+?)`"
SENTENCES: Mapping[str, str] = {
    "run": rf"Run {_CODE}\.",
    "answer": rf"Type {_CODE} at {_BOLD}\.",
    "interrupt": r"Press Ctrl and C in the terminal\.",
    "open": r"Open <(.+?)> in the browser\.",
    "fill": rf"Type {_CODE} into {_BOLD}\.",
    "code": rf"Type the code of your app into {_BOLD}\.",
    "tomorrow": rf"Type tomorrow's day, like `\d+ \w+ \d+`, into {_BOLD}\.",
    "secret": rf"Give your app the letters after {_BOLD}\.",
    "file": rf"Choose the file {_CODE} at {_BOLD}\.",
    "choose": rf"Choose {_BOLD} under {_BOLD}",
    "press": rf"Press {_BOLD}\.",
    "until": rf"Follow {_BOLD} until you see {_BOLD}\.",
    "follow": rf"Follow {_BOLD}\.?",
    "wait": rf"Wait until you see {_BOLD}\.?",
    "see": rf"You see {_BOLD}\.?",
}


class StepError(AssertionError):
    """A step of the document that cannot be done as it is written."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """What is to be done, with the words for it, and where in the document it stands."""

    step: int
    line: int
    text: str
    does: str
    words: tuple[str, ...]


def steps_of(document: str) -> list[Sentence]:
    """Every sentence of every numbered step. Raises StepError for one that nobody could follow."""
    found: list[Sentence] = []
    for line, written in enumerate(document.splitlines(), start=1):
        if step := _STEP.match(written):
            number = int(step.group(1))
            found.extend(_sentences(number, line, step.group(2)))
    numbers = list(dict.fromkeys(each.step for each in found))
    if numbers != list(range(1, len(numbers) + 1)):
        raise StepError(f"the steps are numbered {numbers}")
    return found


def _sentences(step: int, line: int, told: str) -> Iterator[Sentence]:
    while told := told.strip():
        for does, pattern in SENTENCES.items():
            if met := re.match(pattern, told):
                yield Sentence(step, line, met.group(), does, met.groups())
                told = told[met.end() :]
                break
        else:
            raise StepError(f"line {line}, step {step}: nobody can follow “{told}”")


class Follower:
    """Does one sentence after the other. `environment`: of the commands; `port`: where the desk is served."""

    def __init__(self, page: Page, environment: Mapping[str, str], port: int) -> None:
        self.page = page
        self.terminal = Terminal(ROOT, environment)
        self.port = port
        self.in_the_terminal = False
        self._app = ""
        self._ways: Mapping[str, Callable[..., None]] = {
            name: getattr(self, f"_{name}") for name in SENTENCES
        }

    def follow(self, sentence: Sentence) -> None:
        """Raises StepError, with the step, and what stood there instead."""
        try:
            self._ways[sentence.does](*sentence.words)
        except (Error, AssertionError) as wrong:
            raise StepError(
                f"step {sentence.step} (line {sentence.line}): “{sentence.text}” does not hold: "
                f"{str(wrong).splitlines()[0] if str(wrong) else type(wrong).__name__}\n{self._what_is_there()}"
            ) from wrong

    # --- in the terminal

    def _run(self, command: str) -> None:
        self.in_the_terminal = True
        if command == "make setup":
            command = "make --dry-run setup"
        if command.endswith(" serve"):
            command += f" --port {self.port}"
        self.terminal.run(command)

    def _answer(self, typed: str, prompt: str) -> None:
        self.terminal.sees(prompt)
        self.terminal.types(typed + "\n")

    def _interrupt(self) -> None:
        self.terminal.types("\x03")
        self.terminal.ends()

    # --- in the browser

    def _open(self, address: str) -> None:
        self.in_the_terminal = False
        until = now() + timedelta(seconds=WAITS)
        while True:
            try:
                self.page.goto(address.replace(":8000", f":{self.port}"))
            except Error:  # the desk says where it will be a moment before it is there
                assert now() < until, "nobody answers there"
                self.page.wait_for_timeout(200)
            else:
                return

    def _fill(self, typed: str, label: str) -> None:
        self._field(label).fill(typed)

    def _code(self, label: str) -> None:
        assert self._app, "no letters were given to the app"
        self._fill(code_now(self._app), label)

    def _tomorrow(self, label: str) -> None:
        day = now().date() + timedelta(days=1)
        self._fill(f"{day.day} {day:%B %Y}", label)

    def _secret(self, words: str) -> None:
        beside = self.page.get_by_text(words).locator(".code")
        self._app = beside.inner_text().replace(" ", "")

    def _file(self, path: str, label: str) -> None:
        assert (ROOT / path).is_file(), f"there is no file {path}"
        self._field(label).set_input_files(ROOT / path)

    def _choose(self, answer: str, question: str) -> None:
        asked = self.page.get_by_role("region", name=question, exact=True)
        asked.locator("select").select_option(label=answer)

    def _press(self, name: str) -> None:
        by_name = self.page.get_by_role("button", name=_exactly(name)).or_(
            self.page.locator("a.button").filter(has_text=_exactly(name))
        )
        found = _the_one(by_name)
        with another_page(self.page):
            found.click()

    def _follow(self, name: str) -> None:
        found = self.page.get_by_role("link", name=_exactly(name))
        found.first.wait_for()
        places = {each.get_attribute("href") for each in found.all()}
        assert len(places) == 1, f"{len(places)} links are called that, to different places"
        with another_page(self.page):
            found.first.click()

    def _until(self, name: str, words: str) -> None:
        until = now() + timedelta(seconds=WAITS)
        while now() < until:
            self._follow(name)
            try:
                self._shown(words).first.wait_for(timeout=LOOKS * 1000)
            except Error:
                continue
            return
        raise AssertionError("it did not come")

    def _wait(self, words: str) -> None:
        self._shown(words).first.wait_for(timeout=WAITS * 1000)

    def _see(self, words: str) -> None:
        if self.in_the_terminal:
            self.terminal.sees(words)
        else:
            self._shown(words).first.wait_for()

    def _field(self, label: str) -> Locator:
        return _the_one(
            self.page.get_by_label(
                re.compile(rf"^\s*{re.escape(label)}\s*(\(may stay empty\))?\s*$")
            )
        )

    def _shown(self, words: str) -> Locator:
        """What a person sees: folded away does not count; a part of a sentence does."""
        pattern = re.compile(_pattern(words))
        return self.page.locator("main").get_by_text(pattern).filter(visible=True)

    def _what_is_there(self) -> str:
        if self.in_the_terminal:
            return "In the terminal stands:\n" + self.terminal.said[-1500:]
        return f"The page says:\n{self.page.locator('main').inner_text()[:1500]}"


def _pattern(words: str) -> str:
    return re.escape(words).replace("…", ".+")


def _exactly(name: str) -> re.Pattern[str]:
    return re.compile(rf"^\s*{_pattern(name)}\s*$")


def _the_one(found: Locator) -> Locator:
    found.first.wait_for()
    count = found.count()
    assert count == 1, f"{count} are called that"
    return found
