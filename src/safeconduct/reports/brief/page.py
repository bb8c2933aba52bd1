"""The brief as one page of HTML: sections in the order of their urgency, and nothing fetched."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

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
    schemes,
    seats,
    waiting,
)
from safeconduct.reports.brief.actions import actions
from safeconduct.reports.brief.parts import Section

LISTED = 25


def brief_html(job: MainJob, *, made_on: date, listed: int = LISTED) -> str:
    """The brief of a main job as one self-contained HTML page: no script, no request, no name.

    Counts of small groups are protected (core/disclosure); totals of the whole caseload are exact.
    The most urgent households that wait are listed by their codes, at most `listed` of them: 0 for a
    copy that goes beyond those who hold the cases.
    """
    return (
        _environment()
        .get_template("brief.html.jinja")
        .render(
            operation=job.operation,
            on=job.on,
            made_on=made_on,
            files=_files(job),
            key_counts=_key_counts(job),
            actions=actions(job),
            unended=job.pleas_without_an_end,
            sections=_sections(job, listed),
        )
    )


def _sections(job: MainJob, listed: int) -> tuple[Section, ...]:
    """In the order of their urgency to the reader."""
    return (
        funnel.section(job),
        waiting.section(job, listed=listed),
        seats.section(job),
        doubles.section(job),
        quarantine.section(job),
        schemes.section(job),
        homes.section(job),
        provinces.section(job),
        forgotten.section(job),
        carried.section(job),
        grounds.section(job),
    )


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("safeconduct.reports.brief"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["day"] = wording.day
    environment.filters["css_text"] = css_text
    environment.globals["count_of"] = wording.count_of
    return environment


def css_text(text: str) -> Markup:
    """Text that may stand in a quoted string of a style sheet: other signs are left out."""
    return Markup(re.sub(r"[^\w ,.:·–-]", "", text.replace(wording.NO_BREAK, " ")))  # noqa: S704 (only harmless signs are left)


def _files(job: MainJob) -> int:
    return len({row.origin.file for row in job.intake.rows} | {n.file for n in job.intake.noticed})


def _key_counts(job: MainJob) -> tuple[tuple[str, str], ...]:
    """The caseload at a glance: totals of the whole, exact."""
    seated = sum(cover.departure is not None for cover in job.covers)
    placed = sum(cover.locality is not None for cover in job.covers)
    counts = (
        (job.pleas, "plea"),
        (job.pleas_without_an_end, "without an end"),
        (len(job.covers), "household"),
        (job.people, "person"),
        (seated, "with a seat proposed"),
        (placed, "with a home proposed"),
    )
    return tuple(
        (wording.number(count), name if " " in name else wording.plural(count, name))
        for count, name in counts
    )
