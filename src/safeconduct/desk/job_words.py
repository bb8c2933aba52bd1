"""A job in words: what its kind does, and where it did not end well what happens next and what its reader can do."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy as _lazy

from safeconduct.intake.actions.beginning import IMPORT
from safeconduct.intake.actions.looking import READ
from safeconduct.intake.actions.undoing import UNDO
from safeconduct.jobs.actions import NEVER_ENDED
from safeconduct.jobs.models import Job, State
from safeconduct.jobs.with_keys import PROCESS_ENDED
from safeconduct.matching.actions.cards import CARDS
from safeconduct.matching.actions.looking import LOOK
from safeconduct.people.actions.leaving import REWRAP
from safeconduct.people.reader import moment_in_words
from safeconduct.triage.actions.rules import COMPARE as COMPARE_RULES, LIKE, REASSESS
from safeconduct.triage.tending import TEND

# By the name of the kind, what a job of it does. A test holds that config/job_kinds.py has no other.
DOES: Final[Mapping[str, Promise]] = {
    REWRAP: _lazy("Moves the office's cases to its newest key, after a member left or a restore"),
    READ: _lazy("Reads a delivery, so that a member can look at it before it is imported"),
    IMPORT: _lazy(
        "Opens a case for every family of a delivery, and holds the rows that cannot be read"
    ),
    UNDO: _lazy("Undoes an import: the cases that it opened are shredded"),
    LOOK: _lazy("Looks for families that stand on the office's list twice"),
    COMPARE_RULES: _lazy("Compares two rulebooks on every open case; no case is changed"),
    REASSESS: _lazy("Assesses every open case anew by the rulebook in force"),
    LIKE: _lazy("Looks for like cases that fared differently"),
    TEND: _lazy("Ends overrides whose last day has passed: the rulebook's band counts again"),
    CARDS: _lazy("Shares the office's cards with another office for matching, or takes them back"),
}
# What stands meanwhile where such a job was given up.
_MEANWHILE: Final[Mapping[str, Promise]] = {
    IMPORT: _lazy(
        "What was imported until then is there, each family once. The page of the delivery has a button to go on."
    ),
    UNDO: _lazy(
        "Some of its cases are gone and some are there. The page of the delivery has a button to go on."
    ),
    READ: _lazy("Nothing was imported. The page of the delivery has a button to read it again."),
    REWRAP: _lazy(
        "Cases open as before; what was not moved stays under an older key, which a member who left may have kept. "
        "When the next member leaves, it is asked for anew."
    ),
    LOOK: _lazy(
        "Cases that were not compared say so, in the worklist and on their pages. A look can be asked for anew under "
        "Doubles."
    ),
    CARDS: _lazy(
        "Cards that were shared stay shared, and those that were taken back stay so; no other changes. End the "
        "agreement, or share anew, under Doubles."
    ),
}
_ENDS: Final[Mapping[str, Promise]] = {
    NEVER_ENDED: _lazy("no run came to its end: the process or the machine went away"),
    PROCESS_ENDED: _lazy("its process ended before the work did"),
}
_REFUSAL: Final = re.compile(r"SC\d+")


def does(job: Job) -> str:
    """What a job of this kind does; the kind's name where this version does not know it."""
    return str(DOES.get(job.kind, job.kind))


def next_for(job: Job, *, at: datetime, sees_deployment: bool) -> list[str]:
    """Sentences for a job that did not end well; empty for any other. The operator's differ: they can look."""
    if not job.last_trouble or job.finished_at is not None:
        return []
    trouble = _trouble(job.last_trouble)
    state = job.state(at)
    if state is State.GIVEN_UP:
        return [
            _("It ended in trouble (%(trouble)s) and is not tried again by itself.") % trouble,
            *([str(_MEANWHILE[job.kind])] if job.kind in _MEANWHILE else []),
            _look_up(job) if sees_deployment else _tell(job),
        ]
    told = [_("An earlier run ended in trouble (%(trouble)s).") % trouble]
    if state in {State.WAITING, State.WAITS_FOR_KEYS}:
        due = moment_in_words(job.due_at)
        told.append(
            _("It is tried again by itself, from %(due)s UTC on; you need do nothing.")
            % {"due": due}
        )
    return told


def _trouble(code: str) -> dict[str, str]:
    ends = _ENDS.get(code)
    unnamed = _("error %(code)s") if _REFUSAL.fullmatch(code) else _("a fault, %(code)s")
    return {"trouble": str(ends) if ends else unnamed % {"code": code}}


def _tell(job: Job) -> str:
    words = _(
        "Tell the operator of this deployment its code, %(job)s, and %(trouble)s; no name stands in them."
    )
    return words % {"job": job.code, "trouble": job.last_trouble}


def _look_up(job: Job) -> str:
    if _REFUSAL.fullmatch(job.last_trouble):
        words = _("The list of errors (docs/errors.md) says under %(trouble)s what to do.")
    else:
        words = _("The server's log may tell more: look for %(job)s. Then run safeconduct doctor.")
    return words % {"job": job.code, "trouble": job.last_trouble}
