"""Which sheets are of an export of submissions, and of which submission each of their rows is.

The main sheet has a row for each submission, and a repeated group a sheet of its own, whose rows name their submission
(`_submission__uuid`, `_submission__id`) and the row they were asked under (`_parent_table_name`, `_parent_index`).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from safeconduct.core.errors import ExportNotRead, FormEncrypted, FormOfAnother
from safeconduct.sheets.cells import Provinces
from safeconduct.sheets.grid import FromForm, Grid, Line
from safeconduct.sheets.kobo_columns import ENCRYPTED, Questions, is_system, read_columns
from safeconduct.sheets.kobo_form import HEADINGS_WITHIN, folded

FEWEST = 2  # headings that only a form's server writes
OF_REPEATS = {"_parent_index", "_parent_table_name", "_submission__uuid"}  # of which one is enough
LONGEST_TITLE = 31  # letters of the name of a sheet, in a workbook
A_FORM = "it is the definition of a form"
NO_EXPORT = "no sheet has the columns that KoBoToolbox adds, such as _uuid and _submission_time"
_BY_ID = (("_submission__uuid", "_uuid"), ("_submission__id", "_id"))


@dataclass(slots=True)
class _Sheet:
    """A sheet of the export: its headings, and where what ties its rows stands."""

    grid: Grid
    head: Line
    last: int  # row of its headings
    columns: dict[str, int]
    families: dict[int, Hashable] = field(default_factory=dict)

    @property
    def is_repeat(self) -> bool:
        return "_parent_index" in self.columns or any(own in self.columns for own, _ in _BY_ID)

    @property
    def rows(self) -> list[Line]:
        return [line for line in self.grid.lines if line.number > self.last]

    def told(self, line: Line, heading: str) -> str:
        """What a row tells under a heading, in folded form; "" where it tells nothing or has no such column."""
        at = self.columns.get(heading)
        return folded(line.cell(at)) if at is not None else ""


def is_kobo_export(headings: Iterable[str]) -> bool:
    """Whether the headings of a file (of all its sheets) are those of an export of submissions."""
    told = {folded(heading) for heading in headings}
    return sum(map(is_system, told)) >= FEWEST or not OF_REPEATS.isdisjoint(told)


def prepare(
    grids: Sequence[Grid], questions: Questions | None, provinces: Provinces, form: str
) -> None:
    """Tell the reading what is known of the sheets of one export, and put their headings and answers into words.

    `form` is the name of the form's file. Raises ExportNotRead, FormOfAnother, FormEncrypted.
    """
    file = grids[0].file if grids else ""
    sheets = [found for grid in grids if grid.state == "visible" and (found := _sheet(grid))]
    if any(ENCRYPTED & sheet.columns.keys() for sheet in sheets):
        raise FormEncrypted(file=file, what="the export holds their keys")
    if not sheets:
        raise ExportNotRead(file=file, what=_what_else(grids))
    mains = [sheet for sheet in sheets if not sheet.is_repeat]
    if not mains:
        raise ExportNotRead(
            file=file, what="its main sheet, with a row for each submission, is missing"
        )
    for sheet in mains:
        here = (sheet.grid.file, sheet.grid.name)
        sheet.families = {line.number: ("submission", here, line.number) for line in sheet.rows}
    _tie(sheets, mains)
    known = 0
    for sheet in sheets:
        repeat = _repeat_of(sheet, questions) if sheet.is_repeat else None
        columns, asked = read_columns(
            sheet.rows, sheet.head, repeat, questions, provinces, hidden=sheet.grid.hidden_columns
        )
        known += asked
        rows = (sheet.head.number, sheet.last)
        sheet.grid.form = FromForm(rows, columns, sheet.families, sheet.is_repeat)
    if questions and not known:
        raise FormOfAnother(file=file, form=form)


def _what_else(grids: Sequence[Grid]) -> str:
    names = {folded(grid.name) for grid in grids}
    if "survey" in names:
        return A_FORM
    return NO_EXPORT


def _sheet(grid: Grid) -> _Sheet | None:
    """A sheet of an export by its headings, with the row of HXL tags below them where there is one."""
    for line, below in zip(grid.lines[:HEADINGS_WITHIN], [*grid.lines[1:], None], strict=False):
        columns: dict[str, int] = {}
        for index in line.filled():
            columns.setdefault(folded(line.cells[index]), index)
        if is_kobo_export(columns) or ENCRYPTED & columns.keys():
            tags = below is not None and _is_of_tags(below)
            last = below.number if below is not None and tags else line.number
            return _Sheet(grid, line, last, columns)
    return None


def _is_of_tags(line: Line) -> bool:
    told = [line.cells[index] for index in line.filled()]
    return bool(told) and all(isinstance(each, str) and each.startswith("#") for each in told)


def _repeat_of(sheet: _Sheet, questions: Questions | None) -> str:
    """The repeated group that a sheet is of, by the sheet's name, which may be cut short."""
    name = folded(sheet.grid.name)
    for repeat in sorted(questions.repeats) if questions else ():
        if _is_title(name, repeat):
            return repeat
    return name


def _is_title(title: str, name: str) -> bool:
    """Whether a sheet's folded title is a folded name, cut to what a workbook allows."""
    stem = title.removesuffix("...")
    return title == name or (len(title) >= LONGEST_TITLE - 3 and name.startswith(stem))


# --- the submission of each row ------------------------------------------------------


def _tie(sheets: Sequence[_Sheet], mains: Sequence[_Sheet]) -> None:
    by_id = {
        theirs: _only_one((sheet, line, theirs) for sheet in mains for line in sheet.rows)
        for _, theirs in _BY_ID
    }
    of_rows: dict[int, Mapping[str, Hashable]] = {}
    left = [sheet for sheet in sheets if sheet.is_repeat]
    while left:  # a repeat within a repeat comes after the one that it stands in
        ready = [sheet for sheet in left if _parent(sheet, sheets, mains) not in left]
        for sheet in ready or left:
            parent = _parent(sheet, sheets, mains)
            indexes: Mapping[str, Hashable] = {}
            if parent is not None and parent is not sheet:
                if id(parent) not in of_rows:
                    of_rows[id(parent)] = _only_one(
                        (parent, line, "_index") for line in parent.rows
                    )
                indexes = of_rows[id(parent)]
            for line in sheet.rows:
                family = _family(sheet, line, by_id, indexes)
                if family is not None:
                    sheet.families[line.number] = family
        left = [sheet for sheet in left if ready and sheet not in ready]


def _only_one(rows: Iterable[tuple[_Sheet, Line, str]]) -> dict[str, Hashable]:
    """The submission of every mark (an id, an index) that is of one submission alone."""
    found: dict[str, Hashable] = {}
    unclear: set[str] = set()
    for sheet, line, heading in rows:
        mark, family = sheet.told(line, heading), sheet.families.get(line.number)
        if mark and family is not None and found.setdefault(mark, family) != family:
            unclear.add(mark)
    return {mark: family for mark, family in found.items() if mark not in unclear}


def _family(
    sheet: _Sheet,
    line: Line,
    by_id: Mapping[str, Mapping[str, Hashable]],
    indexes: Mapping[str, Hashable],
) -> Hashable | None:
    """The submission of a row by everything it tells; None where that is nothing, or not of one submission."""
    told = {
        by_id[theirs][mark]
        for own, theirs in _BY_ID
        if (mark := sheet.told(line, own)) in by_id[theirs]
    }
    if (index := sheet.told(line, "_parent_index")) in indexes:
        told.add(indexes[index])
    return told.pop() if len(told) == 1 else None


def _parent(sheet: _Sheet, sheets: Sequence[_Sheet], mains: Sequence[_Sheet]) -> _Sheet | None:
    """The sheet under whose rows this one was asked: as it says, else the only main sheet."""
    names = {name for line in sheet.rows if (name := sheet.told(line, "_parent_table_name"))}
    if len(names) == 1:
        name = names.pop()
        for other in sheets:
            if other is not sheet and _is_title(folded(other.grid.name), name):
                return other
    return mains[0] if len(mains) == 1 and len(names) <= 1 else None
