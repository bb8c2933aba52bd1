"""The journal: its chain, the heads noted elsewhere, the clock, and the cases that it knows of."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db import connections

from safeconduct.cases.queries import missing_cases
from safeconduct.config.deployment.checks.checking import Check, Serving
from safeconduct.config.deployment.checks.databases import can_be_read
from safeconduct.config.deployment.home import Home
from safeconduct.core.errors import NotAsWritten
from safeconduct.journal.append_only import refuses_changes
from safeconduct.journal.heads import noted_heads
from safeconduct.journal.models import Line
from safeconduct.journal.verifying import verify

_BEHIND: Final = timedelta(minutes=5)
_AHEAD: Final = timedelta(days=60)


def journal_broken(home: Home, serving: Serving) -> str | None:
    """The chain from the first line, and every head that was noted in the key store."""
    if not can_be_read(home, serving):
        return None
    try:
        verify(noted_heads())
    except NotAsWritten as broken:
        return f"{broken.code}: {broken.says.format(**broken.where)}"
    return None


def journal_unguarded(home: Home, serving: Serving) -> str | None:
    if not can_be_read(home, serving) or refuses_changes(connections["default"]):
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


def cases_missing(home: Home, serving: Serving) -> str | None:
    """Nobody is lost: each case that the journal saw opened, and not shredded, has its cover."""
    if not can_be_read(home, serving) or not (lost := missing_cases()):
        return None
    return f"{len(lost)} cases were opened and never shredded, and are not there."


def _last_line(home: Home, serving: Serving) -> Line | None:
    return Line.objects.order_by("-number").first() if can_be_read(home, serving) else None


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
    Check(
        "SCD48",
        cases_missing,
        "Somebody removed their rows. Keep a copy, and look for them in a backup: the journal tells their codes.",
        # The others' families must not wait until it is known who did that.
        grave=False,
    ),
)
