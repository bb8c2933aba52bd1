"""The bench of linkage across organisations that show each other no names (EXPERIMENTAL)."""

from __future__ import annotations

from safeconduct.rehearsal.bench.across import across_measured
from safeconduct.rehearsal.bench.measuring import timed
from safeconduct.rehearsal.bench.records import Bench, Contest

_SHARES = (
    "encodable",
    "hardened_best_f1",
    "hardened_recall_at_95_precision",
    "unhardened_best_f1",
    "unhardened_recall_at_95_precision",
    "plain_recall",
    "plain_precision",
    "plain_same_recall",
)


def contest(size: int, seed: int) -> Contest:
    """`size` records, told to two parties; what is found with codes, with bare filters and with names, and by whom."""
    measures, run = timed(lambda: across_measured(size, seed), rounds=1)
    return Contest(
        size=size,
        ours=run.with_measures(**measures),
        remarks=(
            "The seconds are those of all of it: codes, unhardened filters, plain lists and attacks.",
            "unhardened_ and plain_ are the same lists by bare Bloom filters and by names in plain text.",
        ),
    )


BENCH = Bench(
    name="linkage-across",
    what="two organisations' lists linked without names (EXPERIMENTAL)",
    unit="people",
    sizes=(500, 1_000, 2_000),
    small=(200,),
    contest=contest,
    higher_is_better=frozenset(_SHARES),
    notes=(
        "EXPERIMENTAL: it needs an outside cryptographic review before any use in the field.",
        "patterns_: how clearly the codes show names to one who has no key. graph_: who is known again by an attacker",
        "who holds all or half of the same people in plain text. dictionary_with_key: by one who has the key.",
    ),
)
