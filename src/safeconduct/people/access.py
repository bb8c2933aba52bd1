"""The one question: may this member open this case, and by which way."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from safeconduct.people.models import Grant
from safeconduct.people.permissions import Right
from safeconduct.people.present import Present
from safeconduct.people.vouchers import is_vouched_for


class Way(StrEnum):
    """Why the case opens, as the journal tells it."""

    OWN = "own"
    NOBODYS = "nobodys"
    WHOLE_OFFICE = "whole-office"
    GRANTED = "granted"
    BROKEN_GLASS = "broken-glass"
    SHARED = "shared"


@dataclass(frozen=True, slots=True)
class CaseOutline:
    """What this room needs to know of a case, all codes."""

    code: str
    office: str
    owner: str | None
    shared_with: frozenset[str] = frozenset()


def way_to(
    by: Present,
    *,
    case: str,
    office: str,
    owner: str | None,
    shared_with: Collection[str],
    at: datetime,
    granted: Collection[str] | None = None,
) -> Way | None:
    """The first way that is open, or None. Approvers, auditors and operators have none.

    `granted`, where many cases are asked about: those that `cases_granted` told; only of these are the grants read.
    """
    if by.member.office_id is None or not by.member.is_active:
        return None
    if by.member.office_id == office:
        return _way_at_home(by, case=case, owner=owner, at=at, granted=granted)
    if by.member.office_id in shared_with and (
        by.may(Right.OPEN_OWN_CASES) or by.may(Right.OPEN_ALL_CASES)
    ):
        return Way.SHARED
    return None


def _way_at_home(
    by: Present, *, case: str, owner: str | None, at: datetime, granted: Collection[str] | None
) -> Way | None:
    if by.may(Right.OPEN_OWN_CASES) and owner in {None, by.member.code}:
        return Way.NOBODYS if owner is None else Way.OWN
    if by.may(Right.OPEN_ALL_CASES):
        return Way.WHOLE_OFFICE
    # Both are for casework: a grant that an approver holds from an earlier role opens nothing.
    if not by.may(Right.ASK_FOR_ACCESS) or (granted is not None and case not in granted):
        return None
    grant = live_grant(by, case=case, at=at)
    if grant is None:
        return None
    return Way.BROKEN_GLASS if grant.broke_glass else Way.GRANTED


def cases_granted(by: Present, *, at: datetime) -> frozenset[str]:
    """Cases for which the member has a grant by its row, not yet asked whether the office vouches for it."""
    rows = Grant.objects.filter(
        member=by.member, office=by.member.office_id, granted=True, ends_at__gt=at
    )
    return frozenset(rows.values_list("case", flat=True))


def live_grant(by: Present, *, case: str, at: datetime) -> Grant | None:
    """The grant that opens this case now; one that an approver gave before one that was taken.

    One that the office does not vouch for opens nothing: somebody made or changed it by hand.
    """
    grants = (
        Grant.objects.filter(
            member=by.member, office=by.member.office_id, case=case, granted=True, ends_at__gt=at
        )
        .select_related("office")
        .order_by("broke_glass", "-ends_at")
    )
    return next((grant for grant in grants if is_vouched_for(by.ring, grant)), None)
