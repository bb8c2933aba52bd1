"""What was said between us and whoever asks, and what is due to them next: written down together, or not at all."""

from __future__ import annotations

from datetime import date, datetime

from safeconduct.cases.actions.changing import Change, changing
from safeconduct.cases.actions.entries import refer
from safeconduct.cases.entries import Talk
from safeconduct.cases.reading import OpenCase
from safeconduct.journal.deeds import Deed


def record_talk(opened: OpenCase, talk: Talk, *, at: datetime, code: str | None = None) -> str:
    """Put a conversation on record; the entry's code. The case is due on the day that was promised, if one was.

    `code` may be one that the form reserved: the same sent twice is saved once, and moves the day once. Raises
    NoSuchEntry for a caller who is not of this case, and as `add_entry`.
    """
    with changing(opened, Deed.ENTRY_ADDED, at=at) as change:
        refer(change, talk)
        added = change.add(talk, code=code)
        change.facts |= {"kind": talk.kind, "entry": added}
        _be_due(change, talk.next_on)
    return added


def change_talk(
    opened: OpenCase, code: str, talk: Talk, *, expected_revision: int, at: datetime
) -> None:
    """Write a conversation anew. Another day than was promised before moves the case's day too.

    A promise that is taken out leaves the day where it stands: a case without a day is a case forgotten. Raises
    ChangedMeanwhile, NoSuchEntry.
    """
    with changing(opened, Deed.ENTRY_CHANGED, at=at) as change:
        refer(change, talk)
        before = change.now.entry(code, Talk).says.next_on
        change.change(code, talk, expected_revision=expected_revision)
        change.facts |= {"kind": talk.kind, "entry": code}
        if talk.next_on != before:
            _be_due(change, talk.next_on)


def _be_due(change: Change, on: date | None) -> None:
    """The cover's own revision moves too: whoever has it open elsewhere is told, and overwrites no promise."""
    if on is not None and change.cover.next_due != on and not change.repeated:
        change.cover.next_due = on
        change.cover.cover_revision += 1
        change.facts["due"] = on.isoformat()
