"""The answer first: the named policies side by side, beside the bound."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from safeconduct.rehearsal.days.records import Outcome, Rehearsal
from safeconduct.reports import charts
from safeconduct.reports.marks import mark
from safeconduct.reports.parts import (
    Block,
    Cell,
    Figure,
    Section,
    Subtitle,
    Table,
    Words,
    numbers,
)
from safeconduct.reports.rehearsal.luck import (
    ahead,
    draws_of,
    from_to,
    several,
    shares_of,
    signed,
    verdict,
)
from safeconduct.reports.rehearsal.policies import (
    apart,
    called,
    heading,
    named,
    of_bound,
    outcome_of,
    size_in_words,
)
from safeconduct.reports.wording import count_of, listed, number, percent, plural

NEARLY = 0.02  # of the bound: two policies so close are told to do about as well
BOUND = (
    "What moving a family counts for is its priority, in the rulebook's points. The bound is what nobody could have "
    "exceeded, even had they known every plea, seat and no-show beforehand: it is proved, and no policy can "
    "know so much."
)


def section(rehearsals: Sequence[Rehearsal], *, title: str) -> Section:
    """What came of the policies, in words, as a figure and as tables, for each caseload."""
    return Section(
        key="answer",
        title=title,
        blocks=(
            *_leads(rehearsals),
            *(block for each in apart(rehearsals) for block in _of(*each)),
        ),
    )


def _leads(rehearsals: Sequence[Rehearsal]) -> Iterator[Words]:
    for rehearsal in rehearsals:
        whose = Markup("<strong>{}.</strong> ").format(size_in_words(rehearsal))
        yield Words(text=(whose if len(rehearsals) > 1 else "") + _lead(rehearsal))
        yield from _broken(rehearsal)
    yield Words(text=BOUND, quiet=True)


def _lead(rehearsal: Rehearsal) -> str:
    seats = sum(departure.seats for departure in rehearsal.scenario.departures)
    if not seats:
        return "No seat leaves in these days, so nobody was moved under any policy."
    best_first = sorted(named(rehearsal), key=lambda each: -each.share_of_bound)
    first, *others = best_first
    moved = listed(
        [
            f"{called(first.policy)} moved {count_of(first.people_moved, 'person')}",
            *(f"{called(each.policy)} {number(each.people_moved)}" for each in others),
        ]
    )
    shares = listed(_shares_told(rehearsal, best_first))
    said = (
        f"With the same {count_of(seats, 'seat')}, {moved}. Of the bound, that is {shares}.",
        _more_but_less(best_first),
        _same_standby(rehearsal),
    )
    return " ".join(filter(None, said))


def _shares_told(rehearsal: Rehearsal, outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Each share of the bound, and its range over the draws of luck where there are several."""
    over = f" over {draws_of(rehearsal)}"
    for each in outcomes:
        told = of_bound(each.share_of_bound)
        if several(rehearsal):
            told += f" ({from_to(shares_of(rehearsal, each.policy.code))}{over})"
            over = ""
        yield told


def _more_but_less(best_first: Sequence[Outcome]) -> str:
    """Where a policy moved more people that counted for less, the page says so."""
    most = max(best_first, key=lambda each: (each.people_moved, each.share_of_bound))
    if most.share_of_bound >= best_first[0].share_of_bound:
        return ""
    return f"The most people were moved by {called(most.policy)}: by priority they count for less."


def _broken(rehearsal: Rehearsal) -> Iterator[Words]:
    """What must never happen, told at once where it did."""
    for each in rehearsal.outcomes:
        if each.families_split or each.pleas_without_an_end:
            said = (
                f"Under {called(each.policy)}, {number(each.families_split)} "
                f"{plural(each.families_split, 'family')} {plural(each.families_split, 'was')} split and "
                f"{number(each.pleas_without_an_end)} "
                f"{plural(each.pleas_without_an_end, 'plea')} had no end. Both must be 0: this is a fault of the "
                "program, and its numbers are not to be used."
            )
            yield Words(text=Markup("<strong>{}</strong>").format(said))


def _same_standby(rehearsal: Rehearsal) -> str:
    """Priority order with the planner's standby, so that standby's part is not taken for the planner's; and where it
    did as well, or better, that it did: over all draws of luck, where there are several."""
    planner, order = (outcome_of(rehearsal, f"{code}-standby") for code in ("planner", "priority"))
    if planner is None or order is None:
        return ""
    lead = ahead(rehearsal, planner.policy.code, order.policy.code)
    did = (
        "reaches"
        if lead.mean >= NEARLY
        else "does about as well:"
        if lead.mean >= 0
        else "did better:"
    )
    share = of_bound(shares_of(rehearsal, order.policy.code).mean)
    said = f"Priority order with the same standby {did} {share}"
    if several(rehearsal):
        of_it = f"{verdict(lead)} ({signed(lead.mean)} of the bound on average)"
        said += f" on average over {draws_of(rehearsal)}, and draw by draw the planner is {of_it}"
    fewer = planner.highest_band_left - order.highest_band_left
    if fewer > 0:
        left = f"{number(fewer)} fewer {order.highest_band.value} {plural(fewer, 'family')}"
        of_this = "on this page's draw priority order" if several(rehearsal) else "it"
        said += f", and {of_this} left {left} behind than the planner with standby"
    return f"{said}."


def _of(key: str, rehearsal: Rehearsal, title: Subtitle | None) -> Iterator[Block]:
    if title:
        yield title
    yield _shares(rehearsal, key)
    yield _side_by_side(rehearsal, key)


def _shares(rehearsal: Rehearsal, key: str) -> Figure:
    rows = [
        charts.Bar(
            label=heading(each.policy),
            value=of_bound(each.share_of_bound),
            filled=each.share_of_bound,
            rest=max(0.0, 1 - each.share_of_bound),
        )
        for each in rehearsal.outcomes
    ]
    told = listed(
        f"{called(each.policy)} {of_bound(each.share_of_bound)}" for each in rehearsal.outcomes
    )
    says = f"Share of the bound by policy: {told}."
    wide, narrow = charts.bars_twice(rows, f"shares{key}", says=says, value_width=64)
    return Figure(
        key=f"shares{key}-figure",
        title="Share of the bound by policy: reached (solid), not reached (outlined)",
        says=says,
        wide=wide,
        narrow=narrow,
        table=Table(
            key=f"shares{key}-table",
            caption="Priority moved and share of the bound, by policy",
            columns=("Policy", "Priority moved", "Share of the bound"),
            rows=tuple(
                (
                    heading(each.policy),
                    in_points(each.priority_moved),
                    of_bound(each.share_of_bound),
                )
                for each in rehearsal.outcomes
            ),
            total=("The bound", in_points(rehearsal.hindsight.bound), of_bound(1)),
            numbers=numbers(1, 2),
        ),
    )


def _side_by_side(rehearsal: Rehearsal, key: str) -> Table:
    outcomes = named(rehearsal)
    best = rehearsal.hindsight
    urgent = outcomes[0].highest_band
    lines: list[tuple[Cell, list[str], str]] = [
        (
            "People moved",
            [number(each.people_moved) for each in outcomes],
            number(best.plan_people),
        ),
        ("Families moved", [number(each.families_moved) for each in outcomes], ""),
        (
            "Priority moved",
            [in_points(each.priority_moved) for each in outcomes],
            in_points(best.bound),
        ),
        ("Share of the bound", [of_bound(each.share_of_bound) for each in outcomes], of_bound(1)),
        *_over_luck(rehearsal, outcomes),
        (
            Markup("{} families left, of {}").format(
                mark(urgent), number(outcomes[0].highest_band_families)
            ),
            [number(each.highest_band_left) for each in outcomes],
            "",
        ),
        ("Empty seats", [number(each.empty_seats) for each in outcomes], ""),
        (
            "Share of the seats left empty",
            [percent(each.empty_seat_share) for each in outcomes],
            "",
        ),
        ("Families split", [number(each.families_split) for each in outcomes], ""),
        ("Pleas without an end", [number(each.pleas_without_an_end) for each in outcomes], ""),
    ]
    return Table(
        key=f"policies{key}-table",
        caption=f"The policies side by side: {size_in_words(rehearsal)}",
        columns=("What came of it", *(heading(each.policy) for each in outcomes), "Bound"),
        rows=tuple((name, *cells, last) for name, cells, last in lines),
        numbers=numbers(*range(1, len(outcomes) + 2)),
        note="The bound is counted in priority; the people beside it are those of the best plan found with hindsight.",
    )


def _over_luck(
    rehearsal: Rehearsal, outcomes: Sequence[Outcome]
) -> Iterator[tuple[Cell, list[str], str]]:
    if several(rehearsal):
        ranges = [from_to(shares_of(rehearsal, each.policy.code)) for each in outcomes]
        yield f"The same over {draws_of(rehearsal)}", ranges, ""


def in_points(priority: float) -> str:
    """Priority in the rulebook's points, to a whole one."""
    return number(round(priority))
