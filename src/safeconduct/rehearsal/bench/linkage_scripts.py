"""The bench of writings: everybody's other writing is looked for among everybody's, across scripts or within one."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from safeconduct.core.names import forget
from safeconduct.packs import load
from safeconduct.packs.caseload import load_caseload_model
from safeconduct.rehearsal.bench.accuracy import (
    best_f1,
    hit_at_1,
    ladder_of,
    recall_at_false_share,
)
from safeconduct.rehearsal.bench.caseloads import PACK
from safeconduct.rehearsal.bench.made_aliases import Alias, Writing, aliases, latin, native
from safeconduct.rehearsal.bench.measuring import timed
from safeconduct.rehearsal.bench.name_rivals import rivals
from safeconduct.rehearsal.bench.our_names import our_scores
from safeconduct.rehearsal.bench.records import Bench, Contest, Run

# A baseline that takes tenths of a millisecond for each pair is given so many people of the set, and no more.
FEW = 400

Scores = Callable[[Sequence[str], Sequence[int], Sequence[int]], Sequence[float]]


class _Set(NamedTuple):
    """Every first writing against every second: positions in `texts`, row by row."""

    people: int
    texts: list[str]
    a: list[int]
    b: list[int]


def across_scripts(size: int, seed: int) -> Contest:
    """`size` people: the first writing in Latin letters, the second in Arabic ones."""
    return _contest(size, seed, native)


def in_latin(size: int, seed: int) -> Contest:
    """`size` people: both writings in Latin letters."""
    return _contest(size, seed, latin)


def _contest(size: int, seed: int, b_in: Writing) -> Contest:
    names = load_caseload_model(PACK, load(PACK)).names
    made = aliases(names, size, random.Random(seed), b_in=b_in)  # noqa: S311 (made up, not a secret)
    every, some = _set_of(made), _set_of(made[:FEW])
    ours = _run(our_scores, every)
    ready, not_run = rivals()
    baselines: dict[str, Run] = {}
    parts: dict[str, Run] = {}
    remarks: tuple[str, ...] = ()
    for name, rival in ready.items():
        if rival.is_slow and size > FEW:
            baselines[f"{name}, {FEW} people"] = _run(rival.scores, some)
            parts[f"ours, {FEW} people"] = _run(our_scores, some)
            remarks = (
                f"{name} is slow: it was given the first {FEW} people alone, and so was a part of ours.",
            )
        else:
            baselines[name] = _run(rival.scores, every)
    return Contest(
        size=size, ours=ours, baselines=baselines, not_run=not_run, parts=parts, remarks=remarks
    )


def _set_of(made: Sequence[Alias]) -> _Set:
    people = len(made)
    rows, columns = np.divmod(np.arange(people * people), people)
    texts = [*(each.a for each in made), *(each.b for each in made)]
    return _Set(people, texts, rows.tolist(), (columns + people).tolist())


def _run(scores: Scores, given: _Set) -> Run:
    theirs, run = timed(lambda: scores(given.texts, given.a, given.b), before=forget, rounds=1)
    return run.with_measures(**judged(np.asarray(theirs).reshape(given.people, given.people)))


def judged(table: npt.NDArray[np.float64]) -> dict[str, float]:
    """`table`: the score of every first writing (row) with every second; the diagonal is of one person."""
    ladder = ladder_of(table.ravel(), np.eye(len(table), dtype=np.bool_).ravel())
    return {
        "recall_at_1_false_in_1000": recall_at_false_share(ladder, 0.001),
        "hit_at_1": hit_at_1(table),
        "best_f1": best_f1(ladder, len(table)).f1,
    }


def _bench(name: str, what: str, contest: Callable[[int, int], Contest]) -> Bench:
    return Bench(
        name=name,
        what=what,
        unit="people",
        sizes=(100, 200, 400),
        small=(30,),
        contest=contest,
        higher_is_better=frozenset({"recall_at_1_false_in_1000", "hit_at_1", "best_f1"}),
        columns={
            "recall_at_1_false_in_1000": "recall@0.1%",
            "hit_at_1": "hit@1",
            "best_f1": "best F1",
        },
        notes=(
            "Development figures on made-up people: common names come often, spellings are from gathered lists.",
            "All cross pairs of a set are compared: with n people n are one person and n x (n - 1) are not.",
            "recall@0.1%: a line lets 0.1 % of the others through. hit@1: the right one has the best score.",
            "The best F1 is at each one's best line, chosen with the truth in hand.",
        ),
    )


BENCH = _bench(
    "linkage-scripts", "each name in Latin letters looked for among Arabic ones", across_scripts
)
IN_LATIN = _bench("linkage-spellings", "each name looked for among other Latin spellings", in_latin)
