"""The cast. Alice and Bob work in one office; Charlie in another, and must see nothing of theirs.

Dana approves, Audrey audits and Otto operates in Alice's office; Carol coordinates it. Everyone is fictional.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import transaction
from django.test import Client

from safeconduct.config.clock import now
from safeconduct.core.codes import draw_code
from safeconduct.journal.actions import Actor, write_line
from safeconduct.journal.deeds import Deed
from safeconduct.people.models import Member, Office, Role
from safeconduct.people.opening import key_facts, unlocked
from safeconduct.people.present import Present
from safeconduct.people.second_factors import code_at, factors_of, keep_app
from safeconduct.people.sessions import _OPENED, _RING, _SINCE, BACKEND
from safeconduct.people.vouchers import STANDING, vouch_for
from safeconduct.vault.actions.members import new_member_key
from safeconduct.vault.actions.offices import give_office_key, new_office_key
from safeconduct.vault.keyring import BOARD
from safeconduct.vault.wrapping import public_of

AT = datetime(2021, 8, 15, 6, 0, tzinfo=UTC)
PASSPHRASE = "four plain words here"


def code() -> str:
    return draw_code(8, secrets.randbelow)


@dataclass
class Cast:
    """Everybody, unlocked. `recovery` holds each member's recovery code by handle."""

    home: Office
    other: Office
    alice: Present  # caseworker
    bob: Present  # caseworker, the same office
    carol: Present  # coordinator
    dana: Present  # approver
    audrey: Present  # auditor
    otto: Present  # operator: no office, shown nothing
    charlie: Present  # caseworker and coordinator of the other office
    recovery: dict[str, str]

    def everybody(self) -> dict[str, Present]:
        names = ("alice", "bob", "carol", "dana", "audrey", "otto", "charlie")
        return {name: getattr(self, name) for name in names}


def make_member(
    handle: str, *roles: Role, office: Office | None, by: Present | None = None
) -> tuple[Present, str]:
    """A member with unlocked keys and their recovery code. The office's key comes from `by`, or is made new."""
    member = Member.objects.create(
        code=code(),
        handle=handle,
        office=office,
        roles=[role.value for role in roles],
        admitted_at=AT,
        welcomed_at=AT,
    )
    ring, recovery = new_member_key(member=member.code, passphrase=PASSPHRASE)
    if office is not None and by is None:
        office.public = new_office_key(ring, office=office.code)
        office.save()
        with transaction.atomic():
            by_first = Actor(member.code, office.code)
            facts = key_facts(office)
            write_line(Deed.OFFICE_OPENED, by=by_first, at=AT, about=office.code, facts=facts)
    elif by is not None:
        give_office_key(by.ring, member=member.code, public=public_of(ring.private))
        ring.office, ring.office_keys = by.ring.office, dict(by.ring.office_keys)
    vouch_for(ring, member)
    member.save(update_fields=STANDING)
    return Present(member, ring), recovery


def give_app(present: Present, *, secret: str, at: datetime) -> None:
    """An app with codes as if the member had set it up, without the journal's line."""
    keep_app(present.member, secret=secret, code=code_at(secret, at), at=at)
    vouch_for_factors(present)


def vouch_for_factors(present: Present) -> None:
    """Whatever stands there now is what they set up."""
    present.member.factors = factors_of(present.member)
    vouch_for(present.ring, present.member)
    present.member.save(update_fields=STANDING)


def make_office(name: str) -> Office:
    return Office.objects.create(code=code(), name=name, public=b"", opened_at=AT)


def make_cast() -> Cast:
    home, other = make_office("Harbour Street"), make_office("The Other Office")
    everyone: dict[str, tuple[Present, str]] = {}
    everyone["carol"] = make_member("carol", Role.COORDINATOR, office=home)
    by = everyone["carol"][0]
    for handle, role in {
        "alice": Role.CASEWORKER,
        "bob": Role.CASEWORKER,
        "dana": Role.APPROVER,
        "audrey": Role.AUDITOR,
    }.items():
        everyone[handle] = make_member(handle, role, office=home, by=by)
    everyone["otto"] = make_member("otto", Role.OPERATOR, office=None)
    everyone["charlie"] = make_member("charlie", Role.CASEWORKER, Role.COORDINATOR, office=other)
    people = {handle: present for handle, (present, _) in everyone.items()}
    recovery = {handle: told for handle, (_, told) in everyone.items()}
    return Cast(home=home, other=other, recovery=recovery, **people)


def unlocked_here(handle: str) -> Present:
    """The member of the cast, unlocked in this process: for one that is not the cast's own."""
    member = Member.objects.select_related("office").get(handle=handle)
    return Present(member, unlocked(member, PASSPHRASE))


def at_the_desk(present: Present, *, at: datetime | None = None) -> Client:
    """A browser without scripts in which this member has come in already, at that time or now."""
    client = Client()
    client.force_login(present.member, backend=BACKEND)
    since = at or now()
    session = client.session
    session[_RING] = BOARD.hang(present.ring, whole=True, at=since)
    session[_SINCE] = session[_OPENED] = since.isoformat()
    session.save()
    return client
