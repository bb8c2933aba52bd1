"""`safeconduct link`: which people of a list may be the same person?"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path

import click

from safeconduct.cli.progress import progress_shown
from safeconduct.cli.tables import Line, Table, read_table, tell_left_out
from safeconduct.core.collection import without_collection
from safeconduct.core.dates import Precision, UncertainDate
from safeconduct.core.facts import Sex
from safeconduct.core.linkage import Linkage, LinkRecord, Pair, find_pairs
from safeconduct.reports.writing import refuse_to_replace, write_csv

REQUIRED = ("person_id",)
_PRECISIONS = frozenset(Precision)
_SEXES = {sex.value: sex for sex in Sex}
OPTIONAL = (
    "household_id", "office", "given_name", "family_name", "father_name", "native_name", "sex", "birth_date",
    "birth_date_precision", "phone", "passport", "tazkira", "province",
)  # fmt: skip
# What registers tell of single people, and few lists of an evacuation do.
FURTHER = ("other_id", "birth_place", "address", "postcode", "occupation")
PAIR_COLUMNS = ("person_a", "person_b", "probability", "match_weight", "decision", "reasons")


@click.command()
@click.argument("people", type=click.Path(path_type=Path))
@click.option("-o", "--out", required=True, type=click.Path(path_type=Path), help="Pairs (CSV).")
@click.option(
    "--engine",
    type=click.Choice(["duckdb", "spark"]),
    default="duckdb",
    show_default=True,
    help="What finds and weighs the pairs.",
)
@click.option(
    "--people-out",
    type=click.Path(path_type=Path),
    help="Everybody once, with the cluster they would be in (CSV).",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def link(people: Path, out: Path, engine: str, people_out: Path | None, as_json: bool) -> None:
    """Which people of the file PEOPLE may be the same person, and why.

    \b
    safeconduct link people.csv -o pairs.csv --people-out clusters.csv

    Proposals only: nothing is merged, and a person decides. The reasons quote names and numbers: keep
    the output as safe as the list itself.
    """
    for each in filter(None, (out, people_out)):
        refuse_to_replace(each, [people])
    if people_out is not None and people_out.resolve() == out.resolve():
        raise click.UsageError("--out and --people-out name one file: give each a name of its own.")
    with without_collection():
        told = _linked(people, out, people_out, engine)
    click.echo(json.dumps(told) if as_json else _words(told, out))


def _linked(people: Path, out: Path, people_out: Path | None, engine: str) -> dict[str, object]:
    records = read_people(people)
    with progress_shown() as tell:
        linkage = find_pairs(records, engine=engine, progress=tell)
    if not linkage.of_families:
        click.echo(_SINGLE, err=True)
    write_csv(out, PAIR_COLUMNS, (_row(pair) for pair in linkage.pairs), exact=True)
    if people_out is not None:
        write_csv(
            people_out, ("person_id", "cluster_id"), _cluster_rows(records, linkage), exact=True
        )
    return _told(linkage)


_SINGLE = (
    "Noticed: the list tells of no household, father or telephone, but of places or occupations. It is read as a"
    " register of single people, in which no brother stands beside his brother. Give household_id if families stand"
    " in it."
)


def _row(pair: Pair) -> tuple[object, ...]:
    return (
        pair.person_a,
        pair.person_b,
        pair.probability,
        pair.match_weight,
        pair.decision,
        pair.reasons,
    )


def _cluster_rows(records: list[LinkRecord], linkage: Linkage) -> list[tuple[str, str]]:
    """In the order of the list; a cluster is called by its first member."""
    cluster = {person: group[0] for group in linkage.clusters() for person in group}
    return [(record.person_id, cluster[record.person_id]) for record in records]


def _told(linkage: Linkage) -> dict[str, object]:
    same = sum(pair.decision == "same" for pair in linkage.pairs)
    return {
        "people": linkage.people,
        "candidates_seen": linkage.candidates_seen,
        "pairs": len(linkage.pairs),
        "same": same,
        "review": len(linkage.pairs) - same,
        "clusters": len(linkage.clusters()),
        "estimated_block_recall": linkage.estimated_block_recall,
        "prior_bits": linkage.prior_bits,
        "model": linkage.model,
    }


def _words(told: dict[str, object], out: Path) -> str:
    return (
        f"{told['people']} people, {told['candidates_seen']} pairs compared: "
        f"{told['same']} proposed as the same, {told['review']} to review. {out}"
    )


# --- reading the list ---------------------------------------------------------


def read_people(path: Path) -> list[LinkRecord]:
    """The records of a file in the format of docs/formats.md; a cell it does not allow is refused by its place."""
    table = read_table(path, REQUIRED, (*OPTIONAL, *FURTHER))
    tell_left_out(table, (*REQUIRED, *OPTIONAL, *FURTHER))
    first_line: dict[str, int] = {}
    records = []
    for line, cells in table.picked(_TEXTS):
        person = cells[0]
        if not person:
            raise table.refuse(
                line, "person_id", "it is empty", "Give every person an id of their own."
            )
        if person in first_line:
            problem = f"{person} stands on line {first_line[person]} already"
            fix = "Give every record an id of its own, also where two may be the same person."
            raise table.refuse(line, "person_id", problem, fix)
        first_line[person] = line.number
        records.append(_record(table, line, cells))
    return records


# Columns that are kept as they are written, by the names of a record's fields.
_TEXTS = (
    "person_id", "household_id", "office", "given_name", "family_name", "father_name", "native_name", "passport",
    "tazkira", "other_id", "province", "birth_place", "address", "postcode", "occupation",
)  # fmt: skip


def _record(table: Table, line: Line, cells: Sequence[str]) -> LinkRecord:
    told = {name: cell for name, cell in zip(_TEXTS, cells, strict=True) if cell}
    phone = line["phone"]
    phones = tuple(part.strip() for part in phone.split("|") if part.strip()) if phone else ()
    return LinkRecord(**told, sex=_sex(table, line), birth=_birth(table, line), phones=phones)


def _sex(table: Table, line: Line) -> Sex | None:
    told = line["sex"]
    if not told:
        return None
    sex = _SEXES.get(told)
    if sex is None:
        fix = "Write F, M or X, or leave it empty where it is unknown."
        raise table.refuse(line, "sex", f"'{told[:20]}' is not known here", fix)
    return sex


def _birth(table: Table, line: Line) -> UncertainDate | None:
    told, precision = line["birth_date"], line["birth_date_precision"]
    if precision and precision not in _PRECISIONS:
        problem = f"'{precision[:20]}' is not a precision"
        fix = "Write day, month or year, or leave it empty for day."
        raise table.refuse(line, "birth_date_precision", problem, fix)
    if not told:
        return None
    try:
        return _birth_of(told, precision)
    except ValueError:
        fix = "Write it as 1990-02-03, 1990-02 or 1990, or leave it empty where it is unknown."
        problem = f"'{told[:20]}' is not a date in ISO 8601"
        raise table.refuse(line, "birth_date", problem, fix) from None


@cache
def _birth_of(told: str, precision: str) -> UncertainDate:
    """Read each written date once: a list of a million holds some thousand. Raises ValueError."""
    parts = told.split("-")
    whole = "-".join((*parts, "01", "01")[:3]) if len(parts) < 3 else told
    if len(whole) != len("1990-02-03"):
        # The other ISO forms ("19900203", weeks) are more often slips than meant.
        raise ValueError
    return _known_to(date.fromisoformat(whole), min(len(parts), 3), precision)


def _known_to(day: date, parts: int, precision: str) -> UncertainDate:
    """As exact as it is written and as its precision says, whichever is less."""
    if precision == Precision.YEAR or parts == 1:
        return UncertainDate.of_year(day.year)
    if precision == Precision.MONTH or parts == 2:
        return UncertainDate.of_month(day.year, day.month)
    return UncertainDate.of_day(day)
