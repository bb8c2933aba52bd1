"""Who may be eligible for what, by what is known."""

from __future__ import annotations

from markupsafe import Markup

from safeconduct.core.answers import Answer
from safeconduct.core.disclosure import protect
from safeconduct.core.main_job import MainJob
from safeconduct.core.operation import Scheme
from safeconduct.reports.brief.counting import in_cell
from safeconduct.reports.marks import unverified
from safeconduct.reports.parts import Cell, Section, Table, Words, blocks, numbers

OUTCOMES = (Answer.YES, Answer.UNKNOWN, Answer.NO)


def section(job: MainJob) -> Section:
    """For each scheme, how many households may be eligible."""
    title = "Schemes they may be eligible for"
    if not job.covers:
        return Section(
            key="schemes", title=title, blocks=(Words(text="No household has been read yet."),)
        )
    return Section(
        key="schemes",
        title=title,
        blocks=blocks(
            Words(
                text="“May be eligible” is the rulebook's word; the authority decides. Unknown is not "
                "no: an answer would settle it."
            ),
            _eligibility(job),
        ),
    )


def _eligibility(job: MainJob) -> Table | None:
    codes = list(
        dict.fromkeys(each.scheme for cover in job.covers for each in cover.assessment.schemes)
    )
    if not codes:
        return None
    known = {scheme.code: scheme for scheme in job.operation.schemes}
    rows: list[tuple[Cell, ...]] = []
    for code in codes:
        counts = {outcome.value: 0 for outcome in OUTCOMES}
        for cover in job.covers:
            for each in cover.assessment.schemes:
                if each.scheme == code:
                    counts[each.outcome.value] += 1
        kept = protect(counts)
        scheme = known.get(code)
        name = _named(scheme) if scheme else code
        rows.append((name, *(in_cell(kept[outcome.value]) for outcome in OUTCOMES)))
    return Table(
        key="schemes-table",
        caption="Households by scheme: may they be eligible?",
        columns=("Scheme", "Yes", "Unknown", "No"),
        rows=tuple(rows),
        numbers=numbers(1, 2, 3),
    )


def _named(scheme: Scheme) -> Markup:
    """Its name, and the code that stands for it in the files."""
    return Markup('{} <span class="quiet">{}</span>{}').format(
        scheme.name, scheme.code, unverified(scheme.source)
    )
