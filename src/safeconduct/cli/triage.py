"""`safeconduct triage`: who may be eligible for what, how urgent, and why."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

import click

from safeconduct.cli.clock import day_for
from safeconduct.cli.progress import Progress, progress_shown
from safeconduct.core.errors import BadCaseValue, CasesNotText, NotACase, RepeatedCase
from safeconduct.core.facts import Ask, Household, Reason
from safeconduct.core.operation import Operation
from safeconduct.core.rulebook import BANDS, Assessment, assess_all
from safeconduct.core.rulebook.cases import household_from
from safeconduct.packs import load
from safeconduct.reports.writing import csv_line, refuse_to_replace, write_csv

COLUMNS = ("case_id", "band", "priority", "schemes", "reasons", "missing")
_EVERY = 500  # cases between two steps of the progress bar


@click.command()
@click.argument("cases", type=click.Path(path_type=Path))
@click.option("--pack", default="afghanistan-2021", show_default=True, help="An operation's data.")
@click.option(
    "-o", "--out", type=click.Path(path_type=Path), help="Where the assessments go (CSV)."
)
@click.option(
    "--on",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day to assess for [today; for an operation that is over, its own day].",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def triage(cases: Path, pack: str, out: Path | None, on: datetime | None, as_json: bool) -> None:
    """Assess every case of the file CASES (one JSON object a line) by the rulebook of a pack.

    \b
    safeconduct triage cases.jsonl --pack afghanistan-2021 -o assessed.csv

    Each scheme is yes, no or unknown; unknown is never read as no, and what would settle it stands
    under missing. The rulebook proposes; a person decides. Without -o the lines go to standard output.
    """
    if out is not None:
        refuse_to_replace(out, [cases])
    operation = load(pack)
    day = on.date() if on else day_for(operation)
    with progress_shown() as tell:
        households = read_cases(cases, operation, day)
        assessed = list(_assessed(households, operation, day, tell))
    told = _summary(households, assessed, day)
    if out is not None:
        write_csv(out, COLUMNS, map(_row, assessed), exact=True)
        click.echo(json.dumps(told) if as_json else f"{told['cases']} cases assessed: {out}")
    elif as_json:
        everything = {**told, "assessments": [_in_full(each) for each in assessed]}
        click.echo(json.dumps(everything, ensure_ascii=False))
    else:
        click.echo(csv_line(COLUMNS), nl=False)
        for each in assessed:
            click.echo(csv_line(_row(each), exact=True), nl=False)


def read_cases(path: Path, operation: Operation, on: date) -> list[Household]:
    """The cases of a file. Raises BadFacts' subclasses with line and file; nothing is half taken."""
    kinds = operation.rulebook.facts
    households: list[Household] = []
    lines_of: dict[str, int] = {}
    for number, text in _lines(path):
        line = f"{number} of {path.name}"
        household = household_from(_parsed(text, line), line=line, kinds=kinds, on=on)
        _refuse_unknown_province(household, operation, line)
        code = household.household_id
        if code in lines_of:
            first = f" on line {lines_of[code]}"
            raise RepeatedCase(line=line, key="case_id", found=code, first=first)
        lines_of[code] = number
        households.append(household)
    return households


def _refuse_unknown_province(household: Household, operation: Operation, line: str) -> None:
    """A province that is none of the pack's would be read as told, and answer what it does not answer."""
    told, known = household.province, {each.pcode: each.name for each in operation.provinces}
    if told is None or told in known:
        return
    meant = [
        code
        for code, name in known.items()
        if told.casefold() in (code.casefold(), name.casefold())
    ]
    advice = f"Did you mean {meant[0]}?" if meant else "Leave it out if it is not known."
    raise BadCaseValue(
        line=line,
        where="the case, province",
        problem=f"'{told[:20]}' is not the code of a province of this pack",
        advice=advice,
    )


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        with path.open(encoding="utf-8-sig") as file:
            for number, text in enumerate(file, start=1):
                if text.strip():
                    yield number, text
    except FileNotFoundError:
        raise CasesNotText(path=path, problem="there is no such file") from None
    except UnicodeDecodeError:
        raise CasesNotText(path=path, problem="it is not UTF-8 text") from None
    except OSError as problem:
        why = (problem.strerror or "the disk refused").lower()
        raise CasesNotText(path=path, problem=why) from None


def _parsed(text: str, line: str) -> object:
    def unrepeated(pairs: list[tuple[str, object]]) -> dict[str, object]:
        counted = Counter(key for key, _ in pairs)
        for key, times in counted.items():
            if times > 1:
                raise NotACase(
                    line=line, problem=f"'{key[:40]}' stands {times} times in one object"
                )
        return dict(pairs)

    try:
        return json.loads(text, object_pairs_hook=unrepeated)
    except json.JSONDecodeError as problem:
        where = f"it is not JSON (character {problem.colno}: {problem.msg.lower()})"
        raise NotACase(line=line, problem=where) from None
    except (ValueError, RecursionError):
        raise NotACase(line=line, problem="it is not JSON that can be read") from None


def _assessed(
    households: Sequence[Household], operation: Operation, on: date, tell: Progress
) -> Iterator[Assessment]:
    found = assess_all(households, operation.rulebook, on=on, schemes=operation.schemes)
    for number, each in enumerate(found):
        if number % _EVERY == 0:
            tell("Assessing", number / len(households))
        yield each
    tell("Assessing", 1.0)


def _summary(
    households: Sequence[Household], assessed: Sequence[Assessment], on: date
) -> dict[str, object]:
    bands = Counter(each.band for each in assessed)
    return {
        "cases": len(assessed),
        "people": sum(household.size for household in households),
        "on": on.isoformat(),
        "rulebook_version": assessed[0].rulebook_version if assessed else None,
        "bands": {band.value: bands[band] for band in BANDS},
    }


def _row(each: Assessment) -> tuple[object, ...]:
    reasons = [f"{each.band}: {_said(each.reasons)}"]
    reasons += [
        f"{scheme.scheme} {scheme.outcome}: {_said(scheme.reasons)}" for scheme in each.schemes
    ]
    schemes = "|".join(f"{scheme.scheme}={scheme.outcome}" for scheme in each.schemes)
    missing = "|".join(ask.fact for ask in each.missing)
    return (each.household_id, each.band, each.priority, schemes, "|".join(reasons), missing)


def _said(reasons: Iterable[Reason]) -> str:
    return " ".join(reason.sentence for reason in reasons)


def _in_full(each: Assessment) -> dict[str, object]:
    return {
        "case_id": each.household_id,
        "band": each.band,
        "priority": each.priority,
        "reasons": [_reason(reason) for reason in each.reasons],
        "schemes": [
            {
                "scheme": scheme.scheme,
                "outcome": scheme.outcome,
                "reasons": [_reason(reason) for reason in scheme.reasons],
                "settles": [ask.fact for ask in scheme.settles],
            }
            for scheme in each.schemes
        ],
        "missing": [_ask(ask) for ask in each.missing],
    }


def _reason(reason: Reason) -> dict[str, object]:
    told: dict[str, object] = {"sentence": reason.sentence, "rule": reason.rule_id or None}
    if reason.source is not None:
        told |= {
            "source": reason.source.url,
            "as_of": reason.source.as_of,
            "verified": reason.source.verified,
        }
    return told


def _ask(ask: Ask) -> dict[str, object]:
    return {"fact": ask.fact, "question": ask.question, "settles": list(ask.settles)}
