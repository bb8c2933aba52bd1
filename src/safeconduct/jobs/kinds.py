"""Kinds of jobs. The room that owns the work says how it is run; config/job_kinds.py gathers them into one mapping.

The rule for whoever writes one: a run may be killed at any moment and is then run again from its beginning, by
another process. So either the work's writes stand in the transaction that calls `finish` (then they happen once, or
the lease was lost and they are undone), or each step leaves alone what an earlier run has done already.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from safeconduct.jobs import actions
from safeconduct.jobs.held import Held
from safeconduct.jobs.models import Job
from safeconduct.vault.keyring import Keyring

NO_KEYS: Final[Mapping[str, bytes]] = {}
TOLD_EVERY: Final = timedelta(seconds=2)


@dataclass(slots=True)
class Run:
    """One run of a job, given to its kind: what was asked, the keys it may use, and how to say how far it is."""

    held: Held
    lease: timedelta
    clock: Callable[[], datetime]
    keys: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    finished: bool = False
    told_at: datetime | None = None

    def step(self, done: int, of: int) -> None:
        """So many of so many steps are done: shown on the page of jobs, and the lease begins anew. Raises LeaseLost."""
        actions.step(self.held, done=done, of=of, at=self.clock(), lease=self.lease)

    def step_at_times(self, done: int, of: int) -> None:
        """The same for whoever is told of every row: a step now and then, and nothing is written in between."""
        now = self.clock()
        if self.told_at is None or now - self.told_at >= TOLD_EVERY:
            self.step(done, of)
            self.told_at = now

    def finish(self) -> None:
        """Within the work's own transaction, as its last statement: both are kept or neither. Raises LeaseLost."""
        actions.finish(self.held, at=self.clock())
        self.finished = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """`keys_for` picks from an unlocked ring what the job needs, by names that `run` knows; it raises NoKey or
    KeysLocked where this ring does not open it. It is there for a kind that needs keys, and for no other.

    `lease` is how long a run may be silent (no step) before another one takes the job over.
    """

    name: str
    run: Callable[[Run], None]
    keys_for: Callable[[Job, Keyring], Mapping[str, bytes]] | None = None
    lease: timedelta = timedelta(minutes=2)
    attempts: int = 5

    @property
    def needs_keys(self) -> bool:
        return self.keys_for is not None


Kinds = Mapping[str, Kind]


def by_name(*kinds: Kind) -> dict[str, Kind]:
    """The registry of these kinds."""
    found = {kind.name: kind for kind in kinds}
    assert len(found) == len(kinds), "two kinds of one name"
    return found
