"""The folder, the server's secret, and who may read them."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from django.db import connections

from safeconduct.config.deployment.checks.checking import Check, Serving
from safeconduct.config.deployment.home import Home
from safeconduct.config.deployment.stores import share_a_folder

_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO


def home_missing(home: Home, _serving: Serving) -> str | None:
    return None if home.folder.is_dir() else f"There is no folder {home.folder}."


def secret_missing(home: Home, _serving: Serving) -> str | None:
    try:
        there = bool(home.secret.read_text("utf-8").strip())
    except (OSError, UnicodeDecodeError):
        there = False
    return None if there else f"{home.secret} is missing, empty or not ours to read."


def secret_open_to_others(home: Home, _serving: Serving) -> str | None:
    return f"Others may read {home.secret}." if _open_to_others(home.secret) else None


def data_open_to_others(home: Home, _serving: Serving) -> str | None:
    """The folders and everything within them: a folder shut today may be copied to an open one tomorrow."""
    found = [path for path in _ours(home) if _open_to_others(path) and path != home.secret]
    if not found:
        return None
    return f"Others may read {found[0]}" + (f" and {len(found) - 1} more." if found[1:] else ".")


def keys_beside_the_data(_home: Home, _serving: Serving) -> str | None:
    """In one folder with the database: whoever copies the folder has both."""
    if not share_a_folder():
        return None
    main = Path(connections["default"].settings_dict["NAME"])
    return f"The key store lies in {main.parent}, beside the database."


def keys_within_the_home(home: Home, _serving: Serving) -> str | None:
    files = connections["keys"].vendor == "sqlite"
    if not files or not home.keys.resolve().is_relative_to(home.folder.resolve()):
        return None
    return f"The key store lies within {home.folder}: one copy of that folder takes both."


def _ours(home: Home) -> Iterator[Path]:
    for folder in (home.folder, home.keys):
        if folder.is_dir():
            yield folder
            yield from folder.rglob("*")


def _open_to_others(path: Path) -> bool:
    try:
        return bool(path.lstat().st_mode & _OTHERS)
    except OSError:
        return False


CHECKS: Final = (
    Check(
        "SCD01",
        home_missing,
        "Name the right folder in SAFECONDUCT_HOME, or make one: safeconduct init.",
    ),
    Check(
        "SCD02",
        secret_missing,
        "Restore the backup of the keys, which holds it. A new one means second factors anew.",
    ),
    Check("SCD03", secret_open_to_others, "chmod 600 server.key; and think who may have read it."),
    Check(
        "SCD04",
        data_open_to_others,
        "chmod -R go= on both folders; a disk that keeps no rights must be mounted with umask=077.",
    ),
    Check(
        "SCD05",
        keys_beside_the_data,
        "Give keys.sqlite a folder of its own, named in SAFECONDUCT_KEYS_HOME.",
    ),
    Check(
        "SCD06",
        keys_within_the_home,
        "Best on another disk: name its folder in SAFECONDUCT_KEYS_HOME.",
        grave=False,
    ),
)
