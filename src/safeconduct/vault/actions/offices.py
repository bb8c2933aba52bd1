"""Offices' keys: made, given to members, opened, renewed when a member leaves.

The main database says which generation is current. A new one is written here first and given to everybody who
stays; until main follows, all work on with the one before, and an attempt that was cut off is made again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from itertools import pairwise

from django.db import transaction

from safeconduct.core.errors import KeyPutBack, KeySwapped, NoKey, StillWrapped
from safeconduct.vault.keyring import Keyring
from safeconduct.vault.models import CaseKey, MemberKey, OfficeKey
from safeconduct.vault.wrapping import (
    Unwrapper,
    fingerprint,
    is_vouched,
    new_pair,
    public_of,
    vouched,
    wrap,
)

KEYS = "keys"


@transaction.atomic(using=KEYS)
def new_office_key(ring: Keyring, *, office: str) -> bytes:
    """The first pair of an office, given to its first member, whose ring then holds it. The public key."""
    pair = new_pair()
    keys = {1: pair.private}
    _give(office, keys, member=ring.member, public=public_of(ring.own_key()))
    ring.office, ring.office_keys = office, keys
    return pair.public


@transaction.atomic(using=KEYS)
def give_office_key(ring: Keyring, *, member: str, public: bytes) -> None:
    """Wrap every generation that the giver was given to a member, and vouch for that member's public key."""
    office = _office_of(ring)
    ring.office_keys = _keys_on_hand(ring, office)
    _give(office, ring.office_keys, member=member, public=public)


def open_office_keys(
    ring: Keyring,
    *,
    office: str,
    generation: int,
    public: bytes,
    told: Mapping[int, str] | None = None,
) -> None:
    """Put every generation of the office's key on the ring, and compare the current one with what is stored.

    `told` are generations' fingerprints as they are known from elsewhere, the first and the current one among them.

    May be called again on a ring that is open, when the office's generation has moved on. Raises NoKey where this
    member was given none, KeySwapped where a key is not the office's own, KeyPutBack where case keys
    are wrapped to a newer generation than the main database knows of.
    """
    keys = _stored_keys(ring, office)
    if generation not in keys:
        raise NoKey(about="this office")
    if public_of(keys[generation]) != public:
        raise KeySwapped(about="this office")
    if told is not None:
        _check_told(keys, told, current=generation)
    # A generation that main does not know of yet is an attempt cut off; in use, it was known before.
    if CaseKey.objects.filter(office=office, generation__gt=generation).exists():
        raise KeyPutBack(about="this office")
    ring.office, ring.office_keys = office, keys


@transaction.atomic(using=KEYS)
def new_generation(ring: Keyring, *, members: Iterable[str]) -> tuple[int, bytes]:
    """Another pair for the office, given to these members alone: its generation and public key.

    Older generations stay with them until every case key is wrapped anew (`rewrapping`). Whoever is not among the
    members has no copy left from here on, whatever becomes of the main database. Raises KeySwapped where a member's
    stored public key is not the one that the office vouched for.
    """
    office = _office_of(ring)
    keys = _keys_on_hand(ring, office)
    stays = list(MemberKey.objects.filter(member__in=list(members)))
    for key in stays:
        _check_voucher(keys, key)
    pair = new_pair()
    # Above that of an attempt that was cut off, which is not taken up: somebody who leaves now may have had its key.
    generation = max(keys) + 1
    keys[generation] = pair.private
    OfficeKey.objects.filter(office=office).exclude(
        member__in=[key.member for key in stays]
    ).delete()
    for key in stays:
        _give(office, keys, member=key.member, public=bytes(key.public))
    ring.office_keys = keys
    return generation, pair.public


@transaction.atomic(using=KEYS)
def drop_generations_before(
    ring: Keyring, generation: int, *, still_sealed: Collection[int] = ()
) -> int:
    """Forget the office's older pairs, of which nothing is left; how many copies that were.

    `still_sealed` are the generations that words in the main database are sealed to (`to_office.generation_of`).
    Raises StillWrapped where a case key or such words still need an older one.
    """
    office = _office_of(ring)
    count = CaseKey.objects.filter(office=office, generation__lt=generation).count()
    count += sum(each < generation for each in still_sealed)
    if count:
        raise StillWrapped(count=count)
    dropped = OfficeKey.objects.filter(office=office, generation__lt=generation).delete()[0]
    ring.office_keys = {each: key for each, key in ring.office_keys.items() if each >= generation}
    return dropped


def _give(office: str, keys: Mapping[int, bytes], *, member: str, public: bytes) -> None:
    generations = sorted(keys)
    newest = generations[-1]
    for before, generation in zip([None, *generations], generations, strict=False):
        private = keys[generation]
        own_public = public_of(private)
        next_one = _next_generation(office, generation, own_public)
        OfficeKey.objects.update_or_create(
            office=office,
            generation=generation,
            member=member,
            defaults={
                "public": own_public,
                "wrapped": wrap(public, private, purpose=_purpose(office, generation, member)),
                "voucher": None if before is None else vouched(keys[before], *next_one),
            },
        )
    MemberKey.objects.filter(member=member).update(
        voucher=vouched(keys[newest], member.encode(), public), voucher_generation=newest
    )


def _keys_on_hand(ring: Keyring, office: str) -> dict[int, bytes]:
    """What the giver was given by now: a ring opened yesterday lacks the newest, and may hold what was dropped."""
    return _stored_keys(ring, office) or dict(ring.office_keys)


def _stored_keys(ring: Keyring, office: str) -> dict[int, bytes]:
    own = Unwrapper(ring.own_key())
    keys: dict[int, bytes] = {}
    vouchers: dict[int, bytes] = {}
    for row in OfficeKey.objects.filter(office=office, member=ring.member):
        purpose = _purpose(office, row.generation, ring.member)
        keys[row.generation] = own.unwrap(bytes(row.wrapped), purpose=purpose)
        vouchers[row.generation] = bytes(row.voucher or b"")
    if any(ring.office_keys.get(generation, key) != key for generation, key in keys.items()):
        raise KeySwapped(about="this office")  # another key since this ring was opened
    # Anybody can wrap a key to a member. The oldest is known by the journal, each later one by that before it.
    for before, generation in pairwise(sorted(keys)):
        what = _next_generation(office, generation, public_of(keys[generation]))
        if not is_vouched(keys[before], vouchers[generation], *what):
            raise KeySwapped(about="this office")
    return keys


def _check_told(keys: Mapping[int, bytes], told: Mapping[int, str], *, current: int) -> None:
    # The vouchers lead from each generation to the next; all could be exchanged together but for the first.
    for generation in {min(told, default=current), current}:
        private = keys.get(generation)
        if private is None or fingerprint(public_of(private)) != told.get(generation):
            raise KeySwapped(about="this office")


def _check_voucher(keys: Mapping[int, bytes], key: MemberKey) -> None:
    # By the newest alone: whoever left before it was made has the older ones, and could vouch with them.
    newest = max(keys)
    if (
        key.voucher_generation != newest
        or key.voucher is None
        or not is_vouched(keys[newest], bytes(key.voucher), key.member.encode(), bytes(key.public))
    ):
        raise KeySwapped(about="a member of this office")


def _next_generation(office: str, generation: int, public: bytes) -> tuple[bytes, ...]:
    return b"next generation", office.encode(), str(generation).encode(), public


def _office_of(ring: Keyring) -> str:
    if ring.office is None:
        raise NoKey(about="an office")
    return ring.office


def _purpose(office: str, generation: int, member: str) -> str:
    return f"office {office} generation {generation} to member {member}"
