"""The counts that were published, with how each was had and its source."""

from __future__ import annotations

from collections.abc import Sequence

from safeconduct.core.operation import DailyCount
from safeconduct.reports.parts import Table, numbers
from safeconduct.reports.sources import linked
from safeconduct.reports.wording import count_of, day, number


def published_table(published: Sequence[DailyCount]) -> Table:
    """Day by day; a day without a count is a gap."""
    gaps = sum(each.people is None for each in published)
    return Table(
        key="published-table",
        caption="What was published, and what was made of it",
        columns=("Day", "People that day", "By then", "How it was had", "Source"),
        rows=tuple(
            (
                day(each.on),
                "not published" if each.people is None else number(each.people),
                "" if each.cumulative is None else number(each.cumulative),
                _how(each),
                linked(each.source),
            )
            for each in published
        ),
        numbers=numbers(1, 2),
        note=f"{count_of(gaps, 'day')} without any count: a gap, and not counted as nobody. † not verified."
        if gaps
        else "† not verified.",
    )


def _how(count: DailyCount) -> str:
    if count.people is None:
        return ""
    return (count.derived or "as published") + ("" if count.source.verified else " †")
