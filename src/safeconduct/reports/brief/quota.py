"""The scheme's quota beside the need, with the years to clear it at that pace."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from safeconduct.core.main_job import MainJob
from safeconduct.core.operation import Estimate, Operation, Scheme
from safeconduct.reports import charts
from safeconduct.reports.marks import unverified
from safeconduct.reports.parts import (
    Cell,
    Figure,
    Glance,
    Section,
    Table,
    Words,
    blocks,
    numbers,
)
from safeconduct.reports.wording import as_of, number, plural, sentence

TITLE = "The quota beside the need"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A number of people to set beside others, with how long it takes at the quota's pace."""

    label: str
    people: int
    years: str
    said: str
    need: bool


def section(job: MainJob) -> Section:
    """The quota, the need, the years, and what was published of both."""
    scheme, need = quota_scheme(job.operation), largest_need(job.operation)
    if scheme is None or scheme.quota_people is None:
        text = "No scheme of this operation has a published quota."
        return Section(
            key="quota", title=TITLE, blocks=blocks(Words(text=text), _published(job.operation))
        )
    return Section(
        key="quota",
        title=TITLE,
        blocks=blocks(
            Words(text=_in_words(scheme, need)),
            _large(scheme, need),
            _figure(job, scheme, need),
            _published(job.operation),
            _precedents(job.operation),
        ),
    )


def at_a_glance(operation: Operation) -> str:
    """The whole sum in a sentence, for the first screen; empty where a number of it is not known."""
    scheme, need = quota_scheme(operation), largest_need(operation)
    if scheme is None or need is None or not scheme.quota_people or not scheme.quota_first_year:
        return ""
    mark = unverified(need.source) or unverified(scheme.source)
    return (
        f"By one estimate {number_range(need.low, need.high)} people asked for help{mark}; the quota of "
        f"{scheme.code} is {number(scheme.quota_people)}, with {number(scheme.quota_first_year)} in the first year: "
        f"{_years(need, scheme.quota_first_year)} at that pace."
    )


def quota_scheme(operation: Operation) -> Scheme | None:
    """The scheme with the largest quota that is not there as a precedent."""
    own = [s for s in operation.schemes if s.quota_people and not s.precedent]
    return max(own, key=lambda scheme: scheme.quota_people or 0, default=None)


def largest_need(operation: Operation) -> Estimate | None:
    """The largest published estimate of the need."""
    known = [each for each in operation.estimates if each.low or each.high]
    return max(known, key=lambda each: each.high or each.low or 0, default=None)


def number_range(low: int | None, high: int | None) -> str:
    """(75000, 150000) -> "75,000 to 150,000"; one end unknown says so."""
    if low is None:
        return f"up to {number(high or 0)}"
    if high is None:
        return f"{number(low)} or more"
    return number(low) if low == high else f"{number(low)} to {number(high)}"


def _years(need: Estimate, pace: int) -> str:
    ends = sorted({round(people / pace) for people in (need.low, need.high) if people})
    return f"{' to '.join(str(end) for end in ends)} {plural(ends[-1], 'year')}"


def _in_words(scheme: Scheme, need: Estimate | None) -> str:
    quota, pace = scheme.quota_people or 0, scheme.quota_first_year
    text = f"The {scheme.name} ({scheme.code}) is for up to {number(quota)} people"
    text += f", {number(pace)} of them in the first year" if pace else ""
    text += f"{unverified(scheme.source)}. "
    if need is None:
        return text + "No estimate of the need was published."
    text += (
        f"The need as estimated: {number_range(need.low, need.high)} {need.group} ({need.stated_by}; "
        f"as of {as_of(need.as_of)}){unverified(need.source)}. The whole quota is for {_in_a_hundred(quota, need)} of "
        "every 100 of them."
    )
    if pace:
        text += f" At the first year's pace, to bring them all would take {_years(need, pace)}."
    return text


def _in_a_hundred(quota: int, need: Estimate) -> str:
    ends = sorted({round(100 * quota / people) for people in (need.low, need.high) if people})
    return " to ".join(str(min(end, 100)) for end in ends)


def _large(scheme: Scheme, need: Estimate | None) -> Glance:
    pace = scheme.quota_first_year
    found: list[tuple[Cell, Cell]] = [(number(scheme.quota_people or 0), "people: the whole quota")]
    if pace:
        found.append((number(pace), "in its first year"))
    if need is not None:
        found.append((number_range(need.low, need.high), "asked for help, by one estimate"))
    if need is not None and pace:
        found.append((_years(need, pace), "to bring them all, at that pace"))
    return Glance(items=tuple(found))


def _figure(job: MainJob, scheme: Scheme, need: Estimate | None) -> Figure:
    measures = _measures(job, scheme, need)
    says = "People, on one scale: " + ", ".join(f"{m.label} {number(m.people)}" for m in measures)
    rows = [
        charts.Bar(
            label=m.label,
            value=number(m.people),
            filled=0 if m.need else m.people,
            rest=m.people if m.need else 0,
        )
        for m in measures
    ]
    wide, narrow = charts.twice(
        lambda width, key: charts.bars(rows, width=width, key=key, says=says), "quota"
    )
    return Figure(
        key="quota-figure",
        title="People: the quota (solid) and the need (outlined), on one scale",
        says=says,
        wide=wide,
        narrow=narrow,
        beside=True,
        table=Table(
            key="quota-table",
            caption="The quota beside the need, and years to clear at the first year's pace",
            columns=("People", "Number", "Years", "Who says so"),
            rows=tuple((m.label, number(m.people), m.years, m.said) for m in measures),
            numbers=numbers(1, 2),
        ),
    )


def _measures(job: MainJob, scheme: Scheme, need: Estimate | None) -> list[Measure]:
    pace = scheme.quota_first_year
    said = f"{scheme.lead}, {as_of(scheme.source.as_of) or 'undated'}{unverified(scheme.source)}"
    found: list[tuple[str, int | None, str, bool]] = [
        (f"{scheme.code}: the first year", pace, said, False),
        (f"{scheme.code}: the whole quota", scheme.quota_people, said, False),
    ]
    if need is not None:
        by = f"{need.stated_by}; as of {as_of(need.as_of)}{unverified(need.source)}"
        found.append(("Need: the lower estimate", need.low, by, True))
        if need.high != need.low:
            found.append(("Need: the higher estimate", need.high, by, True))
    measures = [
        Measure(
            label=label,
            people=people,
            years=f"{people / pace:,.0f}" if pace else "not known",
            said=by,
            need=is_need,
        )
        for label, people, by, is_need in found
        if people is not None
    ]
    if job.people:
        this = Measure(
            label="This caseload, all people",
            people=job.people,
            years="",
            said="counted from the sheets",
            need=True,
        )
        measures.append(this)
    return measures


def _precedents(operation: Operation) -> Words | None:
    """What became of earlier schemes with a quota."""
    told = []
    for scheme in operation.schemes:
        if not (scheme.precedent and scheme.quota_people):
            continue
        text = (
            f"For comparison, the {scheme.name}: a quota of {number(scheme.quota_people)}, opened "
            f"{as_of(scheme.opened_text) or 'on a day not known'}"
        )
        text += f", closed {as_of(scheme.closed_text)}" if scheme.closed else ""
        if scheme.opened and scheme.closed:
            years = (scheme.closed - scheme.opened).days / 365.25
            text += (
                f": about {number(100 * round(scheme.quota_people / years / 100))} people a year"
            )
        text += f"{unverified(scheme.source)}. {sentence(scheme.note)}"
        told.append(text.strip())
    return Words(text=" ".join(told)) if told else None


def _published(operation: Operation) -> Table | None:
    estimates: Sequence[Estimate] = operation.estimates
    if not estimates:
        return None
    return Table(
        key="estimates-table",
        caption="Published estimates of the need, and of those left behind",
        columns=("Who", "People", "As of", "Stated by"),
        rows=tuple(
            (
                sentence(each.group).rstrip("."),
                number_range(each.low, each.high),
                as_of(each.as_of),
                f"{each.stated_by}{unverified(each.source)}",
            )
            for each in estimates
        ),
        numbers=numbers(1),
    )
