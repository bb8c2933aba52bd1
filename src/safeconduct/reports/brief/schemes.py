"""Who may be eligible for what, and the scheme's quota beside the need, with the years to clear it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from safeconduct.core.answers import Answer
from safeconduct.core.disclosure import protect
from safeconduct.core.main_job import MainJob
from safeconduct.core.operation import Estimate, Operation, Scheme
from safeconduct.reports.brief import charts
from safeconduct.reports.brief.bands import unverified
from safeconduct.reports.brief.parts import (
    Figure,
    Section,
    Subtitle,
    Table,
    Words,
    blocks,
    numbers,
)
from safeconduct.reports.wording import as_of, number, sentence

OUTCOMES = (Answer.YES, Answer.UNKNOWN, Answer.NO)


def section(job: MainJob) -> Section:
    return Section(
        key="schemes",
        title="Schemes, and the quota beside the need",
        blocks=blocks(
            Words(
                text="“May be eligible” is the rulebook's word; the authority decides. Unknown is not "
                "no: an answer would settle it."
            ),
            _eligibility(job),
            *_beside_the_need(job),
            _published(job.operation),
        ),
    )


def _eligibility(job: MainJob) -> Table | None:
    codes = list(
        dict.fromkeys(each.scheme for cover in job.covers for each in cover.assessment.schemes)
    )
    if not codes:
        return None
    known = {scheme.code: scheme for scheme in job.operation.schemes}
    rows = []
    for code in codes:
        counts = {outcome.value: 0 for outcome in OUTCOMES}
        for cover in job.covers:
            for each in cover.assessment.schemes:
                if each.scheme == code:
                    counts[each.outcome.value] += 1
        kept = protect(counts)
        scheme = known.get(code)
        name = f"{scheme.name} ({code}){unverified(scheme.source)}" if scheme else code
        rows.append((name, *(kept[outcome.value].text for outcome in OUTCOMES)))
    return Table(
        key="schemes-table",
        caption="Households by scheme: may they be eligible?",
        columns=("Scheme", "Yes", "Unknown", "No"),
        rows=tuple(rows),
        numbers=numbers(1, 2, 3),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A number of people to set beside others, with how long it takes at the quota's pace."""

    label: str
    people: int
    years: str
    said: str
    need: bool


def _beside_the_need(job: MainJob) -> tuple[Subtitle | Words | Figure, ...]:
    scheme = quota_scheme(job.operation)
    need = largest_need(job.operation)
    if scheme is None or scheme.quota_people is None:
        return (Words(text="No scheme of this operation has a published quota."),)
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
    return (
        Subtitle(text=f"{scheme.name}: the quota beside the need"),
        Words(text=_in_words(job, scheme, need)),
        Figure(
            key="quota-figure",
            title="People: the quota (solid) and the need (outlined), on one scale",
            says=says,
            wide=wide,
            narrow=narrow,
            table=Table(
                key="quota-table",
                caption="The quota beside the need, and years to clear at the first year's pace",
                columns=("People", "Number", "Years at that pace", "Who says so"),
                rows=tuple((m.label, number(m.people), m.years, m.said) for m in measures),
                numbers=numbers(1, 2),
            ),
        ),
    )


def quota_scheme(operation: Operation) -> Scheme | None:
    """The scheme with the largest quota that is not there as a precedent."""
    own = [s for s in operation.schemes if s.quota_people and not s.precedent]
    return max(own, key=lambda scheme: scheme.quota_people or 0, default=None)


def largest_need(operation: Operation) -> Estimate | None:
    """The largest published estimate of the need."""
    known = [each for each in operation.estimates if each.low or each.high]
    return max(known, key=lambda each: each.high or each.low or 0, default=None)


def _measures(job: MainJob, scheme: Scheme, need: Estimate | None) -> list[Measure]:
    pace = scheme.quota_first_year
    said = f"{scheme.lead}, {as_of(scheme.source.as_of) or 'undated'}{unverified(scheme.source)}"
    found: list[tuple[str, int | None, str, bool]] = [
        (f"{scheme.code}: the first year", pace, said, False),
        (f"{scheme.code}: the whole quota", scheme.quota_people, said, False),
    ]
    if need is not None:
        by = f"{need.stated_by}, {as_of(need.as_of)}{unverified(need.source)}"
        found.append(("Need: the lower estimate", need.low, by, True))
        if need.high != need.low:
            found.append(("Need: the higher estimate", need.high, by, True))
    found.append(("This caseload, all people", job.people, "counted from the sheets", True))
    return [
        Measure(
            label=label,
            people=people,
            years=f"{people / pace:,.1f}" if pace else "not known",
            said=by,
            need=is_need,
        )
        for label, people, by, is_need in found
        if people is not None
    ]


def _in_words(job: MainJob, scheme: Scheme, need: Estimate | None) -> str:
    pace = scheme.quota_first_year
    text = f"Up to {number(scheme.quota_people or 0)} people"
    text += f", {number(pace)} in the first year. " if pace else ". "
    if need is not None and pace:
        text += (
            f"{number_range(need.low, need.high)} {need.group} ({need.stated_by}, "
            f"{as_of(need.as_of)}){unverified(need.source)}. At the first year's pace that is "
            f"{_years(need, pace)} years. "
        )
    return text + " ".join(_precedents(job.operation))


def number_range(low: int | None, high: int | None) -> str:
    """(75000, 150000) -> "75,000 to 150,000"; one end unknown says so."""
    if low is None:
        return f"Up to {number(high or 0)}"
    if high is None:
        return f"{number(low)} or more"
    return number(low) if low == high else f"{number(low)} to {number(high)}"


def _years(need: Estimate, pace: int) -> str:
    ends = sorted({round(people / pace) for people in (need.low, need.high) if people})
    return " to ".join(str(end) for end in ends)


def _precedents(operation: Operation) -> list[str]:
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
    return told


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
