"""What screens ask of the jobs."""

from __future__ import annotations

from django.db.models import QuerySet

from safeconduct.jobs.models import LIVE, Job


def live_jobs(*, office: str | None = None) -> QuerySet[Job]:
    """Waiting and running, the longest due first; of one office, or all."""
    return _of(office).filter(LIVE).order_by("due_at", "code")


def ended_jobs(*, office: str | None = None) -> QuerySet[Job]:
    """Done and given up, newest asked first."""
    return _of(office).exclude(LIVE).order_by("-asked_at", "code")


def given_up_jobs(*, office: str | None = None) -> QuerySet[Job]:
    """Those that somebody should look at."""
    return _of(office).filter(given_up_at__isnull=False).order_by("-given_up_at", "code")


def jobs_that_wait_for_keys(*, office: str | None = None) -> QuerySet[Job]:
    """Live, not running, and nobody's keys were given to them yet."""
    return live_jobs(office=office).filter(needs_keys=True, lease="")


def _of(office: str | None) -> QuerySet[Job]:
    return Job.objects.all() if office is None else Job.objects.filter(office=office)
