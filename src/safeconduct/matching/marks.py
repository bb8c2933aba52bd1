"""What of a case is compared, and a mark by which it is known again when nothing of that changed."""

from __future__ import annotations

from safeconduct.cases.household import card_of
from safeconduct.cases.reading import OpenCase
from safeconduct.core.linkage.records import LinkRecord, record_of
from safeconduct.vault.models import Part
from safeconduct.vault.sealing import state_seal


def records_of(opened: OpenCase) -> list[LinkRecord]:
    """Its people as linkage asks for them; the ids are the codes of the entries."""
    household = card_of(opened)
    return [record_of(person, household) for person in household.people]


def mark_of(opened: OpenCase, records: list[LinkRecord] | None = None) -> bytes:
    """32 bytes that only a holder of the card's key can make: they tell nothing, and go with the key (law 14).

    Another under another key: after a share was taken back the case is compared once more.
    """
    told = records_of(opened) if records is None else records
    parts = [repr(each).encode("utf-8", "surrogatepass") for each in told]
    return state_seal(opened.keys.of(Part.CARD), parts, purpose=b"compared card")
