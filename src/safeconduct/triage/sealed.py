"""What this room seals to its office: reasons, and which cases are alike. Sealed anew when the office's key turns."""

from __future__ import annotations

from safeconduct.cases.actions.offices import LockedOffice
from safeconduct.people.models import Office
from safeconduct.triage import overriding
from safeconduct.triage.models import LikeCases, RulesInForce
from safeconduct.triage.vouching import is_vouched_for, vouch_for
from safeconduct.vault.keyring import Keyring
from safeconduct.vault.sealing import Place
from safeconduct.vault.to_office import open_from_office, seal_to_office, sealed_anew


def seal_text(office: LockedOffice, text: str, table: str, row: str, field: str) -> bytes:
    return seal_to_office(
        office.public, text, Place(table, row, field, 1), generation=office.row.generation
    )


def why_of(ring: Keyring, row: RulesInForce) -> str:
    """Why a rulebook was put in force; empty where that was forgotten. Raises SealBroken, KeysLocked."""
    if not bytes(row.sealed_why):
        return ""
    return open_from_office(ring, bytes(row.sealed_why), _why(row))


def groups_of(ring: Keyring, report: LikeCases) -> str:
    """The groups of a finished report, as they were written. Raises SealBroken, KeysLocked."""
    return open_from_office(ring, bytes(report.sealed or b""), _groups(report))


def reseal(ring: Keyring, office: Office) -> int:
    """To the office's newest key, before older ones are dropped; how many there were. May be run again."""
    public, generation = bytes(office.public), office.generation
    count = overriding.reseal(ring, office)
    for row in RulesInForce.objects.filter(office=office):
        if bytes(row.sealed_why):
            row.sealed_why = sealed_anew(
                ring, bytes(row.sealed_why), _why(row), public=public, generation=generation
            )
        if is_vouched_for(ring, row):
            vouch_for(ring, row, office)
        row.save(update_fields=["sealed_why", "voucher", "voucher_generation"])
        count += 1
    for report in LikeCases.objects.filter(office=office, sealed__isnull=False):
        sealed = bytes(report.sealed or b"")
        report.sealed = sealed_anew(
            ring, sealed, _groups(report), public=public, generation=generation
        )
        report.save(update_fields=["sealed"])
        count += 1
    return count


def _why(row: RulesInForce) -> Place:
    return Place("triage_rulesinforce", str(row.pk), "why", 1)


def _groups(report: LikeCases) -> Place:
    return Place("triage_likecases", report.code, "groups", 1)
