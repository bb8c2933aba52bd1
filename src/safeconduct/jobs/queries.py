"""What screens ask of the jobs."""

from __future__ import annotations

from django.db.models import QuerySet

from safeconduct.jobs.models import Job


def newest_jobs(*, office: str | None = None) -> QuerySet[Job]:
    """Whatever became of them, newest asked first; of one office, or all."""
    jobs = Job.objects.all() if office is None else Job.objects.filter(office=office)
    return jobs.order_by("-asked_at", "code")
