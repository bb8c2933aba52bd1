"""The desk of `safeconduct demo`: a fictional office whose sheets were imported, on this machine alone.

Everything goes the way it goes in an office: the deployment is made, colleagues are invited and welcomed, the sheets
are taken, read and imported by jobs with the first member's keys, and doubles are looked for. Only the passphrases
are known to everybody who reads this.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from safeconduct.config.clock import now
from safeconduct.config.deployment.home import Home, held_alone
from safeconduct.config.deployment.making import FirstMember, Made, make_deployment
from safeconduct.config.deployment.memory import keep_memory_off_the_disk
from safeconduct.config.job_kinds import job_kinds
from safeconduct.core.errors import PlaceNotUsable
from safeconduct.flow.assessing import assessor
from safeconduct.intake.actions.beginning import begin_import
from safeconduct.intake.actions.looking import read_delivery
from safeconduct.intake.actions.taking import take_files
from safeconduct.intake.models import State
from safeconduct.jobs import actions as jobs
from safeconduct.jobs.running import run_held
from safeconduct.people.actions import invite, keep_recovery_code, welcome
from safeconduct.people.models import Role
from safeconduct.people.present import Present

OFFICE: Final = "The demo office"
PASSPHRASE: Final = "nobody real is in here"  # noqa: S105 (shown to whoever runs the demo)
FIRST: Final = "roya"
COLLEAGUES: Final[Mapping[str, tuple[Role, ...]]] = {
    "parwin": (Role.CASEWORKER,),
    "dawood": (Role.APPROVER,),
}
# What only a desk of the demo has in its folder: nothing else is ever removed to make room for another.
MARK: Final = "this-is-the-demo"

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Demonstrated:
    """Who may come in, all with the same passphrase."""

    handles: tuple[str, ...]
    passphrase: str


def make_demo_desk(home: Home, sheets: Mapping[str, bytes], *, tell: Tell) -> Demonstrated:
    """A new desk where an older one of the demo may be, with these sheets imported. `tell` hears what is being done.

    Raises PlaceNotUsable where something else is there, InUse where that older desk is being served, and what a
    deployment and an import raise.
    """
    keep_memory_off_the_disk()
    _make_room(home)
    made: list[Made] = []
    tell("Making the desk of a fictional office")
    make_deployment(home, FirstMember(OFFICE, FIRST, PASSPHRASE), at=now(), show=made.append)
    (home.folder / MARK).touch(mode=0o600)
    by = made[0].member
    keep_recovery_code(by.member, at=now())
    for handle, roles in COLLEAGUES.items():
        _join(by, handle, roles, at=now())
    tell(f"Importing {len(sheets)} sheets into sealed cases")
    delivery = take_files(by, sheets, at=now())
    read_delivery(by, delivery.code, at=now(), assess=assessor(by.office.code, at=now()))
    begin_import(by, delivery.code, at=now())
    _run_jobs(by, tell)
    delivery.refresh_from_db()
    assert delivery.state == State.DONE, "what a job stopped at stands in the log"
    by.ring.close()
    return Demonstrated((FIRST, *COLLEAGUES), PASSPHRASE)


def _make_room(home: Home) -> None:
    if (home.folder / MARK).exists():
        with held_alone(home):
            shutil.rmtree(home.folder)
    elif home.folder.exists() and any(home.folder.iterdir()):
        raise PlaceNotUsable(place=home.folder, problem="something that is no demo is there")


def _join(by: Present, handle: str, roles: tuple[Role, ...], *, at: datetime) -> None:
    _, code = invite(by, handle=handle, roles=[role.value for role in roles], at=at)
    newcomer, _ = welcome(handle=handle, invitation=code, passphrase=PASSPHRASE, doors=(), at=at)
    keep_recovery_code(newcomer.member, at=at)
    newcomer.ring.close()


def _run_jobs(by: Present, tell: Tell) -> None:
    """Every job that these keys open, here and now; the desk itself gives each to a process of its own."""
    kinds = job_kinds()
    keyed = {kind.name for kind in kinds.values() if kind.keys_for is not None}
    while job := jobs.due(at=now(), kinds=keyed, needs_keys=True).first():
        kind = kinds[job.kind]
        assert kind.keys_for is not None
        keys = kind.keys_for(job, by.ring)
        held = jobs.claim(job, "demo", at=now(), lease=kind.lease, keys_of=by.actor)
        assert held is not None, "nobody else works here"
        if job.kind == "matching.look":
            tell("Looking for doubles")
        run_held(held, kinds, clock=now, keys=keys)
