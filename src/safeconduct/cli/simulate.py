"""`safeconduct simulate`: a fictional caseload, with the truth beside it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from safeconduct import __version__
from safeconduct.cli.progress import Progress, progress_shown
from safeconduct.core.errors import SheetsOfAnother
from safeconduct.core.operation import Operation
from safeconduct.packs import load, load_caseload_model
from safeconduct.packs.caseload.records import CaseloadModel
from safeconduct.rehearsal.caseload import files
from safeconduct.rehearsal.caseload.records import Caseload
from safeconduct.rehearsal.caseload.sheets import OfficeSheet, office_sheets
from safeconduct.rehearsal.caseload.simulating import simulate as simulated
from safeconduct.rehearsal.caseload.truth import assessed_on, true_needs
from safeconduct.reports.wording import count_of
from safeconduct.reports.writing import folder_written_whole, write_csv, written_whole

A_FOLDER = click.Path(path_type=Path)
SHEETS = "sheets"
FICTIONAL = "Everybody here is fictional: names, stories, numbers and addresses are made up."
# As many as asked for help in 2021 by the highest published estimate, six times over; memory sets the limit.
MOST_PEOPLE = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What was asked for, whole."""

    people: int
    seed: int
    starts: date
    days: int


@click.command()
@click.option(
    "--people", type=click.IntRange(1, MOST_PEOPLE), required=True, help="How many people in truth."
)
@click.option(
    "--seed", type=int, default=1, show_default=True, help="The same seed, the same caseload."
)
@click.option("--pack", default="afghanistan-2021", show_default=True, help="An operation's data.")
@click.option(
    "--on",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The first day on which pleas arrive [the operation's first].",
)
@click.option(
    "--days",
    type=click.IntRange(1, 366),
    help="On how many days pleas arrive [to the operation's last].",
)
@click.option(
    "-o", "--out", type=A_FOLDER, help="The folder to write to [build/caseload-PEOPLE-SEED]."
)
@click.option("--json", "as_json", is_flag=True, help="Print caseload.json as one JSON object.")
def simulate(
    people: int,
    seed: int,
    pack: str,
    on: datetime | None,
    days: int | None,
    out: Path | None,
    as_json: bool,
) -> None:
    """Make up families and the pleas that speak of them, and write down the truth.

    \b
    safeconduct simulate --people 5000 --seed 7 -o caseload

    The folder then holds people.csv (for `link`), cases.jsonl (for `triage`), sheets/ (for `brief`), truth_people.csv,
    truth_families.csv and truth_pleas.csv, distributions.csv (what was drawn from, with sources) and caseload.json.
    Everybody is fictional.
    """
    operation = load(pack)
    model = load_caseload_model(pack, operation)
    starts = on.date() if on else operation.starts
    last = (operation.ends - starts).days + 1
    if days is None and last < 1:
        raise click.UsageError(
            f"--on lies behind the operation's last day, {operation.ends}: say with --days how long it lasts."
        )
    wishes = Wishes(people=people, seed=seed, starts=starts, days=days or last)
    out = out or Path("build") / f"caseload-{people}-{seed}"
    with progress_shown() as progress:
        caseload = simulated(
            model,
            operation,
            people=people,
            seed=seed,
            starts=starts,
            days=wishes.days,
            progress=progress,
        )
        told = write_caseload(caseload, operation, model, wishes, out, progress)
    click.echo(json.dumps(told) if as_json else _words(told, out))


def write_caseload(
    caseload: Caseload,
    operation: Operation,
    model: CaseloadModel,
    wishes: Wishes,
    out: Path,
    progress: Progress,
) -> dict[str, Any]:
    """All files of a caseload; they appear when all are finished. Returns what caseload.json holds.

    Raises SheetsOfAnother, CannotWrite, BeingWritten.
    """
    day = assessed_on(operation, wishes.starts)
    progress("Finding the truth", 0.0)
    needs = true_needs(caseload, operation, on=day)
    progress("Finding the truth", 1.0)
    sheets = office_sheets(caseload, operation)
    told = _told(caseload, operation, wishes, sheets, day)
    tables: tuple[tuple[str, Sequence[str], Iterable[Sequence[object]]], ...] = (
        ("people.csv", files.PEOPLE_COLUMNS, files.people_rows(caseload)),
        ("truth_people.csv", files.TRUE_PEOPLE_COLUMNS, files.true_people_rows(caseload)),
        (
            "truth_families.csv",
            files.TRUE_FAMILIES_COLUMNS,
            files.true_families_rows(caseload, needs),
        ),
        ("truth_pleas.csv", files.TRUE_PLEAS_COLUMNS, files.true_pleas_rows(caseload)),
        ("distributions.csv", files.DISTRIBUTIONS_COLUMNS, files.distribution_rows(model)),
    )
    with folder_written_whole(out, (SHEETS,)) as unfinished:
        _refuse_sheets_of_another(out / SHEETS, sheets)
        for at, (name, columns, rows) in enumerate(tables):
            progress("Writing", at / (len(tables) + len(sheets)))
            write_csv(unfinished / name, columns, rows, exact=True)
        with written_whole(unfinished / "cases.jsonl") as file:
            file.writelines(files.case_lines(caseload))
        for at, sheet in enumerate(sheets, start=len(tables)):
            progress("Writing", at / (len(tables) + len(sheets)))
            write_csv(
                unfinished / SHEETS / sheet.file, sheet.layout.headings, sheet.rows(), exact=True
            )
        with written_whole(unfinished / "caseload.json") as file:
            json.dump(told, file, indent=2)
        progress("Writing", 1.0)
    return told


def _refuse_sheets_of_another(there: Path, sheets: Sequence[OfficeSheet]) -> None:
    """A sheet of another caseload would be read beside ours. Raises SheetsOfAnother."""
    ours = {sheet.file for sheet in sheets}
    if strangers := {each.name for each in there.glob("*.csv")} - ours:
        raise SheetsOfAnother(path=there, count=len(strangers))


def _told(
    caseload: Caseload,
    operation: Operation,
    wishes: Wishes,
    sheets: Sequence[OfficeSheet],
    day: date,
) -> dict[str, Any]:
    return {
        "what": FICTIONAL,
        "safeconduct": __version__,
        "pack": operation.code,
        "rulebook_version": operation.rulebook.version,
        "seed": wishes.seed,
        "first_day": wishes.starts.isoformat(),
        "days": wishes.days,
        "truth_on": day.isoformat(),
        "people": caseload.people,
        "families": len(caseload.families),
        "pleas": len(caseload.pleas),
        "people_told": sum(len(each.plea.household.people) for each in caseload.pleas),
        "sheets": len(sheets),
    }


def _words(told: dict[str, Any], out: Path) -> str:
    people, families = count_of(told["people"], "person"), count_of(told["families"], "family")
    pleas, sheets = count_of(told["pleas"], "plea"), count_of(told["sheets"], "sheet")
    return "\n".join(
        (
            f"{people} in {families}, of whom {pleas} tell, on {sheets}.",
            FICTIONAL,
            f"What the engines read: {out / 'people.csv'}, {out / 'cases.jsonl'}, {out / SHEETS}",
            f"What is true: {out / 'truth_people.csv'}, {out / 'truth_families.csv'}, {out / 'truth_pleas.csv'}",
        )
    )
