"""What a delivery says: its files read in memory, each row with its cells. Nothing of it touches the disk.

Here alone this room calls that of sheets.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final

from safeconduct.cases.entries import Way
from safeconduct.cases.wording import operation
from safeconduct.core.facts import Origin, Plea
from safeconduct.core.rows import Intake, Row, RowEnd
from safeconduct.sheets import Limits, load_mapping, read_sheets
from safeconduct.sheets.fields import PERSON_FIELDS, ROW_FIELDS, field_from
from safeconduct.sheets.kobo import is_kobo_export, read_kobo
from safeconduct.sheets.mapping import Mapping as Columns
from safeconduct.sheets.parse import Message
from safeconduct.sheets.pasted import LONGEST as LONGEST_TEXT, Pasted, read_text
from safeconduct.sheets.process import file_name, reader_of

Cells = Sequence[tuple[str, str]]
Progress = Callable[[str, int, int], None]
MOST_FILES: Final = 20
# Within a row's kept text: between its cells, and between a heading and what stands under it.
_CELL, _UNDER = "\x1e", "\x1f"
_TO_BREAKS: Final = str.maketrans(
    {chr(sign): " " for sign in range(32) if chr(sign) not in "\t\n"} | {"\r": "\n"}
)
_HEADINGS_LOOKED_AT: Final = 10


@dataclass(slots=True)
class Reading:
    """The intake of a delivery, and the cells of each of its rows (kept as one text each: there may be many)."""

    intake: Intake
    way: Way
    kept: dict[Origin, str] = field(default_factory=dict)
    # Rows of families whose case was shredded, and rows that are now read as of one family with such a row.
    left_out: set[Origin] = field(default_factory=set)
    beside: set[Origin] = field(default_factory=set)

    def leave_out(self, told: Collection[str]) -> None:
        """From here on these rows, as they were written down, are in no plea, and their words nowhere. Nor are their
        repeats, whichever of them is read first. Numbers stay as they are.
        """
        if not told:
            return
        rows = self.intake.rows
        known = {row.origin for row in rows if str(row.origin) in told}
        known |= {row.same_as for row in rows if row.same_as is not None and row.origin in known}
        known |= {row.origin for row in rows if row.same_as in known}
        self.left_out = known
        self.beside = {
            origin
            for plea in self.intake.pleas
            if not known.isdisjoint(plea.origins)
            for origin in plea.origins
            if origin not in known
        }
        for origin in known:
            self.kept.pop(origin, None)

    def cells(self, origin: Origin) -> list[tuple[str, str]]:
        """(heading, text), as they stood."""
        told = self.kept.get(origin, "")
        pairs = (cell.partition(_UNDER) for cell in told.split(_CELL) if cell)
        return [(heading, text) for heading, _, text in pairs]

    def pleas(self) -> Iterator[tuple[int, Plea]]:
        """Those that were read, numbered from 1 as every run numbers them."""
        for number, plea in enumerate(self.intake.pleas, 1):
            if self.left_out.isdisjoint(plea.origins):
                yield number, plea

    def parted(self) -> Iterator[tuple[int, list[Origin]]]:
        """Under their plea's number, the rows that are read as of one family with rows that are left out."""
        for number, plea in enumerate(self.intake.pleas, 1):
            rows = [origin for origin in plea.origins if origin in self.beside]
            if rows:
                yield number, rows

    def held(self) -> Iterator[tuple[int, Row]]:
        """Rows that are held by themselves, numbered on from there."""
        found = (row for row in self.intake.rows if row.end is RowEnd.QUARANTINED)
        for number, row in enumerate(found, len(self.intake.pleas) + 1):
            if row.origin not in self.left_out:
                yield number, row

    def count(self, end: RowEnd) -> int:
        """Rows of this end, but for those that are left out; a repeat is one all the same."""
        if end is RowEnd.REPEATED:
            return self.intake.count(end)
        here = (row for row in self.intake.rows if row.origin not in self.left_out)
        ends = Counter(RowEnd.QUARANTINED if row.origin in self.beside else row.end for row in here)
        return ends[end]

    @property
    def households(self) -> int:
        return sum(1 for _ in self.pleas())


def read_files(
    files: Mapping[str, bytes],
    *,
    on: date,
    mapping: str = "",
    read_hidden: bool = False,
    progress: Progress | None = None,
) -> Reading:
    """Read the files of one delivery together. `mapping` is as `save_mapping` writes it.

    Raises BadSheet, also for the definition of a form that is given with no export.
    """
    read = reader_of(files)
    paths = [Path(name) for name in files]
    columns = load_mapping(mapping) if mapping else Columns()
    kept: dict[Origin, str] = {}

    def keep(origin: Origin, cells: Cells) -> None:
        kept[origin] = _CELL.join(
            f"{writable(heading)}{_UNDER}{writable(text)}" for heading, text in cells if text
        )

    export, form = _export_among(paths, read)
    read_as = partial(read_sheets, paths) if export is None else partial(read_kobo, export, form)
    intake = read_as(
        on=on,
        provinces=operation().provinces,
        mapping=columns,
        read_hidden=read_hidden,
        progress=progress,
        reader=read,
        keep=keep,
    )
    return Reading(intake, Way.FORM if export is not None else Way.SHEET, kept)


def read_words(text: str, *, on: date) -> Pasted:
    """What a pasted text surely tells. `on` is the day of reading."""
    return read_text(text, on=on, provinces=operation().provinces)


def _export_among(
    paths: Sequence[Path], read: Callable[[Path, Limits], Iterator[Message]]
) -> tuple[Path | None, Path | None]:
    """An export of a form's submissions, alone or with the form's definition; else neither.

    A definition alone is given as if it were the export: whoever reads it says what it is.
    """
    if len(paths) > 2:
        return None, None
    heads = {path: _headings(read(path, Limits())) for path in paths}
    exports = [path for path, (headings, _) in heads.items() if is_kobo_export(headings)]
    forms = [path for path, (headings, sheets) in heads.items() if _defines(headings, sheets)]
    if not exports and forms == list(paths):
        return forms[0], None
    if len(exports) != 1:
        return None, None
    others = [path for path in paths if path != exports[0]]
    forms = [path for path in others if path in forms]
    if len(forms) != len(others):
        return None, None
    return exports[0], forms[0] if forms else None


def _defines(headings: Sequence[str], sheets: set[str]) -> bool:
    """Whether this is the definition of a form (XLSForm): its first sheet has a type and a name for each question."""
    return "survey" in sheets and {"type", "name"} <= {text.strip().lower() for text in headings}


def _headings(messages: Iterator[Message]) -> tuple[list[str], set[str]]:
    """The texts of the first rows of a file, and the names of the sheets met so far; its reader is then let go."""
    texts: list[str] = []
    sheets: set[str] = set()
    for message in messages:
        if "rows" in message:
            first = message["rows"][:_HEADINGS_LOOKED_AT]
            texts += [value for _, cells in first for value in cells if isinstance(value, str)]
            break
        if "state" in message:
            sheets.add(message["sheet"].strip().casefold())
    close = getattr(messages, "close", None)
    if close is not None:
        close()
    return texts, sheets


def writable(text: str) -> str:
    """Without commands to a machine and half letters, which no entry of a case can hold."""
    return text.translate(_TO_BREAKS).encode("utf-8", "replace").decode()


def called(told: str) -> str:
    """What a sent file is called here: no folders, nothing that is not seen, not endless."""
    return file_name(told)


def is_field(name: str) -> bool:
    """Whether a column can be taken for it."""
    return field_from(name) is not None


__all__ = [
    "LONGEST_TEXT",
    "MOST_FILES",
    "PERSON_FIELDS",
    "ROW_FIELDS",
    "Pasted",
    "Progress",
    "Reading",
    "called",
    "is_field",
    "read_files",
    "read_words",
    "writable",
]
