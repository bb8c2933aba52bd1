"""A job is a row; whoever runs it holds a lease. The claim is a conditional update whose row count is checked."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models

LIVE = models.Q(finished_at__isnull=True, given_up_at__isnull=True)


class State(models.TextChoices):
    WAITING = "waiting", "waiting"
    WAITS_FOR_KEYS = "keys", "waits for somebody to open their keys"
    RUNNING = "running", "running"
    LEFT = "left", "was left by whoever ran it; is taken over"
    DONE = "done", "done"
    GIVEN_UP = "given up", "given up"


class Job(models.Model):
    """State is told by the timestamps and the lease: waiting, running, left (its lease ended), done or given up."""

    code = models.CharField(max_length=12, primary_key=True)
    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=40, blank=True)  # the code of what it is about
    alone = models.BooleanField(default=False)  # no second live one of its kind and subject
    facts = models.JSONField(default=dict)  # codes and small numbers only
    needs_keys = models.BooleanField(default=False)
    asked_by = models.CharField(max_length=12, blank=True)
    office = models.CharField(max_length=12, blank=True)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    lease = models.CharField(max_length=32, blank=True)  # whoever knows it runs the job
    leased_until = models.DateTimeField(null=True)
    worker = models.CharField(max_length=40, blank=True)
    keys_of = models.CharField(max_length=12, blank=True)  # whose keys the last run was given
    done_steps = models.PositiveIntegerField(default=0)
    all_steps = models.PositiveIntegerField(null=True)
    finished_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)
    # The code of a refusal, or the kind of a fault; never what it said.
    last_trouble = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "subject"],
                condition=LIVE & models.Q(alone=True),
                name="one_live_job_for_each_subject",
            ),
            models.CheckConstraint(
                condition=models.Q(finished_at__isnull=True) | models.Q(given_up_at__isnull=True),
                name="a_job_ends_once",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["due_at"], name="live_jobs", condition=LIVE)]

    def state(self, at: datetime) -> State:
        """What to tell of it now. A job put off until later is waiting too."""
        if self.finished_at is not None:
            return State.DONE
        if self.given_up_at is not None:
            return State.GIVEN_UP
        if self.lease:
            running = self.leased_until is not None and self.leased_until > at
            return State.RUNNING if running else State.LEFT
        return State.WAITS_FOR_KEYS if self.needs_keys else State.WAITING
