"""The public keys that a case's keys are wrapped to: never merely what the database shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hmac import compare_digest

from django.db import transaction

from safeconduct.cases.models import KnownOffice
from safeconduct.core.errors import FingerprintDiffers, OfficeNotConfirmed
from safeconduct.journal.actions import write_line
from safeconduct.journal.deeds import Deed
from safeconduct.people.models import Office
from safeconduct.people.permissions import Right
from safeconduct.people.present import Present
from safeconduct.vault.keyring import Keyring
from safeconduct.vault.wrapping import fingerprint, is_vouched, vouched


@dataclass(frozen=True, slots=True)
class LockedOffice:
    """An office whose row is held until the transaction ends, with a public key that was checked."""

    row: Office
    public: bytes


def own_office(by: Present) -> LockedOffice:
    """The member's own office. Raises KeySwapped where the stored public key is not its own; KeysLocked."""
    row = Office.objects.select_for_update(no_key=True).get(code=by.office.code)
    return LockedOffice(row, by.ring.office_public(row.generation, stored=bytes(row.public)))


def known_office(by: Present, code: str) -> LockedOffice:
    """Another office, by the key that this office compared over another channel.

    Also an office of this deployment: a first key taken as it stands would be that of whoever deleted the note and
    wrote their own into the row. Raises OfficeNotConfirmed before the first comparing, and where the key changed since.
    """
    row = Office.objects.select_for_update(no_key=True).filter(code=code).first()
    if row is None or not is_confirmed(by, row):
        raise OfficeNotConfirmed(office=code)
    return LockedOffice(row, bytes(row.public))


def confirm_office(by: Present, other: Office, *, told_fingerprint: str, at: datetime) -> None:
    """Somebody of that office read its fingerprint out, by another channel. Raises FingerprintDiffers, NoRight."""
    by.must(Right.SHARE_CASES)
    with transaction.atomic():
        row = Office.objects.select_for_update(no_key=True).get(code=other.code)
        if not compare_digest(_digits(told_fingerprint), _digits(fingerprint(bytes(row.public)))):
            raise FingerprintDiffers(office=row.code)
        _note(by, row, at=at)
        write_line(
            Deed.OFFICE_CONFIRMED,
            by=by.actor,
            at=at,
            about=row.code,
            facts={"generation": row.generation},
        )


def is_confirmed(by: Present, other: Office) -> bool:
    """Whether the key that stands there now is one that this office compared by another channel."""
    known = KnownOffice.objects.filter(office=by.office, other=other).first()
    return known is not None and _is_known(by.ring, known, other)


def revouch_known_offices(ring: Keyring, office: Office) -> int:
    """By the office's newest key, what an older one vouches for still; how many there were. May be run again."""
    known = KnownOffice.objects.filter(office=office, voucher_generation__lt=office.generation)
    vouched_anew = 0
    for each in known.select_related("other"):
        if _is_known(ring, each, each.other):
            each.voucher = vouched(ring.office_key(office.generation), *_what(each.other))
            each.voucher_generation = office.generation
            each.save(update_fields=["voucher", "voucher_generation"])
            vouched_anew += 1
    return vouched_anew


def _note(by: Present, row: Office, *, at: datetime) -> None:
    generation = max(by.ring.office_keys)
    voucher = vouched(by.ring.office_key(generation), *_what(row))
    KnownOffice.objects.update_or_create(
        office=by.office,
        other=row,
        defaults={
            "voucher": voucher,
            "voucher_generation": generation,
            "noted_by": by.member,
            "noted_at": at,
        },
    )


def _is_known(ring: Keyring, known: KnownOffice, row: Office) -> bool:
    # A generation that the ring no longer has cannot vouch any more: then the office is compared anew.
    private = ring.office_keys.get(known.voucher_generation)
    return private is not None and is_vouched(private, bytes(known.voucher), *_what(row))


def _what(row: Office) -> tuple[bytes, ...]:
    return b"known office", row.code.encode(), bytes(row.public)


def _digits(told: str) -> bytes:
    """Its letters and digits, however they were grouped."""
    return "".join(sign for sign in told if sign.isalnum()).lower().encode()
