"""A job in words: what its kind does, and where it did not end well what happens next and what its reader can do."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy as _lazy

from safeconduct.jobs.actions import NEVER_ENDED
from safeconduct.jobs.models import Job, State
from safeconduct.jobs.with_keys import PROCESS_ENDED
from safeconduct.people.actions.leaving import REWRAP

# By the name of the kind, what a job of it does. A test holds that config/job_kinds.py has no other.
DOES: Final[Mapping[str, Promise]] = {
    REWRAP: _lazy("Moves the office's cases to its newest key, after a member left or a restore"),
}
# What stands meanwhile where such a job was given up.
_MEANWHILE: Final[Mapping[str, Promise]] = {
    REWRAP: _lazy(
        "Cases open as before; what was not moved stays under an older key, which a member who left may have kept. "
        "When the next member leaves, it is asked for anew."
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
        due = date_format(job.due_at, "j F Y H:i")
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
