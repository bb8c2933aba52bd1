"""What goes on beside the requests, in the process that holds the open keys: idle keys fall, due jobs are run."""

from __future__ import annotations

import logging
import os
import signal
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.db import close_old_connections

from safeconduct.config.clock import now
from safeconduct.config.deployment.forgetting import forget_what_is_due
from safeconduct.config.job_kinds import job_kinds
from safeconduct.desk.search.shelf import SHELF
from safeconduct.desk.search.tending import make_ready
from safeconduct.jobs.running import run_one_due
from safeconduct.jobs.with_keys import end_running_children, run_jobs_with_keys
from safeconduct.journal.heads import note_head
from safeconduct.people.queries import closed_since
from safeconduct.triage.tending import ask_to_tend
from safeconduct.vault.keyring import BOARD

LOG: Final = logging.getLogger(__name__)
WORKER: Final = "desk"
_TO_END: Final = 10.0  # seconds that a round is given to come to its end


@dataclass(frozen=True, slots=True)
class Round:
    """What is done again and again, so many seconds after it was done last."""

    name: str
    do: Callable[[], None]
    every: float


def drop_idle_rings() -> None:
    BOARD.drop_idle(idle_before=now() - settings.IDLE_END)


def make_search_ready() -> None:
    """None in a lock-down: nobody lends their keys then, and what was read goes, whoever locked down."""
    if closed_since() is None:
        make_ready(BOARD, at=now(), idle_before=now() - settings.IDLE_END)
    else:
        SHELF.forget_all()


def note_the_head() -> None:
    note_head(now())


def forget() -> None:
    forget_what_is_due(now())


def end_overrides() -> None:
    """Asks for the job that ends those whose last day has passed; it needs keys."""
    ask_to_tend(at=now())


def run_jobs() -> None:
    """Those that are due and need no keys, one after the other."""
    kinds = job_kinds()
    while run_one_due(kinds, worker=WORKER, clock=now) is not None:
        pass


def run_keyed_jobs() -> None:
    """None in a lock-down: an approver comes in then to open again, not to lend their keys."""
    if closed_since() is None:
        run_jobs_with_keys(
            BOARD,
            kinds=job_kinds(),
            clock=now,
            idle_before=now() - settings.IDLE_END,
            worker=WORKER,
        )


ROUNDS: Final = (
    Round("idle", drop_idle_rings, every=5),
    Round("search", make_search_ready, every=2),
    Round("head", note_the_head, every=60),
    Round("forgetting", forget, every=600),
    Round("overrides", end_overrides, every=60),
    Round("jobs", run_jobs, every=2),
    Round("jobs-with-keys", run_keyed_jobs, every=2),
)


def ending_with(parent: int) -> Callable[[], None]:
    """Whoever watches this process was killed: it would go on serving with nobody to stop it, so it ends itself."""

    def look() -> None:
        if os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGTERM)

    return look


class Tending:
    """Each round in a thread of its own: a long job keeps no idle key alive."""

    def __init__(self, rounds: Sequence[Round] = ROUNDS) -> None:
        self._stopped = threading.Event()
        self._threads = [
            threading.Thread(target=self._go_round, args=(each,), name=each.name, daemon=True)
            for each in rounds
        ]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """No round begins any more; processes that hold keys end, and every ring falls."""
        self._stopped.set()
        end_running_children()
        BOARD.drop_all()
        for thread in self._threads:
            thread.join(_TO_END)

    def _go_round(self, each: Round) -> None:
        while not self._stopped.wait(each.every):
            close_old_connections()
            try:
                each.do()
            except Exception:  # it is tried again; the log says where, not with what
                LOG.exception("a round of %s did not end well", each.name)
            finally:
                close_old_connections()
