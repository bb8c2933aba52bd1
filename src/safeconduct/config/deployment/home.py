"""The folder of a deployment, and what lies where in it."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import connections

from safeconduct.config.deployment.stores import need_to_be_two, needs_stores
from safeconduct.core.errors import (
    AlreadyDeployed,
    CutOff,
    InUse,
    KeepsNoRights,
    NoDeployment,
    NotARecipient,
    PlaceNotUsable,
    RecipientUnclear,
)
from safeconduct.vault.age import read_recipient

_OURS: Final = 0o700
_OTHERS: Final = 0o077


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
    """Its folders, made and held alone. Where what is within does not end well, nothing is there again.

    Raises AlreadyDeployed or CutOff where anything was before, InUse, StoresTheSame, PlaceNotUsable, KeepsNoRights.
    """
    need_to_be_two()
    _needs_nothing_in(home)
    try:
        for folder in (home.folder, home.keys):
            folder.mkdir(mode=_OURS, parents=True, exist_ok=True)
            with suppress(PermissionError):
                folder.chmod(_OURS)
            if folder.stat().st_mode & _OTHERS:
                raise KeepsNoRights(place=folder)
    except OSError as wrong:
        raise PlaceNotUsable(place=folder, problem=wrong.strerror) from wrong
    with held_alone(home):
        # Again, now that nobody else can begin: another may have been quicker.
        _needs_nothing_in(home, made=True)
        try:
            yield
        except BaseException:
            connections.close_all()
            for folder in (home.keys, home.folder):
                shutil.rmtree(folder, ignore_errors=True)
            raise


def _needs_nothing_in(home: Home, *, made: bool = False) -> None:
    """`made`: the folders are there, perhaps one within the other, and the lock."""
    for folder in (home.folder, home.keys):
        try:
            found = set(folder.iterdir()) - {home.lock}
        except FileNotFoundError:
            continue
        except OSError as wrong:
            raise PlaceNotUsable(place=folder, problem=wrong.strerror) from wrong
        if made:
            found -= {home.keys, *home.keys.parents}
        if found:
            _needs_whole(home)
            raise AlreadyDeployed(place=folder)


def _needs_whole(home: Home) -> None:
    """Raises CutOff where files of ours are and `server.key`, the last to be written, is not."""
    begun = home.lock.exists() or (home.folder / "main.sqlite").exists()
    if begun and not home.secret.is_file():
        raise CutOff(home=home.folder)


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
    """Raises NoDeployment where none was made; CutOff, PlaceNotUsable, StoreNotUsable where it is not whole."""
    try:
        _needs_whole(home)
        there = home.secret.is_file()
    except OSError as wrong:
        raise PlaceNotUsable(place=wrong.filename, problem=wrong.strerror) from wrong
    if not there:
        raise NoDeployment(home=home.folder)
    needs_stores()


def recipient_of(home: Home) -> str:
    """Raises RecipientUnclear where the file is gone or says something else."""
    try:
        return read_recipient(home.recipient.read_text("utf-8"))
    except (OSError, NotARecipient) as unclear:
        raise RecipientUnclear(place=home.recipient) from unclear


@contextmanager
def held_alone(home: Home) -> Iterator[None]:
    """Nobody else serves, upgrades or restores meanwhile. The kernel lets go of it at a kill as well.

    Raises InUse, PlaceNotUsable.
    """
    try:
        handle = os.open(home.lock, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    except OSError as wrong:
        raise PlaceNotUsable(place=home.lock, problem=wrong.strerror) from wrong
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


def lie_together(to: Path, keys_to: Path) -> bool:
    """Whether the two folders are one, or one lies within the other, links followed."""
    one, other = to.resolve(), keys_to.resolve()
    return one.is_relative_to(other) or other.is_relative_to(one)


def remember_backup(home: Home, last: LastBackup) -> None:
    told = {"at": last.at.isoformat(), "to": str(last.to), "keys_to": str(last.keys_to)}
    write_for_us_alone(home.last_backup, json.dumps(told) + "\n")
