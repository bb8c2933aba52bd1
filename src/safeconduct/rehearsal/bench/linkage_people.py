"""The bench of linkage by size: which records of a list are one person? Beside Jaro-Winkler in blocks and Splink."""

from __future__ import annotations

from collections.abc import Mapping

from safeconduct.core.linkage import Linkage, find_pairs
from safeconduct.core.names import forget
from safeconduct.packs import load
from safeconduct.rehearsal.bench.caseloads import PACK
from safeconduct.rehearsal.bench.measuring import timed
from safeconduct.rehearsal.bench.people_rivals import PLAIN, SPLINK, plain_on, splink_on_people
from safeconduct.rehearsal.bench.records import Bench, Contest, Run
from safeconduct.rehearsal.bench.told_people import told_people
from safeconduct.rehearsal.bench.true_lists import (
    TrueList,
    block_recall,
    line_judged,
    pairs_judged,
    scored_by_us,
    true_list,
)


def contest(size: int, seed: int) -> Contest:
    """A list of `size` records of fictional people."""
    made = told_people(load(PACK), size, seed)
    told = true_list(made.records, made.truth)
    linkage, ours = timed(lambda: find_pairs(told.records), before=forget)
    ours = ours.with_measures(**ours_judged(linkage, told))
    del linkage
    forget()
    baselines: dict[str, Run] = {}
    not_run: dict[str, str] = {}
    plain = plain_on(told)
    if isinstance(plain, str):
        not_run[PLAIN] = plain
    else:
        pairs, run = plain
        baselines[PLAIN] = run.with_measures(**pairs_judged(pairs, told))
    its = splink_on_people(told)
    if isinstance(its, str):
        not_run[SPLINK] = its
    else:
        found, run = its
        baselines[SPLINK] = run.with_measures(
            block_recall=block_recall(found.pairs.a, found.pairs.b, told),
            **pairs_judged(found.pairs, told),
            **line_judged(found.pairs, found.chosen, told),
            candidates_seen=len(found.pairs.a),
        )
    return Contest(size=size, ours=ours, baselines=baselines, not_run=not_run)


def ours_judged(linkage: Linkage, told: TrueList) -> Mapping[str, float]:
    """At our own line (proposed as the same), together with what is put before a person, and at the best line."""
    pairs, same = scored_by_us(linkage, told)
    truth = told.same(pairs)
    judged = {
        **pairs_judged(pairs, told),
        **line_judged(pairs, same, told),
        "with_review_precision": float(truth.mean()) if len(truth) else 0.0,
        "with_review_recall": float(truth.sum() / told.true_pairs) if told.true_pairs else 0.0,
        "candidates_seen": float(linkage.candidates_seen),
        "to_review": float((~same).sum()),
        "true_pairs": float(told.true_pairs),
    }
    if linkage.estimated_block_recall is not None:
        judged["estimated_block_recall"] = linkage.estimated_block_recall
    return judged


BENCH = Bench(
    name="linkage-people",
    what="records of a list that are one person, found and explained",
    unit="people",
    sizes=(10_000, 30_000, 100_000),
    small=(600,),
    contest=contest,
    higher_is_better=frozenset(
        {
            "block_recall", "own_precision", "own_recall", "own_f1", "with_review_precision", "with_review_recall",
            "recall_at_95_precision", "recall_at_99_precision", "best_f1", "precision_at_best_f1",
            "recall_at_best_f1", "estimated_block_recall",
        }
    ),
    columns={
        "own_precision": "P own",
        "own_recall": "R own",
        "with_review_precision": "P likely",
        "with_review_recall": "R likely",
        "best_f1": "best F1",
        "recall_at_95_precision": "R@P95",
        "recall_at_99_precision": "R@P99",
    },
    notes=(
        "Development figures on a simulated list: several offices tell of the same families, each in its own way.",
        "own: proposed as the same. likely: with what is put before a person, more likely than not.",
        "R@P95, R@P99: the recall where 95 or 99 of 100 proposals are right.",
        "These and the best F1 are at each one's best line, chosen with the truth in hand.",
        "Ours weighs fathers' names, documents, telephones and households too, and says why.",
        "Splink has the same fields in Latin letters and learns on the list; its own line: more likely than not.",
        "Jaro-Winkler has names and years of birth.",
        "A million people on request: --size 1000000.",
    ),
)  # fmt: skip
