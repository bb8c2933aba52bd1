"""What an authority decided, put on record."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from safeconduct.cases.actions.entries import add_entry
from safeconduct.cases.entries import Decision, Outcome
from safeconduct.cases.reading import OpenCase


def record_decision(
    opened: OpenCase,
    *,
    scheme: str,
    outcome: Outcome,
    at: datetime,
    members: Collection[str] = (),
    authority: str | None = None,
    reference: str | None = None,
    decided_on: date | None = None,
    valid_until: date | None = None,
    words: str | None = None,
    code: str | None = None,
) -> str:
    """A decision for the whole household, or for the members named by their entries; the entry's code.

    Raises NoSuchEntry for a member who is no person of this case, and as `add_entry`.
    """
    told = Decision(
        scheme=scheme,
        outcome=outcome,
        members=tuple(members),
        authority=authority,
        reference=reference,
        decided_on=decided_on,
        valid_until=valid_until,
        words=words,
    )
    return add_entry(opened, told, at=at, code=code)
