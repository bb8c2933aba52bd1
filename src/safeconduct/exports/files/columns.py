"""What a column of an export may be. The list is fixed: a field of a case that is not here cannot leave in a list.

The room that writes exports fills the cells; which columns a recipient may have follows from its consents.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from safeconduct.core.errors import ExportColumnsUnclear, UnknownExportColumn


class Kind(StrEnum):
    """How a cell is written and read back."""

    TEXT = "text"
    NUMBER = "a number"
    DATE = "a date"  # ISO 8601, as far as it is known: 1984, 1984-03 or 1984-03-20


class Part(StrEnum):
    """Which part of a case a column tells of: what may be shared differs from part to part (law 3)."""

    COVER = "cover"
    CARD = "card"
    CONTENTS = "contents"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `width` is in letters, as a spreadsheet counts."""

    name: str
    heading: str
    kind: Kind
    part: Part
    width: int = 16


CASE_CODE = Column("case_code", "Case", Kind.TEXT, Part.COVER)

COLUMNS = (
    CASE_CODE,
    Column("band", "Band", Kind.TEXT, Part.COVER),
    Column("household_size", "People", Kind.NUMBER, Part.COVER, 10),
    Column("province", "Province", Kind.TEXT, Part.COVER),
    Column("schemes", "Schemes", Kind.TEXT, Part.COVER, 24),
    Column("next_due", "Next due", Kind.DATE, Part.COVER, 12),
    Column("full_name", "Name", Kind.TEXT, Part.CARD, 28),
    Column("native_name", "Name in own script", Kind.TEXT, Part.CARD, 28),
    Column("father_name", "Father's name", Kind.TEXT, Part.CARD, 24),
    Column("relation", "Relation", Kind.TEXT, Part.CARD),
    Column("sex", "Sex", Kind.TEXT, Part.CARD, 8),
    Column("birth_date", "Born", Kind.DATE, Part.CARD, 12),
    Column("passport", "Passport", Kind.TEXT, Part.CARD),
    Column("tazkira", "Tazkira", Kind.TEXT, Part.CARD, 24),
    Column("phones", "Telephones", Kind.TEXT, Part.CARD, 24),
    Column("place", "Place", Kind.TEXT, Part.CONTENTS, 28),
    Column("needs", "Needs", Kind.TEXT, Part.CONTENTS, 36),
    Column("decision", "Decision and reference", Kind.TEXT, Part.CONTENTS, 28),
    Column("safe_contact_hours", "When to call", Kind.TEXT, Part.CONTENTS, 24),
    Column("safe_contact_words", "What to say when calling", Kind.TEXT, Part.CONTENTS, 48),
)

_BY_NAME = {column.name: column for column in COLUMNS}


def columns_named(names: Sequence[str]) -> tuple[Column, ...]:
    """The columns of these names, in their order. Raises UnknownExportColumn, ExportColumnsUnclear."""
    for number, name in enumerate(names, 1):
        if name not in _BY_NAME:
            raise UnknownExportColumn(number=number, known=", ".join(_BY_NAME))
    if not names or len(set(names)) < len(names):
        raise ExportColumnsUnclear(found="one stands twice" if names else "none was given")
    return tuple(_BY_NAME[name] for name in names)
