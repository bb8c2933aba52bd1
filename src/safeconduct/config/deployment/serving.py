"""`safeconduct serve`: one process that answers, watched by one that does nothing else.

Granian, as measured in docs/decisions/0014-deployment.md. Open keys are in the memory of the one worker: it is never
started again behind everybody's back, and there are never two.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Final

from django.db import connections
from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels

from safeconduct.config.clock import now
from safeconduct.config.deployment.checks import look_at
from safeconduct.config.deployment.checks.checking import Finding, Serving
from safeconduct.config.deployment.home import Home, held_alone, needs_deployment
from safeconduct.config.deployment.memory import keep_memory_off_the_disk
from safeconduct.core.errors import AddressTaken, NotSafeToServe
from safeconduct.journal.heads import note_head

APPLICATION: Final = "safeconduct.config.deployment.worker:desk"
THREADS: Final = 8
AT_ONCE: Final = 1024  # connections, idle ones too. Bodies are read by the threads: eight at once
HEAD_WITHIN: Final = 10_000  # milliseconds, for a request's head and for the next one to begin
_LOOKED_EVERY: Final = 0.1  # seconds, until it listens
_TO_END: Final = 20  # seconds for what was begun, after a signal to stop
_LOGGING: Final[dict[str, Any]] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"codes": {"()": "safeconduct.config.logs.CodesOnly"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "codes"}},
    "loggers": {
        "_granian": {"handlers": ["console"], "level": "ERROR", "propagate": False},
        "granian.access": {"handlers": [], "propagate": False},
    },
}


def safe_to_serve(home: Home, *, host: str, at: datetime) -> list[Finding]:
    """The warnings. Raises NoDeployment; NotSafeToServe where anything grave was found."""
    needs_deployment(home)
    keep_memory_off_the_disk()
    found = list(look_at(home, Serving(at=at, host=host)))
    grave = [each.number for each in found if each.grave]
    if grave:
        raise NotSafeToServe(codes=", ".join(grave))
    return found


def serve(home: Home, *, host: str, port: int, begun: Callable[[], None]) -> None:
    """Until a signal to stop. `begun` is called, from a thread, once the desk can be reached. Raises InUse,
    AddressTaken.
    """
    with held_alone(home):
        _needs_address(host, port)
        connections.close_all()
        server = Granian(
            APPLICATION,
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            factory=True,
            workers=1,
            blocking_threads=THREADS,
            backpressure=AT_ONCE,
            http=HTTPModes.http1,
            http1_settings=HTTP1Settings(header_read_timeout=HEAD_WITHIN),
            websockets=False,
            log_level=LogLevels.error,
            log_dictconfig=_LOGGING,
            log_access=False,
            respawn_failed_workers=False,
            workers_kill_timeout=_TO_END,
        )
        with _told_when_reached(host, port, begun):
            server.serve()
        note_head(now())


@contextmanager
def _told_when_reached(host: str, port: int, begun: Callable[[], None]) -> Iterator[None]:
    """The server tells nobody when it listens, so it is tried. The name is looked up here and not in the thread: the
    server forks its worker meanwhile.
    """
    family, kind, _, _, where = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)[
        0
    ]
    ended = threading.Event()

    def look() -> None:
        while not ended.wait(_LOOKED_EVERY):
            with socket.socket(family, kind) as trial:
                trial.settimeout(1)
                if trial.connect_ex(where) == 0:
                    begun()
                    return

    threading.Thread(target=look, name="begun", daemon=True).start()
    try:
        yield
    finally:
        ended.set()


def _needs_address(host: str, port: int) -> None:
    """Asked first, since the server would say so in its own words."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host.strip("[]"), port))
        except OSError as taken:
            raise AddressTaken(
                host=host, port=port, problem=taken.strerror or "it is no address of this machine"
            ) from taken
