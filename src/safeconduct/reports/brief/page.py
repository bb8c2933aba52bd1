"""The brief as one page of HTML: sections in the order of their urgency, and nothing fetched."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from safeconduct.core.main_job import MainJob
from safeconduct.reports import wording
from safeconduct.reports.brief import (
    carried,
    doubles,
    forgotten,
    funnel,
    grounds,
    homes,
    provinces,
    quarantine,
    quota,
    schemes,
    seats,
    waiting,
)
from safeconduct.reports.brief.actions import actions
from safeconduct.reports.brief.counting import nearly
from safeconduct.reports.pages import templates
from safeconduct.reports.parts import Section

LISTED = 25
TINY = 25  # households: of fewer, even the totals can point to a family


def brief_html(job: MainJob, *, made_on: date, listed: int = LISTED) -> str:
    """The brief of a main job as one self-contained HTML page: no script, no request, no name.

    Counts of small groups are protected (core/disclosure); totals of the whole caseload are exact.
    The most urgent households that wait are listed by their codes, at most `listed` of them: 0 makes a copy that may go
    beyond those who hold the cases, without codes, files, sheets and owners, and for a caseload of fewer than TINY
    households without anything of the caseload.
    """
    for_office = listed > 0
    tiny = 0 < len(job.covers) < TINY
    told = for_office or not tiny
    return (
        templates("brief")
        .get_template("brief.html.jinja")
        .render(
            operation=job.operation,
            on=job.on,
            made_on=made_on,
            files=_files(job),
            for_office=for_office,
            tiny=tiny,
            told=told,
            few_households=TINY,
            quota=quota.at_a_glance(job.operation),
            key_counts=_key_counts(job) if told else (),
            actions=actions(job, for_office=for_office) if told else (),
            unended=job.pleas_without_an_end,
            sections=_sections(job, listed) if told else _of_the_operation(job),
        )
    )


def _sections(job: MainJob, listed: int) -> tuple[Section, ...]:
    """In the order of their urgency to the reader."""
    return (
        funnel.section(job),
        waiting.section(job, listed=listed),
        quota.section(job),
        seats.section(job),
        homes.section(job),
        doubles.section(job),
        quarantine.section(job, for_office=listed > 0),
        schemes.section(job),
        forgotten.section(job),
        provinces.section(job),
        carried.section(job),
        grounds.section(job),
    )


def _of_the_operation(job: MainJob) -> tuple[Section, ...]:
    """What tells of the operation alone, and of no caseload."""
    alone = replace(job, covers=(), doubles=(), held=(), share=1.0)
    return (
        quota.section(alone),
        provinces.section(alone),
        carried.section(alone),
        grounds.section(alone),
    )


def _files(job: MainJob) -> int:
    return len({row.origin.file for row in job.intake.rows} | {n.file for n in job.intake.noticed})


def _key_counts(job: MainJob) -> tuple[tuple[str, str], ...]:
    """The caseload at a glance: totals of the whole are exact, parts of it are protected."""
    seated = sum(cover.departure is not None for cover in job.covers)
    placed = sum(cover.locality is not None for cover in job.covers)
    return (
        (wording.number(job.pleas), wording.plural(job.pleas, "plea")),
        (wording.number(job.pleas_without_an_end), "without an end"),
        (wording.number(len(job.covers)), wording.plural(len(job.covers), "household")),
        (wording.number(job.people), wording.plural(job.people, "person")),
        (_short(nearly(seated, len(job.covers))), "with a seat proposed"),
        (_short(nearly(placed, seated)), "with a home proposed"),
    )


def _short(told: str) -> str:
    return told.replace("fewer than ", "<")
