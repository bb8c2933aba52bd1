"""`safeconduct replay`: an operation again, day by day, under several policies, beside the best in hindsight."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click

from safeconduct.cli.clock import stopwatch, today
from safeconduct.cli.options import Amount
from safeconduct.cli.progress import Progress, progress_shown
from safeconduct.cli.rehearsed import (
    A_FOLDER,
    MOST_PEOPLE,
    files_at,
    side_by_side,
    versions,
    where_to_look,
    write_files,
)
from safeconduct.core.errors import NothingToReplay
from safeconduct.core.operation import Operation
from safeconduct.core.sharing import share_for
from safeconduct.packs import load
from safeconduct.packs.caseload import CaseloadModel, load_caseload_model
from safeconduct.rehearsal.caseload import simulate
from safeconduct.rehearsal.days.records import Rehearsal
from safeconduct.rehearsal.days.rehearsing import rehearse
from safeconduct.rehearsal.days.scenario import scenario_of_pack
from safeconduct.reports.rehearsal import replay_html
from safeconduct.reports.rehearsal_summary import REPLAY_CLAIMS, replay_summary
from safeconduct.reports.wording import number, percent

DEFAULT_PEOPLE = 15_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What was asked for on the command line; None leaves the choice to `replayed`."""

    share: float | None
    seed: int
    no_show: float | None


@click.command()
@click.argument("pack")
@click.option(
    "--people",
    type=click.IntRange(1, MOST_PEOPLE),
    multiple=True,
    default=(DEFAULT_PEOPLE,),
    show_default=True,
    help="How many people to simulate; again for a second caseload.",
)
@click.option(
    "--share",
    type=Amount(0, 1),
    help="The caseload's part of the seats [its people over the published need, at most all].",
)
@click.option("--seed", type=int, default=1, show_default=True, help="Another seed, other people.")
@click.option(
    "--no-show",
    type=Amount(0, 1),
    help="Of the families called forward, the part that does not come [the pack's, or 0.15].",
)
@click.option("-o", "--out", type=A_FOLDER, help="The folder to write to.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as one JSON object.")
def replay(
    pack: str,
    people: tuple[int, ...],
    share: float | None,
    seed: int,
    no_show: float | None,
    out: Path | None,
    as_json: bool,
) -> None:
    """Replay the operation of PACK day by day with a simulated caseload, under several policies.

    \b
    safeconduct replay afghanistan-2021 --people 15000 --people 150000 -o replay

    The published counts become seats by the load factor that the pack states. Everybody is
    simulated, and nothing is claimed of the real operation beyond those counts. With -o the folder
    then holds replay.html, replay.json and the tables behind them.
    """
    operation = load(pack)
    if not operation.departures:
        raise NothingToReplay(pack=pack)
    model = load_caseload_model(pack, operation)
    wishes = Wishes(share=share, seed=seed, no_show=no_show)
    with progress_shown() as progress, files_at(out) as unfinished:
        rehearsals = [
            replayed(operation, model, many, wishes, progress) for many in dict.fromkeys(people)
        ]
        summary = replay_summary(rehearsals, operation, versions=versions())
        if unfinished is not None:
            page = replay_html(rehearsals, operation, made_on=today())
            write_files(unfinished, "replay", page, summary, rehearsals)
    said = _told(rehearsals, operation, wishes, out)
    click.echo(json.dumps(summary) if as_json else "\n".join(said))


def replayed(
    operation: Operation, model: CaseloadModel, people: int, wishes: Wishes, progress: Progress
) -> Rehearsal:
    """One caseload simulated and rehearsed under every policy."""
    elapsed = stopwatch()
    share = share_for(operation, people) if wishes.share is None else wishes.share
    caseload = simulate(
        model,
        operation,
        people=people,
        seed=wishes.seed,
        starts=operation.starts,
        days=(operation.ends - operation.starts).days + 1,
        progress=progress,
    )
    seconds = {"simulating": elapsed()}
    scenario = scenario_of_pack(
        operation,
        people=people,
        share=share,
        seed=wishes.seed,
        pleas=len(caseload.pleas),
        **({} if wishes.no_show is None else {"no_show": wishes.no_show}),
    )
    rehearsal = rehearse(
        caseload, operation, scenario, share=share, clock=elapsed, progress=progress
    )
    return replace(rehearsal, seconds={**seconds, **rehearsal.seconds, "in all": elapsed()})


def _told(
    rehearsals: Sequence[Rehearsal], operation: Operation, wishes: Wishes, out: Path | None
) -> Iterator[str]:
    """Each caseload with its policies side by side, and what all of it does not claim."""
    for rehearsal in rehearsals:
        yield from side_by_side(rehearsal, whose_seats=_share_said(rehearsal, operation, wishes))
        yield ""
    yield REPLAY_CLAIMS
    yield from where_to_look(out, "replay")


def _share_said(rehearsal: Rehearsal, operation: Operation, wishes: Wishes) -> str:
    share = percent(rehearsal.share)
    if wishes.share is not None:
        return f"They are {share} of the operation's, as was asked."
    need = [each.low for each in operation.estimates if each.code == operation.need and each.low]
    if not need:
        return "They are all of the operation's: no need was published to take a share by."
    return f"They are {share} of the operation's: this caseload's people over the published need of {number(need[0])}."
