"""Sheets of one workbook whose rows belong to rows of another, as forms export what is asked again for each relative.

KoBo and ODK write the relatives to a sheet of their own, where `_parent_index` is the `_index` of a row of the main
sheet. Without this, every household would be parted from its principal (law 5).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence

from safeconduct.core.rows import Noticed
from safeconduct.sheets.headings import heading_words
from safeconduct.sheets.sheet import SheetRead

OF_PARENT, OF_ROW = ("parent", "index"), ("index",)


def join_to_parents(reads: Sequence[SheetRead]) -> Iterator[Noticed]:
    """Take the rows of such sheets into the families of their main sheet, and say how many."""
    for child in reads:
        if not _has(child, "reference", OF_PARENT):
            continue
        parents = [
            read
            for read in reads
            if _file(read) == _file(child)
            and _has(read, "row_number", OF_ROW)
            and not _has(read, "reference", OF_PARENT)
        ]
        if len(parents) == 1 and (joined := _join(child, parents[0])):
            place = child.columns[0]
            rows = "1 row was" if joined == 1 else f"{joined} rows were"
            told = f"{rows} taken into the families of the main sheet, by the index that both tell."
            yield Noticed(file=place.file, sheet=place.sheet, sentence=told)


def _join(child: SheetRead, parent: SheetRead) -> int:
    families: dict[str, Hashable] = {
        told.row_number: told.group for told in parent.rows if told.is_person and told.row_number
    }
    joined = 0
    for told in child.rows:
        if told.is_person and told.reference in families:
            told.group = families[told.reference]
            joined += 1
    return joined


def _has(read: SheetRead, field: str, words: tuple[str, ...]) -> bool:
    return any(
        column.field == field and heading_words(column.heading) == words for column in read.columns
    )


def _file(read: SheetRead) -> str:
    return read.columns[0].file if read.columns else ""
