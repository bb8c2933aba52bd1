"""People moved day by day, beside the counts that were published: a day without one is a gap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import accumulate

from safeconduct.core.operation import DailyCount
from safeconduct.rehearsal.days.records import Outcome, Rehearsal
from safeconduct.reports import charts
from safeconduct.reports.parts import Block, Cell, Figure, Section, Table, Words, blocks, numbers
from safeconduct.reports.rehearsal import lines
from safeconduct.reports.rehearsal.policies import (
    LOOKS,
    apart,
    called,
    heading,
    label,
    named,
    proposed,
)
from safeconduct.reports.wording import day, listed, number, percent, short_day

ALONE = "Each line tells how many people had left by the end of a day, under one policy."
BESIDE_PUBLISHED = (
    f"{ALONE} Rings mark the totals that were published, times the caseload's share of the seats; a hatched day had "
    "none. They are there for scale and not to be beaten: who stood at the gate, and who could have been "
    "called, nobody published."
)
Published = Mapping[date, DailyCount]


def section(rehearsals: Sequence[Rehearsal], published: Sequence[DailyCount]) -> Section:
    """People moved by each day's end. `published` is empty where a scenario is nobody's history."""
    totals = {each.on: each for each in published if each.cumulative is not None}
    found: list[Block] = [Words(text=BESIDE_PUBLISHED if totals else ALONE)]
    for key, rehearsal, title in apart(rehearsals):
        drawn = _figure(rehearsal, totals, key) if named(rehearsal)[0].days else None
        found += blocks(title, Words(text=_half_gone(rehearsal)), drawn)
    return Section(key="moved", title="People moved, day by day", blocks=tuple(found))


def by_then(outcome: Outcome) -> list[int]:
    """People moved by the end of each day."""
    return list(accumulate(day.boarded_people + day.standby_people for day in outcome.days))


def _half_gone(rehearsal: Rehearsal) -> str:
    outcome = proposed(rehearsal)
    whole = by_then(outcome)
    if not whole or not whole[-1]:
        return "Nobody was moved."
    at = next(at for at, people in enumerate(whole) if 2 * people >= whole[-1])
    return (
        f"Of the {number(whole[-1])} people moved by {called(outcome.policy)}, half had left by "
        f"{day(outcome.days[at].on)}."
    )


def days_of(rehearsal: Rehearsal) -> list[date]:
    """The days rehearsed."""
    starts = rehearsal.scenario.starts
    return [starts + timedelta(days=at) for at in range(rehearsal.scenario.days)]


def _figure(rehearsal: Rehearsal, totals: Published, key: str) -> Figure:
    days = days_of(rehearsal)
    outcomes = named(rehearsal)
    shown = [
        lines.Line(
            name=label(each.policy),
            look=LOOKS[each.policy.order],
            points=tuple(enumerate(by_then(each))),
        )
        for each in reversed(outcomes)
    ]
    marked = [(at, totals[on]) for at, on in enumerate(days) if on in totals]
    if marked:
        rings = tuple((at, rehearsal.share * (each.cumulative or 0)) for at, each in marked)
        shown.append(lines.Line(name=_ring_name(rehearsal), look=lines.RINGS, points=rings))
    scales = lines.Scales(
        labels=tuple((at, short_day(on)) for at, on in enumerate(days)),
        told=lambda value: number(round(value)),
        gaps=tuple(at for at, on in enumerate(days) if on not in totals) if totals else (),
    )
    told = listed(f"{called(each.policy)} {number(each.people_moved)}" for each in outcomes)
    says = f"People moved by the end of each day, {short_day(days[0])} to {short_day(days[-1])}. At the end: {told}."
    wide, narrow = charts.twice(
        lambda width, drawn_key: lines.lines(shown, scales, width=width, key=drawn_key, says=says),
        f"moved{key}",
    )
    return Figure(
        key=f"moved{key}-figure",
        title="People moved by the end of each day"
        + ("; at the foot, days without a published total (hatched)" if marked else ""),
        says=says,
        wide=wide,
        narrow=narrow,
        table=_table(rehearsal, days, totals, key),
    )


def _ring_name(rehearsal: Rehearsal) -> str:
    if rehearsal.share == 1:
        return "published total"
    return f"published total, times {percent(rehearsal.share)}"


def _table(rehearsal: Rehearsal, days: list[date], totals: Published, key: str) -> Table:
    outcomes = named(rehearsal)
    by_policy = [by_then(each) for each in outcomes]
    rows: list[tuple[Cell, ...]] = []
    for at, on in enumerate(days):
        moved = tuple(number(people[at]) if at < len(people) else "" for people in by_policy)
        rows.append((day(on), *moved, *((_ring(rehearsal, totals, on),) if totals else ())))
    columns = ["Day", *(heading(each.policy) for each in outcomes)]
    if totals:
        columns.append(_ring_name(rehearsal)[0].upper() + _ring_name(rehearsal)[1:])
    return Table(
        key=f"moved{key}-table",
        caption="People moved by the end of each day",
        columns=tuple(columns),
        rows=tuple(rows),
        numbers=numbers(*range(1, len(columns))),
    )


def _ring(rehearsal: Rehearsal, totals: Published, on: date) -> str:
    if on not in totals:
        return "not published"
    return number(round(rehearsal.share * (totals[on].cumulative or 0)))
