"""Close everything for everyone, and open it again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from safeconduct.core.errors import NotClosed
from safeconduct.jobs.with_keys import end_running_children
from safeconduct.journal.actions import Actor, write_line
from safeconduct.journal.deeds import Deed
from safeconduct.people.models import LockDown
from safeconduct.people.permissions import Right
from safeconduct.people.present import Present
from safeconduct.people.sessions import drop_all_sessions
from safeconduct.vault.keyring import BOARD


def lock_down(by: Actor, at: datetime) -> None:
    """Once this returns, no page with contents is served any more, by this process or another.

    Keys go first: whatever happens to the database, none of them is left in this process, nor in a job that it gave
    some to. They go a second time for whoever came in between. Pages ask for the right (LOCK_DOWN).
    """
    _drop_every_key()
    with transaction.atomic():
        LockDown.objects.create(began_at=at, began_by=by.member)
        write_line(Deed.LOCKED_DOWN, by=by, at=at)
    _drop_every_key()
    drop_all_sessions()


def re_open(by: Present, *, at: datetime) -> None:
    """Raises NoRight, NotClosed. The door made sure of passphrase and second factor during this lock-down."""
    by.must(Right.REOPEN)
    with transaction.atomic():
        closed = LockDown.objects.filter(reopened_at=None)
        if not closed.update(reopened_at=at, reopened_by=by.member.code):
            raise NotClosed
        write_line(Deed.REOPENED, by=by.actor, at=at)


def _drop_every_key() -> None:
    BOARD.drop_all()
    end_running_children()
