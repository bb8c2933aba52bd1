"""What follows when a member told something of a case."""

from __future__ import annotations

from datetime import datetime

from safeconduct.cases.reading import OpenCase
from safeconduct.intake.actions.calls import note_call
from safeconduct.matching.actions.looking import told_anew
from safeconduct.people.present import Present
from safeconduct.triage.actions import assess_case


def something_was_told(by: Present, code: str, *, at: datetime) -> None:
    """The case is assessed anew; where its card was written since, its doubles are looked for again.

    What was told is committed already, and each of the two is done whatever becomes of the other. Raises what
    `assess_case` raises: the page says that it could not be assessed just now.
    """
    try:
        assess_case(by, code, at=at)
    finally:
        told_anew(by.actor, code, at=at)


def a_call_was_taken(opened: OpenCase, *, at: datetime) -> None:
    """The call by which a case came to us is a plea that ended in it (law 1). What was heard stands in the case."""
    note_call(opened.by, opened, "", at=at)
