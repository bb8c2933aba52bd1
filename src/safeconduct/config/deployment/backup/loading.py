"""The lines of one backup, put as rows into one database."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import models

from safeconduct.config.deployment.backup.cells import row_of
from safeconduct.config.deployment.backup.files import read_encrypted
from safeconduct.config.deployment.backup.manifest import FORMAT, Manifest
from safeconduct.config.deployment.backup.tables import (
    Table,
    columns_of,
    put_sequences_right,
    rows_of,
    tables_in,
)
from safeconduct.core.errors import BackupNotWhole, BackupTooNew, NotABackup
from safeconduct.vault.age import Identity

_AT_A_TIME: Final = 500


class _EnoughSeen(Exception):  # noqa: N818 (no error: the reading is over)
    """The first line is all that was wanted."""


def manifest_in(path: Path, kind: str, identity: Identity) -> Manifest:
    """What the backup says of itself. Raises NotABackup, BackupTooNew, and what `read_encrypted` raises."""
    seen: list[Any] = []

    def take(told: Any) -> None:
        seen.append(told)
        raise _EnoughSeen

    try:
        read_encrypted(path, take, identity=identity)
    except _EnoughSeen:
        return _manifest(seen[0], path, kind)
    raise NotABackup(path=path.name, kind=kind)


def load(path: Path, database: str, identity: Identity) -> None:
    """Every row, within the caller's transaction. Raises BackupNotWhole, and what `read_encrypted` raises."""
    loading = _Loading(path, database)
    read_encrypted(path, loading.take, identity=identity)
    loading.end()


def _manifest(told: Any, path: Path, kind: str) -> Manifest:
    try:
        manifest = Manifest(**told["safeconduct"])
    except (TypeError, KeyError) as wrong:
        newer = isinstance(told, dict) and isinstance(told.get("safeconduct"), dict)
        if newer and told["safeconduct"].get("format", 0) > FORMAT:
            raise BackupTooNew(
                path=path.name, version=told["safeconduct"].get("version")
            ) from wrong
        raise NotABackup(path=path.name, kind=kind) from wrong
    if manifest.kind != kind:
        raise NotABackup(path=path.name, kind=kind)
    return manifest


class _Loading:
    """Takes the lines, manifest first, and puts the rows in as they come."""

    def __init__(self, path: Path, database: str) -> None:
        self._path, self._database = path, database
        self._tables = {each._meta.label_lower: each for each in tables_in(database)}
        self._expected: dict[str, int] | None = None
        self._table: Table | None = None
        self._fields: list[models.Field[Any, Any]] = []
        self._rows: list[models.Model] = []
        self._counts: dict[str, int] = {}

    def take(self, told: Any) -> None:
        if self._expected is None:
            self._expected = told["safeconduct"]["counts"]
        elif isinstance(told, dict):
            self._begin(told)
        else:
            self._add(told)

    def end(self) -> None:
        """The counts must be those of the manifest."""
        self._put()
        for table, count in (self._expected or {}).items():
            if self._counts.get(table, 0) != count:
                raise self._not_whole(
                    f"{table} has {self._counts.get(table, 0)} rows and should have {count}"
                )
        put_sequences_right(list(self._tables.values()), self._database)

    def _begin(self, told: dict[str, Any]) -> None:
        self._put()
        table = self._tables.get(str(told.get("table")))
        if table is None or told.get("columns") != [field.attname for field in columns_of(table)]:
            raise self._not_whole("it has a table that is unknown here")
        self._table, self._fields = table, columns_of(table)

    def _add(self, cells: Any) -> None:
        if self._table is None:
            raise self._not_whole("a row stands before its table")
        try:
            self._rows.append(self._table(**row_of(self._fields, cells)))
        except (ValueError, TypeError, ValidationError) as wrong:
            raise self._not_whole("a row is not as its table") from wrong
        if len(self._rows) >= _AT_A_TIME:
            self._put()

    def _put(self) -> None:
        if self._table is None or not self._rows:
            return
        name = self._table._meta.label_lower
        self._counts[name] = self._counts.get(name, 0) + len(self._rows)
        rows_of(self._table, self._database).bulk_create(self._rows)
        self._rows = []

    def _not_whole(self, problem: str) -> BackupNotWhole:
        return BackupNotWhole(path=self._path.name, problem=problem)
