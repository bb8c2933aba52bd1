"""From a list of records to the pairs that may be one person, with their reasons."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from safeconduct.core.errors import RepeatedPerson, SparkNotBuilt
from safeconduct.core.linkage.apart import held_apart
from safeconduct.core.linkage.blocking import DOCUMENT_FAMILIES, candidates
from safeconduct.core.linkage.clusters import clusters_of
from safeconduct.core.linkage.evidence import evidence_of
from safeconduct.core.linkage.households import household_bits
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
        raise SparkNotBuilt()
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
    weighed = weigh(people, found, rarity_of(people), weights)
    prior = prior_bits(len(records), weights)
    homes = household_bits(people, weighed, weighed.bits + prior, weights)
    total = weighed.bits + homes + prior
    keep = _probable(total, weights) & _not_housemates(people, weighed)
    weighed, homes, total = weighed.only(keep), homes[keep], total[keep]
    tell("Weighing candidates", 1.0)
    made = _explained(people, weighed, homes, total, weights, tell)
    return Linkage(
        pairs=tuple(pair for _, pair in made),
        people=len(records),
        candidates_seen=len(found),
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
    people: People, pairs: Weighed, homes: Floats, total: Floats, weights: Weights, tell: Progress
) -> list[tuple[int, Pair]]:
    """Each kept pair with its decision and reasons, most probable first, beside its position."""
    made = []
    order = np.lexsort((pairs.b, pairs.a, -total)).tolist()
    for done, at in enumerate(order):
        if done % 1000 == 0:
            tell("Explaining pairs", done / len(order))
        a, b = int(pairs.a[at]), int(pairs.b[at])
        bits = float(total[at])
        apart = held_apart(people, a, b, weights)
        probability = probability_of(bits)
        same = not apart and probability >= weights.same_from and _identified(pairs, at, homes[at])
        pair = Pair(
            person_a=people.records[a].person_id,
            person_b=people.records[b].person_id,
            probability=probability,
            match_weight=bits,
            decision=SAME if same else REVIEW,
            evidence=evidence_of(people, pairs, at, float(homes[at])),
            apart=apart,
        )
        made.append((at, pair))
    tell("Explaining pairs", 1.0)
    return made


def _identified(pairs: Weighed, at: int, home: float) -> bool:
    """Whether something besides a name identifies: never the same on a name alone."""
    given = pairs.given_score[at] if pairs.given_score[at] >= 0 else pairs.name_score[at]
    named = given >= 0.8 or pairs.name_score[at] >= 0.9
    if pairs.document[at] == 2:
        return bool(given >= 0.7 or pairs.name_score[at] >= 0.7)
    if not named or pairs.birth_bits[at] < 0:
        return False
    father = pairs.father_score[at] >= 0.8
    if pairs.father_score[at] >= 0 and not father:
        return False
    if pairs.to_the_year[at] and (father or home > 0):
        return True
    return bool(pairs.exact_day[at] and (pairs.phone[at] or pairs.document[at] == 1))


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
