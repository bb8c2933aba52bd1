"""The work of this room that goes on beside the desk, but for the import itself: that needs the rooms beside this one,
and stands in flow.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import Final

from safeconduct.core.errors import BadSheet, DeliveryMovedOn
from safeconduct.intake.actions.looking import READ, read_delivery
from safeconduct.intake.actions.undoing import UNDO, undo_within
from safeconduct.intake.assessing import assessor_for
from safeconduct.jobs.kinds import Kind, Run, by_name
from safeconduct.people.lent import asker_of, office_keys_for

# So long may a run be silent: the reader of a large file needs a while before its first row.
LEASE: Final = timedelta(minutes=5)


def read(run: Run) -> None:
    """A file that cannot be read, or that somebody went on with, is not tried again: its page says why."""
    by = asker_of(run)
    at = run.clock()

    def tell(_what: str, done: int, of: int) -> None:
        run.step_at_times(done, of)

    assess = assessor_for(run.held.office, at=at)
    with suppress(BadSheet, DeliveryMovedOn):
        read_delivery(by, run.held.subject, at=at, assess=assess, progress=tell)


def undo(run: Run) -> None:
    """Without keys: destroying needs none."""
    undo_within(run.held.subject, at=run.clock(), tell=run.step)


KINDS: Final = by_name(
    Kind(name=READ, run=read, keys_for=office_keys_for, lease=LEASE),
    Kind(name=UNDO, run=undo, lease=LEASE),
)
