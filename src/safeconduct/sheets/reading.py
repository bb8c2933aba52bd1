"""The door of the room: `read_sheets`.

Every row of every file ends accepted, quarantined or a repeat, and the counts add up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from safeconduct.core.collection import without_collection
from safeconduct.core.errors import SheetNamedTwice
from safeconduct.core.facts import Origin
from safeconduct.core.rows import ColumnRead, Intake, Noticed, Row, RowEnd
from safeconduct.sheets.cells import ProvinceNames, Provinces, forget
from safeconduct.sheets.form_families import settle_forms
from safeconduct.sheets.grid import Grid, grids_from
from safeconduct.sheets.headings import recognise
from safeconduct.sheets.households import pleas_from
from safeconduct.sheets.limits import Limits
from safeconduct.sheets.mapping import Mapping
from safeconduct.sheets.parents import join_to_parents
from safeconduct.sheets.parse import Message
from safeconduct.sheets.process import read_in_child
from safeconduct.sheets.repeats import find_repeats
from safeconduct.sheets.sheet import SheetRead, read_sheet
from safeconduct.sheets.told import Told
from safeconduct.sheets.told_cells import Keep, keep_rows

Reader = Callable[[Path, Limits], Iterator[Message]]
Progress = Callable[[str, int, int], None]
NO_MAPPING = Mapping()
NO_OTHER_LIMITS = Limits()


def read_sheets(
    paths: Sequence[Path],
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
    """Read strangers' sheets into pleas.

    `on` is the day of reading, for ages. `mapping` is what the user says of columns (`mapping.load_mapping`). With
    `read_hidden`, hidden rows, columns and sheets are read as if they were not hidden. `progress` is told what is being
    done, how much of it is done, and of how much. `reader` gives the cells of one file; the default reads in a child
    process under `limits`. `keep` is told, once for every row of the intake, what its cells say (`told_cells`).

    Raises BadSheet or SheetTooLarge for the first file that cannot be read: nothing of any file is then taken.
    """
    refuse_same_names(paths)
    tell = progress or (lambda _what, _done, _of: None)
    with without_collection(), nothing_kept():
        grids, noticed = opened(paths, limits, reader, tell)
        if read_hidden:
            noticed.extend(remark for grid in grids for remark in unhide(grid))
        read = read_grids(grids, on, Provinces(provinces), mapping or NO_MAPPING, tell, keep=keep)
        noticed += [*read.noticed, *_without_rows(paths, read)]
        return intake_of(read.rows, read.columns, noticed, on)


@contextmanager
def nothing_kept() -> Iterator[None]:
    """What was remembered of the sheets for speed is forgotten with them."""
    try:
        yield
    finally:
        forget()
        recognise.cache_clear()


def opened(
    paths: Sequence[Path], limits: Limits, reader: Reader, tell: Progress
) -> tuple[list[Grid], list[Noticed]]:
    """The sheets of every file, before any of their rows is read: a file that is refused refuses the call."""
    grids: list[Grid] = []
    noticed: list[Noticed] = []
    for done, path in enumerate(paths):
        tell("opening files", done, len(paths))
        found, remarks = grids_from(reader(path, limits), path.name)
        grids.extend(found)
        noticed.extend(remarks)
    return grids, noticed


def read_grids(
    grids: list[Grid],
    on: date,
    provinces: Provinces,
    mapping: Mapping,
    tell: Progress,
    *,
    keep: Keep | None = None,
) -> SheetRead:
    """The rows of all sheets, in order. The cells of each sheet are let go of when it is read."""
    everything, reads = SheetRead(), []
    total = max(sum(len(grid.lines) for grid in grids), 1)
    done = 0
    for grid in grids:
        before = done

        def tick(rows: int, before: int = before) -> None:
            tell("reading rows", before + rows, total)

        done += len(grid.lines)
        read = read_sheet(grid, provinces, on, mapping.of(grid.file, grid.name), tick)
        reads.append(read)
        everything.rows.extend(read.rows)
        everything.columns.extend(read.columns)
        everything.noticed.extend(read.noticed)
        if keep:
            keep_rows(grid, read.headings, (row.origin for row in read.rows), keep)
        grid.lines = []  # the cells are not needed again, and large sheets are large
        tell("reading rows", done, total)
    settle_forms(reads)
    everything.noticed.extend(join_to_parents(reads))
    return everything


def _without_rows(paths: Sequence[Path], read: SheetRead) -> Iterator[Noticed]:
    told = {row.origin.file for row in read.rows}
    for path in paths:
        if path.name not in told:
            yield Noticed(file=path.name, sheet="", sentence="No row was found in this file.")


def refuse_same_names(paths: Sequence[Path]) -> None:
    """Raises SheetNamedTwice."""
    names = [path.name for path in paths]
    for name in names:
        if names.count(name) > 1:
            raise SheetNamedTwice(file=name)


def unhide(grid: Grid) -> Iterator[Noticed]:
    """Take what is hidden as if it were not, and say so."""
    if grid.state != "visible" or grid.hidden_rows or grid.hidden_columns:
        yield Noticed(
            file=grid.file, sheet=grid.name, sentence="What is hidden here was read too, as asked."
        )
    grid.state, grid.hidden_rows, grid.hidden_columns = "visible", set(), set()


def intake_of(
    told: list[Told], columns: list[ColumnRead], noticed: list[Noticed], on: date
) -> Intake:
    """What became of every row, each once."""
    find_repeats(told)
    pleas, plea_of = pleas_from(told, on)
    rows = tuple(_ended(one, plea_of) for one in told)
    intake = Intake(rows=rows, pleas=tuple(pleas), noticed=tuple(noticed), columns=tuple(columns))
    # The promise of the room: no row is counted twice, and none is left out.
    assert (
        sum(intake.count(end) for end in RowEnd) == len(rows) == len({row.origin for row in rows})
    )
    assert sum(len(plea.origins) for plea in pleas) == intake.count(RowEnd.ACCEPTED)
    return intake


def _ended(told: Told, plea_of: dict[Origin, str]) -> Row:
    if told.hold is not None:
        return Row(
            origin=told.origin,
            end=RowEnd.QUARANTINED,
            cell=told.hold.cell,
            reason=told.hold.reason,
            kind=told.hold.kind,
        )
    if told.same_as is not None:
        return Row(origin=told.origin, end=RowEnd.REPEATED, same_as=told.same_as)
    return Row(origin=told.origin, end=RowEnd.ACCEPTED, plea_id=plea_of[told.origin])
