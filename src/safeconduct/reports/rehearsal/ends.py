"""Where every plea ended, and why."""

from __future__ import annotations

from collections.abc import Sequence

from safeconduct.rehearsal.days.ends import ENDS, WAITS
from safeconduct.rehearsal.days.records import Rehearsal
from safeconduct.reports import charts
from safeconduct.reports.parts import (
    Block,
    Figure,
    Section,
    Table,
    Words,
    blocks,
    numbers,
)
from safeconduct.reports.rehearsal.policies import (
    apart,
    called,
    heading,
    named,
    proposed,
)
from safeconduct.reports.wording import count_of, listed, number, plural, sentence


def section(rehearsals: Sequence[Rehearsal]) -> Section:
    """Each plea has one end; the reasons stand beside the counts."""
    found: list[Block] = [Words(text="Ends are counted from what was done, plea by plea.")]
    for key, rehearsal, title in apart(rehearsals):
        found += blocks(
            title,
            Words(text=_lead(rehearsal)),
            _figure(rehearsal, key),
            _all(rehearsal, key),
            _waits(rehearsal, key),
        )
    return Section(key="ends", title="Where the pleas ended", blocks=tuple(found))


def _lead(rehearsal: Rehearsal) -> str:
    without = max((each.pleas_without_an_end for each in rehearsal.outcomes), default=0)
    pleas = count_of(rehearsal.pleas, "plea")
    if without:
        return f"{number(without)} of {pleas} {plural(without, 'has')} no end under some policy."
    return f"{pleas}, and none without an end under any policy."


def _figure(rehearsal: Rehearsal, key: str) -> Figure | None:
    outcome = proposed(rehearsal)
    if not outcome.ends:
        return None
    rows = [
        charts.Bar(label=_name(end), value=number(count), filled=count)
        for end, count in outcome.ends.items()
    ]
    told = listed(f"{end} {number(count)}" for end, count in outcome.ends.items())
    says = f"Pleas by their end under {called(outcome.policy)}: {told}."
    wide, narrow = charts.bars_twice(rows, f"ends{key}", says=says, value_width=60)
    return Figure(
        key=f"ends{key}-figure",
        title=f"Pleas by their end under {called(outcome.policy)}",
        says=says,
        wide=wide,
        narrow=narrow,
        table=Table(
            key=f"ends{key}-table",
            caption="Pleas by their end, and what it means",
            columns=("End", "Pleas", "What it means"),
            rows=tuple(
                (_name(end), number(count), ENDS.get(end, ""))
                for end, count in outcome.ends.items()
            ),
            total=("All", number(sum(outcome.ends.values())), ""),
            numbers=numbers(1),
        ),
    )


def _all(rehearsal: Rehearsal, key: str) -> Table | None:
    ends = list(dict.fromkeys(end for each in rehearsal.outcomes for end in each.ends))
    if not ends:
        return None
    return Table(
        key=f"all-ends{key}-table",
        caption="Pleas by their end under every policy",
        columns=("Policy", *map(_name, ends), "All"),
        rows=tuple(
            (
                heading(each.policy),
                *(number(each.ends.get(end, 0)) for end in ends),
                number(sum(each.ends.values())),
            )
            for each in rehearsal.outcomes
        ),
        numbers=numbers(*range(1, len(ends) + 2)),
    )


def _waits(rehearsal: Rehearsal, key: str) -> Table | None:
    outcomes = named(rehearsal)
    causes = list(dict.fromkeys(cause for each in outcomes for cause in each.waits))
    if not causes:
        return None
    return Table(
        key=f"waits{key}-table",
        caption="Pleas that wait for a seat, by what stands against one",
        columns=("What stands against it", *(heading(each.policy) for each in outcomes)),
        rows=tuple(
            (
                WAITS.get(cause, _name(cause)),
                *(number(each.waits.get(cause, 0)) for each in outcomes),
            )
            for cause in causes
        ),
        numbers=numbers(*range(1, len(outcomes) + 1)),
    )


def _name(end: str) -> str:
    return sentence(end).rstrip(".")
