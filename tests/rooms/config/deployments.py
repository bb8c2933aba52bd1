"""Deployments made for a test: real files in a folder of its own, beside the databases of the other tests."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import load_backend

from safeconduct.config.deployment.home import Home
from safeconduct.config.settings import _database


def home_in(folder: Path) -> Home:
    return Home(folder / "home", folder / "keystore")


@contextmanager
def at_home(home: Home, settings: Any, urls: dict[str, str] | None = None) -> Iterator[None]:
    """Both databases and the settings are those of this home until the end. `urls`: on a server instead."""
    settings.HOME, settings.KEYS_HOME = home.folder, home.keys
    files = {"default": home.folder / "main.sqlite", "keys": home.keys / "keys.sqlite"}
    before = {alias: connections[alias] for alias in files}
    for alias, file in files.items():
        connections[alias] = _wrapper(_database((urls or {}).get(alias), file), alias)
    try:
        yield
    finally:
        for alias, connection in before.items():
            connections[alias].close()
            connections[alias] = connection


def _wrapper(database: dict[str, Any], alias: str) -> BaseDatabaseWrapper:
    told = {**connections[alias].settings_dict, "OPTIONS": {}, "HOST": "", "USER": "", **database}
    return load_backend(told["ENGINE"]).DatabaseWrapper(told, alias)


def empty_databases() -> None:
    """Every table, as migrations make them."""
    for alias in ("keys", "default"):
        call_command("migrate", database=alias, verbosity=0, interactive=False)


def copy_of(template: Home, home: Home) -> None:
    """The files of a deployment, once more."""
    for one, other in ((template.folder, home.folder), (template.keys, home.keys)):
        shutil.copytree(one, other)
