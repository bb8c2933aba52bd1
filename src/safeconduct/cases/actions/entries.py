"""Something told of a case: added, changed, removed. Nothing is lost: what stood before stays in the history."""

from __future__ import annotations

from datetime import datetime

from safeconduct.cases.actions.changing import Change, changing
from safeconduct.cases.entries import (
    Assessed,
    Caller,
    Decision,
    Document,
    Handover,
    Hold,
    Person,
    PleaTold,
    SafeContact,
    Talk,
    Told,
)
from safeconduct.cases.reading import OpenCase
from safeconduct.core.errors import NoSuchEntry
from safeconduct.journal.deeds import Deed
from safeconduct.people.permissions import Right

# Kinds that have an action of their own, because more than the entry changes with them.
_ELSEWHERE = frozenset({Document.kind, Handover.kind, Talk.kind})
# What arrived and what the rulebook said: nobody writes these anew in words of their own.
_AS_IT_WAS = frozenset({PleaTold.kind, Assessed.kind})


def add_entry(opened: OpenCase, told: Told, *, at: datetime, code: str | None = None) -> str:
    """Add what was told; the entry's code.

    `code` may be one that the form reserved (`new_entry_code`): the same sent twice is saved once. Raises CodeTaken
    where that code was used for another text, CaseFull, NotOursToChange, and what `to_bytes` raises.
    """
    _refuse_elsewhere(opened, told.kind)
    with changing(opened, Deed.ENTRY_ADDED, at=at) as change:
        refer(change, told)
        added = change.add(told, code=code)
        change.facts |= {"kind": told.kind, "entry": added}
    return added


def change_entry(
    opened: OpenCase, code: str, told: Told, *, expected_revision: int, at: datetime
) -> None:
    """Write an entry anew, if it still stands at the revision that the writer began from.

    Raises ChangedMeanwhile: nobody overwrites anybody, and the caller still holds what was typed. NoSuchEntry.
    """
    _refuse_elsewhere(opened, told.kind)
    if told.kind in _AS_IT_WAS:
        raise NoSuchEntry(case=opened.code)
    with changing(opened, Deed.ENTRY_CHANGED, at=at) as change:
        refer(change, told)
        change.change(code, told, expected_revision=expected_revision)
        change.facts |= {"kind": told.kind, "entry": code}


def remove_entry(
    opened: OpenCase, code: str, *, expected_revision: int, at: datetime, why: str | None = None
) -> None:
    """It no longer stands; its history stays until the case is shredded.

    Raises as `change_entry`; NoRight for a hold, which anybody may add and a coordinator alone ends.
    """
    with changing(opened, Deed.ENTRY_REMOVED, at=at) as change:
        kind = change.now.kind_of(code).kind
        if kind == Handover.kind:
            raise NoSuchEntry(case=opened.code)
        if kind == Hold.kind:
            opened.by.must(Right.SHRED_CASES)
        change.remove(code, why, expected_revision=expected_revision)
        change.facts |= {"kind": kind, "entry": code}


def _refuse_elsewhere(opened: OpenCase, kind: str) -> None:
    if kind in _ELSEWHERE:
        raise NoSuchEntry(case=opened.code)


def refer(change: Change, told: Told) -> None:
    """Entries that an entry names are of the same case. Raises NoSuchEntry."""
    named = set(told.members) if isinstance(told, Decision) else set()
    person = getattr(told, "person", None)
    people = {Person.kind}
    if isinstance(told, SafeContact | Talk):
        people.add(Caller.kind)  # who asks is called too, and is told of
        person = told.caller if isinstance(told, Talk) else person
    named |= {person} if person else set()
    if not named <= {row.code for row in change.rows if row.kind in people}:
        raise NoSuchEntry(case=change.cover.code)
