"""The database's own refusal to change or remove a line, or to move the head by anything but one line.

Triggers of SQLite and of PostgreSQL, put there by a migration. They stop slips and borrowed connections; who owns the
database can take them away, and the chain shows what was done then. SQLite drops them with its table: a migration that
builds `journal_line` or `journal_head` anew calls `refuse_changes` again.
"""

from __future__ import annotations

from typing import Final

from django.db.backends.base.base import BaseDatabaseWrapper

_SAYS: Final = "the journal is only ever added to"

_SQLITE: Final = {
    "journal_line_stays": (
        f"BEFORE UPDATE ON journal_line BEGIN SELECT RAISE(ABORT, '{_SAYS}'); END"
    ),
    "journal_line_kept": (
        f"BEFORE DELETE ON journal_line BEGIN SELECT RAISE(ABORT, '{_SAYS}'); END"
    ),
    "journal_head_moves_on": (
        "BEFORE UPDATE ON journal_head WHEN NEW.number <> OLD.number + 1 "
        f"BEGIN SELECT RAISE(ABORT, '{_SAYS}'); END"
    ),
    "journal_head_kept": (
        f"BEFORE DELETE ON journal_head BEGIN SELECT RAISE(ABORT, '{_SAYS}'); END"
    ),
}

_FUNCTION: Final = (
    "CREATE OR REPLACE FUNCTION journal_only_grows() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{_SAYS}' USING ERRCODE = 'restrict_violation'; END $$"
)
_CALLS: Final = "EXECUTE FUNCTION journal_only_grows()"
_POSTGRESQL: Final = {
    "journal_line_stays": (
        f"BEFORE UPDATE OR DELETE OR TRUNCATE ON journal_line FOR EACH STATEMENT {_CALLS}"
    ),
    "journal_head_moves_on": (
        f"BEFORE UPDATE ON journal_head FOR EACH ROW WHEN (NEW.number <> OLD.number + 1) {_CALLS}"
    ),
    "journal_head_kept": f"BEFORE DELETE OR TRUNCATE ON journal_head FOR EACH STATEMENT {_CALLS}",
}


def to_refuse_changes(vendor: str) -> list[str]:
    """The statements that put the refusal there."""
    if vendor == "sqlite":
        return [f"CREATE TRIGGER {name} {does}" for name, does in _SQLITE.items()]
    return [_FUNCTION, *(f"CREATE TRIGGER {name} {does}" for name, does in _POSTGRESQL.items())]


def to_allow_changes(vendor: str) -> list[str]:
    """The statements that take it away: for a migration that builds the table anew."""
    if vendor == "sqlite":
        return [f"DROP TRIGGER IF EXISTS {name}" for name in _SQLITE]
    return [f"DROP TRIGGER IF EXISTS {name} ON {_table(name)}" for name in _POSTGRESQL]


def refuses_changes(connection: BaseDatabaseWrapper) -> bool:
    """Whether every trigger stands, and is awake."""
    if connection.vendor == "sqlite":
        asked, names = "SELECT name FROM sqlite_master WHERE type = 'trigger'", set(_SQLITE)
    else:
        # 'D' is a trigger that somebody has put to sleep.
        asked = "SELECT tgname FROM pg_trigger WHERE tgenabled IN ('O', 'A')"
        names = set(_POSTGRESQL)
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return names <= {name for (name,) in cursor.fetchall()}


def _table(trigger: str) -> str:
    return "journal_head" if trigger.startswith("journal_head") else "journal_line"
