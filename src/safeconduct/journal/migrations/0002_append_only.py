"""From here on the database refuses to change or remove a line (append_only.py)."""

from __future__ import annotations

from typing import Any

from django.db import migrations

from safeconduct.journal.append_only import to_allow_changes, to_refuse_changes


def refuse(_apps: Any, editor: Any) -> None:
    for statement in to_refuse_changes(editor.connection.vendor):
        editor.execute(statement)


def allow(_apps: Any, editor: Any) -> None:
    for statement in to_allow_changes(editor.connection.vendor):
        editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]
    operations = [migrations.RunPython(refuse, allow)]
