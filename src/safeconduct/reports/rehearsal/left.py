"""Who was left, by band; and what the families' silence cost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from safeconduct.core.rulebook.rules import Band
from safeconduct.rehearsal.days.records import Outcome, Rehearsal
from safeconduct.reports import charts
from safeconduct.reports.marks import SHAPES, mark
from safeconduct.reports.parts import Block, Cell, Figure, Section, Table, Words, blocks, numbers
from safeconduct.reports.rehearsal.policies import (
    apart,
    band_of,
    called,
    heading,
    label,
    named,
    of_bound,
)
from safeconduct.reports.wording import listed, number, plural


def section(rehearsals: Sequence[Rehearsal]) -> Section:
    """Families who may fly by what was told and had not left by the last day, band by band."""
    found: list[Block] = [
        Words(
            text="Left are families who may fly by what was told and had not left by the last day, whatever stood "
            "against a seat. A family that told too little to be urgent is not among the urgent here."
        )
    ]
    for key, rehearsal, title in apart(rehearsals):
        found += blocks(
            title,
            Words(text=_lead(rehearsal)),
            _figure(rehearsal, key),
            _in_truth(rehearsal),
            _silence(rehearsal),
        )
    return Section(key="left", title="Who was left", blocks=tuple(found))


def _lead(rehearsal: Rehearsal) -> str:
    outcomes = named(rehearsal)
    urgent, families = outcomes[0].highest_band.value, outcomes[0].highest_band_families
    if not families:
        return "No family may fly by what was told, so none was left."
    left = listed(
        f"{number(each.highest_band_left)} under {called(each.policy)}" for each in outcomes
    )
    return f"Of {number(families)} {urgent} {plural(families, 'family')}, these were left: {left}."


def _bands(outcomes: Sequence[Outcome]) -> list[str]:
    """The bands that are told of, the most urgent first; any other name after them."""
    order = [band.value for band in Band]
    names = {name for each in outcomes for name in each.left_by_band}
    return sorted(
        names, key=lambda name: (order.index(name) if name in order else len(order), name)
    )


def _figure(rehearsal: Rehearsal, key: str) -> Figure | None:
    outcomes = named(rehearsal)
    names = _bands(rehearsal.outcomes)
    if not names:
        return None
    says = f"Families left, by band, under {listed(called(each.policy) for each in outcomes)}."
    some = [name for name in names if any(each.left_by_band.get(name) for each in outcomes)]
    nobody = [name for name in names if name not in some]
    rows = list(_rows(outcomes, some))
    room = charts.room_for(each.label for each in rows)
    wide, narrow = charts.twice(
        lambda width, drawn_key: charts.bars(
            rows, width=width, key=drawn_key, says=says, label_width=room, value_width=56
        ),
        f"left{key}",
    )
    return Figure(
        key=f"left{key}-figure",
        title="Families left, by band and policy",
        says=says,
        wide=wide,
        narrow=narrow,
        note=f"Nobody was left of the bands {listed(nobody)}." if nobody else "",
        table=Table(
            key=f"left{key}-table",
            caption="Families left, by band and policy",
            columns=("Policy", *(_mark(name) for name in names), "All"),
            rows=tuple(
                (
                    heading(each.policy),
                    *(number(each.left_by_band.get(name, 0)) for name in names),
                    number(sum(each.left_by_band.values())),
                )
                for each in rehearsal.outcomes
            ),
            numbers=numbers(*range(1, len(names) + 2)),
        ),
    )


def _rows(outcomes: Sequence[Outcome], names: Sequence[str]) -> Iterator[charts.Bar]:
    for name in names:
        band = band_of(name)
        shape = f"{SHAPES[band]} " if band else ""
        yield charts.Bar(label=f"{shape}{name}", value="", filled=0, head=True)
        for each in outcomes:
            left = each.left_by_band.get(name, 0)
            yield charts.Bar(label=label(each.policy), value=number(left), filled=left)


def _mark(name: str) -> Cell:
    band = band_of(name)
    return mark(band) if band else name


def _in_truth(rehearsal: Rehearsal) -> Words:
    """Families of the highest band in truth: some of them never told what makes them so."""
    told = listed(
        f"{number(each.in_truth_highest_left)} under {called(each.policy)}"
        for each in named(rehearsal)
    )
    return Words(
        text="By all that is true of the families, told or not, of those who may fly and are in the highest band these "
        f"were left: {told}."
    )


def _silence(rehearsal: Rehearsal) -> Words | None:
    """How much higher the bound would be, had every family told everything that is true of it."""
    told_all, bound = rehearsal.hindsight.told_all_bound, rehearsal.hindsight.bound
    if told_all is None or not bound or told_all <= bound:
        return None
    return Words(
        text=f"Had every family told everything, the bound would be {of_bound((told_all - bound) / bound)} "
        "higher: that is what questions not asked and answers not given cost here, whatever the policy."
    )
