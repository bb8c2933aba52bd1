"""Which tables a backup holds, and their rows as a stream.

Tables are those of the migrations that were applied, not of the code at hand: an upgrade backs up before it migrates.
Their order does not matter: references are checked at commit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from django.core.management.color import no_style
from django.db import connections, models, router
from django.db.migrations.loader import MigrationLoader

from safeconduct.config.deployment.backup.cells import line_of
from safeconduct.core.errors import NotEmpty

# Django's own lists of what there is, made anew by every migration; sessions are never on disk.
_MADE_ANEW: Final = {"contenttypes", "auth", "sessions"}
_AT_A_TIME: Final = 2_000

Table = type[models.Model]


def tables_in(database: str) -> list[Table]:
    """Every table of that database that a backup holds."""
    loader = MigrationLoader(connections[database])
    applied = [key for key in loader.applied_migrations if key in loader.graph.nodes]
    found = loader.project_state(applied).apps.get_models(include_auto_created=True)
    return [
        table
        for table in found
        if table._meta.app_label not in _MADE_ANEW
        and table._meta.managed
        and router.allow_migrate_model(database, table)
    ]


def columns_of(table: Table) -> list[models.Field[Any, Any]]:
    """All but those that the database works out of the others by itself."""
    return [field for field in table._meta.concrete_fields if not field.generated]


def rows_of(table: Table, database: str) -> models.QuerySet[models.Model]:
    """Every row, whatever a model's own manager leaves out."""
    return models.QuerySet(table, using=database)


def counts_of(tables: Sequence[Table], database: str) -> dict[str, int]:
    """Rows by table, as `room.model`."""
    return {table._meta.label_lower: rows_of(table, database).count() for table in tables}


def lines_of_tables(tables: Sequence[Table], database: str) -> Iterator[bytes]:
    """A line for each table and for each of its rows. Read within a snapshot."""
    for table in tables:
        names = [field.attname for field in columns_of(table)]
        yield line_of({"table": table._meta.label_lower, "columns": names})
        rows = rows_of(table, database).order_by(table._meta.pk.attname)
        for row in rows.values_list(*names).iterator(chunk_size=_AT_A_TIME):
            yield line_of(row)


def needs_no_rows(database: str, *, called: str) -> None:
    """Raises NotEmpty. Tables may be there, from a set-up that did not end well; rows may not."""
    there = set(connections[database].introspection.table_names())
    for table in tables_in(database):
        if table._meta.db_table in there and rows_of(table, database).exists():
            raise NotEmpty(place=f"the {called}")


def put_sequences_right(tables: Sequence[Table], database: str) -> None:
    """After rows were put in with their own numbers: the next number is a new one (PostgreSQL)."""
    connection = connections[database]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(tables)):
            cursor.execute(statement)
