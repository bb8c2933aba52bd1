"""A job that needs its office's keys: which it is given, and in whose name it works."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from safeconduct.core.errors import KeysNotGiven
from safeconduct.jobs.kinds import Run
from safeconduct.jobs.models import Job
from safeconduct.people.models import Member, Office
from safeconduct.people.present import Present
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
    """Whoever asked for the job, with the keys that it was lent: it does nothing that they may not do.

    Raises KeysNotGiven where they are not of the office any more: then nobody asked.
    """
    member = (
        Member.objects.select_related("office")
        .filter(code=run.held.asked_by, office=run.held.office, left_at=None)
        .first()
    )
    if member is None:
        raise KeysNotGiven
    return Present(member, ring_of(run))
