"""Overrides whose last day has passed: ended by the clock, by a job that is lent the office's keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from safeconduct.cases.actions.changing import change_within
from safeconduct.core.errors import JobAlreadyAsked, NoSuchCase, Refused
from safeconduct.jobs.actions import ask_for
from safeconduct.jobs.kinds import Run
from safeconduct.jobs.models import Job
from safeconduct.journal.actions import BY_ITSELF, Actor
from safeconduct.journal.deeds import Deed
from safeconduct.people.lent import ring_of
from safeconduct.people.models import Member
from safeconduct.people.permissions import Right
from safeconduct.people.present import Present
from safeconduct.triage.actions.assessing import assess_within, note_standing
from safeconduct.triage.assessing import Assessing
from safeconduct.triage.models import Override
from safeconduct.triage.overriding import run_out

TEND: Final = "triage.tend"
NOT_AGAIN_FOR: Final = timedelta(hours=6)


def ask_to_tend(*, at: datetime) -> int:
    """Ask for the job in every office where an override has run out; of how many. It needs codes and days, no keys."""
    late = Override.objects.filter(ended_at=None, until__lt=at.date())
    offices = sorted(set(late.values_list("office_id", flat=True)))
    for office in offices:
        given_up = Job.objects.filter(kind=TEND, subject=office, given_up_at__gt=at - NOT_AGAIN_FOR)
        if given_up.exists():
            continue  # the page of jobs says so; the list of overrides too
        with suppress(JobAlreadyAsked):
            ask_for(
                TEND, by=Actor(office=office), at=at, needs_keys=True, subject=office, alone=True
            )
    return len(offices)


def tend(run: Run) -> None:
    """End each, in the name of those who agreed to that day; the line is the software's own. May be run again.

    A case that does not open keeps no other one waiting: the rest are ended first, and then it is told.
    """
    late = Override.objects.filter(
        ended_at=None, until__lt=run.clock().date(), office=run.held.office
    )
    trouble: Refused | None = None
    for row in late.select_related("decided_by", "asked_by").order_by("until", "code"):
        try:
            _end_by_anybody(run, row)
        except Refused as refusal:
            trouble = trouble or refusal
    if trouble is not None:
        raise trouble


def _end_by_anybody(run: Run, row: Override) -> None:
    for by in _who_may(run, row):
        with suppress(NoSuchCase):
            _end(by, row, at=run.clock())
            return


def _end(by: Present, row: Override, *, at: datetime) -> None:
    with transaction.atomic():
        change = change_within(by, row.case, at=at)
        if run_out(change.now, on=at.date()) is None:
            return
        assessing = Assessing.of(change.cover.office_id, by.ring, at=at)
        stands = assess_within(change, assessing, on=at.date())
        note_standing(change, stands, assessing, written=True)
        change.facts |= {"override": row.code, "until": row.until.isoformat()}
        change.by = BY_ITSELF
        change.finish(Deed.OVERRIDE_ENDED)


def _who_may(run: Run, row: Override) -> Iterator[Present]:
    """Whoever agreed, then whoever asked, then any coordinator: the first of them who may open the case."""
    office = Member.objects.filter(office=run.held.office, left_at=None).select_related("office")
    first: Iterable[str | None] = (row.decided_by_id, row.asked_by_id)
    members = {member.code: member for member in office.order_by("code")}
    own = [members[code] for code in first if code in members]
    ring = ring_of(run)
    for member in [*own, *members.values()]:
        by = Present(member, ring)
        if member in own or by.may(Right.OPEN_ALL_CASES):
            yield by
