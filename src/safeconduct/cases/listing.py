"""Covers that stand in an office's lists, for rooms that narrow, sort and count them. No contents, and no line: that
is written by whoever shows them.
"""

from __future__ import annotations

from django.db.models import Q, QuerySet

from safeconduct.cases.models import Case


def covers_of(office: str) -> QuerySet[Case]:
    """An office's own; none whose shredding has begun."""
    return Case.objects.filter(office=office, shredding_since=None)


def covers_shared_with(office: str) -> QuerySet[Case]:
    """Other offices' that they let this one read, the card alone or all."""
    return Case.objects.filter(
        is_shared=True, shared_with__has_key=office, shredding_since=None
    ).exclude(office=office)


def covers_held(office: str) -> QuerySet[Case]:
    """Both; for a few by their codes, as no index holds both."""
    shared = Q(is_shared=True, shared_with__has_key=office)
    return Case.objects.filter(Q(office=office) | shared, shredding_since=None)


def codes_held(office: str) -> set[str]:
    """Of both, the codes alone."""
    return {
        code
        for each in (covers_of(office), covers_shared_with(office))
        for code in each.values_list("code", flat=True).iterator()
    }
