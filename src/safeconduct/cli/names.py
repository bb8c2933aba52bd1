"""`safeconduct names`: are two names the same name? One pair, or a file of pairs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import click
import numpy as np

from safeconduct.cli.progress import Progress, progress_shown
from safeconduct.cli.tables import read_table, tell_left_out
from safeconduct.core.collection import without_collection
from safeconduct.core.errors import NamesNotGiven
from safeconduct.core.names import NameMatch, compare
from safeconduct.core.names.many_told import compare_many
from safeconduct.reports.writing import refuse_to_replace, write_csv

Row = tuple[str, str, float, str, str]
PAIR = ("a", "b")


@click.command()
@click.argument("a", required=False)
@click.argument("b", required=False)
@click.option("--pairs", type=click.Path(path_type=Path), help="A CSV file with columns a,b.")
@click.option("-o", "--out", type=click.Path(path_type=Path), help="Where the scores go (CSV).")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def names(
    a: str | None, b: str | None, pairs: Path | None, out: Path | None, as_json: bool
) -> None:
    """Are A and B the same name, in whatever script? Or, with --pairs, every two names of a file.

    \b
    safeconduct names "Abdul Rahman" "عبدالرحمن"
    safeconduct names --pairs pairs.csv -o scores.csv

    A score of 1 is the same name, 0 no part in common. Names alone never tell that two people are one.
    """
    if pairs is not None and out is not None and a is None:
        refuse_to_replace(out, [pairs])
        with progress_shown() as tell, without_collection():
            told = _compare_file(pairs, out, tell)
        click.echo(json.dumps(told) if as_json else f"{told['pairs']} pairs compared: {out}")
    elif a is not None and b is not None and pairs is None and out is None:
        match = compare(a, b)
        click.echo(json.dumps(_told(a, b, match), ensure_ascii=False) if as_json else _words(match))
    else:
        raise NamesNotGiven


def _words(match: NameMatch) -> str:
    verdict = "the same name" if match.same else "not the same name"
    return "\n".join((f"{match.score:.2f}, {verdict}", *(f"  {part}" for part in match.alignment)))


def _told(a: str, b: str, match: NameMatch) -> dict[str, object]:
    parts = [
        {"a": part.a_token, "b": part.b_token, "score": part.score, "how": part.how}
        for part in match.alignment
    ]
    told = {"a": a, "b": b, "score": match.score, "same": match.same, "text": match.text}
    return {**told, "alignment": parts}


def _compare_file(path: Path, out: Path, tell: Progress) -> dict[str, object]:
    """Keep the order and the duplicates of the file; write scores as they are, unrounded."""
    table = read_table(path, PAIR, as_given=True)
    tell_left_out(table, PAIR)
    a, b = [], []
    for _, (one, two) in table.picked(PAIR):
        a.append(one)
        b.append(two)
    del table  # what is told of so many pairs needs its room
    same = 0

    def rows() -> Iterator[Row]:
        nonlocal same
        done = 0
        for found in compare_many(a, b):
            some = slice(done, done + len(found.text))
            verdicts = np.where(found.same, "true", "false").tolist()
            yield from zip(
                a[some], b[some], found.score.tolist(), verdicts, found.text, strict=True
            )
            same += int(found.same.sum())
            done = some.stop
            tell("Comparing names", done / len(a))

    write_csv(out, ("a", "b", "score", "same", "alignment"), rows(), exact=True)
    return {"pairs": len(a), "same": same, "out": str(out)}
