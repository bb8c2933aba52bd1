"""What an office vouches for of its overrides and rules: whoever can write into the database and holds no key raises
nobody, and puts no rulebook in force.
"""

from __future__ import annotations

import json
from datetime import UTC

from safeconduct.core.errors import KeysLocked
from safeconduct.people.models import Office
from safeconduct.triage.models import Override, RulesInForce
from safeconduct.vault.keyring import Keyring
from safeconduct.vault.wrapping import is_vouched, vouched

Row = Override | RulesInForce


def vouch_for(ring: Keyring, row: Row, office: Office) -> None:
    """Set the row's voucher, by the office's key as it is now; the caller saves it. Raises KeysLocked."""
    row.voucher_generation = office.generation
    row.voucher = vouched(ring.office_key(office.generation), *_what(row))


def is_vouched_for(ring: Keyring, row: Row) -> bool:
    """Whether it stands as a member of the office left it. A key that the ring no longer has vouches for nothing.

    Raises KeysLocked for a ring that was closed: that says nothing of the row.
    """
    keys = ring.office_keys
    if not keys:
        raise KeysLocked
    key = keys.get(row.voucher_generation)
    return key is not None and is_vouched(key, bytes(row.voucher), *_what(row))


def _what(row: Row) -> tuple[bytes, ...]:
    if isinstance(row, RulesInForce):
        rules = [row.pk, row.office_id, row.loaded_id, row.version, row.by_id]
        since = row.since.astimezone(UTC).isoformat()
        return b"rules in force", json.dumps([*rules, since]).encode()
    # Its end too: one that is over does not rise again by an empty column.
    moments = (row.asked_at, row.decided_at, row.ended_at)
    times = [each and each.astimezone(UTC).isoformat() for each in moments]
    told = [row.code, row.case, row.office_id, row.band, row.until.isoformat(), row.agreed]
    return b"override", json.dumps([*told, row.asked_by_id, row.decided_by_id, *times]).encode()
