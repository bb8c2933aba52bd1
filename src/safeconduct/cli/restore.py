"""`safeconduct restore`: two backups to where nothing is."""

from __future__ import annotations

from pathlib import Path

import click

from safeconduct.cli.clock import now
from safeconduct.cli.given import text_given
from safeconduct.config.deployment.backup.restoring import restore as restore_both
from safeconduct.config.deployment.home import this_home
from safeconduct.config.deployment.memory import keep_memory_off_the_disk
from safeconduct.vault.age import identity_from

A_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command()
@click.option("--from", "main", type=A_FILE, required=True, help="The backup of the main database.")
@click.option("--keys", type=A_FILE, required=True, help="The backup of the keys; the newest.")
@click.option(
    "--identity-file",
    required=True,
    metavar="FILE",
    help="The identity that `init` printed once; - for standard input.",
)
def restore(main: Path, keys: Path, identity_file: str) -> None:
    """Restore into an empty SAFECONDUCT_HOME, on SQLite or PostgreSQL, from either; everything or nothing."""
    keep_memory_off_the_disk()
    home = this_home()
    identity = identity_from(text_given("The identity", identity_file))
    told = restore_both(home, main=main, keys=keys, identity=identity, at=now())
    click.echo(f"{told.rows:,} rows are back in {home.folder}, as they were on {told.manifest.at}.")
    click.echo(
        f"The journal holds; its head was {told.manifest.head}. Compare it with one held elsewhere."
    )
    if told.lost_lines:
        click.echo(
            f"At least {told.lost_lines:,} lines of the journal came after this backup: what they tell of is gone. "
            "Ask everybody what they did since, and enter it again."
        )
    if told.without_key:
        click.echo(
            f"{told.without_key:,} cases have a cover and no key: shredded, or given new keys, since that backup."
        )
    click.echo("Next: safeconduct doctor, then safeconduct serve.")
