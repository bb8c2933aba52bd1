"""One look at a database that does not change while it is read, and that stops no writer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections, transaction


@contextmanager
def snapshot(database: str) -> Iterator[None]:
    """Everything read of that database within is as it was at the first read.

    SQLite in WAL: a deferred transaction (the settings' IMMEDIATE would keep writers waiting). PostgreSQL:
    REPEATABLE READ, READ ONLY.
    """
    connection = connections[database]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            cursor.execute("SELECT COUNT(*) FROM sqlite_master")
            cursor.fetchone()  # the first read takes the snapshot
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
        return
    with transaction.atomic(using=database):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SELECT 1")
        yield
