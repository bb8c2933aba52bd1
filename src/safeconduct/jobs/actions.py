"""Every write of a job. Each is a conditional update whose row count is checked: nobody writes past a lost lease."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet

from safeconduct.core.codes import draw_code
from safeconduct.core.errors import JobAlreadyAsked, LeaseLost
from safeconduct.jobs.held import Held
from safeconduct.jobs.models import LIVE, Job
from safeconduct.journal.actions import BY_ITSELF, Actor, write_line
from safeconduct.journal.deeds import Deed
from safeconduct.journal.facts import NO_FACTS, checked_code, checked_facts

# After a trouble the next try is due in one minute, then in two, four, eight; never later than in an hour.
FIRST_WAIT: Final = timedelta(minutes=1)
LONGEST_WAIT: Final = timedelta(hours=1)
# So many due jobs are looked at for one that nobody else takes first; whoever gets none comes again.
LOOK_AT: Final = 50
# Why a job was given up whose runs never came to an end: the machine or the process went away each time.
NEVER_ENDED: Final = "never-ended"


def ask_for(
    kind: str,
    facts: Mapping[str, str | int] = NO_FACTS,
    *,
    by: Actor,
    at: datetime,
    needs_keys: bool = False,
    subject: str = "",
    alone: bool = False,
    below: Callable[[int], int] = secrets.randbelow,
) -> Job:
    """A new job, due now. With `alone` there is never a second live one of this kind and subject.

    Raises JobAlreadyAsked, which names that one; JournalTakesNoWords where a fact is no code and no small number.
    """
    job = Job(
        code=draw_code(8, below),
        kind=checked_code(kind, place="the kind of job"),
        subject=checked_code(subject, place="the subject of a job"),
        alone=alone,
        facts=checked_facts(facts),
        needs_keys=needs_keys,
        asked_by=by.member,
        office=by.office,
        asked_at=at,
        due_at=at,
    )
    try:
        with transaction.atomic():
            job.save(force_insert=True)
            write_line(Deed.JOB_ASKED, by=by, at=at, about=job.code, facts={"kind": kind})
    except IntegrityError:
        live = Job.objects.filter(LIVE, kind=kind, subject=subject, alone=True).first()
        if not alone or live is None:
            raise
        raise JobAlreadyAsked(job=live.code) from None
    return job


def ask_instead(job: Job, *, by: Actor, at: datetime) -> bool:
    """Somebody else asks for a live job: its next run works in their name. False where it has ended meanwhile."""
    with transaction.atomic():
        live = Job.objects.filter(LIVE, code=job.code, asked_by=job.asked_by)
        if live.update(asked_by=by.member) != 1:
            return False
        write_line(Deed.JOB_ASKED, by=by, at=at, about=job.code, facts={"kind": job.kind})
    return True


def due(*, at: datetime, kinds: Collection[str], needs_keys: bool) -> QuerySet[Job]:
    """Jobs that may be claimed now, the longest due first: waiting, or left by a run whose lease has ended."""
    free = Q(lease="") | Q(leased_until__lte=at)
    found = Job.objects.filter(LIVE & free, due_at__lte=at, needs_keys=needs_keys)
    return found.filter(kind__in=kinds).order_by("due_at", "asked_at", "code")


def claim_next(
    worker: str,
    *,
    at: datetime,
    leases: Mapping[str, timedelta],
    needs_keys: bool = False,
) -> Held | None:
    """Claim the job that is due longest, of the kinds in `leases`, for that long. None where nothing is due."""
    for job in due(at=at, kinds=leases.keys(), needs_keys=needs_keys)[:LOOK_AT]:
        held = claim(job, worker, at=at, lease=leases[job.kind])
        if held is not None:
            return held
    return None


def claim(
    job: Job, worker: str, *, at: datetime, lease: timedelta, keys_of: Actor = BY_ITSELF
) -> Held | None:
    """Claim this one, as it was when it was looked at. None where somebody else was quicker."""
    token = secrets.token_hex(16)
    as_seen = Job.objects.filter(LIVE, code=job.code, lease=job.lease, attempts=job.attempts)
    with transaction.atomic():
        claimed = as_seen.filter(Q(lease="") | Q(leased_until__lte=at)).update(
            lease=token,
            leased_until=at + lease,
            worker=worker,
            keys_of=keys_of.member,
            attempts=F("attempts") + 1,
        )
        if claimed != 1:
            return None
        job.lease, job.attempts = token, job.attempts + 1
        # With keys, the line is the member's whose keys they are.
        facts: dict[str, str | int] = {"kind": job.kind, "attempt": job.attempts}
        facts |= {"keys": "given"} if keys_of.member else {}
        write_line(Deed.JOB_BEGUN, by=keys_of, at=at, about=job.code, facts=facts)
    return Held.of(job)


def step(held: Held, *, done: int, of: int, at: datetime, lease: timedelta) -> None:
    """So many of so many steps are done, and the lease begins anew. Raises LeaseLost.

    How far a job is, is no deed: the journal has a line for its beginning and its end.
    """
    _write(held, done_steps=done, all_steps=of, leased_until=at + lease)


def finish(held: Held, *, at: datetime) -> None:
    """It is done. Raises LeaseLost: then what the same transaction wrote before is undone with it."""
    with transaction.atomic():
        _write(held, finished_at=at, lease="", leased_until=None, last_trouble="")
        write_line(Deed.JOB_DONE, by=BY_ITSELF, at=at, about=held.job, facts={"kind": held.kind})


def put_off(held: Held, *, trouble: str, at: datetime, attempts: int) -> bool:
    """A run that did not end well is tried again later, and given up after so many attempts. Raises LeaseLost.

    `trouble` is the code of a refusal or the kind of a fault. Tells whether the job was given up.
    """
    if held.attempt >= attempts:
        give_up(held, trouble=trouble, at=at)
        return True
    wait = min(FIRST_WAIT * 2 ** (held.attempt - 1), LONGEST_WAIT)
    with transaction.atomic():
        _write(held, due_at=at + wait, lease="", leased_until=None, last_trouble=trouble[:40])
        write_line(
            Deed.JOB_PUT_OFF,
            by=BY_ITSELF,
            at=at,
            about=held.job,
            facts={"kind": held.kind, "attempt": held.attempt, "trouble": _as_code(trouble)},
        )
    return False


def give_up(held: Held, *, trouble: str, at: datetime) -> None:
    """It is not tried again; the page of jobs shows it with the code of its last trouble. Raises LeaseLost."""
    with transaction.atomic():
        _write(held, given_up_at=at, lease="", leased_until=None, last_trouble=trouble[:40])
        write_line(
            Deed.JOB_GIVEN_UP,
            by=BY_ITSELF,
            at=at,
            about=held.job,
            facts={"kind": held.kind, "attempt": held.attempt, "trouble": _as_code(trouble)},
        )


def _write(held: Held, **columns: object) -> None:
    """The lease is part of the question: a run that lost it changes nothing."""
    written = Job.objects.filter(LIVE, code=held.job, lease=held.lease).update(**columns)
    if written != 1:
        raise LeaseLost(job=held.job)


def _as_code(trouble: str) -> str:
    """As the journal takes it: the kind of a fault, such as OperationalError, in small letters."""
    return trouble if trouble.isupper() else trouble[:40].lower()
