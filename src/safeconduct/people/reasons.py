"""Why somebody asks for access, sealed to their office: an approver of it reads it, the database does not."""

from __future__ import annotations

from typing import Final

from safeconduct.core.errors import ReasonMissing
from safeconduct.people.models import Grant, Office
from safeconduct.people.present import Present
from safeconduct.vault.keyring import Keyring
from safeconduct.vault.sealing import Place
from safeconduct.vault.to_office import open_from_office, seal_to_office, sealed_anew

SHORTEST: Final = 15
LONGEST: Final = 2000


def seal_reason(reason: str, *, grant: str, office: Office, ring: Keyring) -> bytes:
    """Raises ReasonMissing for one that says nothing; KeySwapped where the office's stored key is not its own."""
    told = reason.strip()[:LONGEST]
    if len(told) < SHORTEST:
        raise ReasonMissing(letters=SHORTEST)
    public = ring.office_public(office.generation, stored=bytes(office.public))
    return seal_to_office(public, told, _place(grant), generation=office.generation)


def read_reason(by: Present, grant: Grant) -> str:
    """Raises SealBroken where it was altered or moved, KeysLocked for another office's."""
    return open_from_office(by.ring, bytes(grant.sealed_reason), _place(grant.code))


def reseal_reasons(ring: Keyring, office: Office) -> int:
    """To the office's newest key, before the older ones are dropped; how many there were. May be run again."""
    grants = Grant.objects.filter(office=office)
    for grant in grants:
        grant.sealed_reason = sealed_anew(
            ring,
            bytes(grant.sealed_reason),
            _place(grant.code),
            public=bytes(office.public),
            generation=office.generation,
        )
        grant.save(update_fields=["sealed_reason"])
    return len(grants)


def _place(grant: str) -> Place:
    return Place("people_grant", grant, "reason", 1)
