"""How this room forgets: a member's kept choices go when they leave. The search's index is in memory alone."""

from __future__ import annotations

from safeconduct.desk.models import KeptView


def forget_views(member: str) -> int:
    """How many there were."""
    return KeptView.objects.filter(member=member).delete()[0]
