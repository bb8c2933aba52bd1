"""The people carried each day, as published. A day without a count is a gap, never a zero."""

from __future__ import annotations

from safeconduct.core.main_job import MainJob
from safeconduct.core.operation import DailyCount
from safeconduct.reports import charts
from safeconduct.reports.marks import unverified
from safeconduct.reports.parts import Figure, Section, Table, Words, numbers
from safeconduct.reports.sources import linked
from safeconduct.reports.wording import count_of, day, number, plural, short_day


def section(job: MainJob) -> Section:
    """People by day as published, with what is not known left open."""
    counts = sorted(job.operation.daily_counts, key=lambda each: each.on)
    title = "People carried, as published"
    if not counts:
        text = "No daily counts were published for this operation."
        return Section(key="carried", title=title, blocks=(Words(text=text),))
    gaps = sum(each.people is None or not each.source.verified for each in counts)
    says = (
        f"People carried by day, {short_day(counts[0].on)} to {short_day(counts[-1].on)}; "
        f"{count_of(gaps, 'day')} without a published count."
    )
    rows = [_bar(each) for each in counts]
    wide, narrow = charts.twice(
        lambda width, key: charts.bars(
            rows, width=width, key=key, says=says, label_width=58, value_width=110
        ),
        "carried",
    )
    figure = Figure(
        key="carried-figure",
        title="People by day: published, or the difference of two published totals (solid); split between "
        "the totals before and after (outlined); not known (hatched)",
        says=says,
        wide=wide,
        narrow=narrow,
        table=_table(counts),
    )
    lead = (
        f"{gaps} of {count_of(len(counts), 'day')} {plural(gaps, 'has')} no published count. A gap is a gap: it is "
        "not counted as nobody."
        if gaps
        else "Every day has a published count."
    )
    if counts[-1].on > job.on:
        lead += f" What came after {day(job.on)} is told with hindsight."
    return Section(key="carried", title=title, blocks=(Words(text=lead), figure))


def _bar(count: DailyCount) -> charts.Bar:
    label = short_day(count.on)
    if count.people is None:
        return charts.Bar(label=label, value="not published", filled=None)
    if not count.source.verified:
        value = f"about {number(count.people)} †"
        return charts.Bar(label=label, value=value, filled=0, rest=count.people)
    return charts.Bar(label=label, value=number(count.people), filled=count.people)


def _table(counts: list[DailyCount]) -> Table:
    return Table(
        key="carried-table",
        caption="People carried by day, and by then, as published",
        columns=("Day", "That day", "By then", "How it was had", "Source"),
        rows=tuple(
            (
                day(each.on),
                "not published" if each.people is None else number(each.people),
                "" if each.cumulative is None else number(each.cumulative),
                (each.derived or ("" if each.people is None else "as published"))
                + unverified(each.source),
                linked(each.source),
            )
            for each in counts
        ),
        numbers=numbers(1, 2),
    )
