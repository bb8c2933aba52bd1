"""Work that needs several rooms at once."""

from __future__ import annotations

from typing import Final

from safeconduct.flow.assessing import Newcomers
from safeconduct.intake.actions.beginning import IMPORT
from safeconduct.intake.importing import import_delivery
from safeconduct.intake.job_kinds import LEASE
from safeconduct.jobs.kinds import Kind, Run, by_name
from safeconduct.people.lent import office_keys_for, ring_of


def take_in(run: Run) -> None:
    """A delivery becomes cases, each assessed as it is opened; their doubles are looked for next."""
    newcomers = Newcomers.of(run.held.office, ring_of(run), at=run.clock())
    try:
        import_delivery(run, assess=newcomers.assess, arrived=newcomers.arrived)
    finally:
        newcomers.forget()


KINDS: Final = by_name(
    Kind(name=IMPORT, run=take_in, keys_for=office_keys_for, lease=LEASE),
)
