"""`safeconduct bench`: how fast and how right, beside a baseline (docs/benchmarks.md)."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import click

from safeconduct.cli.clock import today
from safeconduct.cli.progress import progress_shown
from safeconduct.core.errors import BenchInputMissing, BenchStopped
from safeconduct.rehearsal.bench.catalogue import BENCHES, GROUPS, asked_for, bench_named
from safeconduct.rehearsal.bench.forms import whole_form
from safeconduct.rehearsal.bench.gathered import VARIABLE
from safeconduct.rehearsal.bench.keeping import (
    Since,
    kept_text,
    last_kept,
    place_for_earlier,
    since,
)
from safeconduct.rehearsal.bench.machine import this_machine
from safeconduct.rehearsal.bench.records import Contest
from safeconduct.rehearsal.bench.results import Result, Whole, result_of
from safeconduct.rehearsal.bench.running import contest_in_child
from safeconduct.rehearsal.bench.telling import machine_lines, result_lines, since_lines
from safeconduct.reports.writing import written_whole

KEPT = Path("benchmarks/kept")


@click.command()
@click.argument("names", nargs=-1, type=click.Choice([*BENCHES, *GROUPS]), metavar="[NAME]...")
@click.option(
    "--size",
    "sizes",
    type=click.IntRange(1),
    multiple=True,
    help="Run at this size, and no other [each bench's own]. May be given several times.",
)
@click.option(
    "--skip",
    type=click.Choice(list(BENCHES)),
    multiple=True,
    metavar="NAME",
    help="Leave this one out. May be given several times.",
)
@click.option(
    "--data",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="The folder of gathered data that some parts of linkage are measured on.",
)
@click.option("--seed", type=int, default=1, show_default=True, help="Of what the input is made.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option(
    "--kept",
    type=click.Path(path_type=Path),
    default=KEPT,
    show_default=True,
    help="The folder of kept runs to compare with.",
)
@click.option("--keep", is_flag=True, help="Keep this run in that folder; earlier ones stay.")
def bench(
    names: tuple[str, ...],
    sizes: tuple[int, ...],
    skip: tuple[str, ...],
    data: Path | None,
    seed: int,
    as_json: bool,
    kept: Path,
    keep: bool,
) -> None:
    """How fast and how right the engines are, each beside a baseline in the same process.

    \b
    NAME is one or more of sheets, names, search, linkage, triage, triage-unlike, seats, seats-decay, homes,
    main-job, journal, vault-seal, vault-wrap, vault-unlock, cases-open, cases-write, office-import, desk and
    seats-patient. Without one, all but the last run in turn, which takes long: an hour or more.

    \b
    linkage has parts, each of which may be named alone: linkage-names, linkage-scripts,
    linkage-spellings, linkage-febrl3, linkage-febrl4, linkage-historical, linkage-cold, linkage-newcomers,
    linkage-families, linkage-across and linkage-people. A --size for linkage is one of linkage-people, which then
    runs alone.

    What is measured is made up, but for the gathered lists of linkage: these are development figures, and those of one
    machine.
    """
    whole = Whole(made_on=today().isoformat(), seed=seed, machine=this_machine(), results=())
    if not as_json:
        click.echo("\n".join(machine_lines(whole.machine)))
    changes: dict[str, Since | None] = {}
    if data is not None:
        os.environ[VARIABLE] = str(
            data.resolve()
        )  # every size runs in a child process, which reads it there
    for name in asked_for(names, is_sized=bool(sizes), skip=skip):
        result = run(name, sizes, seed)
        whole = replace(whole, results=(*whole.results, result))
        before = last_kept(kept, name)
        changes[name] = since(whole, result, before) if before else None
        if keep:
            keep_run(kept, whole, name)
        if not as_json:
            click.echo("\n".join(("", *result_lines(result), *since_lines(changes[name]))))
    if as_json:
        click.echo(json.dumps(as_object(whole, changes)))
    if any(result.stopped for result in whole.results):
        raise click.exceptions.Exit(BenchStopped.exit_code)


def run(name: str, sizes: tuple[int, ...], seed: int) -> Result:
    """One bench at these sizes, smallest first; at its own where none are named. A size that stops is told as such."""
    it = bench_named(name)
    wanted = sorted(set(sizes or it.sizes))
    contests: list[Contest] = []
    stopped: dict[int, str] = {}
    absent: dict[int, str] = {}
    with progress_shown() as progress:
        for done, size in enumerate(wanted):
            progress(f"{name}, {size:,} {it.unit}", done / len(wanted))
            try:
                contests.append(contest_in_child(name, size, seed))
            except BenchStopped as refusal:
                stopped[size] = f"{refusal.code}: {refusal}"
            except BenchInputMissing as refusal:
                absent[size] = f"{refusal.code}: {refusal}"
            progress(f"{name}, {size:,} {it.unit}", 1.0)
    return result_of(it, tuple(contests), stopped, absent)


def keep_run(folder: Path, whole: Whole, name: str) -> None:
    """Write the bench's file; the one that stood there is put beside it under its day."""
    before = last_kept(folder, name)
    path = folder / f"{name}.json"
    if before is not None:
        path.rename(place_for_earlier(folder, name, before.made_on))
    with written_whole(path) as file:
        file.write(kept_text(whole, name))


def as_object(whole: Whole, changes: dict[str, Since | None]) -> dict[str, object]:
    """The whole run as it is kept, with what changed since the last kept run of each bench (null: there is none)."""
    form = whole_form(whole)
    for each in form["benches"]:
        found = changes[each["name"]]
        each["since"] = None if found is None else {
            "made_on": found.made_on,
            "why_less": list(found.why_less),
            "changes": [
                {"size": one.size, "figure": one.figure, "now": one.now, "before": one.before}
                for one in found.changes
            ],
        }  # fmt: skip
    return form
