"""How this room forgets: a case that is shredded, and by the clock what was compared long ago."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction

from safeconduct.cases.queries import offices_of
from safeconduct.triage.models import (
    LikeCases,
    Moved,
    Override,
    Reassessment,
    RulesInForce,
    Standing,
)

KEEP_COMPARISONS: Final = timedelta(days=90)  # assumption: a rulebook is put in force within weeks


def forget_case(case: str) -> None:
    """Where it stood, its overrides with their reasons, its moves.

    Which cases are alike is sealed as one: so of its office every such report goes, and can be asked for anew.
    """
    LikeCases.objects.filter(office__in=offices_of([case]).values()).delete()
    Override.objects.filter(case=case).delete()
    Moved.objects.filter(case=case).delete()
    Standing.objects.filter(case=case).delete()


def forget_by_clock(*, at: datetime) -> None:
    """Comparisons after some weeks; runs and why rules changed, as long after they counted as a case is kept."""
    long_ago = at - settings.KEEP_CASES
    with transaction.atomic():
        runs = Reassessment.objects.filter(asked_at__lt=long_ago)
        runs |= Reassessment.objects.filter(writes=False, asked_at__lt=at - KEEP_COMPARISONS)
        runs.delete()
        LikeCases.objects.filter(asked_at__lt=at - KEEP_COMPARISONS).delete()
        for row in RulesInForce.objects.filter(since__lt=long_ago).exclude(sealed_why=b""):
            newer = RulesInForce.objects.filter(office=row.office_id, since__gt=row.since)
            if newer.filter(since__lt=long_ago).exists():
                RulesInForce.objects.filter(pk=row.pk).update(sealed_why=b"")
