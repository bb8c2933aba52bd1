"""In whose name cards are shared with another office, and whether that still goes on.

A member stands for each agreement: whoever agreed, then whoever ended it. The office's key vouches for the row: cards
go to another office because of it, so whoever can write into the database and holds no key must not make one.
"""

from __future__ import annotations

import json
from datetime import UTC
from typing import Final

from safeconduct.core.errors import NotVouchedFor
from safeconduct.jobs.kinds import Run
from safeconduct.matching.models import CardsAgreement
from safeconduct.people.lent import lent_to
from safeconduct.people.models import Member, Office
from safeconduct.people.permissions import Right, may
from safeconduct.people.present import Present
from safeconduct.people.vouchers import stands
from safeconduct.vault.keyring import Keyring
from safeconduct.vault.wrapping import is_vouched, vouched

VOUCHER: Final = ("voucher", "voucher_generation")


def stands_for(row: CardsAgreement) -> str:
    """The code of the member in whose name cards are shared, or taken back."""
    return row.ended_by_id or row.by_id


def vouch_for(ring: Keyring, row: CardsAgreement) -> None:
    """Set the row's voucher, by the newest of the office's keys on the ring; the caller saves it. Raises KeysLocked."""
    row.voucher_generation = max(ring.office_keys, default=0)
    row.voucher = vouched(ring.office_key(row.voucher_generation), *_what(row))


def is_vouched_for(ring: Keyring, row: CardsAgreement) -> bool:
    """Whether it is as a member of the office left it. A key that the ring no longer has vouches for nothing."""
    key = ring.office_keys.get(row.voucher_generation)
    return key is not None and is_vouched(key, bytes(row.voucher), *_what(row))


def revouch(ring: Keyring, office: Office) -> int:
    """By the office's newest key, what an older one vouches for still; how many there were. May be run again."""
    rows = [
        row for row in CardsAgreement.objects.filter(office=office) if is_vouched_for(ring, row)
    ]
    for row in rows:
        row.voucher_generation = office.generation
        row.voucher = vouched(ring.office_key(office.generation), *_what(row))
        row.save(update_fields=VOUCHER)
    return len(rows)


def goes_on(by: Present, row: CardsAgreement) -> bool:
    """Whether its job still has a name to work in. Where not, a coordinator agrees, or ends it, once more in theirs."""
    member = (
        Member.objects.select_related("office")
        .filter(code=stands_for(row), office=row.office_id, left_at=None)
        .first()
    )
    return (
        member is not None
        and may(member, Right.SHARE_CARDS)
        and stands(by.ring, member)
        and is_vouched_for(by.ring, row)
    )


def in_whose_name(run: Run, row: CardsAgreement) -> Present:
    """Whoever stands for it, for its job: also where another one asked. Raises KeysNotGiven, NoRight, NotVouchedFor."""
    by = lent_to(run, stands_for(row))
    by.must(Right.SHARE_CARDS)
    if not is_vouched_for(by.ring, row):
        raise NotVouchedFor(about="this agreement")
    return by


def _what(row: CardsAgreement) -> tuple[bytes, ...]:
    times = [each and each.astimezone(UTC).isoformat() for each in (row.at, row.ended_at)]
    told = [row.code, row.office_id, row.other_id, row.by_id, row.ended_by_id, *times]
    return b"cards agreement", json.dumps(told).encode()
