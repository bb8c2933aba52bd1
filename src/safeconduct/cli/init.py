"""`safeconduct init`: a new deployment, with its first office and member."""

from __future__ import annotations

import sys

import click

from safeconduct.cli.clock import now
from safeconduct.config.deployment.home import needs_deployment, this_home
from safeconduct.config.deployment.making import FirstMember, add_operator, make_deployment
from safeconduct.config.deployment.memory import keep_memory_off_the_disk
from safeconduct.core.codes import spelt
from safeconduct.core.errors import NotTold, PassphraseWeak
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
    home = this_home()
    if operator:
        needs_deployment(home)
        who = handle or _asked("The operator's handle")
        recovery = add_operator(who, _passphrase(who, from_stdin=from_stdin), at=now())
        click.echo("The operator's account is made.")
        _show("Recovery code", spelt(recovery), "opens the account when the passphrase is lost")
        return
    first_office = office or _asked("Name of the first office")
    who = handle or _asked("Handle of its first member, in small letters")
    passphrase = _passphrase(who, from_stdin=from_stdin)
    made = make_deployment(home, FirstMember(first_office, who, passphrase), at=now())
    click.echo(f"The deployment is made in {home.folder}, its key store in {home.keys}.")
    _show("Recovery code", spelt(made.recovery), "opens your account when the passphrase is lost")
    _show(
        "Identity for backups", made.backup_identity, "opens every backup: keep it off this machine"
    )
    click.echo("Both are shown this once. Write them down, in two places; then: safeconduct serve")


def _passphrase(handle: str, *, from_stdin: bool) -> str:
    """Not shown while it is typed. At a terminal a weak one is asked for again."""
    if from_stdin:
        passphrase = sys.stdin.readline().rstrip("\r\n")
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
    if not sys.stdin.isatty():
        raise NotTold(what=question)
    told: str = click.prompt(question, hide_input=hidden, confirmation_prompt=hidden, err=True)
    return told.strip() if not hidden else told


def _show(name: str, told: str, use: str) -> None:
    click.echo(f"\n{name} ({use}):\n    {told}\n")
