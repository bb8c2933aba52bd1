"""How the named policies fare where more or fewer families do not come: the most doubtful number of all."""

from __future__ import annotations

from collections.abc import Sequence

from safeconduct.rehearsal.days.records import Policy, Rehearsal
from safeconduct.reports import charts
from safeconduct.reports.parts import Block, Figure, Section, Table, Words, blocks, numbers
from safeconduct.reports.rehearsal import lines
from safeconduct.reports.rehearsal.answer import in_points
from safeconduct.reports.rehearsal.policies import LOOKS, apart, called, heading, label, of_bound
from safeconduct.reports.wording import listed, number, percent


def section(rehearsals: Sequence[Rehearsal]) -> Section:
    """The sensitivity to no-shows, where it was run."""
    found: list[Block] = [
        Words(
            text="No source read tells how many families did not come when they were called. So the same days were "
            "run again at other rates, each beside the bound at that rate."
        )
    ]
    for key, rehearsal, title in apart(rehearsals):
        drawn = _figure(rehearsal, key) if rehearsal.sensitivity else None
        found += blocks(title, Words(text=_lead(rehearsal)), drawn)
    return Section(key="no-shows", title="If more families do not come", blocks=tuple(found))


def _policies(rehearsal: Rehearsal) -> list[Policy]:
    """The policies that were run at other rates, in the order of the outcomes."""
    codes = rehearsal.sensitivity[0].shares
    return [each.policy for each in rehearsal.outcomes if each.policy.code in codes]


def _lead(rehearsal: Rehearsal) -> str:
    rate = percent(rehearsal.scenario.no_show)
    if not rehearsal.sensitivity:
        return (
            f"This rehearsal was run at one rate alone: {rate} of the families called do not come."
        )
    runs = sorted(rehearsal.sensitivity, key=lambda each: each.no_show)
    told = listed(
        f"{called(policy)} goes from {of_bound(runs[0].shares[policy.code])} of the bound to "
        f"{of_bound(runs[-1].shares[policy.code])}"
        for policy in _policies(rehearsal)
    )
    return (
        f"The rest of this page takes {rate}. From {percent(runs[0].no_show)} to "
        f"{percent(runs[-1].no_show)}, {told}."
    )


def _figure(rehearsal: Rehearsal, key: str) -> Figure:
    policies = _policies(rehearsal)
    runs = sorted(rehearsal.sensitivity, key=lambda each: each.no_show)
    shown = [
        lines.Line(
            name=label(policy),
            look=LOOKS[policy.order],
            points=tuple((each.no_show, each.shares[policy.code]) for each in runs),
        )
        for policy in reversed(policies)
    ]
    scales = lines.Scales(
        labels=tuple((each.no_show, percent(each.no_show).replace(".0", "")) for each in runs),
        told=lambda share: f"{100 * share:.0f} %",
    )
    says = (
        f"Share of the bound under {listed(map(called, policies))}, where from {percent(runs[0].no_show)} to "
        f"{percent(runs[-1].no_show)} of the families called do not come."
    )
    wide, narrow = charts.twice(
        lambda width, drawn_key: lines.lines(shown, scales, width=width, key=drawn_key, says=says),
        f"no-shows{key}",
    )
    return Figure(
        key=f"no-shows{key}-figure",
        title="Share of the bound, by the share of families called who do not come",
        says=says,
        wide=wide,
        narrow=narrow,
        table=_table(rehearsal, policies, key),
    )


def _table(rehearsal: Rehearsal, policies: Sequence[Policy], key: str) -> Table:
    runs = sorted(rehearsal.sensitivity, key=lambda each: each.no_show)
    return Table(
        key=f"no-shows{key}-table",
        caption="The named policies at other rates of no-shows",
        columns=(
            "Do not come",
            "Policy",
            "Share of the bound",
            "People moved",
            "Empty seats",
            "Bound",
        ),
        rows=tuple(
            (
                percent(each.no_show),
                heading(policy),
                of_bound(each.shares[policy.code]),
                number(each.people[policy.code]),
                number(each.empty_seats[policy.code]),
                in_points(each.bound),
            )
            for each in runs
            for policy in policies
        ),
        numbers=numbers(2, 3, 4, 5),
    )
