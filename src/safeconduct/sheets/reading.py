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
) -> Intake:
    """Read strangers' sheets into pleas.

    `on` is the day of reading, for ages. `mapping` is what the user says of columns (`mapping.load_mapping`). With
    `read_hidden`, hidden rows, columns and sheets are read as if they were not hidden. `progress` is told what is being
    done, how much of it is done, and of how much. `reader` gives the cells of one file; the default reads in a child
    process under `limits`.

    Raises BadSheet or SheetTooLarge for the first file that cannot be read: nothing of any file is then taken.
    """
    _refuse_same_names(paths)
    tell = progress or (lambda _what, _done, _of: None)
    with without_collection(), _nothing_kept():
        grids, noticed = _opened(paths, limits, reader, tell)
        if read_hidden:
            noticed.extend(remark for grid in grids for remark in _unhide(grid))
        read = _read(grids, on, Provinces(provinces), mapping or NO_MAPPING, tell)
        noticed += [*read.noticed, *_without_rows(paths, read)]
        return _intake(read.rows, read.columns, noticed, on)


@contextmanager
def _nothing_kept() -> Iterator[None]:
    """What was remembered of the sheets for speed is forgotten with them."""
    try:
        yield
    finally:
        forget()
        recognise.cache_clear()


def _opened(
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


def _read(
    grids: list[Grid], on: date, provinces: Provinces, mapping: Mapping, tell: Progress
) -> SheetRead:
    """The rows of all sheets, in order."""
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
        grid.lines = []  # the cells are not needed again, and large sheets are large
        tell("reading rows", done, total)
    everything.noticed.extend(join_to_parents(reads))
    return everything


def _without_rows(paths: Sequence[Path], read: SheetRead) -> Iterator[Noticed]:
    told = {row.origin.file for row in read.rows}
    for path in paths:
        if path.name not in told:
            yield Noticed(file=path.name, sheet="", sentence="No row was found in this file.")


def _refuse_same_names(paths: Sequence[Path]) -> None:
    names = [path.name for path in paths]
    for name in names:
        if names.count(name) > 1:
            raise SheetNamedTwice(file=name)


def _unhide(grid: Grid) -> Iterator[Noticed]:
    if grid.state != "visible" or grid.hidden_rows or grid.hidden_columns:
        yield Noticed(
            file=grid.file, sheet=grid.name, sentence="What is hidden here was read too, as asked."
        )
    grid.state, grid.hidden_rows, grid.hidden_columns = "visible", set(), set()


def _intake(
    told: list[Told], columns: list[ColumnRead], noticed: list[Noticed], on: date
) -> Intake:
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
