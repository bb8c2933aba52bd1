"""A job as whoever holds its lease knows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from safeconduct.jobs.models import Job


@dataclass(frozen=True, slots=True)
class Held:
    """`lease` is the token that every further write must show."""

    job: str
    kind: str
    subject: str
    facts: Mapping[str, str | int]
    asked_by: str
    office: str
    attempt: int
    lease: str = field(repr=False)

    @classmethod
    def of(cls, job: Job) -> Held:
        return cls(
            job=job.code,
            kind=job.kind,
            subject=job.subject,
            facts=job.facts,
            asked_by=job.asked_by,
            office=job.office,
            attempt=job.attempts,
            lease=job.lease,
        )
