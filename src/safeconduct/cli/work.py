"""`safeconduct work`: runs the jobs that need no keys. The desk starts it for one job with keys, given by pipe."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
from collections.abc import Mapping
from datetime import timedelta
from types import FrameType

import click
from django.conf import settings
from django.db import close_old_connections
from django.utils.module_loading import import_string

from safeconduct.cli.clock import now
from safeconduct.config.deployment.home import needs_deployment, this_home
from safeconduct.config.deployment.memory import keep_memory_off_the_disk
from safeconduct.core.errors import NoSuchJob
from safeconduct.jobs.held import Held
from safeconduct.jobs.kinds import Kind
from safeconduct.jobs.running import Ended, run_one_due
from safeconduct.jobs.with_keys import run_with_keys_from
from safeconduct.journal.heads import note_head

# Where nothing is due, look again after so many seconds; and note the journal's head so often.
PAUSE = 2.0
NOTE_HEAD = timedelta(minutes=1)
KINDS = "safeconduct.config.job_kinds.job_kinds"


@click.command()
@click.option("--once", is_flag=True, help="Run what is due now, and end.")
@click.option("--job", help="Only this job; the desk says so, with --keys-by-pipe.")
@click.option("--keys-by-pipe", is_flag=True, help="The job's keys come by standard input.")
def work(once: bool, job: str | None, keys_by_pipe: bool) -> None:
    """Run the jobs that are due and need no keys; wait for more until stopped.

    Several may run at once, also on several machines whose clocks agree: each job is run by one of them. A worker
    that is killed loses nothing: another takes its job over when the lease ends. Jobs that need keys are run from
    the desk, while somebody's keys are open.
    """
    keep_memory_off_the_disk()
    if keys_by_pipe:
        if job is None:
            raise NoSuchJob
        ended = run_with_keys_from(sys.stdin.buffer, job, _kinds(), clock=now)
        click.echo(f"{job}: {ended.value}")
        return
    if job is not None:
        raise click.UsageError("--job goes with --keys-by-pipe.")
    needs_deployment(this_home())
    stopped = _stopped_by_signal()
    noted = None
    while not stopped.is_set():
        close_old_connections()
        if noted is None or now() - noted >= NOTE_HEAD:
            noted = now()
            note_head(noted)
        ended_one = run_one_due(_kinds(), worker=_name(), clock=now)
        if ended_one is not None:
            _tell(*ended_one)
        elif once:
            break
        else:
            stopped.wait(PAUSE)
    note_head(now())


def _kinds() -> Mapping[str, Kind]:
    """As the setting JOB_KINDS says, for tests; else those of every room."""
    kinds: Mapping[str, Kind] = import_string(getattr(settings, "JOB_KINDS", KINDS))()
    return kinds


def _name() -> str:
    return f"{socket.gethostname()}-{os.getpid()}"[-40:]


def _tell(held: Held, ended: Ended) -> None:
    click.echo(f"{held.job} {held.kind}: {ended.value}")


def _stopped_by_signal() -> threading.Event:
    """Set by SIGTERM: the job at hand is finished first."""
    stopped = threading.Event()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        stopped.set()

    signal.signal(signal.SIGTERM, stop)
    return stopped
