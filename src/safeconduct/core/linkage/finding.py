"""From a list of records to the pairs that may be one person, with their reasons."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from safeconduct.core.errors import RepeatedPerson, SparkNotBuilt
from safeconduct.core.linkage.apart import held_apart
from safeconduct.core.linkage.blocking import DOCUMENT_FAMILIES, candidates
from safeconduct.core.linkage.clusters import clusters_of
from safeconduct.core.linkage.deciding import proposed
from safeconduct.core.linkage.evidence import evidence_of
from safeconduct.core.linkage.households import household_bits, housemates
from safeconduct.core.linkage.name_scores import Floats, rarity_of
from safeconduct.core.linkage.people import People, people_of
from safeconduct.core.linkage.records import REVIEW, SAME, LinkRecord, Pair
from safeconduct.core.linkage.weighing import Flags, Weighed, weigh
from safeconduct.core.linkage.weights import (
    SHIPPED,
    Weights,
    model_hash,
    prior_bits,
    probability_of,
)

DUCKDB = "duckdb"
SPARK = "spark"
Progress = Callable[[str, float], None]
# Fewer pairs than this found by their documents say nothing about blocking.
_ENOUGH_TO_ESTIMATE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Linkage:
    """What was found in a list. `pairs` come most probable first.

    `estimated_block_recall`: of the pairs that agreeing documents found, the share that the other keys found
    too; None where there are too few to tell. It speaks for people without documents. `model`: hash of the weights.
    """

    pairs: tuple[Pair, ...]
    people: int
    candidates_seen: int
    estimated_block_recall: float | None
    prior_bits: float
    model: str
    groups: tuple[tuple[str, ...], ...]

    def clusters(self) -> tuple[tuple[str, ...], ...]:
        """Everybody once, taken together where "same" is proposed and no rule holds any two in the group apart."""
        return self.groups


def find_pairs(
    records: Sequence[LinkRecord],
    *,
    engine: str = DUCKDB,
    progress: Progress | None = None,
    weights: Weights = SHIPPED,
) -> Linkage:
    """The pairs of a list that may be the same person: block, compare, weigh, explain.

    The prior is set from the list's size. Proposals only: nothing is merged. Raises `SparkNotBuilt` for the
    engine "spark", `RepeatedPerson` where a person_id stands twice.
    """
    if engine == SPARK:
        raise SparkNotBuilt
    if engine != DUCKDB:
        raise ValueError(f"There is no engine {engine!r}.")
    tell = progress or (lambda _what, _share: None)
    _check_ids(records)
    tell("Reading names", 0.0)
    people = people_of(records)
    tell("Reading names", 1.0)
    tell("Looking for candidates", 0.0)
    found = candidates(people)
    tell("Looking for candidates", 1.0)
    tell("Weighing candidates", 0.0)
    rarity, prior = rarity_of(people), prior_bits(len(records), weights)
    weighed = weigh(
        people, found, rarity, weights, lambda share: tell("Weighing candidates", 0.9 * share)
    )
    more = housemates(people, weighed, weighed.bits + prior)
    weighed = weighed.with_more(weigh(people, more, rarity, weights))
    homes = household_bits(people, weighed, weighed.bits + prior, weights)
    total = weighed.bits + homes + prior
    keep = _probable(total, weights) & _not_housemates(people, weighed)
    weighed, homes, total = weighed.only(keep), homes[keep], total[keep]
    tell("Weighing candidates", 1.0)
    made = _explained(people, weighed, homes=homes, total=total, weights=weights, tell=tell)
    return Linkage(
        pairs=tuple(pair for _, pair in made),
        people=len(records),
        candidates_seen=len(found) + len(more),
        estimated_block_recall=_block_recall(weighed, [at for at, _ in made]),
        prior_bits=prior,
        model=model_hash(weights),
        groups=_groups(people, weighed, made, weights),
    )


def _check_ids(records: Sequence[LinkRecord]) -> None:
    seen: set[str] = set()
    for record in records:
        if record.person_id in seen:
            raise RepeatedPerson(person=record.person_id)
        seen.add(record.person_id)


def _probable(total: Floats, weights: Weights) -> Flags:
    line = np.log2(weights.review_from / (1 - weights.review_from))
    probable: Flags = total >= line
    return probable


def _not_housemates(people: People, pairs: Weighed) -> Flags:
    """Two people of one household are two people, unless a document's number says otherwise."""
    together = people.household[pairs.a] == people.household[pairs.b]
    kept: Flags = ~together | (pairs.document == 2)
    return kept


def _explained(
    people: People,
    pairs: Weighed,
    *,
    homes: Floats,
    total: Floats,
    weights: Weights,
    tell: Progress,
) -> list[tuple[int, Pair]]:
    """Each kept pair with its decision and reasons, most probable first, beside its position."""
    made = []
    order: list[int] = np.lexsort((pairs.b, pairs.a, -total)).tolist()
    apart = [
        held_apart(people, int(a), int(b), weights) for a, b in zip(pairs.a, pairs.b, strict=True)
    ]
    same = proposed(people, pairs, homes=homes, total=total, apart=apart, weights=weights)
    for done, at in enumerate(order):
        if done % 1000 == 0:
            tell("Explaining pairs", done / len(order))
        bits = float(total[at])
        pair = Pair(
            person_a=people.records[pairs.a[at]].person_id,
            person_b=people.records[pairs.b[at]].person_id,
            probability=probability_of(bits),
            match_weight=bits,
            decision=SAME if same[at] else REVIEW,
            evidence=evidence_of(people, pairs, at, float(homes[at])),
            apart=apart[at],
        )
        made.append((at, pair))
    tell("Explaining pairs", 1.0)
    return made


def _block_recall(pairs: Weighed, kept: Sequence[int]) -> float | None:
    by = pairs.found_by[list(kept)] if kept else pairs.found_by[:0]
    documents = (by & DOCUMENT_FAMILIES) != 0
    if int(documents.sum()) < _ENOUGH_TO_ESTIMATE:
        return None
    return float(((by & ~DOCUMENT_FAMILIES) != 0)[documents].mean())


def _groups(
    people: People, pairs: Weighed, made: list[tuple[int, Pair]], weights: Weights
) -> tuple[tuple[str, ...], ...]:
    same = [(int(pairs.a[at]), int(pairs.b[at])) for at, pair in made if pair.decision == SAME]
    groups = clusters_of(
        len(people), same, lambda one, two: bool(held_apart(people, one, two, weights))
    )
    return tuple(tuple(people.records[at].person_id for at in group) for group in groups)
