"""The one write: a line at the end of the chain, in the transaction of the deed it tells of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from safeconduct.core.errors import HeadNotAsWritten
from safeconduct.journal.chain import BEGINNING, hash_of
from safeconduct.journal.deeds import Deed
from safeconduct.journal.facts import NO_FACTS, checked_code, checked_facts, checked_words
from safeconduct.journal.heads import note_if_due
from safeconduct.journal.models import Head, Line


@dataclass(frozen=True, slots=True)
class Actor:
    """Who did it, by codes; both empty for what the software does by itself."""

    member: str = ""
    office: str = ""


BY_ITSELF = Actor()


@dataclass(frozen=True, slots=True)
class Told:
    """What one of several lines tells beside the deed, who and when."""

    about: str = ""
    revision: int | None = None
    purpose: str = ""
    facts: Mapping[str, str | int] = field(default_factory=lambda: NO_FACTS)


def write_line(
    deed: Deed,
    *,
    by: Actor,
    at: datetime,
    about: str = "",
    revision: int | None = None,
    purpose: str = "",
    facts: Mapping[str, str | int] = NO_FACTS,
) -> Line:
    """Append a line. Call it last within the transaction of the deed: from here on other writers wait.

    Raises JournalTakesNoWords where a fact is neither a code nor a small number, or `about` no code, or the
    purpose no fixed word: then the deed is undone with its transaction.
    """
    told = [Told(about=about, revision=revision, purpose=purpose, facts=facts)]
    return write_lines(deed, told, by=by, at=at)[0]


def write_lines(deed: Deed, told: Sequence[Told], *, by: Actor, at: datetime) -> list[Line]:
    """Several lines of one deed, one after the other, where one transaction does it to many. Raises as `write_line`."""
    assert transaction.get_connection().in_atomic_block, "a line belongs to its deed's transaction"
    assert at.tzinfo is not None, "a time without a zone"
    columns = [_checked(deed, each, by=by, at=at) for each in told]
    head = _head_to_move()
    lines = []
    for each in columns:
        each["number"] = head.number + 1
        line = Line(**each, hash=hash_of(bytes(head.hash), each))
        lines.append(line)
        head.number, head.hash = line.number, line.hash
        # One by one: the database lets the head move by one line, and by no more (append_only).
        head.save(update_fields=["number", "hash"])
    Line.objects.bulk_create(lines)
    last = head.number
    transaction.on_commit(lambda: note_if_due(deed, number=last, at=at), robust=True)
    return lines


def _checked(deed: Deed, told: Told, *, by: Actor, at: datetime) -> dict[str, Any]:
    return {
        "at": at,
        "member": checked_code(by.member, place="the member", most=12),
        "office": checked_code(by.office, place="the office", most=12),
        "deed": deed.value,
        "about": checked_code(told.about, place="what it is about"),
        "revision": told.revision,
        "purpose": checked_words(told.purpose, place="the purpose"),
        "facts": checked_facts(told.facts),
    }


def _head_to_move() -> Head:
    head = Head.objects.select_for_update().filter(id=1).first()
    if head is None:
        # Two first writers may meet here; the second waits for the first and finds its head.
        Head.objects.bulk_create([Head(id=1, number=0, hash=BEGINNING)], ignore_conflicts=True)
        head = Head.objects.select_for_update().get(id=1)
        if head.number == 0 and Line.objects.exists():
            raise HeadNotAsWritten(last=Line.objects.latest("number").number)
    return head
