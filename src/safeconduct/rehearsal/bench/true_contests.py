"""Our linkage and others on a list of which the truth is known, judged alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from safeconduct.core.linkage import find_pairs
from safeconduct.core.linkage.engines import DUCKDB, engine_of
from safeconduct.core.linkage.people import people_of
from safeconduct.core.names import forget
from safeconduct.rehearsal.bench.measuring import timed
from safeconduct.rehearsal.bench.optional import how_to_get, library
from safeconduct.rehearsal.bench.people_rivals import SPLINK
from safeconduct.rehearsal.bench.plain_linkage import Scored
from safeconduct.rehearsal.bench.records import Run
from safeconduct.rehearsal.bench.splink_rival import Row, SplinkModel, SplinkStopped, splink_found
from safeconduct.rehearsal.bench.true_lists import (
    TrueList,
    best_clusters_judged,
    block_recall,
    clusters_at_line,
    line_judged,
    our_clusters_judged,
    pairs_judged,
    scored_by_us,
)

# Headings of what is judged, in the order of the table.
COLUMNS: Mapping[str, str] = {
    "block_recall": "blocked",
    "own_precision": "P own",
    "own_recall": "R own",
    "own_f1": "F1 own",
    "likely_f1": "F1 likely",
    "best_f1": "best F1",
    "recall_at_95_precision": "R@P95",
    "recall_at_99_precision": "R@P99",
    "own_cluster_f1": "clusters own",
    "likely_cluster_f1": "likely",
    "best_cluster_f1": "best",
}
_LINES = ("own", "likely", "own_cluster", "likely_cluster")
HIGHER = frozenset(
    {
        *COLUMNS, "precision_at_best_f1", "recall_at_best_f1",
        *(f"{line}_{what}" for line in _LINES for what in ("precision", "recall", "f1")),
    }
)  # fmt: skip
NOTES = (
    "blocked: of the pairs that are one person, how many were compared at all.",
    "R@P95: how many of them are found where 95 of 100 proposals are right.",
    "own: the method's own line, drawn without the truth. Ours is what it proposes as the same (it asks for much);",
    "Splink's and ECM's is what they hold more likely than not. F1 likely: ours at that line, with what it puts before",
    "a person.",
    "The best F1, R@P and the best clusters are at each one's best line, chosen with the truth in hand, ours too.",
    "clusters: F1 over the pairs that stand in one group, made of connected pairs.",
    "Ours at its own line are the groups that it proposes, cut by its rules.",
)


def ours_on(told: TrueList) -> Run:
    """`find_pairs` as it ships, judged; how many true pairs were compared is worked out after, untimed."""
    linkage, run = timed(lambda: find_pairs(told.records), before=forget, rounds=1)
    pairs, same = scored_by_us(linkage, told)
    a, b = compared(told)
    run = run.with_measures(
        block_recall=block_recall(a, b, told),
        **pairs_judged(pairs, told),
        **line_judged(pairs, same, told),
    )
    if told.side is None:
        run = run.with_measures(
            **our_clusters_judged(linkage, told), **best_clusters_judged(pairs, told)
        )
    likely = np.ones(len(pairs.a), dtype=np.bool_)
    run = run.with_measures(**line_judged(pairs, likely, told, "likely"))
    if told.side is None:
        run = run.with_measures(**clusters_at_line(pairs, likely, told, "likely_cluster"))
    return run.with_measures(candidates=linkage.candidates_seen, true_pairs=told.true_pairs)


def compared(told: TrueList) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The pairs that our blocking gives out, by position."""
    people = people_of(told.records)
    with engine_of(DUCKDB) as engine:
        found = engine.candidates(people)
    return found.a, found.b


def found_by_other(
    found: Callable[[], tuple[Scored, npt.NDArray[np.bool_]]], told: TrueList
) -> Run:
    """Another's scored pairs, all that it compared, and which it chooses itself."""
    (pairs, chosen), run = timed(found, rounds=1)
    run = run.with_measures(
        block_recall=block_recall(pairs.a, pairs.b, told),
        **pairs_judged(pairs, told),
        **line_judged(pairs, chosen, told),
    )
    if told.side is None:
        run = run.with_measures(
            **clusters_at_line(pairs, chosen, told), **best_clusters_judged(pairs, told)
        )
    return run.with_measures(candidates=len(pairs.a), true_pairs=told.true_pairs)


def splink_on(
    tables: Callable[[], Sequence[Sequence[Row]]], model: SplinkModel, told: TrueList
) -> tuple[dict[str, Run], dict[str, str]]:
    """Splink on the same list; or why not. Making its rows is not timed."""
    if library("splink") is None:
        return {}, {SPLINK: how_to_get("splink")}
    given = tables()

    def found() -> tuple[Scored, npt.NDArray[np.bool_]]:
        its = splink_found(given, model)
        return its.pairs, its.chosen

    try:
        return {SPLINK: found_by_other(found, told)}, {}
    except SplinkStopped as stopped:
        return {}, {SPLINK: str(stopped)}
