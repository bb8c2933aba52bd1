"""Which override counts in a case on a day. One that the office does not vouch for counts in none."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Final

from safeconduct.cases.reading import OpenCase
from safeconduct.people.models import Office
from safeconduct.people.present import Present
from safeconduct.triage.models import Notice, Override
from safeconduct.triage.vouching import is_vouched_for, vouch_for
from safeconduct.vault.keyring import Keyring
from safeconduct.vault.sealing import Place
from safeconduct.vault.to_office import open_from_office, sealed_anew

LONGEST_DAYS: Final = 30  # assumption: what is true of a family for longer belongs into the rules


def live(case: str) -> Override | None:
    """The one that is waiting or agreed and not over, of any day; unchecked."""
    rows = Override.objects.filter(case=case, ended_at=None)
    return rows.select_related("office", "asked_by", "decided_by").first()


def standing_override(opened: OpenCase, *, on: date) -> tuple[Override | None, Override | None]:
    """The agreed one that counts on that day, and the one whose last day has passed, agreed or never decided.

    At most one of them is there. Ours alone: another office's overrides say nothing to our ring.
    """
    row = Override.objects.filter(case=opened.code, ended_at=None).first()
    if row is None:
        return None, None
    if row.until < on:
        return None, row
    return (row if row.agreed is True and _is_good(opened, row) else None), None


def in_force(opened: OpenCase, *, on: date) -> Override | None:
    return standing_override(opened, on=on)[0]


def run_out(opened: OpenCase, *, on: date) -> Override | None:
    return standing_override(opened, on=on)[1]


def history_of(opened: OpenCase) -> list[Override]:
    rows = Override.objects.filter(case=opened.code).order_by("-asked_at", "code")
    return list(rows.select_related("office", "asked_by", "decided_by", "ended_by"))


def reason_of(by: Present, row: Override) -> str:
    """Why it was asked for, as it was written. Raises SealBroken, KeysLocked."""
    return open_from_office(by.ring, bytes(row.sealed_reason), place_of(row.code))


def reseal(ring: Keyring, office: Office) -> int:
    """Reasons and vouchers of the office's overrides by its newest key; how many there were. May be run again."""
    rows = list(Override.objects.filter(office=office))
    for row in rows:
        sound = is_vouched_for(ring, row)
        row.sealed_reason = sealed_anew(
            ring,
            bytes(row.sealed_reason),
            place_of(row.code),
            public=bytes(office.public),
            generation=office.generation,
        )
        if sound:
            vouch_for(ring, row, office)
        row.save(update_fields=["sealed_reason", "voucher", "voucher_generation"])
    return len(rows)


def tell_of(row: Override, whom: Iterable[str | None], what: str, *, at: datetime) -> None:
    """A notice to each of these members; None is nobody."""
    members = sorted({member for member in whom if member})
    Notice.objects.bulk_create(
        Notice(override=row, member_id=member, what=what, at=at) for member in members
    )


def place_of(code: str) -> Place:
    return Place("triage_override", code, "reason", 1)


def _is_good(opened: OpenCase, row: Override) -> bool:
    ours = row.case == opened.code and row.office_id == opened.cover.office_id
    return ours and is_vouched_for(opened.by.ring, row)
