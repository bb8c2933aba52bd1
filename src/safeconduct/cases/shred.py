"""How this room forgets a case: its keys first, then its rows, with the journal's line."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from safeconduct.cases.models import Case, Shredding
from safeconduct.journal.actions import BY_ITSELF, Actor, write_line
from safeconduct.journal.deeds import Deed
from safeconduct.people.shred import forget_case
from safeconduct.vault.actions.case_keys import KEYS, shred_case_keys
from safeconduct.vault.actions.wiping import wipe_what_was_deleted


def forget_keys(codes: Collection[str]) -> None:
    """From here on neither the rows of these cases nor any copy of them can be read."""
    for code in codes:
        shred_case_keys(code)
    if codes:
        transaction.on_commit(wipe_what_was_deleted, using=KEYS, robust=True)


def forget_rows(code: str, *, at: datetime) -> bool:
    """Cover, entries, versions, documents and requests for access; one line. Whether the case was still there."""
    with transaction.atomic():
        cover = Case.objects.select_for_update().filter(code=code).first()
        if cover is None:
            return False
        asked = Shredding.objects.get(case=cover)
        facts: dict[str, str | int] = {"ground": asked.ground}
        if asked.asked_by_id:
            facts["asked_by"] = asked.asked_by_id
        agreed_by = Actor(asked.agreed_by_id, cover.office_id) if asked.agreed_by_id else BY_ITSELF
        for path in getattr(settings, "FORGETTERS", ()):
            forget: Callable[[str], None] = import_string(path)
            forget(code)
        cover.delete()
        forget_case(code)
        write_line(Deed.CASE_SHREDDED, by=agreed_by, at=at, about=code, facts=facts)
    return True
