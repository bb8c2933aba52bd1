"""`safeconduct init`: the folders, the databases, the first office and its first member."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings

from safeconduct.config.deployment.backup.manifest import KEYS, MAIN
from safeconduct.config.deployment.backup.tables import needs_no_rows
from safeconduct.config.deployment.home import (
    Home,
    empty_home,
    held_alone,
    keep_secret,
    write_for_us_alone,
)
from safeconduct.config.deployment.migrating import BOTH, migrate_to_newest
from safeconduct.people.actions.offices import open_office, open_operator
from safeconduct.people.present import Present
from safeconduct.vault.age import new_identity


@dataclass(frozen=True, slots=True)
class FirstMember:
    """Who is asked for at the first set-up."""

    office: str
    handle: str
    passphrase: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Made:
    """What is shown once and kept nowhere: the member's recovery code, and what opens backups."""

    member: Present = field(repr=False)
    recovery: str = field(repr=False)
    backup_identity: str = field(repr=False)


def make_deployment(home: Home, first: FirstMember, *, at: datetime) -> Made:
    """A new deployment, or nothing. Raises AlreadyDeployed, NotEmpty, PassphraseWeak, HandleTaken."""
    with empty_home(home), held_alone(home):
        for database in BOTH:
            needs_no_rows(database, called=KEYS if database == "keys" else MAIN)
            migrate_to_newest(database)
        identity = new_identity()
        write_for_us_alone(home.recipient, identity.recipient + "\n")
        member, recovery = open_office(first.office, first.handle, first.passphrase, at)
        # Last: where it is, the deployment is whole. This process drew it, and has used it already.
        keep_secret(home, settings.SECRET_KEY)
    return Made(member, recovery, identity.private)


def add_operator(handle: str, passphrase: str, *, at: datetime) -> str:
    """An account that is shown how the deployment fares. The recovery code, shown once."""
    _, recovery = open_operator(handle, passphrase, at)
    return recovery
