"""What stands in a cell of the public formats: counts, amounts, times and lists. An empty cell is unknown: None."""

from __future__ import annotations

import math
from datetime import datetime

from safeconduct.cli.tables import Line, Table

# Longer than any id or number of ours; a longer value is not quoted back.
QUOTED = 40
# No count of people, seats or spaces is greater; one that is would be a slip.
MOST_COUNTED = 1_000_000_000


def count_in(table: Table, line: Line, column: str, *, least: int = 0) -> int | None:
    """A whole number, at least `least`."""
    amount = amount_in(table, line, column, least=least, most=MOST_COUNTED)
    if amount is None:
        return None
    if amount != int(amount):
        raise table.refuse(
            line,
            column,
            f"{_quoted(line[column])} is not a whole number",
            _fix(least, MOST_COUNTED, whole=True),
        )
    return int(amount)


def amount_in(
    table: Table, line: Line, column: str, *, least: float = 0.0, most: float = math.inf
) -> float | None:
    """A number from `least` to `most`, with a point for the decimals."""
    told = line[column]
    if not told:
        return None
    try:
        # Python would read "1_0" as ten; here it is more likely a slip than a ten.
        amount = math.nan if "_" in told else float(told)
    except ValueError:
        amount = math.nan
    if not math.isfinite(amount):
        problem = f"{_quoted(told)} is not a number"
    elif not least <= amount <= most:
        problem = f"{_quoted(told)} is {'less than' if amount < least else 'more than'} it can be"
    else:
        return amount
    raise table.refuse(line, column, problem, _fix(least, most))


def _fix(least: float, most: float = math.inf, *, whole: bool = False) -> str:
    bounds = (
        ""
        if least == -math.inf
        else f" from {least:g} up"
        if most == math.inf
        else f" from {least:g} to {_plain(most)}"
    )
    return f"Write a {'whole ' if whole else ''}number{bounds}, or leave the cell empty if it is not known."


def _plain(number: float) -> str:
    return f"{number:.0f}" if number == int(number) else f"{number:g}"


def time_in(table: Table, line: Line, column: str) -> datetime | None:
    """A time in ISO 8601, with or without an offset; a date alone is its first moment."""
    told = line[column]
    if not told:
        return None
    try:
        return datetime.fromisoformat(told)
    except ValueError:
        problem = f"{_quoted(told)} is not a time in ISO 8601"
    fix = "Write it as 2021-08-26T17:50, with an offset such as +04:30 on every time or on none."
    raise table.refuse(line, column, problem, fix)


def list_in(line: Line, column: str) -> tuple[str, ...]:
    """The parts of a cell between `|`, without blanks and without repeats."""
    parts = (part.strip() for part in line[column].split("|"))
    return tuple(dict.fromkeys(part for part in parts if part))


def id_in(table: Table, line: Line, column: str) -> str:
    """An id, which every line must have."""
    if line[column]:
        return line[column]
    raise table.refuse(line, column, "the cell is empty", "Every line needs its id here.")


def refuse_repeats(table: Table, column: str) -> None:
    """Refuse a table in which an id stands on two lines, naming the second."""
    first: dict[str, int] = {}
    for line in table:
        told = id_in(table, line, column)
        if told in first:
            problem = f"{_quoted(told)} stood already on line {first[told]}"
            raise table.refuse(line, column, problem, "Remove one, or give each an id of its own.")
        first[told] = line.number


def _quoted(told: str) -> str:
    return f"'{told}'" if len(told) <= QUOTED else "what stands there"
