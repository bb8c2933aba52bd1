"""The seat plan by day: seats, people seated, seats left empty, and how far from the best possible."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from safeconduct.core.allocation.plan import Plan
from safeconduct.core.disclosure import K, Shown, protect
from safeconduct.core.main_job import MainJob
from safeconduct.reports.brief import charts
from safeconduct.reports.brief.parts import Figure, Section, Table, Words, blocks, numbers
from safeconduct.reports.wording import count_of, day, number, percent, plural, short_day

MADE_WITH = ("load_factor", "seats_per_aircraft", "need_people")
WHOLE_FAMILIES = " Families move together, so a seat stays empty where no whole family fits."
LONGEST = 60  # days drawn; an operation of months would need weeks


def section(job: MainJob) -> Section:
    if not job.departures:
        text = "No departure is known, so no seat could be proposed."
        return Section(key="seats", title="The seat plan", blocks=(Words(text=text),))
    seated = sum(cover.departure is not None for cover in job.covers)
    seats = sum(departure.seats for departure in job.departures)
    lead = (
        f"{count_of(seated, 'household')}, {count_of(job.seats.seated_people, 'person')}, "
        f"{plural(seated, 'has')} a seat proposed out of {count_of(seats, 'seat')}; "
        f"{number(job.seats.empty) if job.seats.empty else 'none'} "
        f"{'is' if job.seats.empty < 2 else 'are'} left. {distance_in_words(job.seats)}"
    )
    return Section(
        key="seats",
        title="The seat plan",
        blocks=blocks(
            Words(text=lead + (WHOLE_FAMILIES if job.seats.empty else "")),
            _figure(job),
            _made_from(job),
            value_table(job.seats, "seats", "Priority seated"),
        ),
    )


def distance_in_words(plan: Plan) -> str:
    """How far the plan may be from the best possible, in a sentence."""
    if plan.bound <= 0:
        return "There was nothing to give out."
    if plan.gap < 1e-9:
        return "No plan could be worth more than this one."
    if plan.objective <= 0:
        return "How far this plan is from the best possible is not known."
    above = (plan.bound - plan.objective) / plan.objective
    return f"No plan could be worth more than {percent(above)} above this one."


def _figure(job: MainJob) -> Figure:
    seats, kept = _by_day(job)
    days = _every_day(seats)
    rows = [_bar(on, seats.get(on), kept.get(on)) for on in days]
    says = (
        f"Seats by day, {short_day(days[0])} to {short_day(days[-1])}: filled and empty. "
        "Days without a known departure, or with a count kept back, are hatched."
    )
    wide, narrow = charts.twice(
        lambda width, key: charts.bars(
            rows, width=width, key=key, says=says, label_width=58, value_width=140
        ),
        "seats",
    )
    return Figure(
        key="seats-figure",
        title="Seats by day: filled (solid), empty (outlined), not known or not told (hatched)",
        says=says,
        wide=wide,
        narrow=narrow,
        table=Table(
            key="seats-table",
            caption="Seats by day",
            columns=("Day", "Departures", "Seats", "People seated", "Empty", "Made from"),
            rows=tuple(_line(job, on, seats.get(on), kept.get(on)) for on in days),
            numbers=numbers(1, 2, 3, 4),
        ),
    )


def _by_day(job: MainJob) -> tuple[dict[date, int], dict[date, Shown]]:
    leaves = {each.departure_id: each.departs_at.date() for each in job.departures}
    seats: Counter[date] = Counter()
    for departure in job.departures:
        seats[departure.departs_at.date()] += departure.seats
    people: Counter[date] = Counter(dict.fromkeys(seats, 0))
    for cover in job.covers:
        if cover.departure in leaves:
            people[leaves[cover.departure]] += cover.size
    shown = protect({on.isoformat(): count for on, count in people.items()})
    return dict(seats), {on: shown[on.isoformat()] for on in people}


def _every_day(seats: dict[date, int]) -> list[date]:
    first, last = min(seats), max(seats)
    if (last - first).days >= LONGEST:
        return sorted(seats)
    return [first + timedelta(days=at) for at in range((last - first).days + 1)]


def _bar(on: date, seats: int | None, kept: Shown | None) -> charts.Bar:
    if seats is None or kept is None:
        return charts.Bar(label=short_day(on), value="no departure known", filled=None)
    if kept.value is None:
        value = f"{kept.text if seats >= K else 'some'} of {number(seats)}"
        return charts.Bar(label=short_day(on), value=value, filled=None, rest=seats)
    value = f"{number(kept.value)} of {number(seats)}"
    return charts.Bar(
        label=short_day(on), value=value, filled=kept.value, rest=max(0, seats - kept.value)
    )


def _line(job: MainJob, on: date, seats: int | None, kept: Shown | None) -> tuple[str, ...]:
    if seats is None or kept is None:
        return (day(on), "none known", "", "", "", "")
    leaving = [each for each in job.departures if each.departs_at.date() == on]
    empty = "" if kept.value is None else number(max(0, seats - kept.value))
    made = "; ".join(dict.fromkeys(each.derived for each in leaving if each.derived))
    return (day(on), number(len(leaving)), number(seats), kept.text, empty or "not told", made)


def _made_from(job: MainJob) -> Words | None:
    """How departures were made where no list of them was published."""
    if not any(each.derived for each in job.departures):
        return None
    text = "No list of departures was published: these were made from the published counts. "
    chosen = job.operation.assumptions
    text += " ".join(chosen[name].sentence for name in MADE_WITH if name in chosen)
    if job.share < 1:
        text += f" This caseload plans with its share of the seats, {percent(job.share)}."
    return Words(text=text, quiet=True)


def value_table(plan: Plan, key: str, caption: str) -> Table:
    return Table(
        key=f"{key}-value",
        caption=f"{caption}, and the most it could be",
        columns=("This plan", "No plan above", "Gap", "Status", "Seconds"),
        rows=(
            (
                f"{plan.objective:,.1f}",
                f"{plan.bound:,.1f}",
                percent(plan.gap),
                plan.status,
                f"{plan.seconds:.1f}",
            ),
        ),
        numbers=numbers(0, 1, 2, 4),
    )
