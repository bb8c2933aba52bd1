"""The command line. Each command is a module of its own, loaded only when it is called."""

from __future__ import annotations

import importlib
import io
import os
import sys

import click

from safeconduct import __version__
from safeconduct.core.errors import Refused

# Command: (module, what it is for). The modules' imports are paid for only by those who call them.
COMMANDS = {
    "demo": ("safeconduct.cli.demo", "The main job on the shipped operation, ending in the desk."),
    "brief": ("safeconduct.cli.brief", "Your own sheets of pleas to a brief."),
    "names": ("safeconduct.cli.names", "Are two names the same name?"),
    "link": ("safeconduct.cli.link", "Which people of a list may be the same person?"),
    "across": ("safeconduct.cli.across", "EXPERIMENTAL: two lists, without sharing names."),
    "triage": ("safeconduct.cli.triage", "Who may be eligible for what, how urgent, and why."),
    "seats": ("safeconduct.cli.seats", "Fill scarce seats, and say why a family waits."),
    "homes": ("safeconduct.cli.homes", "Place families in localities, and say why one waits."),
    "simulate": ("safeconduct.cli.simulate", "A fictional caseload, with the truth beside it."),
    "replay": ("safeconduct.cli.replay", "An operation again, day by day, under several policies."),
    "drill": ("safeconduct.cli.drill", "What a bad month would need: seats, caseworkers, days."),
    "init": ("safeconduct.cli.init", "A new deployment, with its first office and member."),
    "serve": ("safeconduct.cli.serve", "The desk, in one process; refuses to start half-safe."),
    "doctor": ("safeconduct.cli.doctor", "Is this deployment safe to serve?"),
    "backup": ("safeconduct.cli.backup", "Both databases, encrypted, while the desk is serving."),
    "restore": ("safeconduct.cli.restore", "Two backups to where nothing is."),
    "upgrade": ("safeconduct.cli.upgrade", "From the version before to this one, with a way back."),
    "journal": ("safeconduct.cli.journal", "Is the journal as it was written? Its head to hold."),
    "work": ("safeconduct.cli.work", "Run the jobs that are due and need no keys."),
    "bench": ("safeconduct.cli.bench", "How fast and how right, beside a baseline."),
}
# These work on a deployment: Django is made ready before their modules are loaded.
ON_A_DEPLOYMENT = frozenset(
    {"init", "serve", "doctor", "backup", "restore", "upgrade", "journal", "work"}
)

EXIT_CODES = """Exit codes: 0 done; 1 a fault of this program; 2 the command was not understood; 3 what was
given cannot be used; 4 it is over a limit; 5 no plan could be made; 130 stopped by Ctrl-C.
"""


class Commands(click.Group):
    """A group that knows its commands by name and loads one when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's signature)
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        if cmd_name in ON_A_DEPLOYMENT:
            make_django_ready()
        command = getattr(importlib.import_module(COMMANDS[cmd_name][0]), cmd_name)
        assert isinstance(command, click.Command)
        return command

    def invoke(self, ctx: click.Context) -> object:
        """On a deployment, a disk or a database that refuses is told as a refusal, and a fault without values."""
        try:
            return super().invoke(ctx)
        except (Refused, click.ClickException, click.Abort, click.exceptions.Exit, BrokenPipeError):
            raise
        except Exception as fault:
            if ctx.invoked_subcommand not in ON_A_DEPLOYMENT:
                raise
            # Loaded here only: it needs Django, and the commands over plain files do without.
            faults = importlib.import_module("safeconduct.cli.faults")
            refusal = faults.refusal_of(fault)
            if refusal is not None:
                raise refusal from fault
            return faults.tell_our_fault(fault)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, words) for name, (_, words) in COMMANDS.items()])


def make_django_ready() -> None:
    """For a command that works on a deployment. The environment is read once, here."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safeconduct.config.settings")
    importlib.import_module("django").setup()


@click.group(cls=Commands, epilog=EXIT_CODES, context_settings={"max_content_width": 100})
@click.version_option(__version__, prog_name="safeconduct")
def safeconduct() -> None:
    """Safeconduct takes people at risk from their first plea to a safe home, and loses nobody on the way."""


def _write_what_can_be_written() -> None:
    """A terminal that knows no Dari, or a file's name that is no text, must not end a command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def main() -> None:
    """Run a command; turn every refusal into its words and its exit code."""
    _write_what_can_be_written()
    try:
        result = safeconduct.main(standalone_mode=False)
    except Refused as refusal:
        click.echo(f"{refusal.code}: {refusal}" if refusal.code else str(refusal), err=True)
        sys.exit(refusal.exit_code)
    except click.ClickException as misunderstood:
        misunderstood.show()
        sys.exit(misunderstood.exit_code)
    except (KeyboardInterrupt, click.Abort):
        click.echo(
            "Stopped. Nothing was half-written: files are either whole or as before.", err=True
        )
        sys.exit(130)
    except BrokenPipeError:
        # The reader of our output has gone (`| head`): there is nobody left to tell.
        sys.stderr.close()
        sys.exit(0)
    sys.exit(result if isinstance(result, int) else 0)
