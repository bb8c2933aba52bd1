"""The work of this room that goes on beside the desk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.db import transaction

from safeconduct.cases.actions.offices import revouch_known_offices
from safeconduct.cases.actions.shredding import reseal_reasons
from safeconduct.jobs.kinds import Kind, Run, by_name
from safeconduct.jobs.models import Job
from safeconduct.journal.actions import Actor, write_line
from safeconduct.journal.deeds import Deed
from safeconduct.people import reasons
from safeconduct.people.actions.leaving import REWRAP
from safeconduct.people.models import Office
from safeconduct.vault.actions.rewrapping import rewrapping
from safeconduct.vault.keyring import Keyring

_GENERATION: Final = "generation "


def _keys_for(job: Job, ring: Keyring) -> Mapping[str, bytes]:
    """Every generation of the office's key. Raises KeysLocked for a ring without the newest one."""
    newest = Office.objects.get(code=job.facts["office"]).generation
    ring.office_key(newest)
    return {f"{_GENERATION}{each}": key for each, key in ring.office_keys.items()}


def rewrap(run: Run) -> None:
    """Everything that is wrapped or sealed to an office's older keys, to its newest; the old ones stay for backups.

    Each step leaves alone what an earlier run has done.
    """
    office = Office.objects.get(code=str(run.held.facts["office"]))
    keys = {int(name.removeprefix(_GENERATION)): key for name, key in run.keys.items()}
    ring = Keyring(member="", private=b"", office=office.code, office_keys=keys)
    public = bytes(office.public)
    broken = 0
    for so_far in rewrapping(ring, office=office.code, generation=office.generation, public=public):
        run.step(so_far.done, so_far.done + so_far.left)
        broken = len(so_far.broken)
    with transaction.atomic():
        reasons.reseal_reasons(ring, office)
        reseal_reasons(ring, office)
        revouch_known_offices(ring, office)
        write_line(
            Deed.CASE_KEYS_RENEWED,
            by=Actor(run.held.asked_by, run.held.office),
            at=run.clock(),
            about=office.code,
            facts={"generation": office.generation, "broken": broken},
        )
        run.finish()


KINDS: Final = by_name(Kind(name=REWRAP, run=rewrap, keys_for=_keys_for))
