"""The family's consent, recipient by recipient, with its days; withdrawing is as easy as giving."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from safeconduct.cases.actions.changing import changing
from safeconduct.cases.actions.entries import add_entry
from safeconduct.cases.entries import Consent, Extent
from safeconduct.cases.reading import Kept, OpenCase
from safeconduct.journal.deeds import Deed


def give_consent(
    opened: OpenCase,
    *,
    recipient: str,
    extent: Extent,
    given_on: date,
    told_by: str,
    at: datetime,
    until: date | None = None,
    person: str | None = None,
    code: str | None = None,
) -> str:
    """Record that one recipient may be told; the entry's code. `told_by` says who agreed, and how."""
    told = Consent(
        recipient=recipient,
        extent=extent,
        given_on=given_on,
        told_by=told_by,
        until=until,
        person=person,
    )
    return add_entry(opened, told, at=at, code=code)


def withdraw_consent(
    opened: OpenCase,
    code: str,
    *,
    withdrawn_on: date,
    told_by: str,
    expected_revision: int,
    at: datetime,
) -> None:
    """From that day on the recipient may be told nothing more. Raises ChangedMeanwhile, NoSuchEntry."""
    with changing(opened, Deed.ENTRY_CHANGED, at=at) as change:
        given = change.now.entry(code, Consent).says
        told = replace(given, withdrawn_on=withdrawn_on, withdrawal_told_by=told_by)
        change.change(code, told, expected_revision=expected_revision)
        change.facts |= {"kind": told.kind, "entry": code, "withdrawn": "yes"}


def consents_for(opened: OpenCase, recipient: str, *, on: date) -> list[Kept[Consent]]:
    """The consents that hold for this recipient on that day. None of them: nothing may leave."""
    return [
        each
        for each in opened.entries(Consent)
        if each.says.recipient == recipient and each.says.holds_on(on)
    ]
