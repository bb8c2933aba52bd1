"""After a stop in the middle of something: what was begun is ended, what was never used is left alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from safeconduct.cases.actions.sharing import drop_stale_keys
from safeconduct.cases.actions.shredding import finish_shredding
from safeconduct.cases.models import Case
from safeconduct.vault.models import CaseKey


@dataclass(frozen=True, slots=True)
class Finished:
    """How many shreddings were ended, and how many keys of shares taken back were dropped."""

    shredded: int
    dropped_keys: int


def finish_interrupted(*, at: datetime) -> Finished:
    """End what a stop left half done. Needs no member's keys; done twice, it does nothing the second time.

    Journal lines: one for each shredding, which is that deed's own. Keys of a case that was never opened are left: they
    open nothing, and a restored copy of the main database must not cost the keys of what it does not know yet.
    """
    begun = Case.objects.filter(shredding_since__isnull=False).values_list("code", flat=True)
    shredded = len(finish_shredding(list(begun), at=at))
    dropped = sum(drop_stale_keys(code) for code in _held_by_others())
    return Finished(shredded, dropped)


def _held_by_others() -> list[str]:
    """Cases of which another office holds a key."""
    offices = dict(Case.objects.values_list("code", "office_id"))
    held = CaseKey.objects.values_list("case", "office").distinct()
    return sorted({case for case, office in held if offices.get(case, office) != office})
