"""`safeconduct backup`: both databases, each to a folder of its own, while the desk is serving."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Final

from django.db import transaction

from safeconduct.config.deployment.backup.cells import line_of
from safeconduct.config.deployment.backup.files import write_encrypted
from safeconduct.config.deployment.backup.manifest import KEYS, MAIN, manifest_of, ties
from safeconduct.config.deployment.backup.snapshot import snapshot
from safeconduct.config.deployment.backup.tables import lines_of_tables, tables_in
from safeconduct.config.deployment.home import (
    Home,
    LastBackup,
    lie_together,
    needs_deployment,
    recipient_of,
    remember_backup,
)
from safeconduct.core.errors import BackupNotWritten, FoldersTheSame, KeysDoNotFit
from safeconduct.journal.actions import BY_ITSELF, write_line
from safeconduct.journal.deeds import Deed
from safeconduct.people.models import Member
from safeconduct.vault.age import read_recipient
from safeconduct.vault.models import MemberKey

KEYS_FILE: Final = "safeconduct-keys.age"


@dataclass(frozen=True, slots=True)
class Backup:
    """Two files and what they hold. `sha256` are of the files as written."""

    main: Path
    keys: Path
    head: str
    rows: int
    bytes: int
    sha256: dict[str, str]


def make_backup(
    home: Home,
    *,
    to: Path,
    keys_to: Path,
    at: datetime,
    others: Sequence[str] = (),
    line: bool = True,
) -> Backup:
    """Both files, whole. The backup of the keys replaces the one before: what was shredded since is gone from it.

    The main database is looked at first: keys are made before what needs them, so that every case in it has its key.
    `line` is False before an upgrade, whose own line comes after it. Raises NoDeployment,
    FoldersTheSame, RecipientUnclear, KeysDoNotFit, BackupNotWritten.
    """
    needs_deployment(home)
    _two_folders(to, keys_to)
    recipients = [recipient_of(home), *map(read_recipient, others)]
    main = to / f"safeconduct-main-{at:%Y%m%dT%H%M%S.%fZ}.age"
    keys = keys_to / KEYS_FILE
    with snapshot("default"), snapshot("keys"):
        _needs_fitting_keys()
        tables, key_tables = tables_in("default"), tables_in("keys")
        told = manifest_of(MAIN, "default", tables, at=at)
        secret = home.secret.read_text("utf-8").strip()
        told_keys = manifest_of(KEYS, "keys", key_tables, at=at, tied=ties(), secret=secret)
        lines = chain([line_of(told.told())], lines_of_tables(tables, "default"))
        key_lines = chain([line_of(told_keys.told())], lines_of_tables(key_tables, "keys"))
        sums = {
            main.name: write_encrypted(main, lines, recipients=recipients),
            keys.name: write_encrypted(keys, key_lines, recipients=recipients),
        }
    rows = sum(told.counts.values()) + sum(told_keys.counts.values())
    size = main.stat().st_size + keys.stat().st_size
    if line:
        with transaction.atomic():
            write_line(Deed.BACKED_UP, by=BY_ITSELF, at=at, facts={"rows": rows})
    remember_backup(home, LastBackup(at, to.resolve(), keys_to.resolve()))
    return Backup(main, keys, told.head, rows, size, sums)


def _needs_fitting_keys() -> None:
    """The wrong disk, or an empty store, must never replace the one backup of the keys."""
    here = set(Member.objects.filter(left_at=None).values_list("code", flat=True))
    if here.isdisjoint(MemberKey.objects.values_list("member", flat=True)):
        raise KeysDoNotFit


def _two_folders(to: Path, keys_to: Path) -> None:
    """Neither the same nor one within the other, and both can be made."""
    for folder in (to, keys_to):
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as wrong:
            raise BackupNotWritten(folder=folder, problem=wrong.strerror or "it stopped") from wrong
    if lie_together(to, keys_to):
        raise FoldersTheSame
