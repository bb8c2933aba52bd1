"""The work of this room that goes on beside the desk."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from safeconduct.cases.actions.offices import revouch_known_offices
from safeconduct.cases.actions.shredding import reseal_reasons
from safeconduct.jobs.kinds import Kind, Run, by_name
from safeconduct.journal.actions import Actor, write_line
from safeconduct.journal.deeds import Deed
from safeconduct.people import reasons
from safeconduct.people.actions.leaving import REWRAP
from safeconduct.people.lent import office_keys_for, ring_of
from safeconduct.people.models import Office
from safeconduct.vault.actions.rewrapping import rewrapping
from safeconduct.vault.keyring import Keyring


def rewrap(run: Run) -> None:
    """Everything that is wrapped or sealed to an office's older keys, to its newest; the old ones stay for backups.

    Each step leaves alone what an earlier run has done.
    """
    office = Office.objects.get(code=str(run.held.facts["office"]))
    ring = ring_of(run)
    public = bytes(office.public)
    broken = 0
    for so_far in rewrapping(ring, office=office.code, generation=office.generation, public=public):
        run.step(so_far.done, so_far.done + so_far.left)
        broken = len(so_far.broken)
    with transaction.atomic():
        reasons.reseal_reasons(ring, office)
        reseal_reasons(ring, office)
        revouch_known_offices(ring, office)
        for path in getattr(settings, "RESEALERS", ()):
            reseal: Callable[[Keyring, Office], object] = import_string(path)
            reseal(ring, office)
        write_line(
            Deed.CASE_KEYS_RENEWED,
            by=Actor(run.held.asked_by, run.held.office),
            at=run.clock(),
            about=office.code,
            facts={"generation": office.generation, "broken": broken},
        )
        run.finish()


KINDS: Final = by_name(Kind(name=REWRAP, run=rewrap, keys_for=office_keys_for))
