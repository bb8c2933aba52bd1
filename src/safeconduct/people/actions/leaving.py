"""A member leaves: at once nothing opens for them, and the office's key is another."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from allauth.mfa.models import Authenticator
from django.db import transaction

from safeconduct.core.errors import NotByOneself
from safeconduct.jobs.actions import ask_for
from safeconduct.jobs.with_keys import end_running_children
from safeconduct.journal.actions import write_line
from safeconduct.journal.deeds import Deed
from safeconduct.people.actions.offices import colleague, office_by_now
from safeconduct.people.actions.roles import check_who_remains, hold_the_offices
from safeconduct.people.models import Grant, Member, Notice, Office
from safeconduct.people.opening import key_facts
from safeconduct.people.permissions import Right
from safeconduct.people.present import Present
from safeconduct.people.vouchers import rows_vouched_for, vouch_anew
from safeconduct.vault.actions.offices import KEYS, new_generation
from safeconduct.vault.keyring import BOARD
from safeconduct.vault.models import MemberKey

# The room of cases does it: it knows which keys are still wrapped to an older generation.
REWRAP: Final = "rewrap-case-keys"


def leave(by: Present, *, member: str, at: datetime) -> Member:
    """Part with a member. Their cases keep their owner until the caller hands them over.

    The key store goes first: a cut after it leaves a member who cannot sign in; parting with them again ends it.
    Raises NoRight, NotByOneself, NoSuchMember, LastCoordinator, LastApprover, and KeySwapped where a
    colleague's stored key is not the one that the office vouched for: then nobody has left.
    """
    by.must(Right.ADMIT_MEMBERS)
    if member == by.member.code:
        raise NotByOneself  # whoever turns the key knows the new one
    with transaction.atomic():
        hold_the_offices()
        whom = colleague(by, member)
        check_who_remains(whom, roles=())
        office = _turn_the_key(by, leaver=whom, at=at)
        whom.left_at = at
        whom.save(update_fields=["left_at"])
        Grant.objects.filter(member=whom, ends_at__gt=at).update(ends_at=at)
        Grant.objects.filter(member=whom, granted=None).update(granted=False, decided_at=at)
        Notice.objects.filter(member=whom, seen_at=None).delete()
        Authenticator.objects.filter(user=whom).delete()
        ask_for(
            REWRAP,
            {"office": office.code, "generation": office.generation},
            by=by.actor,
            at=at,
            needs_keys=True,
            subject=by.office.code,
        )
        write_line(
            Deed.MEMBER_LEFT,
            by=by.actor,
            at=at,
            about=whom.code,
            facts=key_facts(office),
        )
    BOARD.drop_where(lambda ring: ring.member == whom.code)
    end_running_children(asked_by=whom.code)
    return whom


def _turn_the_key(by: Present, *, leaver: Member, at: datetime) -> Office:
    office = office_by_now(by)
    vouched_for = rows_vouched_for(by.ring, office, at=at)
    stays = (
        Member.objects.filter(office=office, left_at=None)
        .exclude(code=leaver.code)
        .values_list("code", flat=True)
    )
    with transaction.atomic(using=KEYS):
        office.generation, office.public = new_generation(by.ring, members=stays)
        MemberKey.objects.filter(member=leaver.code).delete()
    office.save(update_fields=["generation", "public"])
    vouch_anew(by.ring, vouched_for, office)
    return office
