"""The hand-written tables beside this file, as records. How they are written: README.md."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from pathlib import Path

HERE = Path(__file__).resolve().parent

Cell = str | int | float | date | None

# Rows that are no data: the truths leave them out.
NOT_ROWS = frozenset({"title", "heading", "blank"})
ENDS = {"": "accepted", "accepted": "accepted", "repeat": "repeated"}


@dataclass(frozen=True)
class Marks:
    """What a hand wrote after ##: how the row must end, and the name by which other tables speak of it."""

    word: str = ""
    people: int = 1
    name: str = ""

    @property
    def end(self) -> str:
        return ENDS.get(self.word, "quarantined")

    @property
    def kind(self) -> str:
        return self.word if self.end == "quarantined" else ""


@dataclass(frozen=True)
class Line:
    """One row as written in the file; `copies` (of .ods) holds the marks of each row it stands for."""

    number: int
    cells: tuple[Cell, ...]
    copies: tuple[Marks, ...]
    household: str = ""
    block: int | None = None

    @property
    def hidden(self) -> bool:
        return self.copies[0].word == "hidden row"


@dataclass
class Table:
    name: str
    options: dict[str, str]
    lines: list[Line] = field(default_factory=list)
    blocks: list[tuple[Cell, ...]] = field(default_factory=list)

    @property
    def next_row(self) -> int:
        return self.lines[-1].number + len(self.lines[-1].copies) if self.lines else 1

    @property
    def width(self) -> int:
        return max(len(line.cells) for line in self.lines)


# --- reading the hand-written tables ---------------------------------------------


def cell(text: str) -> Cell:
    text = text.strip(" ")
    kind, _, rest = text.partition(":")
    if kind == "n" and rest.isdecimal():
        return int(rest)
    if kind == "f" and rest.isdecimal():
        return float(rest)
    if kind == "d" and re.fullmatch(r"\d{4}-\d\d-\d\d", rest):
        return date.fromisoformat(rest)
    return text.replace("\\n", "\n").replace("¦", "|") or None


def cells(text: str) -> tuple[Cell, ...]:
    return tuple(cell(part) for part in text.split("|"))


def marks(text: str) -> Marks:
    people, name, words = 1, "", []
    for token in text.split():
        if token.startswith("&"):
            name = token[1:]
        elif token.isdecimal():
            people = int(token)
        elif not token.startswith("told="):
            words.append(token)
    return Marks(word=" ".join(words), people=people, name=name)


def options_of(parts: list[str]) -> dict[str, str]:
    return {name: value or "yes" for name, _, value in (part.partition("=") for part in parts)}


def read_tables(stem: str) -> list[Table]:
    tables: list[Table] = []
    household, block = "", None
    for text in (HERE / f"{stem}.txt").read_text(encoding="utf-8").splitlines():
        if not text or text.startswith("#"):
            continue
        if text.startswith("== "):
            name, *options = text[3:].split(";")
            tables.append(Table(name, options_of(options)))
            household, block = "", None
        elif text.startswith("@ "):
            household, _, above = (part.strip() for part in text[2:].partition(">"))
            if above:
                tables[-1].blocks.append(cells(above))
                block = len(tables[-1].blocks) - 1
        else:
            tables[-1].lines.append(read_line(tables[-1], text, household, block))
    return tables


def read_line(table: Table, text: str, household: str, block: int | None) -> Line:
    """`^` and `--` begin a row outside the blocks; `*2` a row that stands for two."""
    body, *after = re.split(r" ## |^## ", text)
    outside = body.startswith(("^", "-- "))
    body = re.sub(r"^(\^|--) ?", "", body)
    times = re.match(r"\*(\d+) ?", body)
    if times:
        body = body[times.end() :]
        after = after * int(times[1]) if len(after) == 1 else after
    copies = tuple(marks(words) for words in after) or (Marks(),)
    left = () if outside or block is None else table.blocks[block]
    return Line(
        number=table.next_row,
        cells=(*left, *cells(body)),
        copies=copies,
        household="" if outside else household,
        block=None if outside else block,
    )


def blocks_of(table: Table) -> Iterator[tuple[int, int]]:
    """First and last row of every run of rows under one merged caller or case."""
    for number, run in groupby(table.lines, key=lambda line: line.block):
        lines = list(run)
        if number is not None:
            yield lines[0].number, lines[-1].number + len(lines[-1].copies) - 1


def hand_written(stem: str) -> Iterator[list[str]]:
    for text in (HERE / f"{stem}.txt").read_text(encoding="utf-8").splitlines():
        if text and not text.startswith("#"):
            yield text.split("|")
