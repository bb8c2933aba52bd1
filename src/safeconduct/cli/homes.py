"""`safeconduct homes`: place families in localities, and say why one waits (docs/formats.md, "homes")."""

from __future__ import annotations

from pathlib import Path

import click

from safeconduct.cli.cells import amount_in, count_in, id_in, refuse_repeats
from safeconduct.cli.clock import stopwatch
from safeconduct.cli.options import Amount
from safeconduct.cli.planned import (
    as_json,
    in_words,
    seconds_to_plan,
    write_plan,
)
from safeconduct.cli.progress import progress_shown
from safeconduct.cli.tables import Table, read_table, tell_left_out
from safeconduct.core.allocation import HomeFamily, HomeLocality, Scores
from safeconduct.core.allocation.batches import Past, plan_homes_in_batches
from safeconduct.core.allocation.homes import plan_homes
from safeconduct.reports.writing import refuse_to_replace

LOCALITY_NEEDS = ("locality_id", "people")
FAMILY_NEEDS = ("family_id", "size")
SCORE_NEEDS = ("family_id", "locality_id", "score")

A_FILE = click.Path(path_type=Path)
ANY = float("-inf")


@click.command()
@click.argument("families", type=A_FILE)
@click.argument("localities", type=A_FILE)
@click.argument("scores", type=A_FILE)
@click.option(
    "--batches",
    metavar="COLUMN",
    help="Families arrive in the order of this column; each batch is placed before the next is seen.",
)
@click.option(
    "--past-families",
    type=A_FILE,
    help="With --batches: an earlier year's families, to learn from.",
)
@click.option("--past-scores", type=A_FILE, help="With --past-families: their scores.")
@click.option(
    "--seconds",
    type=Amount(min=0.5),
    default=60.0,
    show_default=True,
    help="Wall time of the whole command.",
)
@click.option(
    "-o",
    "--out",
    type=A_FILE,
    required=True,
    help="Where the plan goes: family_id,locality_id,reason.",
)
@click.option(
    "--json", "json_wanted", is_flag=True, help="Print the plan's figures as one JSON object."
)
def homes(
    families: Path,
    localities: Path,
    scores: Path,
    batches: str | None,
    past_families: Path | None,
    past_scores: Path | None,
    seconds: float,
    out: Path,
    json_wanted: bool,
) -> None:
    """Place FAMILIES in LOCALITIES by their SCORES: the most score, nobody split, every reason told."""
    if (past_families is None) != (past_scores is None):
        raise click.UsageError(
            "--past-families and --past-scores go together: give both or neither."
        )
    if past_families is not None and batches is None:
        raise click.UsageError(
            "--past-families is for --batches: say which column tells the batch."
        )
    elapsed = stopwatch()
    refuse_to_replace(out, filter(None, (families, localities, scores, past_families, past_scores)))
    places, resources = read_localities(localities)
    people, batch = read_families(families, resources, batches)
    pairs = read_scores(scores)
    _tell_strangers(pairs, people, places)
    past = None
    if past_families is not None and past_scores is not None:
        past = Past(
            families=read_families(past_families, resources, None)[0],
            scores=read_scores(past_scores),
        )
    left = seconds_to_plan(seconds, elapsed())
    with progress_shown() as progress:
        if batch is None:
            plan = plan_homes(people, places, pairs, clock=elapsed, seconds=left, progress=progress)
        else:
            plan = plan_homes_in_batches(
                people,
                places,
                pairs,
                batch=batch,
                past=past,
                clock=elapsed,
                seconds=left,
                progress=progress,
            )
    write_plan(out, plan, target="locality_id")
    if json_wanted:
        click.echo(as_json(plan, elapsed()))
    else:
        told = in_words(
            plan, done="are placed", left="places stay empty", path=out, seconds=elapsed()
        )
        click.echo("\n".join(told))


def _tell_strangers(
    scores: Scores, families: list[HomeFamily], localities: list[HomeLocality]
) -> None:
    """Say on standard error how many scores are of nobody and nowhere given: they are passed over."""
    known = {family.family_id for family in families}
    there = {locality.locality_id for locality in localities}
    strangers = sum(family not in known or home not in there for family, home in scores)
    if strangers:
        told = "1 score is" if strangers == 1 else f"{strangers} scores are"
        click.echo(
            f"Noticed: {told} of a family or locality that is not in the files; passed over.",
            err=True,
        )


def read_localities(path: Path) -> tuple[list[HomeLocality], tuple[str, ...]]:
    """LOCALITIES.csv as records, and the resources' names: every column after `people`."""
    table = read_table(path, LOCALITY_NEEDS)
    refuse_repeats(table, "locality_id")
    at = table.columns.index("people")
    resources = tuple(name for name in table.columns[at + 1 :] if name and name != "locality_id")
    tell_left_out(table, (*LOCALITY_NEEDS, *resources))
    localities = [
        HomeLocality(
            locality_id=line["locality_id"],
            people=count_in(table, line, "people"),
            resources={name: amount_in(table, line, name) for name in resources},
        )
        for line in table
    ]
    return localities, resources


def read_families(
    path: Path, resources: tuple[str, ...], batches: str | None
) -> tuple[list[HomeFamily], list[float] | None]:
    """FAMILIES.csv as records in the file's order, and each one's batch where a column tells it."""
    needs = (*FAMILY_NEEDS, *resources, *([batches] if batches else []))
    table = read_table(path, tuple(dict.fromkeys(needs)))
    tell_left_out(table, needs)
    refuse_repeats(table, "family_id")
    families = [
        HomeFamily(
            family_id=line["family_id"],
            size=count_in(table, line, "size", least=1),
            needs={name: amount_in(table, line, name) for name in resources},
        )
        for line in table
    ]
    return families, _batches(table, batches) if batches else None


def _batches(table: Table, column: str) -> list[float]:
    batch: list[float] = []
    for line in table:
        told = amount_in(table, line, column, least=ANY)
        if told is None:
            raise table.refuse(
                line, column, "the batch is empty", "Write the number of the batch it arrived in."
            )
        batch.append(told)
    return batch


def read_scores(path: Path) -> dict[tuple[str, str], float | None]:
    """SCORES.csv by (family, locality); a pair told twice must be told alike."""
    table = read_table(path, SCORE_NEEDS)
    tell_left_out(table, SCORE_NEEDS)
    scores: dict[tuple[str, str], float | None] = {}
    for line in table:
        pair = (id_in(table, line, "family_id"), id_in(table, line, "locality_id"))
        told = amount_in(table, line, "score", least=ANY)
        if scores.get(pair, told) != told:
            raise table.refuse(
                line,
                "score",
                "this family and locality stood above with another score",
                "Keep the line that is right; which one counts would be a guess.",
            )
        scores[pair] = told
    return scores
