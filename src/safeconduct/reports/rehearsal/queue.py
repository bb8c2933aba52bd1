"""The queue of pleas that wait for a decision, by day."""

from __future__ import annotations

from collections.abc import Sequence

from safeconduct.rehearsal.days.records import Outcome, Rehearsal
from safeconduct.reports import charts
from safeconduct.reports.parts import Block, Figure, Section, Table, Words, blocks, numbers
from safeconduct.reports.rehearsal import lines
from safeconduct.reports.rehearsal.policies import LOOKS, apart, called, label, named, proposed
from safeconduct.reports.wording import count_of, day, number, plural, short_day


def section(rehearsals: Sequence[Rehearsal]) -> Section:
    """The queue of pleas that nobody has decided yet."""
    found: list[Block] = [
        Words(
            text="A plea that no caseworker has decided cannot be called forward, however urgent it is."
        )
    ]
    for key, rehearsal, title in apart(rehearsals):
        drawn = _figure(rehearsal, key) if named(rehearsal)[0].days else None
        found += blocks(title, Words(text=_lead(rehearsal)), drawn)
    return Section(key="queue", title="The queue for a decision", blocks=tuple(found))


def _lead(rehearsal: Rehearsal) -> str:
    outcome = proposed(rehearsal)
    workers = count_of(rehearsal.scenario.caseworkers, "caseworker")
    text = f"{workers} decide {rehearsal.scenario.decisions_each_day:g} pleas each a day."
    if not outcome.days:
        return text
    longest = max(outcome.days, key=lambda each: each.waiting_decision)
    last = outcome.days[-1]
    if not longest.waiting_decision:
        return f"{text} No plea waited for a decision at any day's end."
    return (
        f"{text} The queue was longest on {day(longest.on)}, with "
        f"{count_of(longest.waiting_decision, 'plea')}; on the last day {number(last.waiting_decision)} "
        f"{plural(last.waiting_decision, 'was')} undecided."
    )


def _figure(rehearsal: Rehearsal, key: str) -> Figure:
    outcomes = named(rehearsal)
    queues = [tuple(each.waiting_decision for each in outcome.days) for outcome in outcomes]
    alike = len(set(queues)) == 1
    shown = [
        lines.Line(
            name="every policy" if alike else label(each.policy),
            look=lines.PLAIN if alike else LOOKS[each.policy.order],
            points=tuple(enumerate(queue)),
        )
        for each, queue in zip(outcomes, queues, strict=True)
    ]
    days = outcomes[0].days
    scales = lines.Scales(
        labels=tuple((at, short_day(each.on)) for at, each in enumerate(days)),
        told=lambda value: number(round(value)),
    )
    says = f"Pleas waiting for a decision at each day's end, {short_day(days[0].on)} to {short_day(days[-1].on)}."
    wide, narrow = charts.twice(
        lambda width, drawn_key: lines.lines(
            shown[:1] if alike else shown[::-1], scales, width=width, key=drawn_key, says=says
        ),
        f"queue{key}",
    )
    return Figure(
        key=f"queue{key}-figure",
        title="Pleas waiting for a decision at each day's end"
        + (", the same under every policy" if alike else ""),
        says=says,
        wide=wide,
        narrow=narrow,
        table=_table(proposed(rehearsal), key),
    )


def _table(outcome: Outcome, key: str) -> Table:
    return Table(
        key=f"queue{key}-table",
        caption=f"Pleas, decisions and those who wait, by day, under {called(outcome.policy)}",
        columns=("Day", "Pleas", "Decided", "Wait for a decision", "Families that wait for a seat"),
        rows=tuple(
            (
                day(each.on),
                number(each.pleas),
                number(each.decided),
                number(each.waiting_decision),
                number(each.waiting_seat),
            )
            for each in outcome.days
        ),
        numbers=numbers(1, 2, 3, 4),
    )
