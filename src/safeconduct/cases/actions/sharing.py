"""Another office reads a case, or its card alone; and no longer.

Taking back makes the case anew under keys that the other office never had. In this order, so that it may stop anywhere:
the new keys into the key store; every version sealed anew and the cover, in one transaction; then the other offices'
old keys out of the key store. Stopped before the second step, nothing happened; after it, `finish_interrupted` does
the third. Our own old keys stay: the case in an older backup opens with them.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from hashlib import sha256
from typing import Literal

from django.db import transaction

from safeconduct.cases.actions.changing import Change, change_within, changing
from safeconduct.cases.actions.offices import known_office, own_office
from safeconduct.cases.models import Case, Version
from safeconduct.cases.reading import OpenCase, paper_at
from safeconduct.cases.rows import EntryRow
from safeconduct.cases.wholeness import place_of
from safeconduct.core.errors import NotShared
from safeconduct.journal.deeds import Deed
from safeconduct.people.permissions import Right
from safeconduct.vault.actions.case_keys import (
    KEYS,
    CaseKeys,
    Share,
    renew_case_keys,
    share_case_keys,
)
from safeconduct.vault.actions.wiping import wipe_what_was_deleted
from safeconduct.vault.models import CaseKey, Part
from safeconduct.vault.sealing import open_sealed, seal

Extent = Literal["card", "all"]
_PARTS: dict[str, tuple[Part, ...]] = {
    "card": (Part.CARD,),
    "all": (Part.CARD, Part.CONTENTS),
}


def share_case(opened: OpenCase, office: str, *, extent: Extent, at: datetime) -> None:
    """Let another office read the case: its card alone, or all of it. Raises NoRight, OfficeNotConfirmed, NotShared.

    To give less than before, take the share back first.
    """
    opened.by.must(Right.SHARE_CASES)
    if office == opened.cover.office_id:
        raise NotShared(case=opened.code, office=office)
    with changing(opened, Deed.CASE_SHARED, at=at) as change:
        other = known_office(opened.by, office)
        if change.cover.shared_with.get(office) == "all" and extent == "card":
            raise NotShared(case=opened.code, office=office)
        # The key first: one that the cover does not tell of opens nothing.
        share_case_keys(
            change.keys,
            office=office,
            generation=other.row.generation,
            public=other.public,
            parts=_PARTS[extent],
        )
        change.cover.shared_with = {**change.cover.shared_with, office: extent}
        change.facts |= {"to": office, "part": extent}


def take_back_share(opened: OpenCase, offices: Collection[str], *, at: datetime) -> None:
    """These offices read the case no longer. What they read before they may have kept.

    Raises NoRight, NotShared; OfficeNotConfirmed where another one that keeps its share has a key that is not known.
    """
    opened.by.must(Right.SHARE_CASES)
    with transaction.atomic():
        change = change_within(opened.by, opened.code, at=at)
        for office in offices:
            if office not in change.cover.shared_with:
                raise NotShared(case=opened.code, office=office)
        stay = {x: e for x, e in change.cover.shared_with.items() if x not in offices}
        renewed = _renewed_keys(change, opened, stay)
        seal_under(change, renewed)
        change.cover.shared_with = stay
        change.facts |= {"offices": len(set(offices)), "keys": renewed.card.version}
        change.finish(Deed.SHARE_TAKEN_BACK)
    drop_stale_keys(opened.code)


def seal_under(change: Change, keys: CaseKeys) -> None:
    """Every version of the case, sealed anew for its own place under other keys."""
    for row in change.rows:
        old, new = change.keys.of(row.part), keys.of(row.part)
        for index, version in enumerate(row.versions):
            place = place_of(change.cover.code, row.code, row.kind, version.revision)
            sealed = seal(new, open_sealed(old, version.sealed, place), place)
            digest = _paper_under(change, keys, row, index)
            row.versions[index] = version._replace(sealed=sealed, paper_digest=digest)
            Version.objects.filter(entry_id=row.code, revision=version.revision).update(
                sealed=sealed, paper_digest=digest
            )
    change.keys = keys
    change.cover.key_version = keys.card.version


def drop_stale_keys(code: str) -> int:
    """Forget what other offices hold of a case's keys beyond what its cover tells; how many rows that were."""
    with transaction.atomic():
        # Held: a share that is being given or taken back has its own keys in between.
        cover = Case.objects.select_for_update().filter(code=code).first()
        if cover is None:
            return 0
        others = CaseKey.objects.filter(case=code).exclude(office=cover.office_id)
        with transaction.atomic(using=KEYS):
            shared = others.filter(version=cover.key_version, office__in=cover.shared_with)
            dropped = others.exclude(pk__in=list(shared.values_list("pk", flat=True))).delete()[0]
            if dropped:
                transaction.on_commit(wipe_what_was_deleted, using=KEYS, robust=True)
    return dropped


def _renewed_keys(change: Change, opened: OpenCase, stay: dict[str, str]) -> CaseKeys:
    own = own_office(opened.by)
    shares = [Share(own.row.code, own.row.generation, own.public)]
    for code, extent in stay.items():
        other = known_office(opened.by, code)
        shares.append(Share(code, other.row.generation, other.public, _PARTS[extent]))
    return renew_case_keys(opened.by.ring, case=change.cover.code, shares=shares)


def _paper_under(change: Change, keys: CaseKeys, row: EntryRow, index: int) -> bytes | None:
    """A document's bytes sealed anew, one at a time: they may be large. Its new digest. Raises SealBroken."""
    version = row.versions[index]
    if version.paper_digest is None:
        return None
    plain = paper_at(change.now, row.code, version.revision)
    place = place_of(change.cover.code, row.code, "paper", version.revision)
    sealed = seal(keys.of(row.part), plain, place)
    Version.objects.filter(entry_id=row.code, revision=version.revision).update(paper=sealed)
    return sha256(sealed).digest()
