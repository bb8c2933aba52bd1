"""Keys that nothing refers to: of cases that never came to be.

The key store is written first when something is made, so that a new case's keys look like orphans until main
follows. Keys go only when two sweeps, `after` apart, both found them to be none of main's. Older versions of a known
case's keys stay with its own office: a backup put back may be of a day when they were in use.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from safeconduct.vault.actions.case_keys import KEYS
from safeconduct.vault.models import CaseKey

# Longer than any backup is kept: one that was put back may know of cases and versions that this one does not.
AFTER: Final = timedelta(days=30)
_STEP: Final = 500


@dataclass(frozen=True, slots=True)
class Swept:
    """How many wrapped keys were dropped, and how many wait for the next sweep."""

    dropped: int
    waiting: int


@transaction.atomic(using=KEYS)
def sweep(known: Collection[str], *, at: datetime, after: timedelta = AFTER) -> Swept:
    """Drop orphans. `known`: every case of the main database, read before this call.

    A main database put back from a backup does not know the cases made since: `after` must be longer than such a
    backup is kept, and the copy that it replaced be given up for good by then.
    """
    rows = CaseKey.objects.values_list("id", "case", "orphan_since")
    strange, ours, over = [], [], []
    for row, case, since in rows.iterator():
        if case in known:
            if since is not None:
                ours.append(row)
        elif since is None:
            strange.append(row)
        elif since <= at - after:
            over.append(row)
    for start in range(0, len(strange), _STEP):
        CaseKey.objects.filter(id__in=strange[start : start + _STEP]).update(orphan_since=at)
    for start in range(0, len(ours), _STEP):
        CaseKey.objects.filter(id__in=ours[start : start + _STEP]).update(orphan_since=None)
    for start in range(0, len(over), _STEP):
        CaseKey.objects.filter(id__in=over[start : start + _STEP]).delete()
    waiting = CaseKey.objects.filter(orphan_since__isnull=False).count()
    return Swept(dropped=len(over), waiting=waiting)
