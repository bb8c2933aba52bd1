"""Leave to open a case that is not one's own: asked for and given, or taken by breaking the glass."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction

from safeconduct.core.errors import (
    AlreadyDecided,
    MayAlready,
    NoRight,
    NotByOneself,
    NotVouchedFor,
)
from safeconduct.journal.actions import write_line
from safeconduct.journal.deeds import Deed
from safeconduct.people.access import CaseOutline, way_to
from safeconduct.people.actions.offices import held_office, new_code
from safeconduct.people.models import Grant, Member, Notice, Role
from safeconduct.people.permissions import Right
from safeconduct.people.present import Present
from safeconduct.people.reasons import seal_reason
from safeconduct.people.vouchers import VOUCHER, is_vouched_for, vouch_for


def ask_for_access(by: Present, case: CaseOutline, *, reason: str, at: datetime) -> Grant:
    """A request that an approver of the office decides. Raises NoRight, ReasonMissing, MayAlready."""
    by.must(Right.ASK_FOR_ACCESS)
    with transaction.atomic():
        grant = _new_grant(by, case, reason=reason, at=at)
        if Grant.objects.filter(member=by.member, case=case.code, granted=None).exists():
            raise MayAlready
        vouch_for(by.ring, grant)
        grant.save(force_insert=True)
        write_line(
            Deed.ACCESS_ASKED, by=by.actor, at=at, about=case.code, facts={"grant": grant.code}
        )
    return grant


def decide_access(by: Present, *, grant: str, granted: bool, at: datetime) -> Grant:
    """Given for GRANT_LASTS, or refused. Raises NoRight, NotByOneself, AlreadyDecided; NotVouchedFor for a request
    that is not as it was asked: it can be refused alone.
    """
    by.must(Right.DECIDE_ACCESS)
    with transaction.atomic():
        office = held_office(by)
        # The row is held: of two approvers at once, one decides.
        asked = Grant.objects.select_for_update().filter(code=grant, office=office, granted=None)
        row = asked.first()
        if row is None:
            raise AlreadyDecided
        if row.member_id == by.member.code:
            raise NotByOneself
        row.office = office
        if granted and not is_vouched_for(by.ring, row):
            raise NotVouchedFor(about="this request")
        row.granted, row.decided_by, row.decided_at = granted, by.member, at
        row.ends_at = at + settings.GRANT_LASTS if granted else None
        vouch_for(by.ring, row)
        row.save(update_fields=["granted", "decided_by", "decided_at", "ends_at", *VOUCHER])
        write_line(
            Deed.ACCESS_GRANTED if granted else Deed.ACCESS_REFUSED,
            by=by.actor,
            at=at,
            about=row.case,
            facts={"grant": row.code, "member": row.member_id},
        )
    return row


def break_glass(by: Present, case: CaseOutline, *, reason: str, at: datetime) -> Grant:
    """Open a case of one's own office at once, for BREAK_GLASS_LASTS, before the eyes of those concerned.

    The owner, the coordinators and the approvers of the office are told on their next page.
    Raises NoRight, ReasonMissing, MayAlready.
    """
    by.must(Right.BREAK_GLASS)
    with transaction.atomic():
        grant = _new_grant(by, case, reason=reason, at=at)
        grant.broke_glass, grant.granted = True, True
        grant.decided_at, grant.ends_at = at, at + settings.BREAK_GLASS_LASTS
        vouch_for(by.ring, grant)
        grant.save(force_insert=True)
        Notice.objects.bulk_create(
            Notice(grant=grant, member=member) for member in _who_is_told(by, case)
        )
        write_line(
            Deed.GLASS_BROKEN, by=by.actor, at=at, about=case.code, facts={"grant": grant.code}
        )
    return grant


def acknowledge(by: Present, *, notice: int, at: datetime) -> None:
    """The notice goes from this member's pages. One that is not theirs, or was seen, changes nothing."""
    with transaction.atomic():
        theirs = Notice.objects.filter(pk=notice, member=by.member, seen_at=None)
        grant = Grant.objects.filter(notices__in=theirs).first()
        if grant is not None and theirs.update(seen_at=at):
            write_line(
                Deed.GLASS_SEEN, by=by.actor, at=at, about=grant.case, facts={"grant": grant.code}
            )


def _new_grant(by: Present, case: CaseOutline, *, reason: str, at: datetime) -> Grant:
    # The office's row is held: a key that turns meanwhile is the one the reason is sealed to, or the one after it.
    office = held_office(by)
    if case.office != office.code:
        raise NoRight(right=Right.ASK_FOR_ACCESS.value)
    way = way_to(
        by,
        case=case.code,
        office=case.office,
        owner=case.owner,
        shared_with=case.shared_with,
        at=at,
    )
    if way is not None:
        raise MayAlready
    code = new_code()
    return Grant(
        code=code,
        member=by.member,
        office=office,
        case=case.code,
        asked_at=at,
        sealed_reason=seal_reason(reason, grant=code, office=office, ring=by.ring),
    )


def _who_is_told(by: Present, case: CaseOutline) -> list[Member]:
    colleagues = Member.objects.filter(office=by.office, left_at=None).exclude(code=by.member.code)
    return [
        member
        for member in colleagues
        if member.code == case.owner
        or member.has_role(Role.COORDINATOR)
        or member.has_role(Role.APPROVER)
    ]
