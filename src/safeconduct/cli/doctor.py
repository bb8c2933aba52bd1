"""`safeconduct doctor`: is this deployment safe to serve?"""

from __future__ import annotations

import json
from dataclasses import asdict

import click

from safeconduct.cli.clock import now
from safeconduct.config.deployment.checks import CHECKS, look_at
from safeconduct.config.deployment.checks.checking import Serving
from safeconduct.config.deployment.home import this_home

NOT_SAFE = 3


@click.command()
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="The address it would be served at."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
def doctor(host: str, as_json: bool) -> int:
    """Check files, settings, databases, journal, keys, backups and the machine. Changes nothing.

    What is grave keeps the desk from being served (exit code 3); the rest is a warning.
    """
    found = list(look_at(this_home(), Serving(at=now(), host=host)))
    grave = [each for each in found if each.grave]
    if as_json:
        told = {
            "safe": not grave,
            "checks": len(CHECKS),
            "found": [{**asdict(each), "place": each.place} for each in found],
        }
        click.echo(json.dumps(told, indent=2))
        return NOT_SAFE if grave else 0
    for each in sorted(found, key=lambda finding: not finding.grave):
        click.echo(f"{each.number} {'grave  ' if each.grave else 'warning'}  {each.says}")
        click.echo(f"      {each.mend} ({each.place})")
    click.echo(
        f"{len(CHECKS)} checks: {len(grave)} grave, {len(found) - len(grave)} warnings. "
        + ("The desk will not be served so." if grave else "The desk may be served.")
    )
    return NOT_SAFE if grave else 0
