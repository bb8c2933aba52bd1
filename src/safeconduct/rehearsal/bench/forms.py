"""Benches as JSON: what is printed, kept and read again (docs/formats.md, "bench")."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from safeconduct.rehearsal.bench.machine import Machine
from safeconduct.rehearsal.bench.records import Contest, Run
from safeconduct.rehearsal.bench.results import Result, Whole

Form = dict[str, Any]
# Changes when a key changes its meaning, so that an old kept run is not misread.
VERSION = 1


def whole_form(whole: Whole) -> Form:
    """A whole run as one JSON object."""
    return {
        "version": VERSION,
        "made_on": whole.made_on,
        "seed": whole.seed,
        "machine": asdict(whole.machine),
        "benches": [_result_form(result) for result in whole.results],
    }


def whole_from(form: Mapping[str, Any]) -> Whole:
    """Raises KeyError, TypeError or ValueError where the object is not a whole run of this version."""
    if form["version"] != VERSION:
        raise ValueError(f"version {form['version']}")
    return Whole(
        made_on=form["made_on"],
        seed=int(form["seed"]),
        machine=Machine(**form["machine"]),
        results=tuple(_result_from(each) for each in form["benches"]),
    )


def _result_form(result: Result) -> Form:
    return {
        "name": result.name,
        "what": result.what,
        "unit": result.unit,
        "higher_is_better": sorted(result.higher_is_better),
        "notes": list(result.notes),
        "runs": [_with_ratios(contest, result) for contest in result.contests],
        "stopped": {str(size): why for size, why in result.stopped.items()},
        "absent": {str(size): why for size, why in result.absent.items()},
        "columns": dict(result.columns),
        "growth": {name: asdict(growth) for name, growth in result.growth.items()},
    }


def _result_from(form: Mapping[str, Any]) -> Result:
    """Ratios and growth are worked out again from the runs: kept ones are there for readers without this program."""
    return Result(
        name=form["name"],
        what=form["what"],
        unit=form["unit"],
        higher_is_better=frozenset(form["higher_is_better"]),
        notes=tuple(form["notes"]),
        contests=tuple(contest_from(each) for each in form["runs"]),
        stopped={int(size): why for size, why in form.get("stopped", {}).items()},
        absent={int(size): why for size, why in form.get("absent", {}).items()},
        columns=form.get("columns", {}),
    )


def _with_ratios(contest: Contest, result: Result) -> Form:
    ratios = [asdict(ratio) for ratio in result.ratios if ratio.size == contest.size]
    for ratio in ratios:
        del ratio["size"]
    return {**contest_form(contest), "ratios": ratios}


def contest_form(contest: Contest) -> Form:
    return {
        "size": contest.size,
        "ours": asdict(contest.ours),
        "parts": {name: asdict(run) for name, run in contest.parts.items()},
        "baselines": {name: asdict(run) for name, run in contest.baselines.items()},
        "not_run": dict(contest.not_run),
        "remarks": list(contest.remarks),
    }


def contest_from(form: Mapping[str, Any]) -> Contest:
    return Contest(
        size=form["size"],
        ours=Run(**form["ours"]),
        parts={name: Run(**run) for name, run in form["parts"].items()},
        baselines={name: Run(**run) for name, run in form["baselines"].items()},
        not_run=dict(form["not_run"]),
        remarks=tuple(form.get("remarks", ())),
    )
