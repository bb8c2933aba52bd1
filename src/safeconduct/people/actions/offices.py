"""The first office and the first member, and operators: made from the command line. Rows that other actions hold."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction

from safeconduct.core.codes import draw_code
from safeconduct.core.errors import NoSuchMember
from safeconduct.journal.actions import Actor, write_line
from safeconduct.journal.deeds import Deed
from safeconduct.people.models import Member, Office, Role
from safeconduct.people.opening import (
    check_passphrase,
    chosen_handle,
    key_facts,
    with_office_keys,
)
from safeconduct.people.present import Present
from safeconduct.people.vouchers import vouch_for
from safeconduct.vault.actions.members import new_member_key
from safeconduct.vault.actions.offices import new_office_key

CODE_LETTERS = 8
# One person alone must be able to invite the others and to re-open after a lock-down.
FIRST_ROLES = (Role.CASEWORKER, Role.COORDINATOR, Role.APPROVER)


def new_code() -> str:
    return draw_code(CODE_LETTERS, secrets.randbelow)


def held_office(by: Present) -> Office:
    """The office's row, held, and on the member's ring every generation of its key that there is by now."""
    list(Office.objects.select_for_update().filter(code=by.office.code))
    return office_by_now(by)


def office_by_now(by: Present) -> Office:
    """The same for whoever holds the row already."""
    office = Office.objects.get(code=by.office.code)
    by.member.office = office
    with_office_keys(by.ring, by.member)
    return office


def colleague(by: Present, member: str) -> Member:
    """An active member of the same office, whose row is now held. Raises NoSuchMember."""
    found = (
        Member.objects.select_for_update()
        .filter(code=member, office=by.member.office_id, left_at=None)
        .first()
    )
    if found is None or by.member.office_id is None:
        raise NoSuchMember
    return found


def open_office(name: str, handle: str, passphrase: str, at: datetime) -> tuple[Present, str]:
    """A new office with its first member, and that member's recovery code, shown once.

    Raises HandleTaken, PassphraseWeak.
    """
    handle = chosen_handle(handle)
    check_passphrase(passphrase, handle=handle)
    member_code, office_code = new_code(), new_code()
    ring, recovery = new_member_key(member=member_code, passphrase=passphrase)
    public = new_office_key(ring, office=office_code)
    with transaction.atomic():
        office = Office.objects.create(
            code=office_code, name=name.strip(), public=public, opened_at=at
        )
        member = Member(
            code=member_code,
            handle=handle,
            office=office,
            roles=[role.value for role in FIRST_ROLES],
            admitted_at=at,
            welcomed_at=at,
        )
        vouch_for(ring, member)
        member.save(force_insert=True)
        write_line(
            Deed.OFFICE_OPENED,
            by=Actor(member.code, office.code),
            at=at,
            about=office.code,
            facts=key_facts(office),
        )
    return Present(member, ring), recovery


def open_operator(handle: str, passphrase: str, at: datetime) -> tuple[Present, str]:
    """An account that is shown how the deployment fares, and nothing of any office. With its recovery code."""
    handle = chosen_handle(handle)
    check_passphrase(passphrase, handle=handle)
    code = new_code()
    ring, recovery = new_member_key(member=code, passphrase=passphrase)
    with transaction.atomic():
        member = Member(
            code=code,
            handle=handle,
            office=None,
            roles=[Role.OPERATOR.value],
            admitted_at=at,
            welcomed_at=at,
        )
        vouch_for(ring, member)
        member.save(force_insert=True)
        write_line(Deed.MEMBER_WELCOMED, by=Actor(member.code), at=at, about=member.code)
    return Present(member, ring), recovery
