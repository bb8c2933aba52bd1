"""A case's two keys: made, shared, renewed, shredded. Written before the main database refers to them.

Anybody can wrap a key to an office's public key. So the keys of an office's own cases are wrapped for a purpose that
holds the office's voucher, and open in no other form. Another office has no secret in common with the giver: what it
was lent is wrapped without, and opens only where the caller says that the case is another office's.

Versions are numbered by the key store and never used twice, and what is wrapped under one is never replaced by
another key: of two who renew a case at once, each has a version of their own, and main takes one of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db import transaction

from safeconduct.core.errors import NoKey
from safeconduct.vault.keyring import Keyring
from safeconduct.vault.models import CaseKey, Part
from safeconduct.vault.sealing import SealKey, new_seal_key
from safeconduct.vault.wrapping import Unwrapper, with_voucher, wrap

KEYS = "keys"
BOTH = (Part.CARD, Part.CONTENTS)
# SQLite takes 32,766 values in one question by default; PostgreSQL 65,535.
_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class CaseKeys:
    """The keys of one case in one version. `contents` is None for an office that was given the card alone."""

    case: str
    card: SealKey
    contents: SealKey | None

    def of(self, part: str) -> SealKey:
        """Raises NoKey for contents that this office was not given."""
        key = self.card if part == Part.CARD else self.contents
        if key is None:
            raise NoKey(about=f"the contents of case {self.case}")
        return key


@dataclass(frozen=True, slots=True)
class Share:
    """An office that is to have a case's keys: its current public key, and which parts."""

    office: str
    generation: int
    public: bytes
    parts: Collection[Part] = BOTH


@transaction.atomic(using=KEYS)
def new_case_keys(
    ring: Keyring, *, case: str, office: str, generation: int, public: bytes
) -> CaseKeys:
    """Two new keys for a case, wrapped to its office, whose key is on the ring. Raises KeysLocked."""
    return _made(ring, case, 1, [Share(office, generation, public)])


@transaction.atomic(using=KEYS)
def new_many_case_keys(
    ring: Keyring, *, cases: Collection[str], office: str, generation: int, public: bytes
) -> dict[str, CaseKeys]:
    """The same for many cases of one office, in one statement. Raises KeysLocked."""
    share = Share(office, generation, public)
    made = {case: CaseKeys(case, new_seal_key(1), new_seal_key(1)) for case in cases}
    CaseKey.objects.bulk_create(row for keys in made.values() for row in _rows(ring, keys, [share]))
    return made


@transaction.atomic(using=KEYS)
def renew_case_keys(ring: Keyring, *, case: str, shares: Iterable[Share]) -> CaseKeys:
    """Two new keys for a case that has some, in a version of its own, wrapped to these offices alone.

    The ring is of the case's own office.

    Then, in one transaction of the main database, every value is sealed anew and the case's `key_version` moved on,
    if it is still the one that was read; then `drop_versions_before`. Cut off at any point, the case opens under the
    version that main names, and the other is swept. Raises NoKey for a case without keys: it was shredded.
    """
    # Held, so that two numbers are drawn one after the other where the database has row locks.
    held = CaseKey.objects.select_for_update().filter(case=case).values_list("version", flat=True)
    versions = list(held)
    if not versions:
        raise NoKey(about=f"case {case}")
    return _made(ring, case, max(versions) + 1, shares)


@transaction.atomic(using=KEYS)
def share_case_keys(
    keys: CaseKeys,
    *,
    office: str,
    generation: int,
    public: bytes,
    parts: Collection[Part] = BOTH,
) -> None:
    """Wrap a case's keys to another office; `parts` may be the card alone."""
    for part in parts:
        CaseKey.objects.update_or_create(
            case=keys.case,
            part=part,
            version=keys.of(part).version,
            office=office,
            defaults={
                "generation": generation,
                "wrapped": _wrapped(None, keys, part, Share(office, generation, public)),
                "orphan_since": None,
            },
        )


def open_case_keys(ring: Keyring, *, case: str, version: int, own: bool = True) -> CaseKeys:
    """The keys of a case as the ring's office has them. `own` is False for a case that another office shares.

    Raises NoKey, KeyDoesNotFit, KeysLocked.
    """
    found = open_many_case_keys(ring, {case: version}, shared=() if own else {case})
    if case not in found:
        raise NoKey(about=f"case {case}")
    return found[case]


def open_many_case_keys(
    ring: Keyring,
    versions: Mapping[str, int],
    *,
    shared: Collection[str] = (),
    parts: Collection[Part] = BOTH,
) -> dict[str, CaseKeys]:
    """The keys of many cases, each in the version told; cases that the ring's office has no card key of are left out.

    `shared` are the cases among them that belong to another office. For search and matching: the private key is made
    ready once. Raises KeyDoesNotFit, KeysLocked.
    """
    opened: dict[str, dict[str, SealKey]] = {}
    ready: dict[int, Unwrapper] = {}
    cases = list(versions)
    for start in range(0, len(cases), _AT_ONCE):
        rows = CaseKey.objects.filter(
            case__in=cases[start : start + _AT_ONCE],
            office=ring.office or "",
            part__in=[Part.CARD, *parts],
        )
        for row in rows:
            if row.version == versions[row.case]:
                own = row.case not in shared
                opened.setdefault(row.case, {})[row.part] = opened_row(ring, row, ready, own=own)
    return {
        case: CaseKeys(case, found[Part.CARD], found.get(Part.CONTENTS))
        for case, found in opened.items()
        if Part.CARD in found
    }


def opened_row(ring: Keyring, row: CaseKey, ready: dict[int, Unwrapper], *, own: bool) -> SealKey:
    """One wrapped key opened. `ready` remembers private keys between rows. Raises KeyDoesNotFit, KeysLocked."""
    private = ring.office_key(row.generation)
    if row.generation not in ready:
        ready[row.generation] = Unwrapper(private)
    purpose = purpose_of(row.case, row.part, row.version, row.office, row.generation)
    if own:
        purpose = with_voucher(private, purpose)
    raw = ready[row.generation].unwrap(bytes(row.wrapped), purpose=purpose)
    return SealKey(raw, row.version)


@transaction.atomic(using=KEYS)
def drop_versions_before(case: str, version: int) -> int:
    """Forget the keys that a renewed case no longer uses; how many that were."""
    return CaseKey.objects.filter(case=case, version__lt=version).delete()[0]


@transaction.atomic(using=KEYS)
def shred_case_keys(case: str) -> int:
    """Destroy every copy of a case's keys here: nothing sealed under them can be read again.

    Call `wiping.wipe_what_was_deleted` next, outside of any transaction.
    """
    return CaseKey.objects.filter(case=case).delete()[0]


def purpose_of(case: str, part: str, version: int, office: str, generation: int) -> str:
    return f"case {case} {part} version {version} to office {office} generation {generation}"


def _made(ring: Keyring, case: str, version: int, shares: Iterable[Share]) -> CaseKeys:
    keys = CaseKeys(case, new_seal_key(version), new_seal_key(version))
    # Insert only: keys that something may be sealed under already are never written over.
    CaseKey.objects.bulk_create(_rows(ring, keys, shares))
    return keys


def _rows(ring: Keyring, keys: CaseKeys, shares: Iterable[Share]) -> Iterator[CaseKey]:
    for share in shares:
        for part in share.parts:
            yield CaseKey(
                case=keys.case,
                part=part,
                version=keys.card.version,
                office=share.office,
                generation=share.generation,
                wrapped=_wrapped(ring if share.office == ring.office else None, keys, part, share),
            )


def _wrapped(own: Keyring | None, keys: CaseKeys, part: Part, share: Share) -> bytes:
    """For the office of the ring `own`, or for another."""
    key = keys.of(part)
    purpose = purpose_of(keys.case, part, key.version, share.office, share.generation)
    if own is not None:
        purpose = with_voucher(own.office_key(share.generation), purpose)
    return wrap(share.public, key.raw, purpose=purpose)
