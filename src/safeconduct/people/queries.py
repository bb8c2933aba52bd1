"""What this room's pages and its middleware ask."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Max, QuerySet

from safeconduct.people.models import Grant, LockDown, Member, Notice
from safeconduct.people.present import Present
from safeconduct.people.vouchers import is_vouched_for


def closed_since() -> datetime | None:
    """When the lock-down in force began; None where there is none."""
    began: datetime | None = LockDown.objects.filter(reopened_at=None).aggregate(
        last=Max("began_at")
    )["last"]
    return began


def last_lock_down() -> datetime | None:
    """When the newest lock-down began, in force or over: sessions from before it are worth nothing."""
    began: datetime | None = LockDown.objects.aggregate(last=Max("began_at"))["last"]
    return began


def colleagues(by: Present) -> QuerySet[Member]:
    return Member.objects.filter(office=by.office, left_at=None).order_by("handle")


def handles_of(codes: Iterable[str]) -> dict[str, str]:
    """By the code, also of those who have left: the journal and the cases name members by code."""
    return dict(Member.objects.filter(code__in=set(codes)).values_list("code", "handle"))


def waiting_requests(by: Present) -> QuerySet[Grant]:
    """What an approver of the office may decide: not their own."""
    return (
        Grant.objects.filter(office=by.office, granted=None)
        .exclude(member=by.member)
        .select_related("member")
        .order_by("asked_at")
    )


def own_grants(by: Present) -> QuerySet[Grant]:
    return Grant.objects.filter(member=by.member).order_by("-asked_at")


def live_grants_of_office(by: Present, *, at: datetime) -> list[Grant]:
    """Who may open what beyond their own, now: for coordinators and approvers."""
    grants = (
        Grant.objects.filter(office=by.office, granted=True, ends_at__gt=at)
        .select_related("member", "decided_by", "office")
        .order_by("ends_at")
    )
    return [grant for grant in grants if is_vouched_for(by.ring, grant)]


def unseen_notices(by: Present) -> QuerySet[Notice]:
    """Broken glass that this member has not acknowledged."""
    return (
        Notice.objects.filter(member=by.member, seen_at=None)
        .select_related("grant", "grant__member")
        .order_by("grant__asked_at")
    )
