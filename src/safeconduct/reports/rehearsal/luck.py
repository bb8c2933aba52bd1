"""How much is luck: the policies under several draws of who comes when called, and two compared draw by draw."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import comb
from statistics import fmean

from safeconduct.rehearsal.days.records import Luck, Rehearsal
from safeconduct.reports.parts import Block, Section, Table, Words, numbers
from safeconduct.reports.rehearsal.policies import (
    PROPOSED,
    apart,
    heading,
    of_bound,
    outcome_of,
)
from safeconduct.reports.wording import NO_BREAK, count_of, listed, number, percent

# Priority order with the planner's own standby: what is left between the two is the planner's, or luck's.
BESIDE = "priority-standby"
LEVEL = 1e-9  # of the bound: less is the arithmetic's rounding
# Where luck alone would come to so one-sided a count more often than this, nobody is told to be ahead.
TOO_OFTEN = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """One number under each draw of luck; at least one draw."""

    values: tuple[float, ...]

    @property
    def mean(self) -> float:
        return fmean(self.values)

    @property
    def least(self) -> float:
        return min(self.values)

    @property
    def most(self) -> float:
        return max(self.values)


def shares_of(rehearsal: Rehearsal, code: str) -> Spread:
    """A policy's share of the bound under each draw; where one draw alone was run, of its outcome."""
    return _over(rehearsal, code, lambda drawn: drawn.shares[code])


def people_of(rehearsal: Rehearsal, code: str) -> Spread:
    """The people whom a policy moved under each draw."""
    return _over(rehearsal, code, lambda drawn: drawn.people[code], people=True)


def ahead(rehearsal: Rehearsal, code: str, other: str) -> Spread:
    """How far one policy is ahead of another, draw by draw: both meet the same luck."""
    pairs = zip(shares_of(rehearsal, code).values, shares_of(rehearsal, other).values, strict=True)
    return Spread(values=tuple(one - beside for one, beside in pairs))


def _over(
    rehearsal: Rehearsal, code: str, told: Callable[[Luck], float], *, people: bool = False
) -> Spread:
    if rehearsal.luck:
        return Spread(values=tuple(told(drawn) for drawn in rehearsal.luck))
    outcome = outcome_of(rehearsal, code)
    if outcome is None:
        return Spread(values=(0.0,))
    return Spread(values=(outcome.people_moved if people else outcome.share_of_bound,))


def several(rehearsal: Rehearsal) -> bool:
    """Whether more than one draw was run: only then can luck be told from merit."""
    return len(rehearsal.luck) > 1


def draws_of(rehearsal: Rehearsal) -> str:
    """ "5 draws of luck"."""
    return f"{count_of(max(1, len(rehearsal.luck)), 'draw')} of luck"


def from_to(shares: Spread) -> str:
    """ "91.3 to 94.0 %"."""
    return f"{of_bound(shares.least).removesuffix(f'{NO_BREAK}%')} to {of_bound(shares.most)}"


def signed(share: float) -> str:
    """A difference of shares: "+1.2 %", "−0.4 %", "0 %"."""
    sign = "+" if share > 0 else "−" if share < 0 else ""
    return re.sub(r"(\d)", rf"{sign}\1", of_bound(abs(share)), count=1)


def verdict(differences: Spread) -> str:
    """In how many draws the first is ahead, and whether that tells the two apart."""
    draws = len(differences.values)
    won = sum(each > LEVEL for each in differences.values)
    lost = sum(each < -LEVEL for each in differences.values)
    if not won and not lost:
        return "level with it in every draw"
    if draws in {won, lost}:
        return "ahead in every draw" if won else "behind in every draw"
    said = f"ahead in {won} of {draws} draws"
    if by_luck_alone(won, lost) > TOO_OFTEN:
        return f"{said}, so that the two cannot be told apart"
    return said


def by_luck_alone(won: int, lost: int) -> float:
    """How often a count at least as one-sided comes about where either is as likely to be ahead (the sign test, both
    sides; draws in which they are level say nothing)."""
    count, larger = won + lost, max(won, lost)
    if not count:
        return 1.0
    return min(1.0, 2 * sum(comb(count, each) for each in range(larger, count + 1)) / 2.0**count)


def in_short(rehearsal: Rehearsal) -> str:
    """What the draws say of the planner and of priority order, both with standby, in one sentence; nothing where one
    draw was run, or not both policies."""
    if not several(rehearsal) or not _both(rehearsal):
        return ""
    lead = ahead(rehearsal, PROPOSED, BESIDE)
    return (
        f"Over {draws_of(rehearsal)} the planner with standby reaches {from_to(shares_of(rehearsal, PROPOSED))} of "
        f"the bound, priority order with standby {from_to(shares_of(rehearsal, BESIDE))}. Draw by draw, the planner is "
        f"{verdict(lead)}: {signed(lead.mean)} of the bound on average."
    )


def _both(rehearsal: Rehearsal) -> bool:
    return all(outcome_of(rehearsal, code) is not None for code in (PROPOSED, BESIDE))


def section(rehearsals: Sequence[Rehearsal]) -> Section:
    """All policies under every draw, and the planner beside priority order, both with standby."""
    found: list[Block] = [
        Words(
            text="Who comes when called is drawn, and the same under every policy. This page is about one draw, but "
            "for what is told of several. Here the same pleas, seats and ways meet others, each beside its own bound. "
            "Other families would move the numbers too: for that, run it again with another seed."
        )
    ]
    for key, rehearsal, title in apart(rehearsals):
        found += [title] if title else []
        if several(rehearsal):
            found += [Words(text=" ".join(_said(rehearsal))), _table(rehearsal, key)]
        else:
            found.append(Words(text="One draw alone was run: how much is luck, it cannot tell."))
    return Section(key="luck", title="How much is luck", blocks=tuple(found))


def _said(rehearsal: Rehearsal) -> Iterator[str]:
    seeds = listed(str(drawn.seed) for drawn in rehearsal.luck)
    yield f"{draws_of(rehearsal)}, of seeds {seeds}; the first is this page's."
    if not _both(rehearsal):
        return
    lead = ahead(rehearsal, PROPOSED, BESIDE)
    yield (
        f"Beside priority order with the same standby, the planner is {verdict(lead)}: "
        f"{signed(lead.mean)} of the bound on average, from {signed(lead.least)} to {signed(lead.most)}."
    )
    won = sum(each > LEVEL for each in lead.values)
    lost = sum(each < -LEVEL for each in lead.values)
    if won or lost:
        yield (
            f"Were neither better for these families, luck alone would come to so one-sided a count in "
            f"{percent(by_luck_alone(won, lost))} of such comparisons."
        )


def _table(rehearsal: Rehearsal, key: str) -> Table:
    rows = []
    for outcome in rehearsal.outcomes:
        shares = shares_of(rehearsal, outcome.policy.code)
        people = people_of(rehearsal, outcome.policy.code)
        told = (of_bound(each) for each in (shares.mean, shares.least, shares.most))
        rows.append((heading(outcome.policy), *told, number(round(people.mean))))
    return Table(
        key=f"luck{key}-table",
        caption=f"Share of the bound over {draws_of(rehearsal)}",
        columns=("Policy", "Mean", "Least", "Most", "People moved, mean"),
        rows=tuple(rows),
        total=_lead(rehearsal) if _both(rehearsal) else (),
        numbers=numbers(1, 2, 3, 4),
        note="The last line is taken draw by draw: its least and most are not the differences of those above."
        if _both(rehearsal)
        else "",
    )


def _lead(rehearsal: Rehearsal) -> tuple[str, ...]:
    lead = ahead(rehearsal, PROPOSED, BESIDE)
    people = people_of(rehearsal, PROPOSED).mean - people_of(rehearsal, BESIDE).mean
    more = round(people)
    return (
        "Planner less priority order, both with standby",
        *(signed(each) for each in (lead.mean, lead.least, lead.most)),
        f"{'+' if more > 0 else '−' if more < 0 else ''}{number(abs(more))}",
    )
