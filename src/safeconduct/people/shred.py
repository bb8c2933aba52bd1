"""How this room forgets."""

from __future__ import annotations

from datetime import datetime

from safeconduct.people.models import Attempts, Grant


def forget_case(case: str) -> int:
    """Requests for a case that is shredded, with their reasons; the journal keeps that they were."""
    return Grant.objects.filter(case=case).delete()[0]


def forget_attempts(*, at: datetime) -> int:
    """Buckets that are full again tell nothing any more; how many rows went."""
    return Attempts.objects.filter(full_at__lt=at).delete()[0]
