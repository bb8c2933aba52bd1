"""`safeconduct drill`: what a bad month would need, asked in a quiet one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import click

from safeconduct.cli.clock import stopwatch, today
from safeconduct.cli.options import Amount
from safeconduct.cli.progress import Progress, progress_shown
from safeconduct.cli.rehearsed import (
    A_FOLDER,
    MOST_PEOPLE,
    side_by_side,
    versions,
    where_to_look,
    write_files,
)
from safeconduct.core.errors import NoSuchFile
from safeconduct.core.operation import Operation
from safeconduct.core.sharing import share_for
from safeconduct.packs import load
from safeconduct.packs.caseload import CaseloadModel, load_caseload_model
from safeconduct.rehearsal.caseload import simulate
from safeconduct.rehearsal.caseload.truth import assessed_on
from safeconduct.rehearsal.days.claims import claims_of
from safeconduct.rehearsal.days.drilling import (
    AS_ASKED,
    Means,
    drill_scenario,
    with_arrivals,
)
from safeconduct.rehearsal.days.finding_needs import needs_of
from safeconduct.rehearsal.days.needs import Need, Needs
from safeconduct.rehearsal.days.records import Rehearsal, Scenario
from safeconduct.rehearsal.days.rehearsing import NO_SHOW_RATES, rehearsed
from safeconduct.rehearsal.days.scenario_file import (
    MOST,
    MOST_DAYS,
    Drill,
    read_scenario,
    starts_of,
)
from safeconduct.reports.rehearsal import drill_html
from safeconduct.reports.rehearsal_summary import DRILL_CLAIMS, drill_summary
from safeconduct.reports.wording import NO_BREAK, number, sentence
from safeconduct.reports.writing import folder_written_whole, refuse_to_replace

OUTPUTS = (
    "drill.html", "drill.json", "policies.csv", "days.csv", "sensitivity.csv", "luck.csv",
    "ends.csv", "assumptions.csv",
)  # fmt: skip


@click.command()
@click.argument("pack")
@click.option(
    "--people",
    type=click.IntRange(1, MOST_PEOPLE),
    required=True,
    help="How many people to simulate.",
)
@click.option(
    "--days",
    type=click.IntRange(1, MOST_DAYS),
    help="How many days; needed, unless the scenario tells.",
)
@click.option("--scenario", type=A_FOLDER, help="What happens by day (YAML, docs/formats.md).")
@click.option("--seats-per-day", type=click.IntRange(1, MOST), help="Seats that leave on each day.")
@click.option("--caseworkers", type=click.IntRange(1, MOST), help="Who decide pleas.")
@click.option(
    "--no-show",
    type=Amount(0, 1),
    help="Of the families called forward, the part that does not come.",
)
@click.option("--seed", type=int, default=1, show_default=True, help="Another seed, other people.")
@click.option(
    "-o",
    "--out",
    type=A_FOLDER,
    default=Path("build/drill"),
    show_default=True,
    help="The folder to write to.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the summary as one JSON object.")
def drill(
    pack: str,
    people: int,
    days: int | None,
    scenario: Path | None,
    seats_per_day: int | None,
    caseworkers: int | None,
    no_show: float | None,
    seed: int,
    out: Path,
    as_json: bool,
) -> None:
    """Drill a bad month of the operation of PACK with simulated people, and say what it would need.

    \b
    safeconduct drill afghanistan-2021 --people 3000 --days 14 --seats-per-day 60 -o drill

    Options count before the scenario; what neither tells is assumed, and said. The folder then
    holds drill.html, drill.json and the tables behind them.
    """
    if scenario is not None:
        if not scenario.is_file():
            raise NoSuchFile(path=scenario)
        for name in OUTPUTS:
            refuse_to_replace(out / name, [scenario])
    operation = load(pack)
    asked = Drill() if scenario is None else read_scenario(scenario, operation, days=days)
    asked = _with_options(
        replace(asked, days=days or asked.days), seats_per_day, caseworkers, no_show
    )
    if asked.days is None:
        raise click.UsageError("Say how many days the drill has: --days, or days in the scenario.")
    model = load_caseload_model(pack, operation)
    with progress_shown() as progress, folder_written_whole(out) as unfinished:
        rehearsal, needs = drilled(operation, model, asked, people, seed, progress)
        summary = drill_summary(rehearsal, needs, operation, versions=versions())
        page = drill_html(rehearsal, needs, operation, made_on=today())
        write_files(unfinished, "drill", page, summary, [rehearsal])
    click.echo(json.dumps(summary) if as_json else "\n".join(_told(rehearsal, needs, out)))


def _with_options(
    asked: Drill, seats_per_day: int | None, caseworkers: int | None, no_show: float | None
) -> Drill:
    """What the command line tells counts before the scenario; seats a day for all of its days."""
    if seats_per_day is not None:
        asked = replace(asked, seats_each_day=seats_per_day, seats_on={})
    if caseworkers is not None:
        asked = replace(asked, caseworkers=caseworkers)
    return asked if no_show is None else replace(asked, no_show=no_show)


def drilled(
    operation: Operation,
    model: CaseloadModel,
    asked: Drill,
    people: int,
    seed: int,
    progress: Progress,
) -> tuple[Rehearsal, Needs]:
    """The drill rehearsed under every policy, and what it would need."""
    elapsed = stopwatch()
    starts = starts_of(asked, operation)
    caseload = simulate(
        with_arrivals(model, asked, operation),
        operation,
        people=people,
        seed=seed,
        starts=starts,
        days=asked.days or 1,
        progress=progress,
    )
    seconds = {"simulating": elapsed()}
    prepared = claims_of(caseload, operation, on=assessed_on(operation, starts), progress=progress)
    seconds["assessing and comparing"] = elapsed() - seconds["simulating"]
    share = share_for(operation, people)
    scenario = drill_scenario(
        Means(
            drill=asked,
            operation=operation,
            people=people,
            pleas=len(caseload.pleas),
            share=share,
            seed=seed,
        )
    )
    rehearsal = rehearsed(
        prepared,
        scenario,
        share=share,
        clock=elapsed,
        no_show_rates=NO_SHOW_RATES,
        progress=progress,
        seconds=seconds,
    )
    needs = needs_of(prepared, scenario, clock=elapsed, progress=progress)
    seconds = {**rehearsal.seconds, "what it would need": needs.seconds, "in all": elapsed()}
    return replace(rehearsal, seconds=seconds), needs


def _told(rehearsal: Rehearsal, needs: Needs, out: Path) -> Iterator[str]:
    """The policies side by side, what it would need, what was chosen, and where to look."""
    yield from side_by_side(rehearsal)
    yield ""
    yield f"What it would need ({number(needs.reachable_families)} families may fly and can be reached):"
    yield from (f"  {_need(need)}" for need in needs.all)
    far = {cause: count for cause, count in needs.out_of_reach.items() if count}
    if far:
        told = ", ".join(f"{cause} {number(count)}" for cause, count in far.items())
        yield f"Families that may fly and are out of reach: {told}."
    yield ""
    yield from _chosen(rehearsal.scenario)
    yield DRILL_CLAIMS
    yield from where_to_look(out, "drill")


def _need(need: Need) -> str:
    value = f"more than {number(need.tried)}" if need.value is None else number(need.value)
    what = sentence(need.what).rstrip(".").replace(NO_BREAK, " ")
    return f"{what}: {value} (here {need.given:,g})."


def _chosen(scenario: Scenario) -> Iterator[str]:
    """Aloud, what was chosen where nothing was told of seats, places, ways and arrivals."""
    aloud = (
        "seats_a_day", "muster_points", "seats_open_to_all", "hours_on_the_way", "ways_go_on",
        "arrivals_of_pack", "caseworkers",
    )  # fmt: skip
    yield from (
        each.sentence
        for each in scenario.assumptions
        if each.name in aloud and each.sentence != AS_ASKED
    )
    yield "Every other number that was assumed is in assumptions.csv."
