"""`safeconduct journal`: is the journal as it was written, its head to hold elsewhere, and its lines as a table."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import click
from django.db import connection, transaction

from safeconduct.cli.clock import now
from safeconduct.cli.progress import progress_shown
from safeconduct.config.deployment.home import needs_deployment, this_home
from safeconduct.core.errors import HeadUnclear, JournalUnguarded
from safeconduct.journal.actions import BY_ITSELF, write_line
from safeconduct.journal.append_only import refuses_changes
from safeconduct.journal.deeds import Deed
from safeconduct.journal.heads import HeldHead, head_now, heads_told, note_head, noted_heads
from safeconduct.journal.models import Line
from safeconduct.journal.verifying import Verified, verify
from safeconduct.reports.writing import written_whole

COLUMNS = (
    "number",
    "at",
    "member",
    "office",
    "deed",
    "about",
    "revision",
    "purpose",
    "facts",
    "hash",
)


@click.group()
def journal() -> None:
    """The append-only book of who did or saw what.

    \b
    safeconduct journal head >> heads.txt        print it, mail it, hold it elsewhere
    safeconduct journal verify --head heads.txt  nothing before those heads was changed
    """
    needs_deployment(this_home())


@journal.command(name="verify")
@click.option(
    "--head",
    "held",
    multiple=True,
    metavar="FILE|NUMBER:HASH",
    help="Compare with this head, or with every head in this file. May be given several times.",
)
def verify_command(held: tuple[str, ...]) -> None:
    """Check that every line is as it was written.

    It finds the first line that was changed, removed, put in or exchanged, and compares with the heads noted in the
    key store and with those you give. Others may work meanwhile.
    """
    theirs = [head for told in held for head in _heads(told)]
    noted = noted_heads()
    lines = head_now().number
    with progress_shown() as progress:
        found = verify(
            [*noted, *theirs], progress=lambda at: progress("lines", min(1.0, at / (lines or 1)))
        )
        progress("lines", 1.0)
    if not refuses_changes(connection):
        raise JournalUnguarded
    click.echo("\n".join(_told(found, noted=len(noted), theirs=len(theirs))))


@journal.command()
def head() -> None:
    """Print the journal's head: its last number, the hash in groups, and when that line was written.

    Held elsewhere, on paper or by another office, it proves that no line before it was changed.
    """
    now_it_is = head_now()
    last = Line.objects.filter(number=now_it_is.number).first()
    click.echo(str(now_it_is))
    if last is not None:
        click.echo(f"written {last.at:%Y-%m-%d %H:%M:%S} UTC")
    note_head(now())


@journal.command()
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help="The table to write.",
)
def export(out: Path) -> None:
    """Write every line to a table (CSV), with its hash. The journal has a line for this too."""
    at = now()
    last = head_now().number
    with written_whole(out) as file:
        table = csv.writer(file)
        table.writerow(COLUMNS)
        table.writerows(_rows(last))
        with transaction.atomic():
            write_line(Deed.JOURNAL_SEEN, by=BY_ITSELF, at=at, facts={"lines": last})
    click.echo(f"{last:,} lines in {out}")


def _heads(told: str) -> list[HeldHead]:
    path = Path(told)
    if path.is_file():
        try:
            return heads_told(path.read_text(encoding="utf-8"), where=told)
        except UnicodeDecodeError:
            raise HeadUnclear(place=told) from None
    return heads_told(told, where="what was typed")


def _told(found: Verified, *, noted: int, theirs: int) -> Iterator[str]:
    if found.last_at is None:
        yield "The journal holds: nothing was written yet."
        return
    yield f"The journal holds: {found.head.number:,} lines, each as it was written."
    yield f"The last was written {found.last_at:%Y-%m-%d %H:%M:%S} UTC."
    yield f"It agrees with {noted:,} heads noted in the key store and with {theirs:,} given here."
    if not theirs:
        yield "Only a head that is held elsewhere (--head) shows a journal that was wholly written anew."


def _rows(last: int) -> Iterable[tuple[object, ...]]:
    lines = Line.objects.filter(number__lte=last).order_by("number").values_list(*COLUMNS)
    for number, at, *rest, facts, told in lines.iterator(chunk_size=5_000):
        yield (number, at.isoformat(), *rest, json.dumps(facts, sort_keys=True), bytes(told).hex())
