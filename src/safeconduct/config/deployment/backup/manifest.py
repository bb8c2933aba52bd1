"""What a backup says of itself in its first line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Final

from safeconduct import __version__
from safeconduct.config.deployment.backup.tables import Table, counts_of
from safeconduct.config.deployment.migrating import applied_in
from safeconduct.journal.heads import head_now
from safeconduct.journal.models import Line
from safeconduct.people.models import Member, Office

FORMAT: Final = 1
MAIN: Final = "main database"
KEYS: Final = "key store"


@dataclass(frozen=True, slots=True)
class Manifest:
    """`deployment` is the hash of the journal's first line: no two deployments share it.

    `tied` and `secret` stand in the backup of the keys alone: how the main database refers to the keys (a newer
    backup of the keys may be restored with an older main one), and the server's own secret.
    """

    kind: str
    deployment: str
    at: str
    version: str
    head: str
    counts: dict[str, int]
    migrations: list[str]
    tied: dict[str, Any] = field(default_factory=dict, repr=False)
    secret: str = field(default="", repr=False)
    format: int = FORMAT

    def told(self) -> dict[str, Any]:
        return {"safeconduct": asdict(self)}


def manifest_of(
    kind: str, database: str, tables: Sequence[Table], *, at: datetime, **more: Any
) -> Manifest:
    """Asked within the snapshots of both databases."""
    first = Line.objects.filter(number=1).values_list("hash", flat=True).first()
    return Manifest(
        kind=kind,
        deployment=bytes(first).hex() if first else "",
        at=at.isoformat(),
        version=__version__,
        head=str(head_now()),
        counts=counts_of(tables, database),
        migrations=applied_in(database),
        **more,
    )


def ties() -> dict[str, Any]:
    """Where the main database refers to the key store: members' revisions, offices' generations and public keys.

    And who left: their keys are gone, and an older main database must not show them as being here.
    """
    offices = Office.objects.filter(elsewhere=False).values_list("code", "generation", "public")
    return {
        "members": dict(Member.objects.values_list("code", "key_revision")),
        "left": {
            code: left_at.isoformat()
            for code, left_at in Member.objects.values_list("code", "left_at")
            if left_at is not None
        },
        "offices": {
            code: {"generation": generation, "public": bytes(public).hex()}
            for code, generation, public in offices
        },
    }
