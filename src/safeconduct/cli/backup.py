"""`safeconduct backup`: both databases, encrypted, while the desk is serving."""

from __future__ import annotations

from pathlib import Path

import click

from safeconduct.cli.clock import now
from safeconduct.config.deployment.backup.making import make_backup
from safeconduct.config.deployment.home import Home, last_backup, this_home
from safeconduct.config.deployment.memory import keep_memory_off_the_disk
from safeconduct.core.errors import NotTold

A_FOLDER = click.Path(path_type=Path, file_okay=False)


@click.command()
@click.option("--to", type=A_FOLDER, help="Folder for the main database; as last time if left out.")
@click.option(
    "--keys-to", type=A_FOLDER, help="Another folder, best on another disk, for the keys."
)
@click.option("--recipient", "recipients", multiple=True, help="One more age recipient (age1...).")
def backup(to: Path | None, keys_to: Path | None, recipients: tuple[str, ...]) -> None:
    """Write safeconduct-main-TIME.age and safeconduct-keys.age, whole or not at all; nothing is in clear on the way.

    The backup of the keys replaces the one before it: what was shredded since is gone from it, and no older backup
    of the main database opens it again. So keep one, and no copies of older ones.
    """
    keep_memory_off_the_disk()
    home = this_home()
    to, keys_to = folders(home, to, keys_to)
    made = make_backup(home, to=to, keys_to=keys_to, at=now(), others=recipients)
    click.echo(f"{made.main}  sha256 {made.sha256[made.main.name]}")
    click.echo(f"{made.keys}  sha256 {made.sha256[made.keys.name]}")
    click.echo(f"{made.rows:,} rows, {made.bytes:,} bytes; the journal's head is {made.head}")


def folders(home: Home, to: Path | None, keys_to: Path | None) -> tuple[Path, Path]:
    """As told, or as last time. Raises NotTold."""
    last = last_backup(home)
    to = to or (last.to if last else None)
    keys_to = keys_to or (last.keys_to if last else None)
    if to is None or keys_to is None:
        raise NotTold(what="Where the backups should lie (--to and --keys-to)")
    return to, keys_to
