"""A member comes in and goes out. Every door is throttled before anything is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from safeconduct.core.errors import StaysShut, WrongPassphrase
from safeconduct.journal.actions import BY_ITSELF, Actor, write_line
from safeconduct.journal.deeds import Deed
from safeconduct.people.attempts import Bucket, claim
from safeconduct.people.models import Member
from safeconduct.people.opening import member_of, unlocked
from safeconduct.people.present import Present


def open_with_passphrase(
    *, handle: str, passphrase: str, doors: Sequence[tuple[Bucket, str]], at: datetime
) -> Present:
    """The first rung: keys that are not whole yet, so that nobody takes them from the board.

    Raises TryLater; StaysShut, in the same words and after the same time, for a handle that nobody has;
    KeySwapped or NoKey where the passphrase agreed and the stored keys do not.
    """
    a_try = claim(*doors, at=at)
    member = member_of(handle)
    try:
        ring = unlocked(member, passphrase)
    except WrongPassphrase as wrong:
        turned_away(member, step="passphrase", at=at)
        raise StaysShut from wrong
    assert member is not None
    a_try.give_back()
    return Present(member, ring)


@transaction.atomic
def come_in(member: Member, *, by_means_of: str, at: datetime) -> None:
    """The second rung: the second factor agreed, or none is asked for (`by_means_of`: totp, webauthn, none, kept)."""
    write_line(Deed.CAME_IN, by=_actor(member), at=at, facts={"second_factor": by_means_of})


@transaction.atomic
def go_out(member: Member, *, at: datetime) -> None:
    write_line(Deed.WENT_OUT, by=_actor(member), at=at)


@transaction.atomic
def turned_away(member: Member | None, *, step: str, at: datetime) -> None:
    """Also for a handle that nobody has, so that it takes as long. Who tried is not known: no actor is named."""
    by = Actor("", member.office_id or "") if member else BY_ITSELF
    about = member.code if member else ""
    write_line(Deed.TURNED_AWAY, by=by, at=at, about=about, facts={"step": step})


def _actor(member: Member) -> Actor:
    return Actor(member.code, member.office_id or "")
