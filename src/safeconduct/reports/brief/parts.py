"""What a section of the brief is made of. The template knows these and nothing of the main job."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
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
    """A list of sentences."""

    kind: ClassVar[str] = "points"
    items: tuple[Cell, ...]


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
    alternative."""

    kind: ClassVar[str] = "figure"
    key: str
    title: str
    says: str
    wide: Markup
    narrow: Markup
    table: Table
    note: Cell = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A household in a list of those who wait: `mark` is its band, `what` its size."""

    code: str
    mark: Markup
    what: str
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
    kind: ClassVar[str] = "subtitle"
    text: str


Block = Words | Points | Table | Figure | Entries | Subtitle


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    key: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """Something to do: what stands, what to do about it, and where to read on. `alarm` stands first
    and strong."""

    headline: Cell
    do: Cell
    link: str = ""
    link_text: str = ""
    asks: tuple[Cell, ...] = field(default=())
    alarm: bool = False


def numbers(*columns: int) -> frozenset[int]:
    return frozenset(columns)


def blocks(*wanted: Block | None) -> tuple[Block, ...]:
    """The blocks that there are."""
    return tuple(block for block in wanted if block is not None)


def points(items: Sequence[Cell]) -> Points | None:
    return Points(items=tuple(items)) if items else None
