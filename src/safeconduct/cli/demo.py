"""`safeconduct demo`: the main job on the shipped operation, ending in the running desk."""

from __future__ import annotations

import importlib
import os
import socket
import sys
from importlib import resources
from pathlib import Path
from typing import Final

import click

from safeconduct.cli.brief import A_FOLDER, Wishes, make_brief, tell

PACK = "afghanistan-2021"
# A desk that only its own computer reaches, with passphrases that everybody knows: no second factor would help it.
_ENVIRONMENT: Final = {
    "SAFECONDUCT_SECOND_FACTOR": "not on loopback",
    "SAFECONDUCT_TLS": "no",
    "SAFECONDUCT_HOSTS": "localhost,127.0.0.1,[::1]",
}


@click.command()
@click.option(
    "-o",
    "--out",
    type=A_FOLDER,
    default=Path("build/demo"),
    show_default=True,
    help="The folder to write to.",
)
@click.option(
    "--json", "as_json", is_flag=True, help="Print the summary as one JSON object; no desk."
)
@click.option("--no-desk", is_flag=True, help="The brief alone.")
@click.option("--once", is_flag=True, help="Make the desk too, and end instead of serving it.")
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    help="Serve the desk there [8000, or the next that is free].",
)
def demo(out: Path, as_json: bool, no_desk: bool, once: bool, port: int | None) -> None:
    """Make a brief from six messy sheets of fictional people, for the operation of August 2021; then import them into a
    desk and serve it, until Ctrl-C.
    """
    with resources.as_file(
        resources.files("safeconduct.packs") / "afghanistan_2021" / "sheets"
    ) as folder:
        files = sorted(
            each for each in folder.iterdir() if each.suffix in {".xlsx", ".ods", ".csv"}
        )
        if not as_json:
            click.echo(f"Reading {len(files)} sheets of fictional people ...", err=True)
        job = make_brief(files, Wishes(pack=PACK, owner="the demo office"), out)
        tell(job, out, as_json=as_json)
        if as_json or no_desk:
            return
        sheets = {each.name: each.read_bytes() for each in files}
    _desk(out / "desk", sheets, port=port, once=once)


def _desk(folder: Path, sheets: dict[str, bytes], *, port: int | None, once: bool) -> None:
    """A deployment below the folder of the demo, whatever the environment names for a real one."""
    for name in ("DATABASE_URL", "KEYS_DATABASE_URL", "SAFECONDUCT_KEYS_HOME"):
        os.environ.pop(name, None)
    os.environ |= {
        **_ENVIRONMENT,
        "SAFECONDUCT_HOME": str(folder.absolute()),
        "SAFECONDUCT_PACK": PACK,
    }
    # Loaded only now: Django reads the environment once, and the brief needs none of it.
    importlib.import_module("safeconduct.cli").make_django_ready()
    demonstration = importlib.import_module("safeconduct.config.demonstration")
    this_home = importlib.import_module("safeconduct.config.deployment.home").this_home

    def say(what: str) -> None:
        click.echo(f"{what} ...", err=True)

    made = demonstration.make_demo_desk(this_home(), sheets, tell=say)
    click.echo(f"The desk is made in {folder}.")
    handles = " or ".join(made.handles)
    click.echo(f"Come in as {handles}; the passphrase of each is: {made.passphrase}")
    if once:
        return
    sys.stdout.flush()
    # A process of its own, as in an office: nothing of what was read here is in its memory.
    words = ["-m", "safeconduct.cli", "serve", "--port", str(port or _free_port())]
    os.execv(sys.executable, [sys.executable, *words])  # noqa: S606 (ourselves)


def _free_port(first: int = 8000, tries: int = 20) -> int:
    """The first that nobody listens at; where all are taken, serving says so of the first."""
    for port in range(first, first + tries):
        with socket.socket() as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    return first
