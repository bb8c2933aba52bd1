"""Kept runs: one file for each bench, and what has changed since the last one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from safeconduct.core.errors import NotAKeptRun
from safeconduct.rehearsal.bench.forms import whole_form, whole_from
from safeconduct.rehearsal.bench.records import Contest
from safeconduct.rehearsal.bench.results import CPU_SECONDS, SECONDS, Result, Whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One figure now and in the kept run. `figure` names it: seconds, a ratio ("seconds, ours / greedy"), a measure."""

    size: int
    figure: str
    now: float
    before: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """What has changed since a kept run. `why_less` says why only some figures are compared, one sentence each."""

    made_on: str
    changes: tuple[Change, ...]
    why_less: tuple[str, ...]


def kept_text(whole: Whole, name: str) -> str:
    """The file of one bench: the whole run with that bench alone."""
    alone = replace(whole, results=tuple(each for each in whole.results if each.name == name))
    return json.dumps(whole_form(alone), indent=1, ensure_ascii=False) + "\n"


def last_kept(folder: Path, name: str) -> Whole | None:
    """The last kept run of a bench, None where there is none. Raises NotAKeptRun for a file that is something else."""
    path = folder / f"{name}.json"
    if not path.is_file():
        return None
    try:
        return whole_from(json.loads(path.read_text(encoding="utf-8")))
    except (KeyError, TypeError, ValueError) as problem:
        raise NotAKeptRun(path=path) from problem


def place_for_earlier(folder: Path, name: str, made_on: str) -> Path:
    """Where the run that is replaced goes: beside its successor, with its day, and a number where a day has several."""
    number, path = 1, folder / f"{name}-{made_on}.json"
    while path.exists():
        number += 1
        path = folder / f"{name}-{made_on}-{number}.json"
    return path


def since(now: Whole, result: Result, before: Whole) -> Since:
    """Set a result beside the kept run of the same bench.

    Ratios are always compared: ours and the baseline shared whatever machine it was. Seconds are only where the
    two machines are alike, measures only where the input was (the same seed).
    """
    earlier = {
        contest.size: contest for each in before.results if each.name == result.name
        for contest in each.contests
    }  # fmt: skip
    alike, same_input = now.machine.like(before.machine), now.seed == before.seed
    why = []
    if not alike:
        why.append("It was kept on another machine: only ratios and measures are compared.")
    if not same_input:
        why.append("It had another seed: measures are not compared.")
    if not any(contest.size in earlier for contest in result.contests):
        why.append("It has none of these sizes.")
    changes = [
        change
        for contest in result.contests
        if contest.size in earlier
        for change in _changes(contest, earlier[contest.size], alike=alike, same_input=same_input)
    ]
    changes += _ratio_changes(result, before)
    return Since(
        made_on=before.made_on,
        changes=tuple(sorted(changes, key=lambda change: change.size)),
        why_less=tuple(why),
    )


def _changes(now: Contest, before: Contest, *, alike: bool, same_input: bool) -> Iterator[Change]:
    for name, run in now.of_ours.items():
        was = before.of_ours.get(name)
        if was is None:
            continue
        whose = "" if name == "ours" else f" of {name}"
        if alike:
            yield Change(
                size=now.size, figure=f"{SECONDS}{whose}", now=run.seconds, before=was.seconds
            )
            yield Change(
                size=now.size,
                figure=f"{CPU_SECONDS}{whose}",
                now=run.cpu_seconds,
                before=was.cpu_seconds,
            )
        for measure, value in run.measures.items() if same_input else ():
            if measure in was.measures:
                yield Change(
                    size=now.size,
                    figure=f"{measure}{whose}",
                    now=value,
                    before=was.measures[measure],
                )


def _ratio_changes(result: Result, before: Whole) -> Iterator[Change]:
    then = {
        (ratio.size, ratio.measure, ratio.ours, ratio.baseline): ratio.ratio
        for each in before.results
        if each.name == result.name
        for ratio in each.ratios
        if ratio.measure in {SECONDS, CPU_SECONDS}
    }
    for ratio in result.ratios:
        was = then.get((ratio.size, ratio.measure, ratio.ours, ratio.baseline))
        if ratio.ratio is not None and was is not None:
            yield Change(
                size=ratio.size,
                figure=f"{ratio.measure}, {ratio.ours} / {ratio.baseline}",
                now=ratio.ratio,
                before=was,
            )
