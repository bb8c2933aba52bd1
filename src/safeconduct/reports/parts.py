"""What a section of a report is made of. The templates know these, and nothing of what is reported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

Cell = str | Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A paragraph. `quiet` is for notes that stand back."""

    kind: ClassVar[str] = "words"
    text: Cell
    quiet: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """A list of sentences. `columns`: short ones, set side by side on
    paper; `small`: to look up rather than to read."""

    kind: ClassVar[str] = "points"
    items: tuple[Cell, ...]
    columns: bool = False
    small: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table whose first column heads its rows. `numbers` are the columns set to the right."""

    kind: ClassVar[str] = "table"
    key: str
    caption: str
    columns: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    numbers: frozenset[int] = frozenset()
    total: tuple[Cell, ...] = ()
    note: Cell = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure drawn twice, for a page and for a phone, and the table behind it. `says` is its text
    alternative; `beside`: on paper its table, a narrow one, stands beside it; `legend`: what its short names
    on a phone stand for."""

    kind: ClassVar[str] = "figure"
    key: str
    title: str
    says: str
    wide: Markup
    narrow: Markup
    table: Table
    note: Cell = ""
    beside: bool = False
    legend: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Households that wait for one reason: their codes and sizes; `mark` is their band."""

    households: tuple[tuple[str, str], ...]
    mark: Markup
    why: str
    change: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entries:
    """A list of households by their codes."""

    kind: ClassVar[str] = "entries"
    title: str
    items: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subtitle:
    """A heading within a section."""

    kind: ClassVar[str] = "subtitle"
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Short tables side by side, where there is room."""

    kind: ClassVar[str] = "pair"
    tables: tuple[Table, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """A few numbers told large, each with what it counts."""

    kind: ClassVar[str] = "glance"
    items: tuple[tuple[Cell, Cell], ...]


Block = Words | Points | Table | Figure | Entries | Subtitle | Pair | Glance


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of a report under its own heading; `key` is where links to it arrive."""

    key: str
    title: str
    blocks: tuple[Block, ...]


def numbers(*columns: int) -> frozenset[int]:
    """The columns, from 0, that hold numbers."""
    return frozenset(columns)


def blocks(*wanted: Block | None) -> tuple[Block, ...]:
    """The blocks that there are."""
    return tuple(block for block in wanted if block is not None)


def points(items: Sequence[Cell]) -> Points | None:
    """A list of sentences, where there are any."""
    return Points(items=tuple(items)) if items else None
