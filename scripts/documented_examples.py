"""The examples of docs/formats.md: read, run through the real command line, and compared with what the page shows.

An example is a fenced `console` block under a line that begins with "Example:". Each runs in a copy of docs/examples
of its own. Lines that begin with "$ " are run: `safeconduct ...`, `python FILE`, `cat FILE`, `echo $?` (the last exit
code). In what is shown, `...` within a line stands for anything in that line, and alone on a line for any lines.
"""

from __future__ import annotations

import io
import re
import runpy
import shlex
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from safeconduct.cli import main

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "formats.md"
FILES = ROOT / "docs" / "examples"
ANYTHING = "..."


@dataclass(frozen=True, slots=True)
class Step:
    """One line to run, and the lines that the page shows below it."""

    words: tuple[str, ...]
    shown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """`title` is its sentence; `section` the heading it stands under; lines count from 0, the fences left out."""

    title: str
    section: str
    first: int
    last: int
    steps: tuple[Step, ...]

    @property
    def commands(self) -> set[str]:
        """The commands of safeconduct that it runs."""
        return {step.words[1] for step in self.steps if step.words[0] == "safeconduct"}


def examples_of(page: str) -> Iterator[Example]:
    """The examples of a page, in their order."""
    section = title = ""
    lines = page.splitlines()
    fence: int | None = None
    for number, line in enumerate(lines):
        if fence is not None:
            if line == "```":
                if lines[fence] == "```console":
                    steps = tuple(_steps(lines[fence + 1 : number]))
                    yield Example(title, section, fence + 1, number, steps)
                fence = None
        elif line.startswith("```"):
            fence = number
        elif line.startswith("## "):
            section = line.removeprefix("## ").strip()
        elif line.startswith("Example: "):
            title = line.removeprefix("Example: ").strip(" .:")


def _steps(lines: list[str]) -> Iterator[Step]:
    starts = [number for number, line in enumerate(lines) if line.startswith("$ ")]
    for number, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        words = tuple(shlex.split(lines[number].removeprefix("$ ")))
        yield Step(words, tuple(lines[number + 1 : end]))


def ran(example: Example, folder: Path) -> Iterator[tuple[Step, list[str]]]:
    """Each step with the lines that it really says, in a copy of the example files made at `folder`."""
    shutil.copytree(FILES, folder)
    code = 0
    with chdir(folder):
        for step in example.steps:
            if step.words[0] == "safeconduct":
                code, said = _called(step.words, main)
            elif step.words[0] == "python":
                code, said = _called(step.words[1:], partial(runpy.run_path, step.words[1]))
            elif step.words[0] == "cat":
                said = Path(step.words[1]).read_text(encoding="utf-8")
            else:
                said = str(code)
            yield step, said.splitlines()


def _called(words: tuple[str, ...], run: Callable[[], object]) -> tuple[int, str]:
    """The exit code and all that a person would see: both outputs, in order."""
    said, before = io.StringIO(), sys.argv
    sys.argv = [*words]
    try:
        with redirect_stdout(said), redirect_stderr(said):
            run()
        return 0, said.getvalue()
    except SystemExit as ended:
        return int(ended.code or 0), said.getvalue()
    finally:
        sys.argv = before


def agrees(shown: tuple[str, ...], said: list[str]) -> bool:
    """Whether what is shown stands for what was said."""
    parts = [r"(?:.*\n)*" if line == ANYTHING else f"{_line(line)}\n" for line in shown]
    return re.fullmatch("".join(parts), "".join(f"{line}\n" for line in said)) is not None


def _line(shown: str) -> str:
    return ".*".join(re.escape(part) for part in shown.split(ANYTHING))


def brought_up_to_date(page: str, folder: Path) -> str:
    """The page with the output of every example that no longer agrees written anew; lines that still hold stay."""
    lines = page.splitlines()
    for number, example in reversed(list(enumerate(examples_of(page)))):
        told: list[str] = []
        prompts = iter([x for x in lines[example.first : example.last] if x.startswith("$ ")])
        for step, said in ran(example, folder / str(number)):
            held = step.shown if agrees(step.shown, said) else _kept(step.shown, said)
            told += [next(prompts), *held]
        lines[example.first : example.last] = told
    return "\n".join(lines) + "\n"


def _kept(shown: tuple[str, ...], said: list[str]) -> list[str]:
    patterns = {line: _line(line) for line in shown if line != ANYTHING}
    return [
        next((old for old, pattern in patterns.items() if re.fullmatch(pattern, line)), line)
        for line in said
    ]
