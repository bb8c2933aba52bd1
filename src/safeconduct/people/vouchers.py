"""What an office vouches for in the main database: what its members may and come in by, and who was given leave.

Whoever can write there and holds no key of the office makes no voucher. An older row put back carries one that is
good; so every change of a member's standing is a line of the journal with a higher revision, and a row that lags
behind it is not believed. Operators have no office: they vouch for themselves, by their own key.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from itertools import chain
from typing import Final

from django.db.models import Exists, OuterRef, Q

from safeconduct.core.errors import NotVouchedFor
from safeconduct.journal.deeds import Deed
from safeconduct.journal.models import Line
from safeconduct.journal.queries import last_revision
from safeconduct.people.models import Grant, Member, Office
from safeconduct.people.second_factors import factors_of
from safeconduct.vault.keyring import Keyring
from safeconduct.vault.wrapping import is_vouched, vouched

Row = Member | Grant
VOUCHER: Final = ("voucher", "voucher_generation")
STANDING: Final = ("roles", "factors", "standing", *VOUCHER)
# What no second factors amount to: its member comes in again once a coordinator has invited them anew.
NOT_KNOWN: Final = "not known"
_BY_ONESELF: Final = 0


def vouch_for(ring: Keyring, row: Row) -> None:
    """Set the row's voucher; the caller saves it, and holds the office's row. Raises KeysLocked."""
    generation = _current(row)
    row.voucher = vouched(_keys(ring, row).get(generation, b""), *_what(row))
    row.voucher_generation = generation


def is_vouched_for(ring: Keyring, row: Row) -> bool:
    """Whether the row is as the office left it. Raises KeysLocked for a ring that was closed."""
    keys, generation, current = _keys(ring, row), row.voucher_generation, _current(row)
    if row.voucher is None or generation is None or generation not in keys or generation > current:
        return False
    if generation < current and _somebody_left_since(row.office_id, generation):
        return False
    return is_vouched(keys[generation], bytes(row.voucher), *_what(row))


def stands(ring: Keyring, member: Member) -> bool:
    """Whether roles and second factors are as the office left them last. Raises KeysLocked."""
    return is_vouched_for(ring, member) and not _lags(member)


def check_standing(ring: Keyring, member: Member) -> None:
    """Before a member's roles are believed, at every page. Raises NotVouchedFor, KeysLocked."""
    if not stands(ring, member):
        raise NotVouchedFor(about="this member")


def check_at_the_door(ring: Keyring, member: Member) -> None:
    """The same, and that their second factors are those which they set up. Raises NotVouchedFor, KeysLocked."""
    if member.factors != factors_of(member):
        # Perhaps one was set up in another window between the two looks.
        member.refresh_from_db(fields=STANDING)
        if member.factors != factors_of(member):
            raise NotVouchedFor(about="this member")
    check_standing(ring, member)


def stands_anew(ring: Keyring, member: Member) -> None:
    """Roles or second factors were changed: the next revision, with its voucher.

    The caller holds the rows of office and member, looked first whether the member stood, saves STANDING and tells
    the journal the revision.
    """
    member.standing = max(member.standing, last_revision(member.code) or 0) + 1
    vouch_for(ring, member)


def rows_vouched_for(ring: Keyring, office: Office, *, at: datetime) -> list[Row]:
    """What must follow when the office's key turns: its members, requests and live grants, the altered ones left out.

    Those stay without a good voucher, as they were.
    """
    alive = Q(granted=None) | Q(granted=True, ends_at__gt=at)
    rows: Iterable[Row] = chain(
        Member.objects.filter(office=office, left_at=None),
        Grant.objects.filter(alive, office=office),
    )
    sound = []
    for row in rows:
        row.office = office
        if is_vouched_for(ring, row):
            sound.append(row)
    return sound


def vouch_anew(ring: Keyring, rows: Iterable[Row], office: Office) -> None:
    """By the office's newest key, for rows that the one before vouched for."""
    for row in rows:
        row.office = office
        vouch_for(ring, row)
        row.save(update_fields=VOUCHER)


def _keys(ring: Keyring, row: Row) -> Mapping[int, bytes]:
    if row.office_id is None:
        return {_BY_ONESELF: ring.own_key()}
    keys = ring.office_keys
    if not keys:
        ring.own_key()  # closed, or it never had any; a job's ring has these and no key of a member's own
    return keys


def _current(row: Row) -> int:
    return row.office.generation if row.office is not None else _BY_ONESELF


def _somebody_left_since(office: str | None, generation: int) -> bool:
    """Whoever left has the older key. One that `restore` found newer than the main database took it from nobody."""
    turned = Line.objects.filter(deed=Deed.MEMBER_LEFT, office=office or "")
    return turned.filter(facts__generation__gt=generation).exists()


def _lags(member: Member) -> bool:
    # Both as they stand now, in one look: a change between two looks is no row put back.
    later = Line.objects.filter(about=OuterRef("code"), revision__gt=OuterRef("standing"))
    return Member.objects.filter(Exists(later), code=member.code).exists()


def _what(row: Row) -> tuple[bytes, bytes]:
    if isinstance(row, Member):
        told = [row.code, row.office_id, row.roles, row.factors, row.standing]
        return b"standing", json.dumps(told).encode()
    times = [
        each and each.astimezone(UTC).isoformat()
        for each in (row.asked_at, row.decided_at, row.ends_at)
    ]
    told = [row.code, row.member_id, row.office_id, row.case, row.granted, row.broke_glass]
    return b"grant", json.dumps([*told, row.decided_by_id, *times]).encode()
