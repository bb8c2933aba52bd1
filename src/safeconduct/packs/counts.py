"""Reading daily_counts.csv: people carried, as published. A day without a count is a gap, never a zero.

Between two published running totals the people of the days without a count are what is left; where
there are several such days it is split evenly over them, and each says so. A total that was published as a
round figure makes what is derived from it inexact, and that is said too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources.abc import Traversable
from pathlib import Path

from safeconduct.core.errors import CountFellBack, Unordered
from safeconduct.core.facts import Source
from safeconduct.core.operation import DailyCount
from safeconduct.core.sharing import apportion
from safeconduct.packs.located import Fields
from safeconduct.packs.reading import read_csv
from safeconduct.packs.sources import SOURCE_COLUMNS, source_of

_COLUMNS = ("on", "people", "cumulative", "round", *SOURCE_COLUMNS)
_NO_ROW = Source(url=None, verified=False, note="No published count was found for this day")

WHOLE_TOTAL = "the first published total, put whole on its day"
DIFFERENCE = "the difference of two published totals"
REST = "what two published totals leave for this day"
SPLIT = "split evenly over a gap of {days} days between two published totals"
INEXACT = ", one of them a round figure"


@dataclass(slots=True, kw_only=True)
class _Day:
    on: date
    people: int | None
    cumulative: int | None
    source: Source
    round: bool = False
    derived: str = ""
    row: Fields | None = None


def daily_counts_of(file: Path | Traversable) -> tuple[DailyCount, ...]:
    """One count for every day from the first row to the last, with what can be derived filled in and marked."""
    days = _every_day(read_csv(file, _COLUMNS, required=("on",), of="a day's count"))
    totals = [number for number, day in enumerate(days) if day.cumulative is not None]
    for position, number in enumerate(totals):
        if position == 0:
            _fill_first(days[: number + 1])
        else:
            _fill(days[totals[position - 1]], days[totals[position - 1] + 1 : number + 1])
    return tuple(
        DailyCount(
            on=day.on,
            people=day.people,
            cumulative=day.cumulative,
            derived=day.derived,
            source=day.source,
        )
        for day in days
    )


def _every_day(rows: Sequence[Fields]) -> list[_Day]:
    days: list[_Day] = []
    for row in rows:
        on = row["on"].date()
        if days and on <= days[-1].on:
            before = days[-1].row
            row["on"].refuse(
                Unordered,
                found=on,
                before=days[-1].on,
                first_line=before.entry.line if before else 1,
                field="on",
            )
        while days and days[-1].on + timedelta(days=1) < on:
            missed = days[-1].on + timedelta(days=1)
            # `row` of the last written line, so that a message can name it
            days.append(
                _Day(on=missed, people=None, cumulative=None, source=_NO_ROW, row=days[-1].row)
            )
        days.append(
            _Day(
                on=on,
                people=row.whole("people", least=0),
                cumulative=row.whole("cumulative", least=0),
                round=(said := row.get("round")) is not None and said.yes_or_no(),
                source=source_of(row),
                row=row,
            )
        )
    return days


def _fill_first(days: Sequence[_Day]) -> None:
    """Up to the first total nothing says on which day people left: the days before it stay gaps."""
    last = days[-1]
    if last.people is None and last.cumulative is not None:
        last.people = last.cumulative - sum(day.people or 0 for day in days[:-1])
        last.derived = WHOLE_TOTAL


def _fill(before: _Day, days: Sequence[_Day]) -> None:
    """Share what lies between two totals over the days that have no count of their own."""
    last = days[-1]
    assert before.cumulative is not None  # both ends were chosen for their totals
    assert last.cumulative is not None
    rest = last.cumulative - before.cumulative - sum(day.people or 0 for day in days)
    open_days = [day for day in days if day.people is None]
    if last.cumulative < before.cumulative or (rest < 0 and open_days):
        _refuse(before, days)
    derived = DIFFERENCE if len(days) == 1 else REST
    if len(open_days) > 1:
        derived = SPLIT.format(days=len(open_days))
    if before.round or last.round:
        derived += INEXACT
    if open_days:
        for day, people in zip(open_days, apportion(rest, [1] * len(open_days)), strict=True):
            day.people, day.derived = people, derived


def _refuse(before: _Day, days: Sequence[_Day]) -> None:
    last = days[-1]
    if last.row is None or before.row is None or before.cumulative is None:
        return
    between = sum(day.people or 0 for day in days)
    last.row["cumulative"].refuse(
        CountFellBack,
        found=last.cumulative,
        before=before.cumulative + between,
        first_line=before.row.entry.line,
    )
