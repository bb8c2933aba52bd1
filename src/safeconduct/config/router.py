"""Which database holds what: wrapped keys live apart from everything else."""

from __future__ import annotations

from typing import Any

KEYS = "keys"


class KeysApart:
    """The room `vault` has the key store to itself."""

    def db_for_read(self, model: Any, **_hints: Any) -> str:
        return KEYS if model._meta.app_label == "vault" else "default"

    db_for_write = db_for_read

    def allow_relation(self, one: Any, other: Any, **_hints: Any) -> bool:
        return self.db_for_read(one) == self.db_for_read(other)

    def allow_migrate(self, db: str, app_label: str, **_hints: Any) -> bool:
        return (db == KEYS) == (app_label == "vault")
