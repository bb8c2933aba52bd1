"""A replay or a drill as one page of HTML: the answer first, every assumption in full, nothing fetched."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from safeconduct.core.operation import Operation
from safeconduct.rehearsal.days.needs import Needs
from safeconduct.rehearsal.days.records import Rehearsal
from safeconduct.reports.pages import templates
from safeconduct.reports.parts import Section
from safeconduct.reports.rehearsal import (
    added,
    answer,
    ends,
    grounds,
    left,
    luck,
    moved,
    needs as needed,
    noshows,
    queue,
    seats,
    ways,
)
from safeconduct.reports.rehearsal.policies import size_in_words
from safeconduct.reports.wording import listed


def replay_html(rehearsals: Sequence[Rehearsal], operation: Operation, *, made_on: date) -> str:
    """A past operation again, under several policies, for one caseload or several; at least one.

    The page holds counts alone: no family, no plea, no name. It runs no script and fetches nothing.
    """
    within = [
        each
        for each in operation.daily_counts
        if any(_covers(rehearsal, each.on) for rehearsal in rehearsals)
    ]
    return _page(
        rehearsals,
        operation,
        made_on=made_on,
        kind="replay",
        sections=(
            answer.section(rehearsals, title="The answer"),
            added.section(rehearsals),
            luck.section(rehearsals),
            moved.section(rehearsals, within),
            *_in_both(rehearsals),
            ways.section(rehearsals, operation, history=True),
            grounds.section(rehearsals, operation, within),
        ),
    )


def drill_html(rehearsal: Rehearsal, needs: Needs, operation: Operation, *, made_on: date) -> str:
    """A scenario that nobody has lived, and what it would need. Otherwise as `replay_html`."""
    rehearsals = (rehearsal,)
    return _page(
        rehearsals,
        operation,
        made_on=made_on,
        kind="drill",
        sections=(
            needed.section(needs),
            answer.section(rehearsals, title="The policies side by side"),
            added.section(rehearsals),
            luck.section(rehearsals),
            moved.section(rehearsals, ()),
            *_in_both(rehearsals),
            ways.section(rehearsals, operation, history=False),
            grounds.section(rehearsals, operation, ()),
        ),
    )


def _in_both(rehearsals: Sequence[Rehearsal]) -> tuple[Section, ...]:
    return (
        seats.section(rehearsals),
        left.section(rehearsals),
        ends.section(rehearsals),
        queue.section(rehearsals),
        noshows.section(rehearsals),
    )


def _covers(rehearsal: Rehearsal, on: date) -> bool:
    return 0 <= (on - rehearsal.scenario.starts).days < rehearsal.scenario.days


def _page(
    rehearsals: Sequence[Rehearsal],
    operation: Operation,
    *,
    made_on: date,
    kind: str,
    sections: tuple[Section, ...],
) -> str:
    scenario = rehearsals[0].scenario
    return (
        templates("rehearsal")
        .get_template("rehearsal.html.jinja")
        .render(
            operation=operation,
            kind=kind,
            made_on=made_on,
            starts=scenario.starts,
            ends=scenario.starts + timedelta(days=max(scenario.days - 1, 0)),
            sizes=listed(map(size_in_words, rehearsals)),
            first=sections[0],
            sections=sections[1:],
        )
    )
