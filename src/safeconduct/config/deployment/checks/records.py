"""The journal: its chain, the heads noted elsewhere, and the clock."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db import connections

from safeconduct.config.deployment.checks.checking import Check, Serving
from safeconduct.config.deployment.checks.databases import not_migrated
from safeconduct.config.deployment.home import Home
from safeconduct.config.deployment.stores import is_there
from safeconduct.core.errors import NotAsWritten
from safeconduct.journal.append_only import refuses_changes
from safeconduct.journal.heads import noted_heads
from safeconduct.journal.models import Line
from safeconduct.journal.verifying import verify

_BEHIND: Final = timedelta(minutes=5)
_AHEAD: Final = timedelta(days=60)


def journal_broken(home: Home, serving: Serving) -> str | None:
    """The chain from the first line, and every head that was noted in the key store."""
    if not _can_be_read(home, serving):
        return None
    try:
        verify(noted_heads())
    except NotAsWritten as broken:
        return f"{broken.code}: {broken.says.format(**broken.where)}"
    return None


def journal_unguarded(home: Home, serving: Serving) -> str | None:
    if not _can_be_read(home, serving) or refuses_changes(connections["default"]):
        return None
    return "The database would let somebody change a line of the journal."


def clock_behind(home: Home, serving: Serving) -> str | None:
    """Before the journal's last line: sessions, leases and retention would reckon with a time that was."""
    last = _last_line(home, serving)
    if last is not None and serving.at < last.at - _BEHIND:
        return "This machine's clock is behind the journal's last line."
    return None


def clock_ahead(home: Home, serving: Serving) -> str | None:
    last = _last_line(home, serving)
    if last is not None and serving.at > last.at + _AHEAD:
        return "This machine's clock is months after the journal's last line."
    return None


def _last_line(home: Home, serving: Serving) -> Line | None:
    return Line.objects.order_by("-number").first() if _can_be_read(home, serving) else None


def _can_be_read(home: Home, serving: Serving) -> bool:
    """Both are there, with this version's tables; else that is the finding."""
    return is_there("default") and is_there("keys") and not_migrated(home, serving) is None


CHECKS: Final = (
    Check(
        "SCD40",
        journal_broken,
        "Keep copies of both databases as they are; then: safeconduct journal verify.",
    ),
    Check(
        "SCD41",
        journal_unguarded,
        "safeconduct upgrade puts it back; ask who has worked on the database.",
    ),
    Check("SCD42", clock_behind, "Set the clock, best by NTP."),
    Check(
        "SCD43",
        clock_ahead,
        "If the desk was not used for months, all is well; else set the clock.",
        grave=False,
    ),
)
