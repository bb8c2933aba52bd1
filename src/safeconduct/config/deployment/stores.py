"""The two databases: whether they are there, and if not, why not, in an operator's words."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from django.db import DatabaseError, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from safeconduct.core.errors import StoreNotUsable, StoresTheSame

STORES: Final = {"default": "main database", "keys": "key store"}
_SOUGHT: Final = {"default": "journal_head", "keys": "vault_memberkey"}
# What libpq says when a server was not reached or did not let us in. It names hosts, databases and roles, no values.
_SERVER: Final = ("connection failed", "failed to resolve", "invalid connection option")
_OTHER_TABLES: Final = (
    "its tables are not those of this version",
    "Stop the desk, then: safeconduct upgrade",
)
_LOOK: Final = (
    "Look at SAFECONDUCT_HOME, SAFECONDUCT_KEYS_HOME, DATABASE_URL and KEYS_DATABASE_URL, and whether its disk is "
    "mounted; if it is lost, restore."
)
# What SQLite says, in its own fixed words: what that means here, and what to do.
_SQLITE: Final = {
    "no such table": _OTHER_TABLES,
    "no such column": _OTHER_TABLES,
    "locked": (
        "another program holds it and did not let go",
        "Find what holds it (a copy, another program that looks at it), end that, and try again.",
    ),
    "full": ("its disk is full", "Make room there and try again. What was acknowledged is kept."),
    "readonly": (
        "this account may not write it",
        "Give this account both folders and all in them (chown), on a disk that may be written to.",
    ),
    "unable to open": (
        "its file cannot be opened",
        "See that this account may read and write its folder, on a disk that is mounted to be written to.",
    ),
    "disk I/O": (
        "its disk did not do what was asked",
        "See whether the disk is full or failing; keep a copy of both folders first.",
    ),
    "not a database": (
        "its file is damaged, or something else",
        "Keep a copy of it as it is; then restore the last backups to an empty folder.",
    ),
    "malformed": (
        "its file is damaged",
        "Keep a copy of it as it is; then restore the last backups to an empty folder.",
    ),
}


def trouble_with(alias: str) -> StoreNotUsable | None:
    """None where the store opens and holds the tables of its rooms. Never makes a file where none is."""
    told = connections[alias].settings_dict
    try:
        if connections[alias].vendor == "sqlite" and not _has_file(connections[alias]):
            return _refused(alias, f"there is no file {told['NAME']}", _LOOK)
        if _SOUGHT[alias] in connections[alias].introspection.table_names():
            return None
    except OSError as shut:
        return _refused(alias, f"{told['NAME']}: {shut.strerror}", _SQLITE["unable to open"][1])
    except DatabaseError as wrong:
        return in_our_words(wrong, alias)
    return _refused(alias, "it holds no tables of ours", _LOOK)


def is_there(alias: str) -> bool:
    return trouble_with(alias) is None


def needs_stores() -> None:
    """Raises StoreNotUsable."""
    for alias in STORES:
        trouble = trouble_with(alias)
        if trouble is not None:
            raise trouble


def are_one() -> bool:
    """Whether both stores lie in one database: as they are named, whether or not anything is there."""
    main, keys = (_address(alias) for alias in STORES)
    return main == keys


def need_to_be_two() -> None:
    """Raises StoresTheSame, also where two files would lie in one folder."""
    if are_one() or share_a_folder():
        raise StoresTheSame


def share_a_folder() -> bool:
    """Whether both stores are files, and of one folder."""
    main, keys = (connections[alias] for alias in STORES)
    return main.vendor == keys.vendor == "sqlite" and _folder_of(main) == _folder_of(keys)


def in_our_words(wrong: DatabaseError, alias: str | None = None) -> StoreNotUsable:
    """What a database refused. Of its own words only those that quote no value are passed on."""
    words = str(wrong)
    for sign, (problem, fix) in _SQLITE.items():
        if sign in words:
            return _refused(alias, problem, fix)
    if type(wrong.__cause__).__name__ in {"UndefinedTable", "UndefinedColumn"}:
        return _refused(alias, *_OTHER_TABLES)
    if words.startswith(_SERVER):
        told = words.splitlines()[0].rpartition("failed: ")[2].removeprefix("FATAL:")
        return _refused(alias, told.strip(), _LOOK)
    return _refused(
        alias, f"it stopped ({type(wrong).__name__})", "`safeconduct doctor` may say why."
    )


def _refused(alias: str | None, problem: str, fix: str) -> StoreNotUsable:
    return StoreNotUsable(
        store=STORES[alias] if alias else "database", problem=problem.rstrip("."), fix=fix
    )


def _address(alias: str) -> tuple[str, ...]:
    told = connections[alias].settings_dict
    return tuple(str(told.get(key) or "") for key in ("ENGINE", "HOST", "PORT", "NAME"))


def _folder_of(connection: BaseDatabaseWrapper) -> Path:
    return Path(connection.settings_dict["NAME"]).resolve().parent


def _has_file(connection: Any) -> bool:
    """A database in memory, as tests have, is there without one."""
    return connection.is_in_memory_db() or Path(connection.settings_dict["NAME"]).is_file()
