"""After a deletion: make sure that the bytes are gone from the key store's files, as far as a program can.

SQLite overwrites what is deleted (`secure_delete`) but only in its database; older pages stand in the write-ahead
log until that is cut. PostgreSQL keeps dead rows, and a plain VACUUM frees their room without overwriting it: the
tables are written anew (VACUUM FULL). Its own log keeps older pages until it is recycled.
What the disk itself keeps (copies of worn blocks on flash, snapshots) no program reaches: docs/decisions/0010.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connections

from safeconduct.vault.models import CaseKey, MemberKey, OfficeKey

KEYS = "keys"


@dataclass(frozen=True, slots=True)
class Wiped:
    """`complete`: nothing is left in the files of the database itself. `left` says what may be, for people."""

    complete: bool
    left: str = ""


def wipe_what_was_deleted(using: str = KEYS) -> Wiped:
    """Call it after the transaction that deleted. On another try it does no harm."""
    connection = connections[using]
    assert not connection.in_atomic_block, "what a transaction still holds cannot be wiped"
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            busy = cursor.fetchone()[0]
        if busy:
            return Wiped(
                False, "another reader held the write-ahead log; it is cut at the next try"
            )
        return Wiped(True)
    with connection.cursor() as cursor:
        for model in (CaseKey, OfficeKey, MemberKey):
            cursor.execute(f"VACUUM (FULL) {connection.ops.quote_name(model._meta.db_table)}")
    return Wiped(
        False,
        "the tables are written anew; the server's own write-ahead log holds older pages until it is recycled, and "
        "wherever it is archived to",
    )
