"""The one process that answers: the desk, and what is tended beside it. The server calls `desk` once, after loading."""

from __future__ import annotations

import logging
import os
import threading
from multiprocessing.util import Finalize
from types import TracebackType

from django.core.handlers.wsgi import WSGIHandler

from safeconduct.config.deployment.memory import keep_memory_off_the_disk
from safeconduct.config.deployment.tending import LOG, ROUNDS, Round, Tending, ending_with
from safeconduct.config.desk_wsgi import application


def desk() -> WSGIHandler:
    """Begin, until the process ends."""
    keep_memory_off_the_disk()
    threading.excepthook = _told_without_values
    logging.captureWarnings(capture=True)  # a library's warning may quote what a stranger sent
    tending = Tending([*ROUNDS, Round("parent", ending_with(os.getppid()), every=1)])
    tending.start()
    # The server ends this process with a signal that it turns into a plain end; this runs then.
    Finalize(None, tending.stop, exitpriority=10)
    return application


def _told_without_values(fault: threading.ExceptHookArgs) -> None:
    """As `logs.CodesOnly` writes it, instead of Python's own words."""
    kind, value, trace = fault.exc_type, fault.exc_value, fault.exc_traceback
    if value is not None:
        told: tuple[type[BaseException], BaseException, TracebackType | None] = (kind, value, trace)
        LOG.error("a thread stopped", exc_info=told)
