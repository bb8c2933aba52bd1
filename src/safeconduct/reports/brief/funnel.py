"""From pleas to homes: how many reach each step, and where the others stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from safeconduct.core.answers import Answer
from safeconduct.core.disclosure import Shown, protect
from safeconduct.core.main_job import Cover, MainJob
from safeconduct.core.rulebook.rules import Band
from safeconduct.reports import charts
from safeconduct.reports.brief.counting import (
    by_count,
    few,
    in_words,
    nearly,
    parts_of,
    tells,
)
from safeconduct.reports.brief.homes import without_home
from safeconduct.reports.brief.waiting import SEATED, by_reason_and_band
from safeconduct.reports.parts import (
    Figure,
    Section,
    Table,
    Words,
    blocks,
    numbers,
    points,
)
from safeconduct.reports.wording import count_of, number, plural


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """`drawn` is the bar's length; `counted` and `people` its words (people of pleas are not known: two pleas may
    speak of the same)."""

    name: str
    drawn: int
    counted: str
    unit: str
    people: str = ""
    others: str = ""


def section(job: MainJob) -> Section:
    """How many pleas, households and people reach each step, and why the others do not."""
    steps = _steps(job)
    says = "From pleas to homes. " + " ".join(
        f"{step.name}: {step.counted} {step.unit}." for step in steps
    )
    rows = [charts.Bar(label=step.name, value=_value(step), filled=step.drawn) for step in steps]
    wide, narrow = charts.twice(
        lambda width, key: charts.bars(rows, width=width, key=key, says=says), "funnel"
    )
    others = [
        Markup("<strong>{}:</strong> {}.").format(step.name, step.others)
        for step in steps
        if step.others
    ]
    return Section(
        key="funnel",
        title="From pleas to homes",
        blocks=blocks(
            Words(text=_lead(job)),
            Figure(
                key="funnel-figure",
                title="How far the caseload has come",
                says=says,
                wide=wide,
                narrow=narrow,
                beside=True,
                table=_table(steps),
            ),
            Words(text="Who did not come to each step, and why:") if others else None,
            points(others),
        ),
    )


def _lead(job: MainJob) -> str:
    if not job.pleas:
        return "No plea has been read yet."
    arrived = f"{count_of(job.pleas, 'plea')} arrived."
    if job.pleas_without_an_end:
        lost = job.pleas_without_an_end
        return (
            f"{arrived} {count_of(lost, 'plea')} {plural(lost, 'has')} no end: see to them first."
        )
    read, held, others = len(job.intake.pleas), job.pleas_held, len(job.held) - job.pleas_held
    ends = f"{arrived} Each has an end that a person can see: "
    whole = f"{number(read)} read whole and attached to a household" if read else ""
    kept = f"{number(held)} held with an owner and a date due" if held else ""
    glance = (
        f" {count_of(others, 'row')} more {plural(others, 'is')} held that {plural(others, 'is')} no plea: notes, "
        "totals and repeated headings, for a glance."
    )
    return f"{ends}{' and '.join(filter(None, (whole, kept)))}.{glance if others else ''}"


def _steps(job: MainJob) -> tuple[Step, ...]:
    covers = job.covers
    assessed = [c for c in covers if c.assessment.band is not Band.NOT_ASSESSED]
    unassessed = protect({"assessed": len(assessed), "not": len(covers) - len(assessed)})["not"]
    eligible = [c for c in covers if c.assessment.schemes_with(Answer.YES)]
    seated = [c for c in covers if c.departure is not None]
    placed = [c for c in covers if c.locality is not None]
    lost = job.pleas_without_an_end  # over every held row, so it may be more than the pleas
    ended = max(0, job.pleas - lost)
    return (
        Step(
            name="Pleas", drawn=job.pleas, counted=number(job.pleas), unit=plural(job.pleas, "plea")
        ),
        Step(
            name="With an end",
            drawn=ended,
            counted=number(ended),
            unit=plural(ended, "plea"),
            others=f"{count_of(lost, 'plea')} {plural(lost, 'has')} no end" if lost else "",
        ),
        _exact("Households", covers, others=_into_households(job)),
        _kept(
            "Assessed",
            assessed,
            covers,
            _parts({"too little is known to assess them": unassessed}),
        ),
        _kept("May be eligible", eligible, covers, _not_eligible(covers)),
        _kept("Seat proposed", seated, covers, _parts(by_reason_and_band(job).rows)),
        _kept("Home proposed", placed, seated, _parts(without_home(job))),
    )


def _exact(name: str, covers: Sequence[Cover], others: str) -> Step:
    """A step whose count is a total of the whole caseload."""
    return Step(
        name=name,
        drawn=len(covers),
        counted=number(len(covers)),
        unit=plural(len(covers), "household"),
        people=number(sum(cover.size for cover in covers)),
        others=others,
    )


def _kept(name: str, covers: Sequence[Cover], out_of: Sequence[Cover], others: str) -> Step:
    """A step that must not tell a few by what it leaves out: then neither count nor people are told."""
    counted = nearly(len(covers), len(out_of))
    if counted == number(len(covers)):
        return _exact(name, covers, others)
    drawn = len(out_of) if counted == "nearly all" else 0
    return Step(name=name, drawn=drawn, counted=counted, unit="households", others=others)


def _into_households(job: MainJob) -> str:
    held, attached = job.pleas_held, len(job.intake.pleas)
    several = sum(len(cover.plea_ids) > 1 for cover in job.covers)
    parts = [f"{count_of(attached, 'plea')} read whole"] if attached else []
    if held:
        parts.append(f"{number(held)} held in quarantine")
    if several:
        parts.append(f"{few(several)} {plural(several, 'household')} had more than one plea")
    return ", ".join(parts)


def _not_eligible(covers: Sequence[Cover]) -> str:
    """Why households may not be eligible yet. One whose band is not assessed may be: a band and a scheme are apart."""
    counts = {"an answer is still unknown": 0, "no scheme of the day fits": 0}
    unknown, no = counts
    for cover in covers:
        if cover.assessment.schemes_with(Answer.YES):
            continue
        counts[unknown if cover.assessment.schemes_with(Answer.UNKNOWN) else no] += 1
    eligible = len(covers) - sum(counts.values())
    return _parts(parts_of(counts, others=((eligible, len(covers)),)))


def _parts(counts: Mapping[str, Shown]) -> str:
    """Counts and their names in a row, without those that are nil or did reach the step; none where none is told."""
    if not tells(counts.values()):
        return ""
    return ", ".join(
        f"{why} ({in_words(counts[why])})"
        for why in by_count(counts)
        if counts[why].value != 0 and why != SEATED
    )


def _value(step: Step) -> str:
    counted = f"{step.counted} {step.unit}"
    return f"{counted} · {step.people} people" if step.people else counted


def _table(steps: tuple[Step, ...]) -> Table:
    return Table(
        key="funnel-table",
        caption="Each step from pleas to homes",
        columns=("Step", "Counted", "Unit", "People"),
        rows=tuple((step.name, step.counted, step.unit, step.people) for step in steps),
        numbers=numbers(1, 3),
    )
