"""What time it is, for the desk: asked once for each request and once for each round of what is tended."""

from __future__ import annotations

from datetime import UTC, datetime

from django.conf import settings


def now() -> datetime:
    """In UTC. Tests give their own by the setting CLOCK."""
    told: datetime | None = settings.CLOCK() if settings.CLOCK is not None else None
    return told or datetime.now(UTC)  # noqa: TID251 (with cli/clock.py, the one place)
