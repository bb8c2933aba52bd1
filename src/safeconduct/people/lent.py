"""A job that needs its office's keys: which it is given, and in whose name it works."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from safeconduct.core.errors import KeysNotGiven
from safeconduct.jobs.actions import ask_instead
from safeconduct.jobs.kinds import Run
from safeconduct.jobs.models import Job
from safeconduct.journal.actions import Actor
from safeconduct.people.models import Member, Office
from safeconduct.people.present import Present
from safeconduct.people.vouchers import check_standing
from safeconduct.vault.keyring import Keyring

_GENERATION: Final = "generation "


def office_keys_for(job: Job, ring: Keyring) -> Mapping[str, bytes]:
    """Every generation of the office's key, and no member's own. Raises KeysLocked for a ring without the newest."""
    newest = Office.objects.get(code=job.office).generation
    ring.office_key(newest)
    return {f"{_GENERATION}{each}": key for each, key in ring.office_keys.items()}


def ring_of(run: Run) -> Keyring:
    """The office's keys as the job was given them; nobody's private key is on it."""
    keys = {
        int(name.removeprefix(_GENERATION)): key
        for name, key in run.keys.items()
        if name.startswith(_GENERATION)
    }
    return Keyring(member=run.held.asked_by, private=b"", office=run.held.office, office_keys=keys)


def asker_of(run: Run) -> Present:
    """Whoever asked for the job, with the keys that it was lent. Raises as `lent_to`."""
    return lent_to(run, run.held.asked_by)


def lent_to(run: Run, code: str) -> Present:
    """A member in whose name the job works, with the keys that it was lent: it does nothing that they may not do.

    Raises KeysNotGiven where they are not of the office any more: then nobody asked. NotVouchedFor where their roles
    are not as the office left them, as at the door and on every page. Asked once, when the run begins: whoever leaves
    or loses a right later has their running jobs ended (people/actions/leaving.py, roles.py).
    """
    member = (
        Member.objects.select_related("office")
        .filter(code=code, office=run.held.office, left_at=None)
        .first()
    )
    if member is None:
        raise KeysNotGiven
    ring = replace(ring_of(run), member=member.code)
    check_standing(ring, member)
    return Present(member, ring)


def take_over_from_who_left(job: str, *, by: Actor, at: datetime) -> bool:
    """A live job whose asker is not of the office any more works for who asks now, from its next run on: else it would
    be given up, and with it what others wished for meanwhile. Whether it was taken over.
    """
    row = Job.objects.filter(code=job, office=by.office).first()
    if row is None:
        return False
    if Member.objects.filter(code=row.asked_by, office=row.office, left_at=None).exists():
        return False
    return ask_instead(row, by=by, at=at)
