"""The bench of linkage: which records of a list are one person? Beside Jaro-Winkler within blocks."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from safeconduct.core.linkage import Linkage, find_pairs
from safeconduct.core.linkage.records import SAME
from safeconduct.core.names import forget
from safeconduct.packs import load
from safeconduct.rehearsal.bench.accuracy import best_f1, ladder_of, recall_at_precision
from safeconduct.rehearsal.bench.caseloads import PACK
from safeconduct.rehearsal.bench.measuring import seconds_now, timed
from safeconduct.rehearsal.bench.optional import how_to_get
from safeconduct.rehearsal.bench.plain_linkage import Scored, prepared, scored, seconds_estimated
from safeconduct.rehearsal.bench.records import Bench, Contest, Run
from safeconduct.rehearsal.bench.told_people import ToldPeople, told_people
from safeconduct.rehearsal.bench.transliterating import TRANSLITERATIONS

# Measured at the same precision, two methods' recalls can be set side by side.
PRECISION = 0.99
# A baseline that would take longer than this, in seconds, is not run: it is said so, with the estimate.
LONGEST = 180.0
BASELINE = "Jaro-Winkler in blocks"


def contest(size: int, seed: int) -> Contest:
    """A list of `size` records of fictional people."""
    told = told_people(load(PACK), size, seed)
    linkage, ours = timed(lambda: find_pairs(told.records), before=forget)
    ours = ours.with_measures(**_ours_judged(linkage, told))
    del linkage
    forget()
    baselines, not_run = _baseline(told)
    return Contest(size=size, ours=ours, baselines=baselines, not_run=not_run)


def _baseline(told: ToldPeople) -> tuple[Mapping[str, Run], Mapping[str, str]]:
    to_latin = TRANSLITERATIONS["anyascii"]()
    if to_latin is None:
        return {}, {BASELINE: how_to_get("anyascii")}
    given = prepared(told.records, to_latin)
    seconds = seconds_estimated(given, seconds_now)
    if seconds > LONGEST:
        why = f"It would compare {given.comparisons:,} pairs; by a sample of them, in {seconds:,.0f} s (estimated)."
        return {}, {BASELINE: why}
    pairs, run = timed(lambda: scored(prepared(told.records, to_latin)))
    return {BASELINE: run.with_measures(**_baseline_judged(pairs, told))}, {}


def _ours_judged(linkage: Linkage, told: ToldPeople) -> dict[str, float]:
    """Of those proposed as the same: how many are, and how many of all true pairs these are; with review likewise."""
    pairs = linkage.pairs
    truth = np.asarray([told.same(pair.person_a, pair.person_b) for pair in pairs], dtype=np.bool_)
    same = np.asarray([pair.decision == SAME for pair in pairs], dtype=np.bool_)
    # Those proposed as the same come before those for review, each in the order of their weight.
    order = [pair.match_weight + (1e6 if pair.decision == SAME else 0.0) for pair in pairs]
    ladder, there = ladder_of(order, truth), told.true_pairs
    return {
        "same_precision": float(truth[same].mean()) if same.any() else 0.0,
        "same_recall": float(truth[same].sum() / there) if there else 0.0,
        "with_review_precision": float(truth.mean()) if len(truth) else 0.0,
        "with_review_recall": float(truth.sum() / there) if there else 0.0,
        "recall_at_99_precision": recall_at_precision(ladder, PRECISION, there),
        "best_f1": best_f1(ladder, there).f1,
        "candidates_seen": linkage.candidates_seen,
        "to_review": float((~same).sum()),
        "true_pairs": there,
    }


def _baseline_judged(pairs: Scored, told: ToldPeople) -> dict[str, float]:
    numbers: dict[str, int] = {}
    people = np.asarray(
        [numbers.setdefault(told.truth[each.person_id], len(numbers)) for each in told.records],
        dtype=np.int64,
    )
    ladder, there = ladder_of(pairs.score, people[pairs.a] == people[pairs.b]), told.true_pairs
    best = best_f1(ladder, there)
    return {
        "recall_at_99_precision": recall_at_precision(ladder, PRECISION, there),
        "best_f1": best.f1,
        "precision_at_best_f1": best.precision,
        "recall_at_best_f1": best.recall,
    }


BENCH = Bench(
    name="linkage",
    what="records of a list that are one person, found and explained",
    unit="people",
    sizes=(10_000, 100_000, 1_000_000),
    small=(600,),
    contest=contest,
    higher_is_better=frozenset(
        {
            "same_precision",
            "same_recall",
            "with_review_precision",
            "with_review_recall",
            "recall_at_99_precision",
            "best_f1",
        }
    ),
    notes=(
        "Development figures on a simulated list: several offices tell of the same families, each in its own way.",
        "Of the baseline each figure is at the score that suits it best, chosen with the truth in hand.",
        "Ours weighs fathers' names, documents, telephones and households too, and says why; the baseline does not.",
    ),
)
