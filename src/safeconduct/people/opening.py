"""How a member's keys are opened. There is no password hash: what opens the key is the passphrase."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from django.conf import settings
from django.contrib.auth.backends import BaseBackend
from django.db.models.functions import Coalesce

from safeconduct.core.errors import HandleTaken, PassphraseWeak, WrongPassphrase
from safeconduct.journal.deeds import Deed
from safeconduct.journal.models import Line
from safeconduct.people.models import Member, Office
from safeconduct.people.vouchers import check_at_the_door
from safeconduct.vault.actions.members import open_by_passphrase
from safeconduct.vault.actions.offices import open_office_keys
from safeconduct.vault.keyring import Keyring
from safeconduct.vault.models import MemberKey
from safeconduct.vault.passphrases import locked_by_passphrase
from safeconduct.vault.wrapping import fingerprint

# NIST SP 800-63B-4 (3.1.1.2) asks for 15 signs where the words may be tried without the second factor; a thief
# of the key store tries them so.
SHORTEST_PASSPHRASE: Final = 15
FEWEST_DIFFERENT: Final = 6
_TELLS_THE_KEY: Final = (Deed.OFFICE_OPENED, Deed.MEMBER_LEFT, Deed.KEY_RENEWED)
_HANDLE: Final = re.compile(r"[a-z0-9][a-z0-9.-]{1,39}")


class OpensWithPassphrase(BaseBackend):
    """Whose session this is. It lets nobody in by itself: `actions.entering` does, with keys."""

    def get_user(self, user_id: str) -> Member | None:
        return Member.objects.select_related("office").filter(code=user_id, left_at=None).first()


def member_of(handle: str) -> Member | None:
    """The active member of that handle."""
    return (
        Member.objects.select_related("office")
        .filter(handle=read_handle(handle), left_at=None)
        .first()
    )


def unlocked(member: Member | None, passphrase: str) -> Keyring:
    """The member's ring with their office's keys on it. Raises WrongPassphrase, KeySwapped, NoKey, NotVouchedFor.

    Nobody at all costs the same time as a wrong passphrase.
    """
    key = MemberKey.objects.filter(member=member.code if member else "").first()
    if member is None or key is None or key.by_passphrase is None:
        spend_the_time_of_opening(passphrase)
        raise WrongPassphrase
    revision = revision_to_open(member, key.revision)
    ring = open_by_passphrase(member=member.code, passphrase=passphrase, revision=revision)
    with_office_keys(ring, member)
    check_at_the_door(ring, member)
    if revision != member.key_revision:
        Member.objects.filter(code=member.code).update(
            key_revision=revision, welcomed_at=Coalesce("welcomed_at", "admitted_at")
        )
        member.key_revision = revision
    return ring


def revision_to_open(member: Member, stored: int) -> int:
    """The key store is written first, so that a cut between the two leaves it one revision ahead.

    An older copy put back lags instead, and does not open.
    """
    return stored if stored == member.key_revision + 1 else member.key_revision


def with_office_keys(ring: Keyring, member: Member) -> Keyring:
    """Put the office's keys on the ring, all generations that it does not hold yet."""
    office = member.office
    if office is not None and office.generation not in ring.office_keys:
        open_office_keys(
            ring,
            office=office.code,
            generation=office.generation,
            public=bytes(office.public),
            told=keys_told(office),
        )
    return ring


def key_facts(office: Office) -> dict[str, str | int]:
    """What the journal keeps of an office's key: its generation, and its fingerprint in the shape of a code."""
    key = fingerprint(bytes(office.public)).replace(" ", "-")
    return {"generation": office.generation, "key": key}


def keys_told(office: Office) -> dict[int, str]:
    """The fingerprint of each generation as the journal told it first: what is added later changes none of them."""
    lines = Line.objects.filter(office=office.code, deed__in=_TELLS_THE_KEY).order_by("number")
    told: dict[int, str] = {}
    for facts in lines.values_list("facts", flat=True):
        told.setdefault(facts.get("generation", 0), str(facts.get("key", "")).replace("-", " "))
    return told


def spend_the_time_of_opening(passphrase: str) -> None:
    """One derivation, thrown away: a handle that nobody has must not answer sooner than one that somebody has."""
    locked_by_passphrase(
        b"nobody", passphrase, member="", revision=0, cost=settings.PASSPHRASE_COST
    )


# --- what may be chosen ------------------------------------------------------------------------


def read_handle(told: str) -> str:
    return unicodedata.normalize("NFKC", told).strip().casefold()


def chosen_handle(told: str) -> str:
    """A handle for a new member. Raises HandleTaken: a handle is never given a second time."""
    handle = read_handle(told)
    if not _HANDLE.fullmatch(handle) or Member.objects.filter(handle=handle).exists():
        raise HandleTaken
    return handle


def check_passphrase(passphrase: str, *, handle: str) -> None:
    """Raises PassphraseWeak. Long rather than odd: no rule about signs, no list of the names we know."""
    words = unicodedata.normalize("NFC", passphrase)
    if (
        len(words) < SHORTEST_PASSPHRASE
        or len(set(words)) < FEWEST_DIFFERENT
        or handle in words.casefold().replace(" ", "")
    ):
        raise PassphraseWeak(letters=SHORTEST_PASSPHRASE)
