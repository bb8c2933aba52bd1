"""One sheet, from its grid to the rows it tells, each with a family or a reason why it is held."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from safeconduct.core.dates import day_first_in
from safeconduct.core.rows import ColumnRead, Noticed
from safeconduct.sheets.addresses import address
from safeconduct.sheets.cells import Provinces
from safeconduct.sheets.columns import Guess, columns_read, guess_columns
from safeconduct.sheets.fields import NAME_FIELDS, Field
from safeconduct.sheets.grid import FromForm, Grid, Line, Value
from safeconduct.sheets.groups import Shape, group_rows
from safeconduct.sheets.headings import recognise
from safeconduct.sheets.layout import Layout, layout_of, looks_like_data
from safeconduct.sheets.names import is_inverted
from safeconduct.sheets.people import Reading
from safeconduct.sheets.reasons import hold
from safeconduct.sheets.remarks import Found, hidden_remarks, remarks
from safeconduct.sheets.rows import Plan, read_row
from safeconduct.sheets.told import Told

Tick = Callable[[int], None]
SURE = 0.8
FILLED_BY_MERGE = {"reference", "row_number", "caller_name", "family_name"}


@dataclass(slots=True)
class SheetRead:
    """Every row of one sheet that is not blank and no heading at the top, in order."""

    rows: list[Told] = field(default_factory=list)
    columns: list[ColumnRead] = field(default_factory=list)
    noticed: list[Noticed] = field(default_factory=list)
    headings: dict[int, str] = field(default_factory=dict)
    form: FromForm | None = None


def read_sheet(
    grid: Grid, provinces: Provinces, on: date, told: Mapping[int, Field | None], tick: Tick
) -> SheetRead:
    """Read one sheet. `told` is the user's mapping for it, by column; `tick` hears how many rows are done."""
    layout = layout_of(grid)
    read = SheetRead(headings=layout.texts, form=grid.form)
    if grid.state != "visible":
        read.rows = list(_held_whole(grid, layout, "hidden sheet"))
        _notice(read, grid, f"This sheet is {grid.state}; it was not read, and its rows are held.")
        return read
    guesses = guess_columns(grid, layout, provinces, on, told)
    read.columns = columns_read(grid, layout, guesses)
    for sentence in hidden_remarks(grid):
        _notice(read, grid, sentence)
    named = any(guess.field and guess.field.name in _NAMES for guess in guesses)
    if not named and not grid.form:  # a submission may have its people in another sheet
        read.rows = list(_held_whole(grid, layout, "no name column"))
        if read.rows:
            _notice(read, grid, _no_names(grid))
        return read
    _read_rows(read, Found(grid, layout, guesses), provinces, on, tick)
    return read


_NAMES = NAME_FIELDS | {"members"}


def _no_names(grid: Grid) -> str:
    """Why a sheet is held, with the mend for a form whose headings stand one below the other."""
    first = [line.cell(next(line.filled(), 0)) for line in grid.visible()]
    told = [recognise(text) for text in first if isinstance(text, str)]
    fields = {found.field.name for found in told if found and found.is_exact}
    if len(fields) >= 3 and not NAME_FIELDS.isdisjoint(fields):
        return (
            "Its headings stand below each other, so its rows are held. "
            "Turn rows into columns (copy, paste special, transpose), and give it again."
        )
    return "No column of names could be recognised, so its rows are held. A mapping can tell it."


def _held_whole(grid: Grid, layout: Layout, kind: str) -> Iterator[Told]:
    """Every row but titles and headings. Hidden rows of a sheet that is shown are said to be hidden."""
    for line in grid.lines:
        why = _held_unread(line, grid, layout)
        if why == "hidden row" and kind == "hidden sheet":
            why = kind
        if why != TITLE:
            yield _held(line, grid, why or kind)


def _read_rows(read: SheetRead, found: Found, provinces: Provinces, on: date, tick: Tick) -> None:
    grid, layout, guesses = found
    ways = {guess.index: _day_first(grid, layout, guess) for guess in guesses if _is_date(guess)}
    inverted = frozenset(guess.index for guess in guesses if _is_inverted(grid, layout, guess))
    plan = Plan.of(grid, layout, guesses, provinces, Reading(on, ways, inverted))
    fills = _fills(grid, plan)
    last, gap, elsewhere = 0, False, False
    for done, line in enumerate(grid.lines):
        if done % 1000 == 0:
            tick(done)
        gap = gap or line.number > last + 1
        last = line.number
        kind = _held_unread(line, grid, layout)
        if kind == TITLE:
            continue
        if not kind and layout.texts:
            elsewhere = _is_elsewhere(line, plan, elsewhere)
            kind = "other headings" if elsewhere else ""
        gap = gap or kind == "hidden row"  # who is hidden may have begun another family
        told = _held(line, grid, kind) if kind else read_row(line, plan, fills.get(line.number, {}))
        if told.is_person:
            told.after_blank, gap = gap, False
        read.rows.append(told)
    if grid.form is None:
        _group(read, grid, plan, _is_sure(guesses))
    for sentence in remarks(found, plan, len(fills)):
        _notice(read, grid, sentence)


TITLE = "title"


def _is_elsewhere(line: Line, plan: Plan, elsewhere: bool) -> bool:
    """Whether a row is of another table further down, until the headings of this one come again."""
    if plan.layout.repeats(line):
        return False
    return elsewhere or plan.layout.is_other(line, plan.names)


def _held_unread(line: Line, grid: Grid, layout: Layout) -> str:
    """The kind of a row that is not read, TITLE for one that is not counted, nothing for one to be read."""
    if line.number in grid.hidden_rows:
        return "hidden row"
    if line.number > layout.last_row:
        return ""
    above = line.number < layout.first_row and looks_like_data(line)
    return "above the headings" if above else TITLE


def _held(line: Line, grid: Grid, kind: str) -> Told:
    cell = address(line.number, next(line.filled()) + 1)
    return Told(grid.origin(line.number), hold=hold(kind, cell))


def _is_date(guess: Guess) -> bool:
    return guess.field is not None and guess.field.name in {"birth", "age"}


def _is_inverted(grid: Grid, layout: Layout, guess: Guess) -> bool:
    if guess.field is None or guess.field.name != "full_name":
        return False
    return is_inverted(
        line.cell(guess.index) for line in grid.lines if line.number > layout.last_row
    )


def _day_first(grid: Grid, layout: Layout, guess: Guess) -> bool | None:
    return day_first_in(
        line.cell(guess.index) for line in grid.lines if line.number > layout.last_row
    )


def _fills(grid: Grid, plan: Plan) -> dict[int, dict[int, Value]]:
    """The values of vertical merges, for every row below the first of each: only columns that tell families."""
    lines: dict[int, Line] | None = None
    fills: dict[int, dict[int, Value]] = {}
    for top, left, bottom, _ in grid.merges:
        field = plan.fields.get(left - 1)
        if (
            bottom == top
            or field is None
            or field.who
            or field.name not in FILLED_BY_MERGE
            or top <= plan.layout.last_row
        ):
            continue
        lines = lines or {line.number: line for line in grid.lines}
        value = lines[top].cell(left - 1) if top in lines else None
        if value is None:
            continue
        for row in range(top + 1, min(bottom, grid.lines[-1].number) + 1):
            if row in lines:
                fills.setdefault(row, {})[left - 1] = value
    return fills


def _is_sure(guesses: list[Guess]) -> bool:
    found = [guess for guess in guesses if guess.field == Field("reference")]
    return all(guess.confidence >= SURE for guess in found)


def _group(read: SheetRead, grid: Grid, plan: Plan, sure_reference: bool) -> None:
    people = [told for told in read.rows if told.is_person]
    if not people:
        return
    names = {field.name for field in plan.fields.values() if not field.who}
    shape = Shape(
        sheet=(grid.file, grid.name),
        members="members" in names or bool(plan.others),
        told_size=not names.isdisjoint({"told_size", "dependants"}),
        relation="relation" in names,
        caller="caller_name" in names,
        numbered="row_number" in names,
        sure_reference=sure_reference,
    )
    grouping = group_rows(people, shape)
    for told, key in zip(people, grouping.keys, strict=True):
        told.group = key
    for sentence in grouping.sentences:
        _notice(read, grid, sentence)


# --- what the sender should hear -----------------------------------------------------


def _notice(read: SheetRead, grid: Grid, sentence: str) -> None:
    read.noticed.append(Noticed(file=grid.file, sheet=grid.name, sentence=sentence))
