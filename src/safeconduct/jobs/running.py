"""One due job, run in this process to one of its ends."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from enum import Enum
from typing import Final

from safeconduct.core.errors import LeaseLost, Refused, UnknownJobKind
from safeconduct.jobs import actions
from safeconduct.jobs.held import Held
from safeconduct.jobs.kinds import NO_KEYS, Kind, Kinds, Run

LOG: Final = logging.getLogger(__name__)


class Ended(Enum):
    """How a run ended."""

    DONE = "done"
    PUT_OFF = "put off"
    GIVEN_UP = "given up"
    LEASE_LOST = "taken over by another run"


def run_one_due(
    kinds: Kinds, *, worker: str, clock: Callable[[], datetime]
) -> tuple[Held, Ended] | None:
    """Claim the job that is due longest, of those that need no keys, and run it. None where nothing is due."""
    leases = {kind.name: kind.lease for kind in kinds.values() if not kind.needs_keys}
    held = actions.claim_next(worker, at=clock(), leases=leases)
    return None if held is None else (held, run_held(held, kinds, clock=clock))


def run_held(
    held: Held, kinds: Kinds, *, clock: Callable[[], datetime], keys: Mapping[str, bytes] = NO_KEYS
) -> Ended:
    """Run a claimed job. What goes wrong is told by a code or by its kind, never by its text. Raises UnknownJobKind."""
    kind = kinds.get(held.kind)
    if kind is None:
        raise UnknownJobKind(job=held.job)
    if held.attempt > kind.attempts:
        # Every run before this one went away without a word; so might this.
        actions.give_up(held, trouble=actions.NEVER_ENDED, at=clock())
        return Ended.GIVEN_UP
    run = Run(held=held, lease=kind.lease, clock=clock, keys=keys)
    try:
        kind.run(run)
        if not run.finished:
            run.finish()
    except LeaseLost:
        return Ended.LEASE_LOST
    except Refused as refusal:
        return _put_off(held, kind, trouble=refusal.code, at=clock())
    except Exception as fault:  # noqa: BLE001 (whatever it was, the job must not stay behind unseen)
        _log(held, fault)
        return _put_off(held, kind, trouble=type(fault).__name__, at=clock())
    return Ended.DONE


def _put_off(held: Held, kind: Kind, *, trouble: str, at: datetime) -> Ended:
    with suppress(LeaseLost):
        given_up = actions.put_off(held, trouble=trouble, at=at, attempts=kind.attempts)
        return Ended.GIVEN_UP if given_up else Ended.PUT_OFF
    return Ended.LEASE_LOST


def _log(held: Held, fault: Exception) -> None:
    """Where it happened, without the fault's text: that may quote what somebody typed."""
    trace = fault.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = "" if trace is None else f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}"
    told = (held.job, held.kind, type(fault).__name__, place)
    LOG.error("job %s (%s) stopped by a fault: %s at %s", *told)
