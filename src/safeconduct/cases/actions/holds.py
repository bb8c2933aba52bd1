"""A hold keeps a case from being shredded, by anybody or by the clock."""

from __future__ import annotations

from datetime import datetime

from safeconduct.cases.actions.changing import changing
from safeconduct.cases.actions.entries import add_entry
from safeconduct.cases.entries import Hold
from safeconduct.cases.reading import OpenCase
from safeconduct.core.errors import NoSuchEntry
from safeconduct.journal.deeds import Deed
from safeconduct.people.permissions import Right


def hold(opened: OpenCase, words: str, *, at: datetime, code: str | None = None) -> str:
    """Keep the case; `words` say why and who asked, and are sealed. Whoever may write in it may hold it."""
    return add_entry(opened, Hold(words=words), at=at, code=code)


def end_hold(opened: OpenCase, *, at: datetime, why: str | None = None) -> None:
    """End every hold of the case. Raises NoRight; NoSuchEntry where none stands."""
    opened.by.must(Right.SHRED_CASES)
    with changing(opened, Deed.ENTRY_REMOVED, at=at) as change:
        holds = [row for row in change.rows if row.kind == Hold.kind and not row.removed]
        if not holds:
            raise NoSuchEntry(case=opened.code)
        for row in holds:
            change.remove(row.code, why, expected_revision=row.revision)
        change.facts |= {"kind": Hold.kind, "entries": len(holds)}
