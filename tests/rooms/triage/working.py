"""A job of this room run in this process, with the keys that a member's ring lends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from safeconduct.jobs.actions import claim
from safeconduct.jobs.kinds import Run
from safeconduct.jobs.models import LIVE, Job
from safeconduct.people.present import Present
from safeconduct.triage.job_kinds import KINDS

LEASE = timedelta(minutes=2)


def work(
    by: Present, kind: str, *, at: datetime, clock: Callable[[], datetime] | None = None
) -> Job:
    """The one live job of that kind, claimed and run; a run that was left before is taken over."""
    job = Job.objects.filter(LIVE, kind=kind).get()
    known = KINDS[kind]
    assert known.keys_for is not None
    keys = known.keys_for(job, by.ring)
    held = claim(job, "worker", at=at, lease=LEASE)
    assert held is not None
    run = Run(held=held, lease=LEASE, clock=clock or (lambda: at), keys=keys)
    known.run(run)
    if not run.finished:
        run.finish()
    job.refresh_from_db()
    return job
