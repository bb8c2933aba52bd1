"""What each part adds: the order, standby and the planner, by all six policies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from safeconduct.rehearsal.days.records import Rehearsal
from safeconduct.reports.marks import mark
from safeconduct.reports.parts import Block, Points, Section, Table, Words, numbers
from safeconduct.reports.rehearsal.answer import NEARLY
from safeconduct.reports.rehearsal.luck import ahead, draws_of, people_of, several
from safeconduct.reports.rehearsal.policies import (
    NAMED,
    PROPOSED,
    apart,
    heading,
    of_bound,
    outcome_of,
)
from safeconduct.reports.wording import number, percent, plural


def section(rehearsals: Sequence[Rehearsal]) -> Section:
    """What the order, standby and the planner each add: all six policies."""
    found: list[Block] = [
        Words(
            text="Each policy without standby stands beside the same one with it, so that what standby adds is not "
            "counted as the planner's."
        )
    ]
    for key, rehearsal, title in apart(rehearsals):
        said = tuple(_what_each_adds(rehearsal))
        found += [title] if title else []
        found += [Points(items=said)] if said else []
        found.append(_six(rehearsal, key))
    return Section(key="parts", title="What each part adds", blocks=tuple(found))


def _six(rehearsal: Rehearsal, key: str) -> Table:
    return Table(
        key=f"six{key}-table",
        caption="All policies, each without standby and with it",
        columns=(
            "Policy",
            "People moved",
            "Share of the bound",
            "Empty seats",
            Markup("{} left").format(mark(rehearsal.outcomes[0].highest_band)),
            "Families split",
            "Pleas without an end",
        ),
        rows=tuple(
            (
                heading(each.policy),
                number(each.people_moved),
                of_bound(each.share_of_bound),
                number(each.empty_seats),
                number(each.highest_band_left),
                number(each.families_split),
                number(each.pleas_without_an_end),
            )
            for each in rehearsal.outcomes
        ),
        numbers=numbers(1, 2, 3, 4, 5, 6),
        note=f"The table is of this page's draw of luck, seed {rehearsal.scenario.seed}. The steps above are means "
        f"over {draws_of(rehearsal)}."
        if several(rehearsal)
        else "",
    )


def _what_each_adds(rehearsal: Rehearsal) -> Iterator[Markup]:
    """The order, standby and the planner, one step at a time, so that each is told by itself; over all draws of luck,
    where there are several."""
    steps = (
        ("By priority instead of by arrival", "fcfs", "priority"),
        ("Standby, beside first come, first served", "fcfs", "fcfs-standby"),
        ("Standby, beside priority order", "priority", "priority-standby"),
        ("Standby, beside the planner", "planner", "planner-standby"),
        ("The planner instead of priority order, without standby", "priority", "planner"),
        (
            "The planner instead of priority order, both with standby",
            "priority-standby",
            "planner-standby",
        ),
    )
    for name, before, after in steps:
        first, second = outcome_of(rehearsal, before), outcome_of(rehearsal, after)
        if first is not None and second is not None:
            yield Markup("{}: <strong>{}</strong>, and {}.").format(
                name,
                _more(ahead(rehearsal, after, before).mean),
                _more_people(_people_added(rehearsal, before, after)),
            )
    lead = _of_the_lead(rehearsal)
    if lead:
        yield Markup("{}").format(lead)


def _more(added: float) -> str:
    if abs(added) < 0.0005:
        return "no more of the bound"
    return f"{of_bound(abs(added))} of the bound {'more' if added > 0 else 'less'}"


def _people_added(rehearsal: Rehearsal, before: str, after: str) -> int:
    return round(people_of(rehearsal, after).mean - people_of(rehearsal, before).mean)


def _more_people(added: int) -> str:
    if not added:
        return "as many people"
    return f"{number(abs(added))} {'more' if added > 0 else 'fewer'} {plural(abs(added), 'person')}"


def _of_the_lead(rehearsal: Rehearsal) -> str:
    """How much of the named planner's lead over the named priority order is standby's, not its own."""
    needed = (NAMED[1], f"{NAMED[1]}-standby", PROPOSED)
    if any(outcome_of(rehearsal, code) is None for code in needed):
        return ""
    over_plain = ahead(rehearsal, PROPOSED, NAMED[1]).mean
    if over_plain < NEARLY:
        return ""
    part = ahead(rehearsal, f"{NAMED[1]}-standby", NAMED[1]).mean / over_plain
    lead = f"The planner with standby is {of_bound(over_plain)} of the bound ahead of"
    if part >= 1:
        return f"{lead} priority order without standby: all of that lead is standby's."
    return f"{lead} priority order without standby: {percent(max(part, 0.0))} of that lead is standby's."
