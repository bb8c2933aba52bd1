"""`safeconduct serve`: the desk, in one process, on this machine."""

from __future__ import annotations

import click

from safeconduct.cli.clock import now
from safeconduct.config.deployment.home import this_home
from safeconduct.config.deployment.serving import safe_to_serve, serve as serve_desk


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
def serve(host: str, port: int) -> None:
    """Serve the desk until stopped. Refuses to start half-safe; open keys are in memory only and fall when it ends."""
    home = this_home()
    for warning in safe_to_serve(home, host=host, at=now()):
        click.echo(f"{warning.number}: {warning.says} {warning.mend}", err=True)
    serve_desk(
        home,
        host=host,
        port=port,
        begun=lambda: click.echo(
            f"The desk is at {_address(host, port)} - Ctrl-C ends it.", err=True
        ),
    )


def _address(host: str, port: int) -> str:
    bare = host.strip("[]")
    return f"http://{f'[{bare}]' if ':' in bare else bare}:{port}/"
