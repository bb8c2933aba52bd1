"""`safeconduct init`: a new deployment, with its first office and member."""

from __future__ import annotations

import sys

import click

from safeconduct.cli.clock import now
from safeconduct.cli.given import first_line
from safeconduct.config.deployment.home import needs_deployment, this_home
from safeconduct.config.deployment.making import (
    FirstMember,
    Made,
    add_operator,
    make_deployment,
)
from safeconduct.config.deployment.memory import keep_memory_off_the_disk
from safeconduct.core.codes import spelt
from safeconduct.core.errors import NotTold, NowhereToShow, PassphraseWeak
from safeconduct.people.opening import SHORTEST_PASSPHRASE, check_passphrase


@click.command()
@click.option("--office", help="The name of the first office; asked for if left out.")
@click.option("--handle", help="The first member's handle; asked for if left out.")
@click.option(
    "--passphrase-from-stdin",
    "from_stdin",
    is_flag=True,
    help="The passphrase is the first line of standard input. Never an option: histories keep those.",
)
@click.option(
    "--operator",
    is_flag=True,
    help="Instead, an operator's account for the deployment that is here: no office, no case.",
)
def init(office: str | None, handle: str | None, from_stdin: bool, operator: bool) -> None:
    """Make a deployment where nothing is, in SAFECONDUCT_HOME. Codes are shown once and kept nowhere."""
    keep_memory_off_the_disk()
    _needs_somewhere_to_show()
    home = this_home()
    if operator:
        needs_deployment(home)
        who = handle or _asked("The operator's handle")
        recovery = add_operator(who, _passphrase(who, from_stdin=from_stdin), at=now())
        _show_all(
            "The operator's account is made.",
            _code(
                "Recovery code", spelt(recovery), "opens the account when the passphrase is lost"
            ),
            then="The account is made: log in to it, and have another recovery code made there.",
        )
        return
    first_office = office or _asked("Name of the first office")
    who = handle or _asked("Handle of its first member, in small letters")
    passphrase = _passphrase(who, from_stdin=from_stdin)

    def show(made: Made) -> None:
        _show_all(
            _code(
                "Recovery code",
                spelt(made.recovery),
                "opens your account when the passphrase is lost",
            ),
            _code(
                "Identity for backups",
                made.backup_identity,
                "opens every backup: keep it off this machine",
            ),
            then="Nothing was made.",
        )

    make_deployment(home, FirstMember(first_office, who, passphrase), at=now(), show=show)
    click.echo(f"The deployment is made in {home.folder}, its key store in {home.keys}.")
    click.echo("Both are shown this once. Write them down, in two places; then: safeconduct serve")


def _passphrase(handle: str, *, from_stdin: bool) -> str:
    """Not shown while it is typed. At a terminal a weak one is asked for again."""
    if from_stdin:
        passphrase = first_line("The passphrase")
        check_passphrase(passphrase, handle=handle)
        return passphrase
    while True:
        told = _asked(
            f"Passphrase, {SHORTEST_PASSPHRASE} signs or more; four or five plain words are good",
            hidden=True,
        )
        try:
            check_passphrase(told, handle=handle)
        except PassphraseWeak as weak:
            click.echo(str(weak), err=True)
        else:
            return told


def _asked(question: str, *, hidden: bool = False) -> str:
    if sys.stdin is None or not sys.stdin.isatty():
        raise NotTold(what=question)
    told: str = click.prompt(question, hide_input=hidden, confirmation_prompt=hidden, err=True)
    return told.strip() if not hidden else told


def _code(name: str, told: str, use: str) -> str:
    return f"\n{name} ({use}):\n    {told}\n"


def _needs_somewhere_to_show() -> None:
    if sys.stdout is None:
        raise NowhereToShow(problem="standard output is closed", then="Nothing was made.")


def _show_all(*told: str, then: str) -> None:
    """Raises NowhereToShow. `then`: what is so all the same."""
    try:
        click.echo("\n".join(told))
        sys.stdout.flush()
    except OSError as wrong:
        raise NowhereToShow(problem=wrong.strerror, then=then) from wrong
