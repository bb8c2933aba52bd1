"""`safeconduct upgrade`: back up, bring the tables to this version, verify, say so in the journal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from shlex import quote

from django.db import DatabaseError, connections, transaction

from safeconduct import __version__
from safeconduct.config.deployment.backup.making import Backup, make_backup
from safeconduct.config.deployment.checks import look_at
from safeconduct.config.deployment.checks.checking import Finding, Serving
from safeconduct.config.deployment.home import Home, held_alone, needs_deployment
from safeconduct.config.deployment.migrating import BOTH, applied_in, migrate_to_newest
from safeconduct.core.errors import UpgradeStopped
from safeconduct.journal.actions import BY_ITSELF, write_line
from safeconduct.journal.append_only import refuses_changes, to_allow_changes, to_refuse_changes
from safeconduct.journal.deeds import Deed


@dataclass(frozen=True, slots=True)
class Upgraded:
    """`migrations`: how many were applied. `warnings`: what `doctor` would still like mended."""

    backup: Backup
    migrations: int
    warnings: list[Finding]


def upgrade(
    home: Home, *, to: Path, keys_to: Path, at: datetime, tell: Callable[[str], None]
) -> Upgraded:
    """Nobody is served meanwhile. Raises InUse, what `make_backup` raises, and UpgradeStopped with the way back."""
    needs_deployment(home)
    with held_alone(home):
        tell("backing up")
        backup = make_backup(home, to=to, keys_to=keys_to, at=at, line=False)
        before = sum(len(applied_in(database)) for database in BOTH)
        tell("bringing the tables to this version")
        try:
            for database in BOTH:
                migrate_to_newest(database)
            _guard_the_journal()
        except DatabaseError as wrong:
            raise _stopped(backup, "changed the tables", type(wrong).__name__) from wrong
        tell("verifying")
        found = list(look_at(home, Serving(at=at)))
        grave = [each.number for each in found if each.grave]
        if grave:
            raise _stopped(backup, "was verified", ", ".join(grave))
        after = sum(len(applied_in(database)) for database in BOTH)
        facts: dict[str, str | int] = {"version": __version__, "migrations": after - before}
        with transaction.atomic():
            write_line(Deed.UPGRADED, by=BY_ITSELF, at=at, facts=facts)
    return Upgraded(backup, after - before, [each for each in found if not each.grave])


def _guard_the_journal() -> None:
    """The database's own refusal to change a line, where somebody or a migration took it away."""
    connection = connections["default"]
    if refuses_changes(connection):
        return
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in to_allow_changes(connection.vendor) + to_refuse_changes(connection.vendor):
            cursor.execute(statement)


def _stopped(backup: Backup, step: str, problem: str) -> UpgradeStopped:
    main, keys = (quote(str(path.resolve())) for path in (backup.main, backup.keys))
    return UpgradeStopped(step=step, problem=problem, main=main, keys=keys)
