"""Submissions of a form made with KoBoToolbox (XLSForm), from their export: each is a plea, its repeats are members.

The export is brought into the shape that the room reads already (kobo_sheets, kobo_columns), and the rest of the way is
that of any sheet. Both files are parsed in the confined child process, as sheets are.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from safeconduct.core.collection import without_collection
from safeconduct.core.rows import Intake, Noticed, RowEnd
from safeconduct.sheets.cells import ProvinceNames, Provinces
from safeconduct.sheets.grid import Grid
from safeconduct.sheets.kobo_columns import Questions
from safeconduct.sheets.kobo_form import questions_of
from safeconduct.sheets.kobo_sheets import is_kobo_export, prepare
from safeconduct.sheets.limits import Limits
from safeconduct.sheets.mapping import Mapping
from safeconduct.sheets.process import read_in_child
from safeconduct.sheets.reading import (
    NO_MAPPING,
    NO_OTHER_LIMITS,
    Progress,
    Reader,
    intake_of,
    nothing_kept,
    opened,
    read_grids,
    refuse_same_names,
    unhide,
)
from safeconduct.sheets.told_cells import Keep

__all__ = ["is_kobo_export", "read_kobo"]


def read_kobo(
    export: Path,
    form: Path | None = None,
    *,
    on: date,
    provinces: Sequence[ProvinceNames],
    mapping: Mapping | None = None,
    limits: Limits = NO_OTHER_LIMITS,
    read_hidden: bool = False,
    progress: Progress | None = None,
    reader: Reader = read_in_child,
    keep: Keep | None = None,
) -> Intake:
    """Read an export of submissions into pleas; every row of its sheets ends once, as in `reading.read_sheets`.

    `form` is the definition they were made with: it puts names of questions and codes of answers back into words.
    The other arguments are those of `read_sheets`; `keep` is told the cells in those words.

    Raises BadSheet: besides what any sheet is refused for, FormEncrypted (nobody but the holder of the key can read
    the answers), FormNotRead, ExportNotRead, FormOfAnother.
    """
    paths = [export, form] if form else [export]
    refuse_same_names(paths)
    tell = progress or (lambda _what, _done, _of: None)
    with without_collection(), nothing_kept():
        grids, noticed = opened(paths, limits, reader, tell)
        of_export = [grid for grid in grids if grid.file == export.name]
        noticed = [each for each in noticed if each.file == export.name]
        asked = None
        if form:
            of_form = [grid for grid in grids if grid.file == form.name]
            asked = Questions(questions_of(of_form, form.name))
        if read_hidden:
            noticed.extend(remark for grid in of_export for remark in unhide(grid))
        known = Provinces(provinces)
        prepare(of_export, asked, known, form.name if form else "")
        noticed.append(_said(of_export, by_form=form is not None))
        read = read_grids(of_export, on, known, mapping or NO_MAPPING, tell, keep=keep)
        intake = intake_of(read.rows, read.columns, [*noticed, *read.noticed], on)
    assert sum(map(intake.count, RowEnd)) == len(intake.rows)
    return intake


def _said(grids: Sequence[Grid], *, by_form: bool) -> Noticed:
    """What was made of the file, for its sender."""
    forms = [grid.form for grid in grids if grid.form]
    sent = sum(len(form.families) for form in forms if not form.repeat)
    groups = sum(form.repeat for form in forms)
    told = f"It was read as an export of {sent} {'submission' if sent == 1 else 'submissions'} of a form"
    if groups:
        told += f", with {groups} repeated {'group' if groups == 1 else 'groups'} taken into their families"
    if by_form:
        told += "; answers were put into the words of the form"
    return Noticed(file=grids[0].file, sheet="", sentence=f"{told}.")
