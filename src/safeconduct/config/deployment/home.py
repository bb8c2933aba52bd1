"""The folder of a deployment, and what lies where in it."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connections

from safeconduct.core.errors import (
    AlreadyDeployed,
    InUse,
    NoDeployment,
    NotARecipient,
    RecipientUnclear,
)
from safeconduct.vault.age import read_recipient


@dataclass(frozen=True, slots=True)
class Home:
    """The places. `keys` may be on another disk; the databases may be on a server instead."""

    folder: Path
    keys: Path

    @property
    def secret(self) -> Path:
        return self.folder / "server.key"

    @property
    def recipient(self) -> Path:
        """Whom backups are encrypted to: the public half of the identity that was printed once."""
        return self.folder / "backup-recipient.txt"

    @property
    def last_backup(self) -> Path:
        return self.folder / "last-backup.json"

    @property
    def lock(self) -> Path:
        return self.folder / "in-use.lock"


def this_home() -> Home:
    return Home(Path(settings.HOME), Path(settings.KEYS_HOME))


@contextmanager
def empty_home(home: Home) -> Iterator[None]:
    """Its folders, made. Where the set-up or the restore within does not end well, nothing is there again.

    Raises AlreadyDeployed where anything was before.
    """
    for folder in (home.folder, home.keys):
        if folder.exists() and any(folder.iterdir()):
            raise AlreadyDeployed(place=folder)
    for folder in (home.folder, home.keys):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
    try:
        yield
    except BaseException:
        connections.close_all()
        for folder in (home.keys, home.folder):
            shutil.rmtree(folder, ignore_errors=True)
        raise


def keep_secret(home: Home, secret: str) -> None:
    """The server's own secret: second factors are sealed under it, and sessions are signed with it."""
    write_for_us_alone(home.secret, secret + "\n")


def write_for_us_alone(path: Path, text: str) -> None:
    """Whole or not at all, and readable by this account only."""
    part = path.with_name(f".{path.name}.part")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def needs_deployment(home: Home) -> None:
    """Raises NoDeployment where none was made."""
    if not home.secret.is_file():
        raise NoDeployment(home=home.folder)


def recipient_of(home: Home) -> str:
    """Raises RecipientUnclear where the file is gone or says something else."""
    try:
        return read_recipient(home.recipient.read_text("utf-8"))
    except (OSError, NotARecipient) as unclear:
        raise RecipientUnclear(place=home.recipient) from unclear


@contextmanager
def held_alone(home: Home) -> Iterator[None]:
    """Nobody else serves, upgrades or restores meanwhile. Raises InUse. The kernel lets go of it at a kill as well."""
    handle = os.open(home.lock, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as taken:
            raise InUse(home=home.folder) from taken
        yield
    finally:
        os.close(handle)


@dataclass(frozen=True, slots=True)
class LastBackup:
    """When the last backup was made, and to where."""

    at: datetime
    to: Path
    keys_to: Path


def last_backup(home: Home) -> LastBackup | None:
    """None where none was made yet, or the note of it cannot be read."""
    try:
        told = json.loads(home.last_backup.read_text("utf-8"))
        return LastBackup(
            datetime.fromisoformat(told["at"]), Path(told["to"]), Path(told["keys_to"])
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def remember_backup(home: Home, last: LastBackup) -> None:
    told = {"at": last.at.isoformat(), "to": str(last.to), "keys_to": str(last.keys_to)}
    write_for_us_alone(home.last_backup, json.dumps(told) + "\n")
