"""Bring the tables of both databases to a version: the newest, or the one that a backup was written by."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from typing import Final

from django.core.management import call_command
from django.db import DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

# Keys first, as everywhere: a key that nothing needs harms nobody.
BOTH: Final = ("keys", "default")


def migrate_to_newest(database: str) -> None:
    """Nothing happens where nothing is to be done."""
    call_command("migrate", database=database, verbosity=0, interactive=False)


def migrate_to(database: str, names: Collection[str]) -> None:
    """To these migrations (`room.name`) and what they need, in an empty database."""
    executor = MigrationExecutor(connections[database])
    graph = executor.loader.graph
    wanted = {key for key in graph.nodes if _told(key) in names}
    # The last of each room; those before it are reached on the way.
    followed = {
        parent.key
        for key in wanted
        for parent in graph.node_map[key].parents
        if parent.key[0] == key[0]
    }
    executor.migrate(sorted(wanted - followed))


def applied_in(database: str) -> list[str]:
    """As `room.name`."""
    loader = MigrationLoader(connections[database])
    return sorted(_told(key) for key in loader.applied_migrations)


def known() -> set[str]:
    """Every migration that this version knows."""
    return {_told(key) for key in MigrationLoader(None).graph.nodes}


def _told(key: tuple[str, str]) -> str:
    return f"{key[0]}.{key[1]}"


def drop_tables(database: str) -> None:
    """Every table of ours, after a set-up or a restore that did not end well. SQLite's files go with their folders."""
    if connections[database].vendor == "sqlite":
        return
    # A server that has gone keeps what it has: what stopped the restore is what is told, and not this.
    with suppress(DatabaseError):
        for room in {room for room, _ in MigrationLoader(connections[database]).applied_migrations}:
            MigrationExecutor(connections[database]).migrate([(room, None)])
