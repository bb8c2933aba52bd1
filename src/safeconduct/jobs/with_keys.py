"""Jobs that need keys: the desk, whose memory holds them, gives each to a fresh process by pipe; it ends with its job.

After a restart nobody's keys are in memory: such jobs wait, and the page of jobs says so.
"""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from typing import IO, Final

from safeconduct.core.errors import KeysNotGiven, LeaseLost, NotOpened
from safeconduct.jobs import actions
from safeconduct.jobs.held import Held
from safeconduct.jobs.keys_by_pipe import put_keys, take_keys
from safeconduct.jobs.kinds import Kind, Kinds
from safeconduct.jobs.models import LIVE, Job
from safeconduct.jobs.running import Ended, run_held
from safeconduct.journal.actions import Actor
from safeconduct.vault.keyring import Board, Keyring

CHILD: Final = (sys.executable, "-m", "safeconduct.cli", "work", "--keys-by-pipe", "--job")
# A run whose process ended before the job did: killed, or it could not start.
PROCESS_ENDED: Final = "process-ended"


# --- in the process of the desk --------------------------------------------------------------


def run_jobs_with_keys(
    board: Board,
    *,
    kinds: Kinds,
    clock: Callable[[], datetime],
    idle_before: datetime,
    worker: str = "desk",
) -> int:
    """Run every due job that some unlocked ring can open, one after the other; how many were begun.

    Blocks while they run. A ring that is used here does not count as used by its member.
    """
    wanted = {kind.name for kind in kinds.values() if kind.needs_keys}
    begun = 0
    for job in actions.due(at=clock(), kinds=wanted, needs_keys=True):
        kind = kinds[job.kind]
        opened = _first_that_opens(job, kind, board.whole_rings(idle_before=idle_before))
        if opened is None:
            continue
        ring, keys = opened
        by = Actor(member=ring.member, office=ring.office or "")
        held = actions.claim(job, worker, at=clock(), lease=kind.lease, keys_of=by)
        if held is not None:
            begun += 1
            _run_in_child(held, kind, keys, clock, ring)
    return begun


def end_running_children(*, asked_by: str | None = None) -> int:
    """Every process that was given keys ends now, and with it its keys; how many that were.

    For the lock-down, after it has dropped all rings. With `asked_by` those alone that work in that member's name: for
    whoever has left or may less. Their jobs are tried again, and whether they still may is asked anew.
    """
    with _LOCK:
        children = [
            child for child, asker in _RUNNING.items() if asked_by is None or asker == asked_by
        ]
    for child in children:
        child.kill()
    return len(children)


# In whose name each works.
_RUNNING: Final[dict[subprocess.Popen[bytes], str]] = {}
_LOCK: Final = threading.Lock()


def _first_that_opens(
    job: Job, kind: Kind, rings: Iterable[Keyring]
) -> tuple[Keyring, Mapping[str, bytes]] | None:
    """Rings of the office that asked, the asker's own first."""
    assert kind.keys_for is not None
    own_first = sorted(rings, key=lambda ring: ring.member != job.asked_by)
    for ring in own_first:
        if ring.office == (job.office or None):
            with suppress(NotOpened):
                return ring, kind.keys_for(job, ring)
    return None


def _run_in_child(
    held: Held,
    kind: Kind,
    keys: Mapping[str, bytes],
    clock: Callable[[], datetime],
    ring: Keyring,
) -> None:
    child = subprocess.Popen(  # noqa: S603 (ourselves)
        [*CHILD, held.job], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL
    )
    assert child.stdin is not None
    with _LOCK:
        _RUNNING[child] = held.asked_by
    try:
        if not ring.private:
            # Closed since it was asked: a lock-down may have looked for children just before this one.
            child.kill()
        with suppress(BrokenPipeError):
            put_keys(child.stdin, lease=held.lease, keys=keys)
        for _ in _until_it_ends(child, kind.lease.total_seconds()):
            if not _still_its_own(held, at=clock()):
                child.kill()
    finally:
        with _LOCK:
            _RUNNING.pop(child, None)
    with suppress(LeaseLost):  # as it is after every run that came to an end
        if child.returncode:
            actions.put_off(held, trouble=PROCESS_ENDED, at=clock(), attempts=kind.attempts)


def _until_it_ends(child: subprocess.Popen[bytes], seconds: float) -> Iterator[None]:
    """Once for every stretch of so many seconds that it still runs."""
    while True:
        try:
            child.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            yield
        else:
            return


def _still_its_own(held: Held, *, at: datetime) -> bool:
    mine = Job.objects.filter(LIVE, code=held.job, lease=held.lease, leased_until__gt=at)
    return mine.exists()


# --- in the process of the job ----------------------------------------------------------------


def run_with_keys_from(
    pipe: IO[bytes], job: str, kinds: Kinds, *, clock: Callable[[], datetime]
) -> Ended:
    """The job whose lease and keys come by pipe. Raises KeysNotGiven, LeaseLost, UnknownJobKind."""
    lease, keys = take_keys(pipe)
    row = Job.objects.filter(LIVE, code=job, lease=lease).first() if lease else None
    if row is None:
        raise LeaseLost(job=job)
    if not keys:
        raise KeysNotGiven
    return run_held(Held.of(row), kinds, clock=clock, keys=keys)
