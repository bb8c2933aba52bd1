"""Days as packs write them: a day, a month, a year, 'unknown'; and what days must do: follow, and not overlap."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from datetime import date
from itertools import pairwise

from safeconduct.core.errors import DatesOutOfOrder, NotADate, OverlappingIntervals
from safeconduct.core.operation import UNKNOWN_DAY, Span
from safeconduct.packs.located import Fields, Located

_MONTH = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?")


def span_of(value: Located) -> Span | None:
    """The first and last day that something published as a day, a month or a year can have been; None for 'unknown'."""
    written = value.text()
    if written == UNKNOWN_DAY:
        return None
    match = _MONTH.fullmatch(written)
    if not match:
        day = value.date()
        return day, day
    year, month = int(match[1]), int(match[2] or 0)
    if year < 1 or month > 12 or match[2] == "00":
        advice = (
            "Write a day as 2021-08-15, a month as 2021-08, a year as 2021, or the word unknown."
        )
        value.refuse(NotADate, field=value.label, found=written, advice=advice)
    last = calendar.monthrange(year, month or 12)[1]
    return date(year, month or 1, 1), date(year, month or 12, last)


def check_order(fields: Fields, *names: str) -> None:
    """Refuse an entry whose dates do not follow each other in the order of `names`. Unknown ones are passed over."""
    given = [(name, day) for name in names if (day := fields.date(name)) is not None]
    for (earlier_field, earlier), (later_field, later) in pairwise(given):
        if later < earlier:
            fields[later_field].refuse(
                DatesOutOfOrder,
                later_field=later_field,
                later=later,
                earlier_field=earlier_field,
                earlier=earlier,
            )


def check_apart(rows: Iterable[tuple[str, Fields]], from_name: str, to_name: str) -> None:
    """Refuse two rows of one name whose days overlap. Both ends are inside; an empty end has no end."""
    latest: dict[str, tuple[date, int]] = {}
    starts = ((name, row, row.date(from_name) or date.min) for name, row in rows)
    for name, row, start in sorted(starts, key=lambda each: each[2]):
        before = latest.get(name)
        if before is not None and start <= before[0]:
            row.entry.refuse(OverlappingIntervals, of=f"'{name}'", first_line=before[1])
        latest[name] = (row.date(to_name) or date.max, row.entry.line)
