"""The seat plan by day: seats, people seated, seats left empty, and how far from the best possible."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from safeconduct.core.allocation.plan import Plan
from safeconduct.core.disclosure import K
from safeconduct.core.main_job import MainJob
from safeconduct.reports import charts
from safeconduct.reports.brief.counting import few, nearly
from safeconduct.reports.parts import Figure, Section, Table, Words, blocks, numbers
from safeconduct.reports.wording import count_of, number, percent, plural, short_day

WHOLE_FAMILIES = " Families move together, so a seat stays empty where no whole family fits."
LONGEST = 60  # days drawn; an operation of months would need weeks


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A day, or neighbouring days told together; `departures` 0 where none is known."""

    first: date
    last: date
    departures: int
    seats: int
    people: int

    @property
    def few(self) -> bool:
        """Whether it would tell of one to four people."""
        return 0 < self.people < K

    @property
    def label(self) -> str:
        """Its day or days, as short as can be."""
        if self.first == self.last:
            return short_day(self.first)
        if self.first.month == self.last.month:
            return f"{self.first.day}–{short_day(self.last)}"
        return f"{short_day(self.first)}–{short_day(self.last)}"


def section(job: MainJob) -> Section:
    """Seats by day, and how good the plan is."""
    if not job.departures:
        text = (
            "This caseload's share of the seats comes to no whole seat."
            if job.operation.departures and job.share < 1
            else "No departure is known, so no seat could be proposed."
        )
        return Section(key="seats", title="The seat plan", blocks=(Words(text=text),))
    return Section(
        key="seats",
        title="The seat plan",
        blocks=blocks(Words(text=_lead(job)), _figure(job), _made_from(job)),
    )


def _lead(job: MainJob) -> str:
    seated = sum(cover.departure is not None for cover in job.covers)
    seats = sum(departure.seats for departure in job.departures)
    told = nearly(seated, len(job.covers))
    people, empty = job.seats.seated_people, job.seats.empty
    if told == number(seated):
        who = f"{count_of(seated, 'household')}, {count_of(people, 'person')}, {plural(seated, 'has')}"
    else:
        who = f"{told.capitalize()} households have"
    text = f"{who} a seat proposed, out of {count_of(seats, 'seat')}"
    if not 0 < people < K:
        text += f"; {number(empty) if empty else 'none'} {'is' if empty < 2 else 'are'} left"
    whole = WHOLE_FAMILIES if empty else ""
    return f"{text}. {distance_in_words(job.seats)}{whole}"


def distance_in_words(plan: Plan, unit: str = "points of priority") -> str:
    """How far the plan may be from the best possible, in a sentence; `unit` is what it is measured in."""
    if plan.bound <= 0:
        return "There was nothing to give out."
    if plan.gap < 1e-9:
        return f"By {unit}, no plan could be better than this one."
    if plan.objective <= 0:
        return "How far this plan is from the best possible is not known."
    above = (plan.bound - plan.objective) / plan.objective
    return f"By {unit}, no plan could be more than {percent(above)} better than this one."


def _figure(job: MainJob) -> Figure:
    shown = _with_gaps(told_together(_by_day(job)))
    says = (
        f"Seats by day, {short_day(shown[0].first)} to {short_day(shown[-1].last)}: filled and empty. "
        "Days without a known departure are hatched."
    )
    wide, narrow = charts.twice(
        lambda width, key: charts.bars(
            [_bar(each) for each in shown],
            width=width,
            key=key,
            says=says,
            label_width=72,
            value_width=96,
        ),
        "seats",
    )
    together = any(each.first != each.last for each in shown)
    return Figure(
        key="seats-figure",
        title="Seats by day: filled (solid), empty (outlined), not known (hatched)",
        says=says,
        wide=wide,
        narrow=narrow,
        beside=True,
        table=Table(
            key="seats-table",
            caption="Seats by day",
            columns=("Day", "Departures", "Seats", "Filled", "Empty"),
            rows=tuple(_line(each) for each in shown),
            numbers=numbers(1, 2, 3, 4),
        ),
        note="Days are told together where one of them would tell of one to four people."
        if together
        else "",
    )


def told_together(days: Sequence[Stretch]) -> list[Stretch]:
    """Days with departures, neighbours joined until none tells of one to four people.

    Nothing is then kept back, so nothing can be had by subtraction. Only where the whole is one to
    four people does that count remain.
    """
    told: list[Stretch] = []
    for each in days:
        if told and told[-1].few:
            told[-1] = _joined(told[-1], each)
        else:
            told.append(each)
    while len(told) > 1 and told[-1].few:
        last = told.pop()
        told[-1] = _joined(told[-1], last)
    return told


def _joined(one: Stretch, other: Stretch) -> Stretch:
    return Stretch(
        first=one.first,
        last=other.last,
        departures=one.departures + other.departures,
        seats=one.seats + other.seats,
        people=one.people + other.people,
    )


def _by_day(job: MainJob) -> list[Stretch]:
    leaves = {each.departure_id: each.departs_at.date() for each in job.departures}
    departures = Counter(leaves.values())
    seats: Counter[date] = Counter()
    for departure in job.departures:
        seats[departure.departs_at.date()] += departure.seats
    people: Counter[date] = Counter()
    for cover in job.covers:
        if cover.departure in leaves:
            people[leaves[cover.departure]] += cover.size
    return [
        Stretch(first=on, last=on, departures=count, seats=seats[on], people=people[on])
        for on, count in sorted(departures.items())
    ]


def _with_gaps(stretches: Sequence[Stretch]) -> list[Stretch]:
    """The days between them without a known departure, as days of their own."""
    if (stretches[-1].last - stretches[0].first).days >= LONGEST:
        return list(stretches)
    shown: list[Stretch] = []
    for each in stretches:
        while shown and (on := shown[-1].last + timedelta(days=1)) < each.first:
            shown.append(Stretch(first=on, last=on, departures=0, seats=0, people=0))
        shown.append(each)
    return shown


def _bar(each: Stretch) -> charts.Bar:
    if not each.departures:
        return charts.Bar(label=each.label, value="none known", filled=None)
    value = f"{'some' if each.few else number(each.people)} of {number(each.seats)}"
    if each.few:
        return charts.Bar(label=each.label, value=value, filled=None, rest=each.seats)
    rest = max(0, each.seats - each.people)
    return charts.Bar(label=each.label, value=value, filled=each.people, rest=rest)


def _line(each: Stretch) -> tuple[str, ...]:
    if not each.departures:
        return (each.label, "none known", "", "", "")
    empty = "not told" if each.few else number(max(0, each.seats - each.people))
    filled = few(each.people).replace("fewer than ", "<")
    return (each.label, number(each.departures), number(each.seats), filled, empty)


def _share_of(job: MainJob) -> str:
    """What the share is a share of, where it is in proportion to the published need (docs/decisions/0004)."""
    need = next((each for each in job.operation.estimates if each.code == job.operation.need), None)
    if need is None or not need.low or abs(job.share - job.people / need.low) > 1e-9:
        return ""
    return f": its people over the {number(need.low)} of the published need ({need.stated_by})"


def _made_from(job: MainJob) -> Words | None:
    """How departures were made where no list of them was published."""
    if not any(each.derived for each in job.departures):
        return None
    own = all(each.derived == "the office's own list" for each in job.departures)
    text = (
        "The departures are the office's own list."
        if own
        else "No list of departures was published: these were made from the published counts, by "
        "assumptions told under “What this stands on”."
    )
    if job.share < 1 and not own:
        text += f" This caseload plans with its share of the seats, {percent(job.share)}{_share_of(job)}."
    return Words(text=text, quiet=True)
