"""What became of every row of a stranger's sheet: accepted, quarantined or a repeat, and never
anything else (law 1).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from safeconduct.core.facts import Origin, Plea


class RowEnd(StrEnum):
    ACCEPTED = "accepted"
    QUARANTINED = "quarantined"
    REPEATED = "repeated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row that is not blank and not part of a heading, and its end.

    `cell` ("D7") and `reason` (one sentence, quoting nothing from the sheet) are set where it is
    quarantined, `kind` is the reason's short name for counting ("no name", "hidden row"); `same_as`
    where it repeats; `plea_id` where it was accepted.
    """

    origin: Origin
    end: RowEnd
    cell: str | None = None
    reason: str = ""
    kind: str = ""
    same_as: Origin | None = None
    plea_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Noticed:
    """Something about a file that its sender should hear: a hidden column left unread, an encoding
    guessed.
    """

    file: str
    sheet: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnRead:
    """What a column was taken for. `confidence` is 0 to 1; `field` is None where the column was
    left unread.
    """

    file: str
    sheet: str
    column: str
    field: str | None
    confidence: float
    because: str
    heading: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """Everything that was read from a set of sheets."""

    rows: tuple[Row, ...]
    pleas: tuple[Plea, ...]
    noticed: tuple[Noticed, ...] = ()
    columns: tuple[ColumnRead, ...] = ()

    def count(self, end: RowEnd) -> int:
        return Counter(row.end for row in self.rows)[end]
