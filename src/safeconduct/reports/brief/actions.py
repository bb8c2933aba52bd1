""" "Do these first": what stands, what to do about it, and where to read on. Most urgent first."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from safeconduct.core.facts import Ask
from safeconduct.core.main_job import MainJob
from safeconduct.core.rulebook.rules import Band
from safeconduct.reports.brief.counting import few, in_words, nearly
from safeconduct.reports.brief.doubles import by_ground
from safeconduct.reports.brief.waiting import most_urgent, those_waiting, waiting_in
from safeconduct.reports.brief.whys import why_in_words
from safeconduct.reports.marks import mark
from safeconduct.reports.parts import Cell
from safeconduct.reports.wording import count_of, day, listed, number, plural

TOP_ASKS = 3
TOP_CODES = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """Something to do: what stands, what to do about it, and where to read on. `alarm` stands first
    and strong."""

    headline: Cell
    do: Cell
    link: str = ""
    link_text: str = ""
    asks: tuple[Cell, ...] = ()
    alarm: bool = False


def actions(job: MainJob, *, for_office: bool = True) -> tuple[Action, ...]:
    """What to do, in order. Empty only where nothing is left to do. Codes and owners are told to the
    office that holds the cases, and to nobody else."""
    found = (
        _without_end(job),
        _emergencies(job, for_office=for_office),
        _held(job, for_office=for_office),
        _asks(job),
        _doubles(job),
        _agree(job),
    )
    return tuple(action for action in found if action is not None)


def asks_that_matter(job: MainJob) -> list[tuple[Ask, int]]:
    """The question to ask first of each household that waits, whose answer would settle something,
    with how many households; most households first."""
    counts: Counter[str] = Counter()
    asks: dict[str, Ask] = {}
    for cover in job.covers:
        if cover.departure is not None:
            continue
        ask = next((each for each in cover.assessment.missing if each.settles), None)
        if ask is not None:
            counts[ask.fact] += 1
            asks[ask.fact] = ask
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [(asks[fact], count) for fact, count in ordered]


def _without_end(job: MainJob) -> Action | None:
    count = job.pleas_without_an_end
    if not count:
        return None
    return Action(
        headline=f"{count_of(count, 'plea')} {plural(count, 'has')} no end",
        do="Open them now. Each must be attached to a household, held with an owner and a date due, "
        "or withdrawn by the family. In accepted.csv they are the rows without a household.",
        alarm=True,
    )


def _emergencies(job: MainJob, *, for_office: bool) -> Action | None:
    waiting = [c for c in those_waiting(job) if c.assessment.band is Band.EMERGENCY]
    if not waiting:
        return None
    told = waiting_in(job, Band.EMERGENCY)
    count = len(waiting) if told == number(len(waiting)) else None
    do = "What keeps them waiting, as far as it may be told, stands beside their counts."
    if for_office:
        why, _ = Counter(cover.seat_why for cover in waiting).most_common(1)[0]
        codes = [cover.household_id for cover in most_urgent(waiting)]
        start = "They are" if len(codes) > 1 else "It is"
        some = (
            listed(codes) if len(codes) <= TOP_CODES else f"{', '.join(codes[:TOP_CODES])} and more"
        )
        do = (
            f"Most often because {why_in_words(why)}. {start} {some}: beside each code stands why it waits and "
            "what could change it."
        )
    return Action(
        headline=Markup("{} {} {} {} for a seat").format(
            told.capitalize(),
            mark(Band.EMERGENCY),
            plural(count, "household"),
            plural(count, "waits"),
        ),
        do=do,
        link="waiting",
        link_text="Who waits and why",
    )


def _held(job: MainJob, *, for_office: bool) -> Action | None:
    if not job.held:
        return None
    overdue = sum(each.due_on < job.on for each in job.held)
    owners = sorted({each.owner for each in job.held})
    first: date = min(each.due_on for each in job.held)
    late = (
        f" {few(overdue).capitalize()} of them {plural(overdue, 'is')} overdue." if overdue else ""
    )
    with_whom = f"With {listed(owners)}. "
    return Action(
        headline=f"{count_of(len(job.held), 'row')} {plural(len(job.held), 'is')} held in quarantine",
        do=f"{with_whom if for_office else ''}First due: {day(first)}.{late} For each, mend the cell named in "
        "quarantined.csv, or ask the caller; then send the sheet again.",
        link="quarantine",
        link_text="What is held, and why",
    )


def _asks(job: MainJob) -> Action | None:
    top = asks_that_matter(job)[:TOP_ASKS]
    if not top:
        return None
    return Action(
        headline="Ask these questions: the answers could change an outcome",
        do="Beside each question stands for how many households that wait it is the first to ask. "
        "accepted.csv has the questions for each household, in the column “ask”.",
        asks=tuple(
            Markup("“{}” <span class='quiet'>{} {}</span>").format(
                ask.question, few(count), plural(count, "household")
            )
            for ask, count in top
        ),
    )


def _doubles(job: MainJob) -> Action | None:
    if not job.doubles:
        return None
    count = len(job.doubles)
    return Action(
        headline=f"{in_words(by_ground(job).total).capitalize()} {plural(count, 'pair')} of households "
        "may be one family",
        do="Read both rows side by side (doubles.csv says where they stand) and say: the same, or "
        "not. Nothing was merged; of two that are likely one, only one is planned for until you do.",
        link="doubles",
        link_text="What was found alike",
    )


def _agree(job: MainJob) -> Action | None:
    seated = sum(cover.departure is not None for cover in job.covers)
    if not seated:
        return None
    told = nearly(seated, len(job.covers))
    count = seated if told == number(seated) else None
    return Action(
        headline=f"{told.capitalize()} {plural(count, 'household')} {plural(count, 'has')} a seat proposed",
        do="No seat is taken until a named person agrees. Read the proposal, change what you know "
        "better, then call the families forward.",
        link="seats",
        link_text="The seat plan",
    )
