"""The seats of each day under the planner with standby, and who came when called, under every policy."""

from __future__ import annotations

from collections.abc import Sequence

from safeconduct.rehearsal.days.records import Day, Outcome, Rehearsal
from safeconduct.reports import charts
from safeconduct.reports.parts import Block, Figure, Section, Table, Words, blocks, numbers
from safeconduct.reports.rehearsal.policies import (
    apart,
    called,
    heading,
    named,
    proposed,
)
from safeconduct.reports.wording import count_of, day, listed, number, percent, short_day


def section(rehearsals: Sequence[Rehearsal]) -> Section:
    """Seats by day, and what stood between a plan and a full aircraft."""
    found: list[Block] = [
        Words(
            text="A seat falls empty where a family that was called forward does not come, where it had left "
            "already by another plea, or where no whole family fits. Families on standby wait near the muster point "
            "and take such a seat, whole families only."
        )
    ]
    for key, rehearsal, title in apart(rehearsals):
        drawn = _figure(rehearsal, key) if _with_seats(proposed(rehearsal)) else None
        found += blocks(title, Words(text=_lead(rehearsal)), drawn, _who_came(rehearsal, key))
    return Section(key="seats", title="Seats, and who came", blocks=tuple(found))


def _lead(rehearsal: Rehearsal) -> str:
    seats = sum(departure.seats for departure in rehearsal.scenario.departures)
    if not seats:
        return "No seat leaves in these days."
    empty = listed(
        f"{number(each.empty_seats)} ({percent(each.empty_seat_share)}) under {called(each.policy)}"
        for each in named(rehearsal)
    )
    return f"Of {count_of(seats, 'seat')}, these left empty: {empty}."


def _with_seats(outcome: Outcome) -> list[Day]:
    return [each for each in outcome.days if each.seats]


def _figure(rehearsal: Rehearsal, key: str) -> Figure:
    outcome = proposed(rehearsal)
    rows = [
        charts.Bar(
            label=short_day(each.on),
            value=f"{number(each.boarded_people + each.standby_people)} of {number(each.seats)}",
            filled=each.boarded_people,
            shaded=each.standby_people,
            rest=each.empty,
        )
        for each in _with_seats(outcome)
    ]
    days = _with_seats(outcome)
    says = (
        f"Seats by day under {called(outcome.policy)}, {short_day(days[0].on)} to "
        f"{short_day(days[-1].on)}: taken by families called forward, taken from standby, and empty."
    )
    room = charts.room_for(each.value for each in rows)
    wide, narrow = charts.twice(
        lambda width, drawn_key: charts.bars(
            rows,
            width=width,
            key=drawn_key,
            says=says,
            label_width=58,
            value_width=room,
        ),
        f"seats{key}",
    )
    return Figure(
        key=f"seats{key}-figure",
        title=f"Seats by day under {called(outcome.policy)}: called forward and came (solid), from "
        "standby (shaded), empty (outlined)",
        says=says,
        wide=wide,
        narrow=narrow,
        beside=True,
        note="A day without a row had no seat.",
        table=Table(
            key=f"seats{key}-table",
            caption=f"Seats by day under {called(outcome.policy)}",
            columns=("Day", "Seats", "Called and came", "From standby", "Empty"),
            rows=tuple(
                (
                    day(each.on),
                    number(each.seats),
                    number(each.boarded_people),
                    number(each.standby_people),
                    number(each.empty),
                )
                for each in days
            ),
            numbers=numbers(1, 2, 3, 4),
        ),
    )


def _who_came(rehearsal: Rehearsal, key: str) -> Table:
    return Table(
        key=f"came{key}-table",
        caption="Who came, and who came in vain",
        columns=(
            "Policy",
            "Families called who did not come",
            "People on standby sent home",
            "Families turned away: more than was told",
            "Families called who had left already",
        ),
        rows=tuple(
            (
                heading(each.policy),
                number(each.no_show_families),
                number(each.sent_home_people),
                number(each.turned_away_too_many),
                number(each.doubled_calls),
            )
            for each in rehearsal.outcomes
        ),
        numbers=numbers(1, 2, 3, 4),
        note="A family that turns out larger than was told, and does not fit whole, waits for the next departure. "
        "A family that two offices told of, where nobody noticed, may be called twice.",
    )
