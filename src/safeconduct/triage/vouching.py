"""What an office vouches for of its overrides: whoever can write into the database and holds no key raises nobody."""

from __future__ import annotations

import json
from datetime import UTC

from safeconduct.people.models import Office
from safeconduct.triage.models import Override
from safeconduct.vault.keyring import Keyring
from safeconduct.vault.wrapping import is_vouched, vouched


def vouch_for(ring: Keyring, row: Override, office: Office) -> None:
    """Set the row's voucher, by the office's key as it is now; the caller saves it. Raises KeysLocked."""
    row.voucher_generation = office.generation
    row.voucher = vouched(ring.office_key(office.generation), *_what(row))


def is_vouched_for(ring: Keyring, row: Override) -> bool:
    """Whether it stands as a member of the office left it. A key that the ring no longer has vouches for nothing."""
    key = ring.office_keys.get(row.voucher_generation)
    return key is not None and is_vouched(key, bytes(row.voucher), *_what(row))


def _what(row: Override) -> tuple[bytes, ...]:
    # Its end too: one that is over does not rise again by an empty column.
    moments = (row.asked_at, row.decided_at, row.ended_at)
    times = [each and each.astimezone(UTC).isoformat() for each in moments]
    told = [row.code, row.case, row.office_id, row.band, row.until.isoformat(), row.agreed]
    return b"override", json.dumps([*told, row.asked_by_id, row.decided_by_id, *times]).encode()
