"""The two databases: what is acknowledged is on disk, what is deleted is gone, and keys live apart."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from safeconduct.config.deployment.checks.checking import Check, Serving
from safeconduct.config.deployment.home import Home
from safeconduct.config.deployment.stores import STORES, are_one, is_there, trouble_with

_FULL: Final = 2  # PRAGMA synchronous
_OVERWRITTEN: Final = {1}  # PRAGMA secure_delete; 2 is FAST, which leaves traces


def not_there(_home: Home, _serving: Serving) -> str | None:
    """SQLite makes an empty file where none is: the tables are asked for as well."""
    troubles = [trouble for trouble in map(trouble_with, STORES) if trouble is not None]
    return " ".join(each.says.format(**each.where) for each in troubles) or None


def not_write_ahead(_home: Home, _serving: Serving) -> str | None:
    loose = [alias for alias in _files() if _pragma(alias, "journal_mode") != "wal"]
    return "A SQLite database is not in write-ahead mode." if loose else None


def not_synchronous(_home: Home, _serving: Serving) -> str | None:
    """Law 2: what was acknowledged outlives a power cut."""
    loose = [alias for alias in _files() if _pragma(alias, "synchronous") != _FULL]
    servers = [
        alias
        for alias in _servers()
        if "off" in {_shown(alias, "fsync"), _shown(alias, "synchronous_commit")}
    ]
    return "A database acknowledges what a power cut would undo." if loose or servers else None


def deleted_stays(_home: Home, _serving: Serving) -> str | None:
    loose = [alias for alias in _files() if _pragma(alias, "secure_delete") not in _OVERWRITTEN]
    return "A SQLite database leaves deleted rows readable in its file." if loose else None


def keys_in_the_main_database(_home: Home, _serving: Serving) -> str | None:
    return (
        "The key store is in the main database: each backup of one holds both."
        if are_one()
        else None
    )


def not_migrated(_home: Home, _serving: Serving) -> str | None:
    waiting = sum(
        len(_migrations() - MigrationRecorder(connections[alias]).applied_migrations().keys())
        for alias in filter(is_there, STORES)
    )
    return f"{waiting} migrations were not applied." if waiting else None


@cache
def _migrations() -> frozenset[tuple[str, str]]:
    """All that this program has. Most checks ask for them, and the program does not change while it runs."""
    return frozenset(MigrationLoader(None).graph.nodes)


def can_be_read(home: Home, serving: Serving) -> bool:
    """Both are there, with this version's tables; else that is the finding, and others look no further."""
    return all(map(is_there, STORES)) and not_migrated(home, serving) is None


def in_clear_to_the_server(_home: Home, _serving: Serving) -> str | None:
    """PostgreSQL on another machine without TLS."""
    loose = [alias for alias in _servers() if not _is_near(alias) and not _encrypts(alias)]
    return "A database on another machine is reached without TLS." if loose else None


def _files() -> list[str]:
    return [alias for alias in STORES if connections[alias].vendor == "sqlite" and is_there(alias)]


def _servers() -> list[str]:
    return [alias for alias in STORES if connections[alias].vendor != "sqlite" and is_there(alias)]


def _pragma(alias: str, name: str) -> Any:
    return _asked(alias, f"PRAGMA {name}")


def _shown(alias: str, name: str) -> Any:
    return _asked(alias, f"SHOW {name}")


def _asked(alias: str, question: str) -> Any:
    with connections[alias].cursor() as cursor:
        cursor.execute(question)
        row = cursor.fetchone()
    return row[0] if row else None


def _is_near(alias: str) -> bool:
    host = str(connections[alias].settings_dict.get("HOST") or "")
    return host in {"", "localhost", "127.0.0.1", "::1"} or host.startswith("/")


def _encrypts(alias: str) -> bool:
    return bool(_asked(alias, "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"))


CHECKS: Final = (
    Check(
        "SCD30",
        not_there,
        "Look at SAFECONDUCT_KEYS_HOME, DATABASE_URL and KEYS_DATABASE_URL, or restore.",
    ),
    Check(
        "SCD31",
        not_write_ahead,
        "Take the settings as shipped; a network disk cannot hold a SQLite database.",
    ),
    Check(
        "SCD32",
        not_synchronous,
        "SQLite: the settings as shipped. PostgreSQL: fsync and synchronous_commit on.",
    ),
    Check("SCD33", deleted_stays, "Take the settings as shipped."),
    Check(
        "SCD34",
        keys_in_the_main_database,
        "Make a second database for the keys and name it in KEYS_DATABASE_URL.",
    ),
    Check("SCD35", not_migrated, "safeconduct upgrade"),
    Check("SCD36", in_clear_to_the_server, "Add sslmode=verify-full to its address."),
)
