"""A mapping of columns that a person can read and correct: a small CSV, one line for each column.

`file,sheet,column,heading,field,confidence`. Only file, sheet, column and field are read back; a blank field
leaves the column unread.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field

from safeconduct.core.errors import SheetMappingWrong
from safeconduct.core.plain_text import neutral, without_apostrophe
from safeconduct.core.rows import Intake
from safeconduct.sheets.addresses import column_number
from safeconduct.sheets.fields import FIELDS, Field, field_from, nearest_field

COLUMNS = ("file", "sheet", "column", "heading", "field", "confidence")


@dataclass(frozen=True, slots=True)
class Mapping:
    """What the user says of columns, by file and sheet; columns count from 0 here. None: left unread."""

    told: dict[tuple[str, str], dict[int, Field | None]] = field(default_factory=dict)

    def of(self, file: str, sheet: str) -> dict[int, Field | None]:
        return self.told.get((file, sheet), {})


def save_mapping(intake: Intake) -> str:
    """The columns of an intake as CSV text, to be corrected and given back."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for column in intake.columns:
        writer.writerow(
            (
                neutral(column.file),
                neutral(column.sheet),
                column.column,
                neutral(" ".join(column.heading.split())),
                column.field or "",
                f"{column.confidence:.2f}",
            )
        )
    return out.getvalue()


def load_mapping(text: str) -> Mapping:
    """The mapping that a text as from `save_mapping` tells. Raises SheetMappingWrong, naming the line."""
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    missing = [
        name
        for name in ("file", "sheet", "column", "field")
        if name not in (reader.fieldnames or ())
    ]
    if missing:
        raise SheetMappingWrong(
            line=1,
            what=f"it has no column {' and no column '.join(missing)}",
            how=f"Its first line must be {','.join(COLUMNS)}.",
        )
    told: dict[tuple[str, str], dict[int, Field | None]] = {}
    for row in reader:
        line = reader.line_num
        column = column_number((row["column"] or "").strip())
        if column is None:
            raise SheetMappingWrong(
                line=line,
                what="its column is not the letters of one",
                how="Write letters such as B or AA.",
            )
        name = (row["field"] or "").strip()
        found = field_from(name) if name else None
        if name and found is None:
            raise SheetMappingWrong(
                line=line, what="its field is not one that is known", how=_known(name)
            )
        told.setdefault(
            (without_apostrophe(row["file"]), without_apostrophe(row["sheet"] or "")), {}
        )[column - 1] = found
    return Mapping(told)


def _known(name: str) -> str:
    near = nearest_field(name)
    meant = f"Did you mean {near}? " if near else ""
    return (
        f"{meant}Known fields are {', '.join(FIELDS)}; leave the field empty to leave the column unread. "
        "Another person of the same row is written as spouse.full_name or child2.birth."
    )
