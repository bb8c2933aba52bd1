"""`safeconduct restore`: two backups into a place where nothing is; also the way from SQLite to PostgreSQL and back.

A backup of an earlier version is loaded into the tables of that version, which are then brought to this one's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction

from safeconduct.config.deployment.backup.loading import load, manifest_in
from safeconduct.config.deployment.backup.manifest import KEYS, MAIN, Manifest
from safeconduct.config.deployment.backup.tables import needs_no_rows
from safeconduct.config.deployment.checks.keys import covers_without_key
from safeconduct.config.deployment.home import Home, empty_home, keep_secret, write_for_us_alone
from safeconduct.config.deployment.migrating import (
    BOTH,
    drop_tables,
    known,
    migrate_to,
    migrate_to_newest,
)
from safeconduct.core.errors import (
    BackupNotWhole,
    BackupOfAnother,
    BackupTooNew,
    KeyBackupOlder,
)
from safeconduct.jobs.actions import ask_for
from safeconduct.journal.actions import BY_ITSELF, Actor, write_line
from safeconduct.journal.deeds import Deed
from safeconduct.journal.heads import heads_told, let_go_of_noted_heads_after
from safeconduct.journal.verifying import verify
from safeconduct.people.actions.leaving import REWRAP
from safeconduct.people.models import Member, Office
from safeconduct.people.opening import key_facts
from safeconduct.vault.age import Identity


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back.

    `lost_lines`: at least so many lines of the journal were acknowledged after the backup and are gone.
    `without_key`: covers whose office can open them no more, shredded or given new keys since the main backup.
    """

    manifest: Manifest
    keys: Manifest
    rows: int
    lost_lines: int
    without_key: int


def restore(home: Home, *, main: Path, keys: Path, identity: Identity, at: datetime) -> Restored:
    """Everything, or nothing. Raises AlreadyDeployed, NotEmpty; NotABackup, BackupNotOpened, BackupNotWhole,

    BackupTooNew, BackupOfAnother, KeyBackupOlder; and NotAsWritten where the chain in the backup does not hold.
    """
    told = {
        "keys": manifest_in(keys, KEYS, identity),
        "default": manifest_in(main, MAIN, identity),
    }
    _belong_together(told["default"], told["keys"], main)
    files = {"keys": keys, "default": main}
    with empty_home(home):
        for database in BOTH:
            needs_no_rows(database, called=told[database].kind)
        try:
            _load_both(files, told, identity)
            restored = _made_good(told, main, at)
            write_for_us_alone(home.recipient, identity.recipient + "\n")
            keep_secret(home, told["keys"].secret)
        except BaseException:
            for database in BOTH:
                drop_tables(database)
            raise
    return restored


def _belong_together(told: Manifest, keys: Manifest, path: Path) -> None:
    if told.deployment != keys.deployment:
        raise BackupOfAnother
    # By the journal, since a clock may have been put back between the two.
    if _last_line(keys) < _last_line(told):
        raise KeyBackupOlder
    if set(told.migrations + keys.migrations) - known():
        raise BackupTooNew(path=path.name, version=told.version)


def _last_line(manifest: Manifest) -> int:
    return heads_told(manifest.head, where=f"the backup of the {manifest.kind}")[0].number


def _load_both(files: dict[str, Path], told: dict[str, Manifest], identity: Identity) -> None:
    for database in BOTH:
        migrate_to(database, told[database].migrations)
        try:
            with transaction.atomic(using=database):
                load(files[database], database, identity)
        except IntegrityError as wrong:
            raise BackupNotWhole(
                path=files[database].name, problem="its rows do not fit each other"
            ) from wrong
        migrate_to_newest(database)


def _made_good(told: dict[str, Manifest], main: Path, at: datetime) -> Restored:
    """What was loaded is what was backed up; what the two backups do not share is told."""
    manifest, keys = told["default"], told["keys"]
    with transaction.atomic(), transaction.atomic(using="keys"):
        verified = verify()
        if str(verified.head) != manifest.head:
            raise BackupNotWhole(
                path=main.name, problem="its journal has another head than it says"
            )
        _tie(keys.tied, at=at)
        highest = let_go_of_noted_heads_after(verified.head.number)
        lost = max(highest - verified.head.number, 0)
        write_line(Deed.RESTORED, by=BY_ITSELF, at=at, facts={"lost_lines": lost})
    rows = sum(manifest.counts.values()) + sum(keys.counts.values())
    return Restored(manifest, keys, rows, lost, covers_without_key())


def _tie(tied: dict[str, Any], *, at: datetime) -> None:
    """Members and offices as the backup of the keys knows them: keys locked anew or renewed since fit again."""
    for code, revision in tied["members"].items():
        Member.objects.filter(code=code).update(key_revision=revision)
    for code, left_at in tied["left"].items():
        Member.objects.filter(code=code).update(left_at=datetime.fromisoformat(left_at))
    for code, told in tied["offices"].items():
        generation, public = told["generation"], bytes.fromhex(told["public"])
        behind = Office.objects.filter(code=code, generation__lt=generation)
        if behind.update(generation=generation, public=public):
            # The job that wraps every case's keys to the newer one is not in this older database.
            facts = {"office": code, "generation": generation}
            by = Actor(office=code)
            ask_for(REWRAP, facts, by=by, at=at, needs_keys=True, subject=code)
            # Nor is the line that told its fingerprint.
            told_key = key_facts(Office.objects.get(code=code))
            write_line(Deed.KEY_RENEWED, by=by, at=at, about=code, facts=told_key)
