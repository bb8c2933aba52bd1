"""The pages of the desk itself: where a member arrives, the jobs, the journal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from safeconduct.desk.day import (
    is_new_here,
    most_urgent,
    most_urgent_of_nobody,
    waiting_for,
)
from safeconduct.desk.forms import JournalChoice
from safeconduct.desk.job_words import does, next_for
from safeconduct.desk.pleas import pleas_without_an_end
from safeconduct.desk.ways import present_at, way_there, ways_from
from safeconduct.jobs.models import Job
from safeconduct.jobs.queries import newest_jobs
from safeconduct.journal.actions import write_line
from safeconduct.journal.deeds import Deed
from safeconduct.journal.queries import lines as lines_of_journal
from safeconduct.people.permissions import Right
from safeconduct.people.present import Present
from safeconduct.people.queries import handles_of

LINES_ON_A_PAGE = 100
JOBS_ON_A_PAGE = 100


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Where a member arrives: what waits for them, and the rooms that are theirs."""
    present = _at_the_desk(request)
    at: datetime = request.at  # type: ignore[attr-defined]
    pleas = pleas_without_an_end(present, on=at.date())
    told = {
        "waiting": waiting_for(present, at=at),
        "every_plea_has_its_end": pleas is not None and not pleas.count,
        "urgent": most_urgent(present, at=at),
        "nobodys": most_urgent_of_nobody(present, at=at),
        "steps": _first_steps() if is_new_here(present) else (),
        "today": at.date(),
        "rooms": ways_from(request.path, present)[1:],
        "may_open": present.may(Right.OPEN_NEW_CASES),
    }
    return render(request, "desk/home.html", told)


def _first_steps() -> list[dict[str, str]]:
    """What an office with nothing yet may begin with."""
    return [
        {
            "label": _("Import a sheet"),
            "hint": _(
                "the list that you have kept so far; nothing is taken before you have seen it"
            ),
            "url": way_there("intake:upload"),
        },
        {
            "label": _("Take a call"),
            "hint": _("one page for one family, while somebody is on the telephone"),
            "url": way_there("cases:new"),
        },
        {
            "label": _("Paste a text"),
            "hint": _("a message or an email, as it reached you"),
            "url": way_there("intake:text"),
        },
    ]


@dataclass(frozen=True, slots=True)
class ShownJob:
    """A job as its page tells it: by codes, numbers and times."""

    job: Job
    does: str
    state: str
    handle: str
    next: list[str]  # what happens next, where it did not end well


@require_safe
def jobs(request: HttpRequest) -> HttpResponse:
    """The newest jobs of the member's office; all of them for who sees how the deployment fares."""
    present = _at_the_desk(request, Right.SEE_COVERS, Right.SEE_DEPLOYMENT)
    sees_all = present.may(Right.SEE_DEPLOYMENT)
    office = None if sees_all else present.office.code
    newest = list(newest_jobs(office=office)[:JOBS_ON_A_PAGE])
    handles = handles_of(job.asked_by for job in newest)
    at: datetime = request.at  # type: ignore[attr-defined]
    shown = [
        ShownJob(
            job,
            does(job),
            job.state(at).label,
            handles.get(job.asked_by, ""),
            next_for(job, at=at, sees_deployment=sees_all),
        )
        for job in newest
    ]
    return render(request, "desk/jobs.html", {"shown": shown})


@require_safe
def journal(request: HttpRequest) -> HttpResponse:
    """The office's own lines, newest first. That they were read is a line as well."""
    present = _at_the_desk(request, Right.READ_JOURNAL)
    choice = JournalChoice(request.GET)
    if not choice.is_valid():
        return render(request, "desk/journal.html", {"form": choice, "lines": ()}, status=400)
    page = lines_of_journal(office=present.office.code, most=LINES_ON_A_PAGE, **choice.chosen())
    shown = page.lines
    handles = handles_of(line.member for line in shown)
    with transaction.atomic():
        write_line(
            Deed.JOURNAL_SEEN,
            by=present.actor,
            at=request.at,  # type: ignore[attr-defined]
            facts={"lines": len(shown)},
        )
    return render(
        request,
        "desk/journal.html",
        {
            "form": choice,
            "lines": [(line, handles.get(line.member, "")) for line in shown],
            "older": page.older,
        },
    )


def _at_the_desk(request: HttpRequest, *rights: Right) -> Present:
    """Who reads this page; to anybody without one of the rights it does not exist."""
    present = present_at(request)
    if present is None or (rights and not any(present.may(right) for right in rights)):
        raise Http404
    return present
