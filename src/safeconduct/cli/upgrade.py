"""`safeconduct upgrade`: from the version before to this one."""

from __future__ import annotations

from pathlib import Path

import click

from safeconduct.cli.backup import A_FOLDER, folders
from safeconduct.cli.clock import now
from safeconduct.config.deployment.home import this_home
from safeconduct.config.deployment.memory import keep_memory_off_the_disk
from safeconduct.config.deployment.upgrading import upgrade as upgrade_home


@click.command()
@click.option("--to", type=A_FOLDER, help="Folder for the backup; as last time if left out.")
@click.option("--keys-to", type=A_FOLDER, help="Another folder, for the backup of the keys.")
def upgrade(to: Path | None, keys_to: Path | None) -> None:
    """Stop the desk first. Backs up, brings the tables to this version, verifies; says how to go back if it must."""
    keep_memory_off_the_disk()
    home = this_home()
    to, keys_to = folders(home, to, keys_to)
    done = upgrade_home(
        home,
        to=to,
        keys_to=keys_to,
        at=now(),
        tell=lambda step: click.echo(f"{step} ...", err=True),
    )
    for warning in done.warnings:
        click.echo(f"{warning.number}: {warning.says} {warning.mend}", err=True)
    click.echo(
        f"This version is in place; {done.migrations} changes of tables. Backup: {done.backup.main}"
    )
