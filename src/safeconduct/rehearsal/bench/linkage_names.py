"""The bench of gathered pairs of names: what a screening office calls one person, beside five baselines."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass

from safeconduct.core.names import forget
from safeconduct.core.names.comparing import SAME_FROM
from safeconduct.rehearsal.bench.accuracy import best_f1, ladder_of, recall_at_false_share
from safeconduct.rehearsal.bench.gathered import NAME_CASES, gathered
from safeconduct.rehearsal.bench.measuring import timed
from safeconduct.rehearsal.bench.name_rivals import rivals
from safeconduct.rehearsal.bench.our_names import our_scores
from safeconduct.rehearsal.bench.records import Bench, Contest, Run

# All of the file that speaks of people.
PAIRS = 548


@dataclass(frozen=True, slots=True, kw_only=True)
class Cases:
    """Pairs of positions in `texts`, and whether the file calls them one."""

    texts: tuple[str, ...]
    a: tuple[int, ...]
    b: tuple[int, ...]
    same: tuple[bool, ...]


def contest(size: int, _seed: int) -> Contest:
    """The first `size` pairs of the file, or all."""
    cases = cases_of(size)
    scores, run = timed(lambda: our_scores(cases.texts, cases.a, cases.b), before=forget)
    ours = _judged(run, scores, cases, SAME_FROM)
    ready, not_run = rivals()
    baselines = {}
    for name, rival in ready.items():
        theirs, run = timed(lambda rival=rival: rival.scores(cases.texts, cases.a, cases.b))  # type: ignore[misc]
        baselines[name] = _judged(run, theirs, cases, rival.own_line)
    same = sum(cases.same)
    share = f"{same} pairs are called one, {len(cases.same) - same} not: 0.1 % of these is none."
    return Contest(
        size=len(cases.same), ours=ours, baselines=baselines, not_run=not_run, remarks=(share,)
    )


def cases_of(size: int) -> Cases:
    """Raises BenchInputMissing where the file is not there."""
    with gathered(NAME_CASES).open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["schema"] == "Person"][:size]
    numbers: dict[str, int] = {}
    a = [numbers.setdefault(row["name1"], len(numbers)) for row in rows]
    b = [numbers.setdefault(row["name2"], len(numbers)) for row in rows]
    same = [row["is_match"].strip().lower() == "true" for row in rows]
    return Cases(texts=tuple(numbers), a=tuple(a), b=tuple(b), same=tuple(same))


def _judged(run: Run, scores: Sequence[float], cases: Cases, own_line: float | None) -> Run:
    ladder, there = ladder_of(scores, cases.same), sum(cases.same)
    run = run.with_measures(
        recall_at_1_false_in_1000=recall_at_false_share(ladder, 0.001),
        recall_at_1_false_in_100=recall_at_false_share(ladder, 0.01),
        best_f1=best_f1(ladder, there).f1,
    )
    if own_line is None:
        return run
    chosen = [score >= own_line for score in scores]
    right = sum(one and same for one, same in zip(chosen, cases.same, strict=True))
    return run.with_measures(own_f1=2 * right / (sum(chosen) + there) if there else 0.0)


BENCH = Bench(
    name="linkage-names",
    what="pairs of names gathered by a screening office, across alphabets",
    unit="pairs",
    sizes=(PAIRS,),
    small=(120,),
    contest=contest,
    higher_is_better=frozenset(
        {"recall_at_1_false_in_1000", "recall_at_1_false_in_100", "best_f1", "own_f1"}
    ),
    columns={
        "recall_at_1_false_in_1000": "recall@0.1%",
        "recall_at_1_false_in_100": "recall@1%",
        "best_f1": "best F1",
        "own_f1": "F1 own",
    },
    notes=(
        "What is a match here follows the policy of those who screen for sanctions: a name that may be meant counts.",
        "Logic-v2 is measured on its own makers' cases; ours was made for another task.",
        "recall@0.1%: of the pairs called one, how many a line finds that lets 0.1 % of the others through.",
        "The best F1 is at each one's best line, chosen with the truth in hand; the own line is drawn without it.",
    ),
    is_gathered=True,
)
