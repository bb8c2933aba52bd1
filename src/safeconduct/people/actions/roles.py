"""Which roles a member has. No office is left without a coordinator, and no deployment without an approver."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from safeconduct.core.errors import (
    LastApprover,
    LastCoordinator,
    NotByOneself,
    RolesUnclear,
)
from safeconduct.jobs.with_keys import end_running_children
from safeconduct.journal.actions import write_line
from safeconduct.journal.deeds import Deed
from safeconduct.people.actions.offices import colleague, office_by_now
from safeconduct.people.models import Member, Office, Role
from safeconduct.people.permissions import Right, rights_of
from safeconduct.people.present import Present
from safeconduct.people.vouchers import NOT_KNOWN, STANDING, stands, stands_anew


def change_roles(by: Present, *, member: str, roles: Iterable[str], at: datetime) -> Member:
    """Raises NoRight, NoSuchMember, RolesUnclear, LastCoordinator, LastApprover; NotByOneself for a right more of
    one's own: who could make themselves approver would be both pairs of eyes.
    """
    by.must(Right.ADMIT_MEMBERS)
    chosen = checked_roles(roles)
    if member == by.member.code and not rights_of(chosen) <= rights_of(by.member.roles):
        raise NotByOneself
    with transaction.atomic():
        hold_the_offices()
        office = office_by_now(by)
        whom = colleague(by, member)
        check_who_remains(whom, roles=chosen)
        whom.office = office
        if not stands(by.ring, whom):
            # The roles are given anew; what somebody made of their second factors is not vouched for with them.
            whom.factors = NOT_KNOWN
        may_less = not rights_of(whom.roles) <= rights_of(chosen)
        whom.roles = chosen
        stands_anew(by.ring, whom)
        whom.save(update_fields=STANDING)
        write_line(
            Deed.ROLES_CHANGED,
            by=by.actor,
            at=at,
            about=whom.code,
            revision=whom.standing,
            facts={"roles": ",".join(chosen)},
        )
    if may_less:
        end_running_children(asked_by=whom.code)
    return whom


def checked_roles(roles: Iterable[str]) -> list[str]:
    """In the order of the table, each once. Raises RolesUnclear, also for an operator: that one has no office."""
    told = set(roles)
    chosen = [role.value for role in Role if role.value in told]
    if not chosen or len(chosen) != len(told) or Role.OPERATOR.value in chosen:
        raise RolesUnclear
    return chosen


def hold_the_offices() -> None:
    """Two who take each other's role away at once must see what the other did: all offices' rows are held."""
    list(Office.objects.select_for_update().order_by("code").values_list("code", flat=True))


def check_who_remains(whom: Member, *, roles: Iterable[str]) -> None:
    """Raises LastCoordinator or LastApprover where nobody else would have the role that this member gives up."""
    given_up = {Role(role) for role in whom.roles} - {Role(role) for role in roles}
    others = Member.objects.filter(left_at=None).exclude(code=whom.code).exclude(welcomed_at=None)
    if Role.COORDINATOR in given_up and not any(
        other.has_role(Role.COORDINATOR) for other in others.filter(office=whom.office)
    ):
        raise LastCoordinator
    if Role.APPROVER in given_up and not any(other.has_role(Role.APPROVER) for other in others):
        raise LastApprover
